"""The facts of an entry in its dialog: a list by group, and the fields of the chosen one under it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.catalogue import Entry, Fact
from desktop_app.domain.overrides import FactKind, counterparts, facts_of, with_facts, yours
from desktop_app.figures.labels import Labels
from desktop_app.report.catalogue_words import STATES, YOURS
from desktop_app.report.fact_lines import GROUPS
from desktop_app.report.fact_sentences import fact_sentence
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fact_form import FactForm
from desktop_app.ui.widgets.drop_button import DropButton
from desktop_app.ui.widgets.row_list import Cell, Item, Lane, RowList
from desktop_app.ui.widgets.section import Rule, Words

KINDS: dict[FactKind, str] = {
    "exits": "A step on the way out",
    "slashing": "A rule of slashing",
    "risks": "A risk",
    "rewards": "An example of a reward",
}
Key = tuple[FactKind, int]


class FactList(QWidget):
    """``changed``: the chosen fact says something else, which :attr:`entry` has already.

    ``added`` carries the kind of a fact that is wanted, ``removed`` and ``restored`` (kind, index) of one.
    """

    changed = Signal()
    added = Signal(str)
    removed = Signal(str, int)
    restored = Signal(str, int)

    def __init__(self, shipped: Entry | None, labels: Labels, today: date) -> None:
        super().__init__()
        self.entry = Entry("", "", "", "")
        self._shipped = shipped
        self._labels = labels
        self._today = today
        self._key: Key | None = None
        self.form: FactForm | None = None
        self.rows = RowList(
            (Lane(stretch=True), Lane(right=True, scale=theme.NOTE)), "Facts", row=24, wrap=True, inset=8
        )
        self.add_button = DropButton("Add a fact")
        self.hint = Words("Choose a fact to change it, or add one.", theme.TEXT, "text2", wrap=True)
        self._menu = QMenu(self)
        self._place = QVBoxLayout()
        self._lay_out()
        self.rows.followed.connect(self._choose)
        self.add_button.clicked.connect(self._offer)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Words("Facts", bold=True), 1)
        head.addWidget(self.add_button)
        for kind, text in KINDS.items():
            self._menu.addAction(text, partial(self.added.emit, kind))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        listed = QWidget()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.rows)
        inside.addStretch()
        area.setWidget(listed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(area, 1)
        column.addWidget(Rule("rule"))
        column.addLayout(self._place)
        self._place.addWidget(self.hint)

    def _offer(self) -> None:
        self._menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    # -- content -------------------------------------------------------------------------------------------

    def show_facts(self, entry: Entry, chosen: Key | None) -> None:
        """Show the facts of an entry, and the fields of one of them."""
        self.entry = entry
        self._key = chosen
        self._fill()
        self._show_form()

    def _fill(self) -> None:
        items = []
        for kind, title in GROUPS.items():
            facts = facts_of(self.entry, kind)
            if facts:
                items.append(Item("", (Cell(title, bold=True), Cell(""))))
            items += [self._item(kind, index, fact) for index, fact in enumerate(facts)]
        self.rows.set_items(items)
        self.rows.mark(_text(self._key))

    def _item(self, kind: FactKind, index: int, fact: Fact) -> Item:
        verified = fact.source.verified
        state = Cell(STATES[verified], "text2" if verified else "warn")
        if yours(fact):
            state = Cell(YOURS, "accent")
        said = fact_sentence(fact, self._labels)
        return Item(_text((kind, index)), (Cell(said), state))

    def _choose(self, key: str) -> None:
        kind, _, index = key.partition(":")
        self._key = next(((k, int(index)) for k in GROUPS if k == kind), None)
        self.rows.mark(key)
        self._show_form()

    def _show_form(self) -> None:
        if self.form is not None:
            self._place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.hint.setVisible(self._key is None)
        if self._key is None:
            return
        kind, index = self._key
        facts = facts_of(self.entry, kind)
        shipped = facts_of(self._shipped, kind) if self._shipped else ()
        before = counterparts(facts, shipped)[index]
        self.form = FactForm(kind, facts[index], before, self._labels, self._today)
        self._place.addWidget(self.form)
        self.form.edited.connect(self._take)
        self.form.removed.connect(lambda: self.removed.emit(kind, index))
        self.form.restored.connect(lambda: self.restored.emit(kind, index))

    def _take(self) -> None:
        """Put what the fields say into the entry, while it is a fact."""
        if self.form is None or self._key is None or self.form.reason():
            self.changed.emit()
            return
        kind, index = self._key
        facts = facts_of(self.entry, kind)
        self.entry = with_facts(self.entry, kind, (*facts[:index], self.form.fact(), *facts[index + 1 :]))
        self._fill()
        self.changed.emit()

    def reason(self) -> str:
        """Return why the chosen fact is none yet, "" if it is one."""
        return self.form.reason() if self.form is not None else ""


def _text(key: Key | None) -> str:
    return f"{key[0]}:{key[1]}" if key else ""
