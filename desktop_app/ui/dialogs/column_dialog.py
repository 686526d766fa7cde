"""The dialog that says what each column of a file holds: its first values, and a field for it."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.figures.texts import one_line
from desktop_app.ui import theme
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.widgets.section import Words

SIZE = (720, 520)
LONGEST = 40
UNUSED = "not used"
FIELDS = {
    "asset": "asset: a symbol or address",
    "quantity": "quantity",
    "price_usd": "price of one, USD",
    "value_usd": "value of all, USD",
    "account": "account or wallet",
    "name": "name of the position",
    "protocol": "staked or lent at",
    "layer": "layer",
    "operator": "operators",
    "services": "services",
    "chain": "chain",
    "opened_on": "held since",
    "reward_apr": "reward, % a year",
    "status": "state",
    "notes": "notes",
}
"""The fields of a position table, in words, those that every table needs first."""
NEEDED = ("asset", "quantity")


class Column(Protocol):
    """What the dialog needs to know of a column of the file."""

    @property
    def index(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def examples(self) -> tuple[str, ...]: ...


class ColumnDialog(QDialog):
    """``chosen`` carries the field of each column by its number from 1, "ignore" for one that is not used."""

    chosen = Signal(dict)

    def __init__(self, parent: QWidget | None, columns: Sequence[Column]) -> None:
        super().__init__(parent)
        self.setObjectName("column_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("What the columns hold")
        self._columns = columns
        self.boxes = [self._box(column) for column in columns]
        self.foot = Foot("Asset and quantity are needed; the plan shows what comes of it.", "Show the plan")
        self._lay_out()
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self._choose)
        for box in self.boxes:
            box.currentIndexChanged.connect(self._judge)
        self._judge()

    def _box(self, column: Column) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"What {_short(column.name)} holds")
        box.addItem(UNUSED, "ignore")
        for field, words in FIELDS.items():
            box.addItem(words, field)
        box.setCurrentIndex(max(0, box.findData(column.field)))
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        for place, heading in enumerate(("Column", "First values", "Holds")):
            grid.addWidget(Words(heading, theme.NOTE, "text2"), 0, place)
        for row, (column, box) in enumerate(zip(self._columns, self.boxes, strict=True), 1):
            grid.addWidget(Words(_short(column.name), bold=True), row, 0)
            grid.addWidget(Words("  ·  ".join(map(_short, column.examples)), role="text2"), row, 1)
            grid.addWidget(box, row, 2)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 16)
        body.addLayout(grid)
        body.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addWidget(self.foot)
        self.resize(*SIZE)

    def _fields(self) -> list[str]:
        return [box.currentData() for box in self.boxes]

    def _judge(self) -> None:
        """Say what is missing or given twice."""
        fields = [field for field in self._fields() if field != "ignore"]
        twice = next((field for field in fields if fields.count(field) > 1), None)
        missing = [field for field in NEEDED if field not in fields]
        if twice:
            self.foot.hold(f"Two columns hold the {FIELDS[twice].partition(':')[0]}")
        else:
            self.foot.hold(f"Which column holds the {missing[0]}?" if missing else "")

    def _choose(self) -> None:
        self.chosen.emit({str(c.index + 1): f for c, f in zip(self._columns, self._fields(), strict=True)})
        self.accept()


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
