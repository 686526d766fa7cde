"""What is held: the list with its sums, and the chosen position's strata and five questions beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.analysis.overview import Overview, overview
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.duplicates import duplicate
from desktop_app.domain.ledgers import income
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Status
from desktop_app.figures.strata import strata
from desktop_app.report.explain import explanation
from desktop_app.report.questions import five_questions
from desktop_app.report.words import counted
from desktop_app.shipped import full_catalogue
from desktop_app.ui import jobs, settings, theme
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.document import Document
from desktop_app.ui.pages.page import HEADER, Page
from desktop_app.ui.pages.position_detail import STRATA, Detail, PositionDetail
from desktop_app.ui.place import Place
from desktop_app.ui.requests import open_withdrawal
from desktop_app.ui.tables.columns import POSITION_LIST, POSITIONS
from desktop_app.ui.tables.position_rows import PositionRow, position_rows
from desktop_app.ui.tables.summed_table import SummedTable
from desktop_app.ui.tables.table_view import TableView

LIST_WIDTH, LIST_WIDEST = 404, 480
GAP = 16
BY_VALUE = 1
WIDE_BY_VALUE = 7
SPLITTER = "positions/splitter"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: the overview and one row for each position."""

    overview: Overview
    rows: tuple[PositionRow, ...]


