"""The shocks of a scenario as rows that are typed into: a node, how much stands on it, how much is lost."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop_app.domain.positions import Dimension, Node
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report.words import dimension_word
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import line
from desktop_app.ui.dialogs.typed import read_amount, write_amount
from desktop_app.ui.widgets.section import Link, Words
from desktop_app.ui.widgets.swatch import Swatch

HUNDRED = Decimal(100)
FIELD_WIDTH = 92
SLASHED = {Dimension.OPERATOR, Dimension.ROLE, Dimension.PROTOCOL, Dimension.CLIENT, Dimension.CHAIN}
"""Kinds of nodes whose failure can get validators slashed."""


class ShockList(QWidget):
    """``edited`` comes with every change; ``reckoned`` asks for a slash to be worked out for a node.

    Holds node ids and what is typed, no portfolio.
    """

    edited = Signal()
    reckoned = Signal(str)

    def __init__(self, nodes: Mapping[str, Node], labels: Labels) -> None:
        super().__init__()
        self._nodes = nodes
        self._labels = labels
        self._locale = QLocale(labels.locale)
        self._shares: Mapping[str, float] = {}
        self.fields: dict[str, QLineEdit] = {}
        self._typed: dict[str, str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    # -- content -------------------------------------------------------------------------------------------

    def start_with(self, shocks: Mapping[str, float]) -> None:
        """Show shocks in the place of those before."""
        self._typed = {node: self._written(fraction) for node, fraction in shocks.items()}
        self._rebuild()

    def add(self, node: str, fraction: float | None) -> None:
        """Add a node, if it is not there yet, and put the cursor into its field."""
        if node not in self._typed:
            self._typed[node] = "" if fraction is None else self._written(fraction)
            self._rebuild()
        self.fields[node].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields[node].selectAll()

    def put(self, node: str, fraction: float) -> None:
        """Let a node that is there lose so much."""
        self.fields[node].setText(self._written(fraction))

    def show_shares(self, shares: Mapping[str, float]) -> None:
        """Say how much of the portfolio stands on each node."""
        self._shares = shares
        self._rebuild()

    def _written(self, fraction: float) -> str:
        return write_amount(Decimal(repr(round(fraction * 100, 10))).normalize(), self._locale)

    # -- reading -------------------------------------------------------------------------------------------

    def shocks(self) -> dict[str, float]:
        """Return node -> fraction of the rows that say one."""
        found = {node: self._fraction(text) for node, text in self._typed.items()}
        return {node: fraction for node, fraction in found.items() if fraction is not None}

    def reason(self) -> str:
        """Return why the rows make no scenario yet, as a short sentence; "" if they do."""
        if not self._typed:
            return "Add a node"
        wrong = next((node for node, text in self._typed.items() if self._fraction(text) is None), None)
        if wrong is None:
            return ""
        name = one_line(self._nodes[wrong].name)
        return f"Say how much of {name} is lost, from above 0 to 100 %"

    def _fraction(self, text: str) -> float | None:
        percent = read_amount(text.strip().removesuffix("%"), self._locale)
        return None if percent is None or not 0 < percent <= HUNDRED else float(percent / HUNDRED)

    # -- rows ----------------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        focused = next((node for node, field in self.fields.items() if field.hasFocus()), None)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.fields = {}
        heads = ("", "Node", "Kind", "Stands on it", "Loses, %", "", "")
        for column, head in enumerate(heads if self._typed else ()):
            words = Words(head, theme.NOTE, "text2")
            if column in {3, 4}:
                words.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(words, 0, column)
        for row, node in enumerate(self._typed, 1):
            self._add_row(row, node)
        if focused in self.fields:
            self.fields[focused].setFocus()

    def _add_row(self, row: int, node: str) -> None:
        known = self._nodes[node]
        share = self._labels.share(self._shares[node]) if node in self._shares else ""
        stands = Words(share, theme.TEXT, "text2")
        stands.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field = line("100", number=True)
        field.setText(self._typed[node])
        field.setFixedWidth(round(FIELD_WIDTH * max(1.0, theme.pixels() / 13)))
        field.setAccessibleName(f"Loss of {known.name}, per cent")
        field.setObjectName(f"loss:{node}")
        reckon, remove = Link("Slash…"), Link("Remove")
        reckon.setAccessibleName(f"Work out what a slash takes from {known.name}")
        remove.setAccessibleName(f"Remove {known.name}")
        widgets = (
            Swatch(dimension_role(known.dimension)),
            Words(one_line(known.name), wrap=True),
            Words(dimension_word(known.dimension), theme.NOTE, "text2"),
            stands,
            field,
            *((reckon,) if known.dimension in SLASHED else (Words(),)),
            remove,
        )
        for column, widget in enumerate(widgets):
            self._grid.addWidget(widget, row, column)
        self.fields[node] = field
        field.textChanged.connect(lambda text, node=node: self._type(node, text))
        reckon.clicked.connect(lambda node=node: self.reckoned.emit(node))
        remove.clicked.connect(lambda node=node: self._remove(node))

    def _type(self, node: str, text: str) -> None:
        self._typed[node] = text
        self.edited.emit()

    def _remove(self, node: str) -> None:
        del self._typed[node]
        self._rebuild()
        self.edited.emit()
