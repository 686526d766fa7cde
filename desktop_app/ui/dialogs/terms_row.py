"""What the user knows of a way out: what it costs and how much can pass."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain import money
from desktop_app.domain.positions import PathTerms
from desktop_app.figures.labels import Labels
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import line, mark_wrong
from desktop_app.ui.dialogs.typed import read_amount, write_amount
from desktop_app.ui.widgets.section import Words

HUNDRED = Decimal(100)
WIDTH = 84


class TermsRow(QWidget):
    """``edited`` carries the terms when a field that was changed is left."""

    edited = Signal(object)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._locale = QLocale(labels.locale)
        self._terms = PathTerms("")
        self.cost = line("not known", number=True)
        self.capacity = line("all", number=True)
        self.cost.setAccessibleName("Costs, %")
        self.capacity.setAccessibleName(f"Takes at most, {labels.currency}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for words, editor, unit in (
            ("Costs", self.cost, "%"),
            ("takes at most", self.capacity, labels.currency),
        ):
            editor.setFixedWidth(round(WIDTH * max(1.0, theme.pixels() / 13)))
            editor.editingFinished.connect(self._type)
            row.addWidget(Words(words, theme.NOTE, "text2"))
            row.addWidget(editor)
            row.addWidget(Words(unit, theme.NOTE, "text2"))
            row.addSpacing(8)
        row.addStretch()

    def show_terms(self, terms: PathTerms) -> None:
        """Show what is known of a way."""
        self._terms = terms
        cost = None if terms.cost is None else money.product(Decimal(repr(terms.cost)), HUNDRED)
        self.cost.setText(write_amount(cost, self._locale))
        self.capacity.setText(write_amount(terms.capacity, self._locale))
        for editor in (self.cost, self.capacity):
            mark_wrong(editor, wrong=False)

    def _type(self) -> None:
        cost, capacity = (read_amount(e.text(), self._locale) for e in (self.cost, self.capacity))
        wrong = bool(self.cost.text().strip()) and (cost is None or not 0 <= cost <= HUNDRED)
        below = bool(self.capacity.text().strip()) and (capacity is None or capacity < 0)
        mark_wrong(self.cost, wrong=wrong)
        mark_wrong(self.capacity, wrong=below)
        if wrong or below:
            return
        known = None if cost is None else float(cost / HUNDRED)
        found = replace(self._terms, cost=known, capacity=capacity)
        if found != self._terms:
            self._terms = found
            self.edited.emit(found)