class PositionsPage(Page):
    """The list is beside the detail; as a table (Ctrl+T) it takes the page, with all columns."""

    name = "positions"
    title = "Positions"
    nothing = (
        "No position is recorded yet.",
        (
            "This page lists what you hold, and shows of each position the layers it stands on, what can be "
            "lost there, and how long the way out takes."
        ),
    )
    has_table = True
    commands = frozenset(
        {
            "edit_position",
            "edit_stack",
            "duplicate_positions",
            "close_positions",
            "delete_positions",
            "graph_selection",
            "start_withdrawal",
            "copy",
        }
    )

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self.answer: Answer | None = None
        self._unfilled: TableView | None = None
        self.filter = QLineEdit()
        self.list = TableView("positions-list", POSITION_LIST, two_lines=True, sorted_by=BY_VALUE)
        self.table = TableView("positions", POSITIONS, sorted_by=WIDE_BY_VALUE)
        self.detail = PositionDetail()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._either = QStackedWidget()
        self._fill_header()
        self._lay_out()
        self._connect()

    def _fill_header(self) -> None:
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the positions")
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(round(150 * max(1.0, theme.pixels() / 13)))
        self.add_command(self.filter)
        self.table_button = self.add_button("Table", "show_table")
        self.add_button("Import…", "import_file")
        self.add_button("Add position…", "add_position")

    def _lay_out(self) -> None:
        for view in (self.list, self.table):
            view.setAccessibleName("Positions")
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, GAP, 0)
        listed = SummedTable(self.list, "position")
        self.sums = listed.sums
        column.addWidget(listed)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(beside)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(1, 1)
        wide = QWidget()
        margin = QVBoxLayout(wide)
        margin.setContentsMargins(0, 0, 24, 0)
        margin.addWidget(SummedTable(self.table, "position"))
        self._either.addWidget(self.splitter)
        self._either.addWidget(wide)
        self.body.setContentsMargins(16, 0, 0, 0)
        self.body.addWidget(self._either)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.splitter.splitterMoved.connect(lambda: settings.write(SPLITTER, self.splitter.saveState()))
        self.list.picked.connect(self._show_detail)
        for view in (self.list, self.table):
            view.opened.connect(lambda _: self.wished.emit("edit_position"))
            view.customContextMenuRequested.connect(partial(self._offer, view))
        self.detail.edited.connect(lambda: self.wished.emit("edit_position"))
        self.detail.restacked.connect(lambda: self.wished.emit("edit_stack"))
        self.detail.explained.connect(self._explain)
        self.detail.followed.connect(lambda node: self.go("dependencies", node))

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        answer = overview(portfolio, as_of)
        return Answer(answer, position_rows(portfolio, answer.exposed, answer.out, as_of))

    def show_answer(self, answer: Answer) -> None:
        known = {row.id for row in self.answer.rows} if self.answer else set()
        self.answer = answer
        added = [row.id for row in answer.rows if row.id not in known]
        added = added if len(added) < len(answer.rows) else []  # all: another file, not an edit
        self._unfilled = self.list if self.table_shown else self.table
        self._fill(self.view, added)
        self._place_splitter()
        self._show_detail(self.view.chosen_ids())

    def _fill(self, view: TableView, added: Sequence[str] = ()) -> None:
        """Show the rows in the view that is seen; the other one is filled when it is."""
        view.show_rows(self.answer.rows if self.answer else (), self.labels)
        if added:
            view.choose(*added)
        elif not view.chosen_ids() and view.rows_model.rows:
            view.choose(view.rows_model.rows[0].id)

    def _place_splitter(self) -> None:
        """Put the splitter where the user left it; until then the list is as wide as its rows need."""
        if not self.splitter.restoreState(settings.read(SPLITTER, QByteArray())):
            room = self.height() - HEADER - self.sums.sizeHint().height()
            bar = self.list.verticalScrollBar().sizeHint().width()
            needed = self.list.needed_width() + (bar if self.list.content_height() > room else 0)
            width = min(max(LIST_WIDTH, needed), LIST_WIDEST) + GAP
            self.splitter.setSizes([width, self.width() - GAP - width])

    def _show_detail(self, chosen: Sequence[str]) -> None:
        row = self._row(chosen[0]) if chosen else None
        if row is None or self.answer is None:
            jobs.drop(self, "detail")
            self.detail.clear()
            return
        work = partial(self._detail, row, self.portfolio, self.answer.overview)
        jobs.run(self, work, lambda detail: self.detail.show_detail(detail, self.labels), topic="detail")

    def _row(self, ident: str) -> PositionRow | None:
        rows = self.answer.rows if self.answer else ()
        return next((row for row in rows if row.id == ident), None)

    def _detail(self, row: PositionRow, portfolio: Portfolio, seen: Overview) -> Detail:
        """Return what is shown of a position; called beside the window."""
        position, labels, sizes = portfolio.positions[row.id], self.labels, self.sizes
        catalogue = effective(full_catalogue(), portfolio.entries)
        earned = income(portfolio).get(position.id)
        questions = five_questions(portfolio, position, seen.exposed, seen.out, labels, catalogue, earned)
        plan = seen.out.positions.get(row.id)
        dated = position if plan is None else plan.dated(position)
        return Detail(
            row,
            lambda width: strata(portfolio, dated, seen.exposed, labels, width, sizes, measure, STRATA),
            questions,
        )

    def _explain(self, key: str) -> None:
        if self.answer is not None:
            self.tell(explanation(key, self.portfolio, self.answer.overview, self.labels, self.as_of))

    # -- choosing ------------------------------------------------------------------------------------------

    @property
    def view(self) -> TableView:
        """The list, or the table where it is shown."""
        return self.table if self.table_shown else self.list

    def show_item(self, item: str) -> None:
        self.filter.clear()
        for view in (self.list, self.table):
            view.choose(item)

    def start_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _filter(self, text: str) -> None:
        self.view.set_filter(text)

    def show_table(self, *, shown: bool) -> None:
        chosen = self.view.chosen_ids()
        super().show_table(shown=shown)
        self.table_button.setText("List" if shown else "Table")
        self._either.setCurrentIndex(int(shown))
        if self.view is self._unfilled:
            self._unfilled = None
            self._fill(self.view)
        self.view.set_filter(self.filter.text())
        self.view.choose(*chosen)
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert and not event.modifiers():
            self.wished.emit("add_position")
        elif event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        else:
            super().keyPressEvent(event)

    def _offer(self, view: TableView, point: QPoint) -> None:
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = "Reopen" if self._all_closed(self._chosen()) else "Close"
        for text, key in (
            ("Change…", "edit_position"),
            ("Stack and loan…", "edit_stack"),
            ("Duplicate", "duplicate_positions"),
            (close, "close_positions"),
            ("Delete", "delete_positions"),
            ("Graph of the selection", "graph_selection"),
            ("Start a withdrawal…", "start_withdrawal"),
        ):
            menu.addAction(text, partial(self.wished.emit, key))
        menu.addSeparator()
        columns = view.columns_menu()
        columns.setTitle("Columns")
        menu.addMenu(columns)
        menu.popup(view.viewport().mapToGlobal(point))

    # -- commands ------------------------------------------------------------------------------------------

    def take(self, command: str) -> None:
        chosen = self._chosen()
        if command == "copy":
            self.view.copy()
        elif not chosen:
            return
        elif command == "edit_position":
            self._edit(chosen[0])
        elif command == "start_withdrawal":
            open_withdrawal(self.window(), self.document, self.as_of, self.labels, chosen[0].id)
        elif command == "graph_selection":
            self.going.emit(Place("dependencies", among=tuple(p.id for p in chosen)))
        elif command == "edit_stack":
            self._edit_stack(chosen[0])
        else:
            text, after = {
                "duplicate_positions": self._duplicated,
                "close_positions": self._closed,
                "delete_positions": self._deleted,
            }[command](chosen)
            self.document.edit(text, after)

    def _chosen(self) -> list[Position]:
        held = self.document.portfolio.positions
        return [held[i] for i in self.view.chosen_ids() if i in held]

    def _edit(self, position: Position) -> None:
        from desktop_app.ui.dialogs.position_editor import edit_position

        edit_position(self.window(), self.document, self.shipped, position.id)

    def _edit_stack(self, position: Position) -> None:
        from desktop_app.ui.dialogs.stack_editor import edit_stack

        edit_stack(self.window(), self.document, self.shipped, position.id)

    def _duplicated(self, chosen: Sequence[Position]) -> tuple[str, Portfolio]:
        after, _ = duplicate(self.document.portfolio, *(p.id for p in chosen))
        return f"Duplicate {_named(chosen)}", after

    def _closed(self, chosen: Sequence[Position]) -> tuple[str, Portfolio]:
        closed = self._all_closed(chosen)
        status = Status.ACTIVE if closed else Status.CLOSED
        after = self.document.portfolio.with_positions(*(replace(p, status=status) for p in chosen))
        return f"{'Reopen' if closed else 'Close'} {_named(chosen)}", after

    def _deleted(self, chosen: Sequence[Position]) -> tuple[str, Portfolio]:
        after = self.document.portfolio.without_positions(*(p.id for p in chosen))
        return f"Delete {_named(chosen)}", after

    @staticmethod
    def _all_closed(chosen: Sequence[Position]) -> bool:
        return all(p.status is Status.CLOSED for p in chosen)


def _named(positions: Sequence[Position]) -> str:
    """Return the name of one position, or how many there are."""
    return positions[0].name if len(positions) == 1 else counted(len(positions), "position")
