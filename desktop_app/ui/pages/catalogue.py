"""What is known of protocols, operators and services: facts with sources, old ones marked, yours too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QByteArray, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from desktop_app import shipped
from desktop_app.analysis.catalogue_use import old_facts, uses
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.missing import missing
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.catalogue import Catalogue, Entry
from desktop_app.domain.entry_edits import users_of, with_entry, without_entry
from desktop_app.domain.facts import is_undated
from desktop_app.domain.following import Following, with_own_entries
from desktop_app.domain.overrides import FactKind, restored
from desktop_app.domain.own_entries import effective
from desktop_app.domain.places import place
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.colours import dimension_role
from desktop_app.report.catalogue_words import entry_name, old_facts_sentence, show_old, what_it_is
from desktop_app.report.fact_lines import FactWords
from desktop_app.report.words import capital
from desktop_app.ui import jobs, messages, settings, theme
from desktop_app.ui.document import Document
from desktop_app.ui.links import open_link
from desktop_app.ui.pages.catalogue_detail import LARGE, CatalogueDetail, EntryDetail
from desktop_app.ui.pages.page import HEADER, Page
from desktop_app.ui.tables.catalogue_columns import (
    CATALOGUE,
    ENTRY,
    OLDEST,
    VALUE,
    CatalogueRow,
    catalogue_rows,
)
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.bars import Banner

LIST_WIDTH, LIST_PART, LARGE_PART = 404, 0.47, 0.55
"""Least width of the list, and the most of the page that it takes at first, also with a large font."""
GAP = 16
SPLITTER = "catalogue/splitter"
ALL_KINDS = "Kind: all"
Order = Qt.SortOrder
ORDERS = (
    ("Used by me first", VALUE, Order.DescendingOrder),
    ("By name", ENTRY, Order.AscendingOrder),
    ("Oldest facts first", OLDEST, Order.AscendingOrder),
)
SHOW_ALL = "Show all entries"
OVERRIDE, CHANGE = "Override a fact…", "Change entry…"
BACK, REMOVE = "Back to the shipped entry", "Remove this entry"


@dataclass(frozen=True, slots=True)
class Answer:
    """``catalogue`` as it holds, with its details; ``old`` facts in use, ``undated`` how many of them."""

    catalogue: Catalogue
    rows: tuple[CatalogueRow, ...]
    old: int
    undated: int


class CataloguePage(Page):
    """Choosing an entry in the list shows its facts. Nothing is fetched: sources open on a click."""

    name = "catalogue"
    title = "Catalogue"
    nothing = (
        "There is no catalogue.",
        "This page shows what is known of protocols, operators and services.",
    )
    works_empty = True
    commands = frozenset({"copy", "change_entry", "restore_entry"})

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self.answer: Answer | None = None
        self.filter = QLineEdit()
        self.kind = QComboBox()
        self.order = QComboBox()
        self.banner = Banner()
        self.list = TableView("catalogue", CATALOGUE, sorted_by=VALUE, accessible_name="Catalogue")
        self.detail = CatalogueDetail()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._only_old = False
        self._hidden_old = 0
        self._shown = ""
        self._wanted = ""
        self._fill_header()
        self._lay_out()
        self._connect()

    def _fill_header(self) -> None:
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the catalogue")
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(round(150 * max(1.0, theme.pixels() / 13)))
        self.kind.setAccessibleName("Kind")
        self.kind.addItem(ALL_KINDS)
        self.order.setAccessibleName("Order")
        self.order.addItems([text for text, *_ in ORDERS])
        for widget in (self.filter, self.kind, self.order):
            self.add_command(widget)
        self.add_button("Add entry…", "add_entry")

    def _lay_out(self) -> None:
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, GAP, 0)
        column.addWidget(self.list)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(beside)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(1, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 4, 0, 0)
        inside.addWidget(self.splitter)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.banner)
        self.body.addLayout(inside, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.list.set_filter)
        self.kind.currentIndexChanged.connect(self._show_rows)
        self.order.activated.connect(self._sort)
        self.splitter.splitterMoved.connect(lambda: settings.write(SPLITTER, self.splitter.saveState()))
        self.list.picked.connect(self._show_detail)
        self.banner.acted.connect(self._turn_old)
        self.banner.hidden.connect(self._hide_old)
        self.list.opened.connect(lambda _: self.wished.emit("change_entry"))
        self.detail.opened.connect(open_link)
        self.detail.changed.connect(lambda: self.wished.emit("change_entry"))
        self.detail.restored.connect(lambda: self.wished.emit("restore_entry"))
        self.detail.fact_restored.connect(self._restore_fact)

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        full = shipped.full_catalogue()
        catalogue = effective(full, portfolio.entries)
        exposed = exposure(portfolio, as_of)
        lacking = missing(portfolio, exposed, withdrawals(portfolio, as_of), as_of)
        rows = catalogue_rows(catalogue, full, uses(portfolio, exposed, lacking), as_of)
        undated = sum(m.kind == "old" and is_undated(m.detail) for m in lacking)
        return Answer(catalogue, rows, sum(old_facts(portfolio, lacking).values()), undated)

    def show_answer(self, answer: Answer) -> None:
        self.answer = answer
        self._fill_kinds()
        self._show_banner()
        self._show_rows()
        if self._wanted or (not self.list.chosen_ids() and self.list.rows_model.rows):
            self.list.choose(self._wanted or self.list.rows_model.rows[0].id)
        self._wanted = ""
        self._place_splitter()
        self._show_detail(self.list.chosen_ids())

    def _fill_kinds(self) -> None:
        rows = self.answer.rows if self.answer else ()
        kinds = [ALL_KINDS, *(capital(kind) for kind in sorted({row.kind for row in rows}))]
        if kinds != [self.kind.itemText(i) for i in range(self.kind.count())]:
            with QSignalBlocker(self.kind):
                chosen = self.kind.currentText()
                self.kind.clear()
                self.kind.addItems(kinds)
                self.kind.setCurrentIndex(max(0, self.kind.findText(chosen)))

    def _show_rows(self) -> None:
        kind = self.kind.currentText().casefold() if self.kind.currentIndex() > 0 else ""
        rows = self.answer.rows if self.answer else ()
        shown = [r for r in rows if (not kind or r.kind == kind) and (r.old or not self._only_old)]
        self.list.show_rows(shown, self.labels)

    def _place_splitter(self) -> None:
        """Put the splitter where the user left it; until then the list is as wide as its rows need."""
        if not self.splitter.restoreState(settings.read(SPLITTER, QByteArray())):
            room = self.height() - HEADER
            bar = self.list.verticalScrollBar().sizeHint().width()
            needed = self.list.needed_width() + (bar if self.list.content_height() > room else 0)
            part = LIST_PART if theme.pixels() < LARGE else LARGE_PART
            width = min(max(LIST_WIDTH, needed), round(self.width() * part)) + GAP
            self.splitter.setSizes([width, self.width() - GAP - width])

    def _sort(self, order: int) -> None:
        _, column, direction = ORDERS[order]
        self.list.sort_by(column, direction)

    # -- old facts -----------------------------------------------------------------------------------------

    def _show_banner(self) -> None:
        answer = self.answer
        if answer is None or not answer.old or answer.old == self._hidden_old:
            self._only_old = False
            self.banner.hide()
            return
        action = SHOW_ALL if self._only_old else show_old(answer.old)
        self.banner.tell(old_facts_sentence(answer.old, answer.undated), "warn", action)

    def _turn_old(self) -> None:
        self._only_old = not self._only_old
        self._show_banner()
        self._show_rows()

    def _hide_old(self) -> None:
        self._hidden_old = self.answer.old if self.answer else 0
        self._only_old = False
        self._show_rows()

    # -- one entry -----------------------------------------------------------------------------------------

    def _show_detail(self, chosen: Sequence[str]) -> None:
        if self.answer is None or not chosen or chosen[0] not in self.answer.catalogue.entries:
            jobs.drop(self, "detail")
            self.detail.clear()
            return
        work = partial(self._detail, chosen[0], self.answer.catalogue, self.portfolio, self.as_of)
        jobs.run(self, work, self._put_detail, topic="detail")

    def _detail(self, ident: str, catalogue: Catalogue, portfolio: Portfolio, as_of: date) -> EntryDetail:
        """Return what is shown of an entry; called beside the window."""
        entry, full = catalogue.entries[ident], shipped.full_catalogue()
        own = ident in portfolio.entries
        override = own and ident in full.entries
        words = FactWords(catalogue, full, portfolio, self.labels, as_of)
        return EntryDetail(
            ident,
            entry_name(catalogue, ident),
            what_it_is(catalogue, entry),
            dimension_role(place(catalogue, entry).dimension),
            words.lines(entry),
            CHANGE if own and not override else OVERRIDE,
            BACK if override else REMOVE if own else "",
        )

    def _put_detail(self, detail: EntryDetail) -> None:
        self.detail.show_detail(detail, keep_place=detail.id == self._shown)
        self._shown = detail.id

    def show_item(self, item: str) -> None:
        self.filter.clear()
        self.kind.setCurrentIndex(0)
        if self.answer is None:
            self._wanted = item
        self.list.choose(item)

    # -- keys ----------------------------------------------------------------------------------------------

    def start_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        else:
            super().keyPressEvent(event)

    def take(self, command: str) -> None:
        chosen = self.list.chosen_ids()
        if command == "copy":
            self.list.copy()
        elif chosen and command == "change_entry":
            self._change(chosen[0])
        elif chosen and chosen[0] in self.document.portfolio.entries:
            self._restore(chosen[0])

    # -- the user's own ------------------------------------------------------------------------------------

    def _change(self, ident: str) -> None:
        from desktop_app.ui.dialogs.catalogue_editor import edit_entry

        edit_entry(self.window(), self.document, ident)

    def _restore(self, ident: str) -> None:
        """Let the shipped entry count again, or take an own one away that nothing else depends on."""
        own = self.document.portfolio.entries
        name, override = own[ident].short_name, ident in self.shipped.entries
        if not override and (users := users_of(own, ident)):
            messages.show(f"{users[0].short_name} depends on {name}: change that entry first.")
            return
        text = f"Back to the shipped {name}" if override else f"Remove {name} from the catalogue"
        self._follow(text, without_entry(own, ident))

    def _restore_fact(self, kind: FactKind, index: int) -> None:
        ident = next(iter(self.list.chosen_ids()), "")
        full, own = shipped.full_catalogue(), self.document.portfolio.entries
        before = full.entries.get(ident)
        if before is not None and ident in own:
            changed = restored(own[ident], before, kind, index)
            entries = with_entry(full, own, changed, self.as_of)
            self._follow(f"Back to the shipped value of {before.short_name}", entries)

    def _follow(self, text: str, entries: Mapping[str, Entry]) -> None:
        """Make these the user's entries, with all that rests on them, as one edit; worked out beside."""
        before = self.document.portfolio
        work = partial(with_own_entries, before, self.shipped, entries)

        def edit(following: Following) -> None:
            if self.document.portfolio is before:
                self.document.edit(text, following.portfolio)

        jobs.run(self, work, edit, topic="follow")
