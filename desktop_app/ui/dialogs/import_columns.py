"""How a file is read, and the means to change it: format, letters, separator, header, and every column."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIntValidator, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.csv_import import formats, mapping
from desktop_app.csv_import.encoding import CODECS
from desktop_app.csv_import.format import ColumnUse
from desktop_app.csv_import.plan import Options, Plan
from desktop_app.figures.texts import one_line
from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Section, UprightRule, Words

SETTINGS_WIDTH = 244
MOST_COLUMNS = 60
"""So many columns can be changed here; a wider table is no holding."""
SEPARATORS = ((",", "comma"), (";", "semicolon"), ("tab", "tab"), ("|", "bar"))
DECIMALS = ((".", "point"), (",", "comma"))
ORDERS = (("dmy", "day first"), ("mdy", "month first"))
BY_HAND = "generic"
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
_NUMBERS = frozenset({"quantity", "price_usd", "value_usd", "reward_apr"})


class ColumnsPage(QWidget):
    """``answered`` carries code and answer, ``format_chosen`` a format ("": found out).

    ``mapped`` carries column number (from 1, as text) -> field, ``account_named`` the account of all rows.
    """

    answered = Signal(str, str)
    format_chosen = Signal(str)
    mapped = Signal(dict)
    account_named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.format = QComboBox()
        self.encoding = QComboBox()
        self.separator = QComboBox()
        self.header_line = QLineEdit()
        self.account = QLineEdit()
        self.evidence = Words("", theme.NOTE, "text2", wrap=True)
        self.wrong = Words("", theme.NOTE, "alarm", wrap=True)
        self.agree = QPushButton("Read it so")
        self.agree.setObjectName("read_it_so")
        self.agree.setAutoDefault(False)
        self.fields: dict[int, QComboBox] = {}
        self._grid = QGridLayout()
        self._inside = QWidget()
        self._awaiting: tuple[Plan, Options, str] | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        titles = {f.name: f.title for f in formats.known().values()}
        self.format.addItem("found out by itself", "")
        for name, title in sorted(titles.items(), key=lambda pair: pair[1].casefold()):
            self.format.addItem(title, name)
        for codec in CODECS:
            self.encoding.addItem(codec.upper() if codec.startswith("utf") else codec.title(), codec)
        for sign, word in SEPARATORS:
            self.separator.addItem(word, sign)
        self.header_line.setValidator(QIntValidator(1, 1_000_000, self))
        self.account.setPlaceholderText("as the file says")
        settings = QVBoxLayout()
        settings.setSpacing(10)
        for label, editor in (
            ("Format", self.format),
            ("Letters", self.encoding),
            ("Separator", self.separator),
            ("Line of the header", self.header_line),
            ("Account or wallet", self.account),
        ):
            settings.addLayout(_labelled(label, editor))
        for widget in (self.evidence, self.wrong, self.agree):
            settings.addWidget(widget)
        settings.addStretch()
        left = QWidget()
        left.setFixedWidth(round(SETTINGS_WIDTH * max(1.0, theme.pixels() / 13)))
        left.setLayout(settings)
        settings.setContentsMargins(0, 0, 0, 0)
        self._inside.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._inside)
        self.columns = Section("What the columns hold", " ")
        self.columns.body.addWidget(scroll, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 8)
        row.setSpacing(20)
        row.addWidget(left)
        row.addWidget(UprightRule())
        row.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.format.activated.connect(lambda: self.format_chosen.emit(self.format.currentData()))
        self.encoding.activated.connect(lambda: self.answered.emit("encoding", self.encoding.currentData()))
        self.separator.activated.connect(
            lambda: self.answered.emit("separator", self.separator.currentData())
        )
        self.header_line.editingFinished.connect(self._name_header_line)
        self.account.editingFinished.connect(self._name_account)
        self.agree.clicked.connect(lambda: self.answered.emit("columns", "guess"))

    def _name_header_line(self) -> None:
        if self.header_line.isModified():
            self.header_line.setModified(False)
            self.answered.emit("header_line", self.header_line.text())

    def _name_account(self) -> None:
        if self.account.isModified():
            self.account.setModified(False)
            self.account_named.emit(self.account.text().strip())

    # -- content -------------------------------------------------------------------------------------------

    def show_plan(self, plan: Plan, options: Options, remembered: str) -> None:
        """Show how a file was read; ``remembered`` says where that comes from an earlier file.

        While the page is hidden nothing is made of it yet.
        """
        self._awaiting = plan, options, remembered
        if self.isVisible():
            self._show_now()

    def clear(self) -> None:
        """Forget a plan that was not shown yet."""
        self._awaiting = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_now()

    def _show_now(self) -> None:
        if self._awaiting is None:
            return
        (plan, options, remembered), self._awaiting = self._awaiting, None
        found = plan.detect
        _choose(self.format, options.format or "")
        _choose(self.encoding, found.encoding or "")
        _choose(self.separator, "tab" if found.delimiter == "\t" else found.delimiter or "")
        self.header_line.setText("" if found.header_line is None else str(found.header_line))
        self.header_line.setEnabled(found.header_line is not None)
        if not self.account.hasFocus():
            self.account.setText(options.account)
        self.evidence.setText("\n".join(filter(None, (_evidence(plan, options), remembered))))
        by_hand = plan.format in {None, BY_HAND}
        note = (
            "Guessed from names and values: change what is wrong. Asset and quantity are needed."
            if plan.format is None
            else "Your own table: change what a column holds."
            if by_hand
            else "Fixed by the format. Choose “Position table” at the left to name the columns by hand."
        )
        self.columns.set_note(note)
        self.agree.setVisible(any(question.code == "columns" for question in plan.questions))
        self.say("")
        self._show_columns(plan.columns, options.column_map, by_hand=by_hand)

    def say(self, text: str) -> None:
        """Say why a change was not taken."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _show_columns(self, columns: Sequence[ColumnUse], said: Mapping[str, str], *, by_hand: bool) -> None:
        """Show columns; ``said``: what the user says that they hold, by number."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        for place, heading in enumerate(("Column", "The first rows", "Holds", "Written with")):
            self._grid.addWidget(Words(heading, theme.NOTE, "text2"), 0, place)
        for number, column in enumerate(columns[:MOST_COLUMNS], 1):
            self._grid.addWidget(Words(one_line(column.name) or f"column {number}", bold=True), number, 0)
            shown = Words(_samples(column) if by_hand or column.field else "", theme.NOTE, "text2")
            self._grid.addWidget(shown, number, 1)
            held = said.get(str(column.index + 1), column.field) if by_hand else column.field
            self._grid.addWidget(self._field(column, held, by_hand=by_hand), number, 2)
            self._grid.addWidget(self._written(column, by_hand=by_hand), number, 3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(len(columns) + 1, 1)

    def _field(self, column: ColumnUse, held: str, *, by_hand: bool) -> QWidget:
        if not by_hand:
            return Words(
                column.field.replace("_", " ") or "left aside", role="ink" if column.field else "text3"
            )
        box = QComboBox()
        box.setAccessibleName(f"What “{one_line(column.name)}” holds")
        box.addItem("left aside", "")
        for name, words in FIELDS.items():
            box.addItem(words, name)
        _choose(box, "" if held == mapping.IGNORE else held)
        box.activated.connect(lambda: self._map(column.index))
        self.fields[column.index] = box
        return box

    def _written(self, column: ColumnUse, *, by_hand: bool) -> QWidget:
        """Return how numbers or dates of a column are written, to be changed where no format fixes it."""
        if not by_hand:
            return Words(column.date_format or dict(DECIMALS).get(column.decimal or "", ""), role="text2")
        if column.field in _NUMBERS:
            code, choices, now = f"decimal_sign:{column.name}", DECIMALS, column.decimal or ""
        elif column.field == "opened_on":
            code, choices, now = f"date_order:{column.name}", ORDERS, column.date_format or ""
        else:
            return Words("")
        box = QComboBox()
        box.setAccessibleName(f"How “{one_line(column.name)}” is written")
        box.addItem("found out" if now in dict(choices) else now or "not clear yet", "")
        for value, words in choices:
            box.addItem(words, value)
        _choose(box, now if now in dict(choices) else "")
        box.activated.connect(lambda: self.answered.emit(code, box.currentData()))
        return box

    def _map(self, changed: int) -> None:
        """Tell what every column holds now; a field stands in one column only, the one chosen last."""
        holds = {index: box.currentData() for index, box in self.fields.items()}
        taken = holds[changed]
        kept = {i: field if i == changed or field != taken else "" for i, field in holds.items()}
        self.mapped.emit({str(i + 1): field or mapping.IGNORE for i, field in kept.items()})


def _labelled(label: str, editor: QWidget) -> QVBoxLayout:
    words = Words(label, theme.NOTE, "text2")
    words.setBuddy(editor)
    editor.setAccessibleName(label)
    editor.setObjectName(f"import:{label}")
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(words)
    column.addWidget(editor)
    return column


def _choose(box: QComboBox, value: str) -> None:
    with QSignalBlocker(box):
        box.setCurrentIndex(box.findData(value))


def _samples(column: ColumnUse) -> str:
    return ", ".join(one_line(text)[:24] for text in column.examples)


def _evidence(plan: Plan, options: Options) -> str:
    """Return by what the format was recognised."""
    if options.column_map:
        return "The columns are as you named them."
    if options.format:
        return "The format is as you chose."
    if plan.format is None:
        return "No known format has these columns."
    used = sum(bool(column.field) for column in plan.columns)
    title = formats.known()[plan.format].title
    return f"{title}, recognised by its header: {len(plan.columns)} names, {used} of them used."
