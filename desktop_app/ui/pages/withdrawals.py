"""When everything can be out: the sentence, the timeline, the ladder on its axis, the queue; a table twin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.analysis.exit_queue import (
    RECORD_ETH,
    ExitQueue,
    Maturity,
    exit_queue,
    has_other_queues,
    leavers,
    maturities,
)
from desktop_app.analysis.overview import Overview, overview
from desktop_app.analysis.percentiles import Percentiles, percentiles
from desktop_app.analysis.request_states import Progress, open_progress
from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.curves import ladder
from desktop_app.figures.keys import timeline_key
from desktop_app.figures.shapes import Figure, Line
from desktop_app.figures.time_axis import TimeAxis
from desktop_app.figures.timeline import TimelineColumns, timeline_columns, timeline_head
from desktop_app.figures.timeline_rows import TimelineRow, timeline_rows
from desktop_app.report.exit_queue import EXPLAINED, queue_explanation, queue_sentence, what_if_sentence
from desktop_app.report.explain import explanation
from desktop_app.report.likely import LIKELY, likely_explanation
from desktop_app.report.sentences import plain, withdrawals_sentence
from desktop_app.ui import theme
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.charts.picture import Pictures, below_each_other
from desktop_app.ui.charts.timeline_view import TimelineView
from desktop_app.ui.document import Document
from desktop_app.ui.pages.ladder_words import LadderWords
from desktop_app.ui.pages.page import Page, parts
from desktop_app.ui.pages.withdrawals_panel import WithdrawalsPanel
from desktop_app.ui.requests import moment_of_day, open_claim, open_withdrawal
from desktop_app.ui.tables.columns import WITHDRAWALS, WithdrawalRow, withdrawal_rows
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.section import UprightRule
from desktop_app.ui.widgets.sentence_label import SentenceLabel

ANY_WIDTH = 1000.0
FILTER_WIDTH = 170
LADDER_LEAST, LADDER_MOST = 160, 400
MOST_SAVED = 200
"""So many rows of the timeline go into a saved picture."""
PANEL_GAP = 20
AXIS_HELP = "Drag over the bars to see a stretch of time; double click (or 0) for all and back; + and −."


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: the overview, the rows of the timeline and columns wide enough for all of them.

    ``queue`` is None where no position waits behind it; ``longer``: were it as long as it ever was.
    ``queued``: something waits in other queues.
    """

    overview: Overview
    rows: tuple[TimelineRow, ...]
    columns: TimelineColumns
    queue: ExitQueue | None
    longer: ExitQueue | None
    maturities: tuple[Maturity, ...]
    requests: tuple[Progress, ...]
    likely: Percentiles
    table: tuple[WithdrawalRow, ...]
    queued: bool


class _Picture(QWidget):
    """Timeline and ladder; says when its size has changed."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class WithdrawalsPage(Page):
    """Rows lead to their positions."""

    name = "withdrawals"
    title = "Withdrawals"
    nothing = (
        "There is nothing to withdraw yet.",
        (
            "This page shows when each position can be out: the steps of its way, which of them can still be "
            "slashed, and by which day how much of everything is back."
        ),
    )
    has_table = True
    has_pictures = True
    commands = frozenset({"copy", "start_withdrawal", "change_withdrawal", "claim_withdrawal"})

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self.answer: Answer | None = None
        self.calendar_button = self.add_button("Calendar…", "save_calendar")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter: account, asset …")
        self.filter.setAccessibleName("Filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(round(FILTER_WIDTH * max(1.0, theme.pixels() / 13)))
        self.add_command(self.filter)
        self.start_button = self.add_button("Start a withdrawal…", "start_withdrawal")
        self.table_button = self.add_button("Table", "show_table")
        self.sentence = SentenceLabel()
        self.head = FigureWidget()
        self.head.setToolTip(AXIS_HELP)
        self.timeline = TimelineView()
        self.key = FigureWidget()
        self.words = LadderWords()
        self.ladder = FigureWidget()
        self.table = TableView("withdrawals", WITHDRAWALS)
        self.table.setAccessibleName("Withdrawals")
        self.panel = WithdrawalsPanel()
        self._beside = QWidget()
        self._picture = _Picture()
        self._either = QStackedWidget()
        self._lay_out()
        self.sentence.explained.connect(self._explain)
        self.filter.textChanged.connect(self._filter)
        self.words.explained.connect(self._explain)
        self._picture.resized.connect(self._fit)
        self.timeline.resized.connect(self._fit)
        self.timeline.zoomed.connect(self._fit)
        self.timeline.activated.connect(lambda row: self.go("positions", row.rpartition("#")[0]))
        self.table.opened.connect(lambda row: self.go("positions", row.rpartition("#")[0]))
        self.panel.requests.claimed.connect(partial(self._open, open_claim))
        self.panel.requests.changed.connect(partial(self._open, open_withdrawal))
        self.panel.queue.edited.connect(self._edit_queue)
        self.panel.others.edited.connect(self._edit_queue)
        self.panel.queue.moved.connect(self._ask_what_if)
        self.panel.queue.sentence.explained.connect(self._explain)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.ladder, 1, Qt.AlignmentFlag.AlignTop)
        picture = QVBoxLayout(self._picture)
        picture.setContentsMargins(0, 0, 0, 0)
        picture.setSpacing(0)
        picture.addWidget(self.head)
        picture.addWidget(self.timeline)
        picture.addWidget(self.key)
        picture.addLayout(foot)
        picture.addStretch()
        self._either.addWidget(self._picture)
        self._either.addWidget(self.table)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.sentence)
        main.addSpacing(8)
        main.addWidget(self._either, 1)
        main.addSpacing(8)
        beside = QHBoxLayout(self._beside)
        beside.setContentsMargins(PANEL_GAP, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(UprightRule())
        beside.addWidget(self.panel)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(main, 1)
        row.addWidget(self._beside)
        self.body.addLayout(row, 1)

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        answer = overview(portfolio, as_of, moment_of_day(as_of))
        rows = timeline_rows(answer.out, portfolio, as_of)
        columns = timeline_columns(rows, as_of, self.labels, ANY_WIDTH, self.sizes, measure)
        queue = exit_queue(portfolio, as_of, plans=answer.out.positions) if leavers(portfolio) else None
        longer = None if queue is None else exit_queue(portfolio, as_of, _longest(queue), _only(queue))
        requests = open_progress(portfolio, answer.out, as_of)
        return Answer(
            overview=answer,
            rows=rows,
            columns=columns,
            queue=queue,
            longer=longer,
            maturities=maturities(portfolio, as_of),
            requests=requests,
            likely=percentiles(answer.out),
            table=withdrawal_rows(answer.out, portfolio, as_of, self.labels),
            queued=has_other_queues(answer.out),
        )

    def show_answer(self, answer: Answer) -> None:
        self.answer = answer
        out = answer.overview.out
        sentence = withdrawals_sentence(out, self.labels, self.as_of)
        self.sentence.set_parts(parts(sentence))
        self._show_rows()
        self.key.show_figure(self._key)
        self.words.show_ladder(out, answer.likely, self.labels)
        self.ladder.setVisible(out.value > 0)
        self._fill_table()
        self._show_panel(answer)
        self._fit()

    def _show_rows(self) -> None:
        """Show the rows that the filter leaves, in the timeline and in the table."""
        answer, words = self.answer, self.filter.text().casefold().split()
        if answer is None:
            return
        rows = [row for row in answer.rows if self._is_meant(row, words)] if words else answer.rows
        headline = plain(withdrawals_sentence(answer.overview.out, self.labels, self.as_of))
        self.timeline.show_timeline(rows, answer.columns, self.labels, self.sizes, headline)
        self.table.set_filter(self.filter.text())

    def _fill_table(self) -> None:
        """Fill the table where it is seen: it has a cell for every figure of every part."""
        if self.table_shown and self.answer is not None:
            self.table.show_rows(self.answer.table, self.labels)

    def _is_meant(self, row: TimelineRow, words: Sequence[str]) -> bool:
        position = self.portfolio.positions.get(row.position)
        held = "" if position is None else f"{position.account} {position.asset} {position.chain}"
        said = f"{row.name} {held}".casefold()
        return all(word in said for word in words)

    def start_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _filter(self) -> None:
        self._show_rows()
        self._fit()

    def _show_panel(self, answer: Answer) -> None:
        """Show what stands beside the timeline; without a queue and maturities it takes no room."""
        box = self.panel.queue
        box.setVisible(answer.queue is not None)
        if answer.queue is not None:
            box.show_congestion(self.portfolio.congestion, self.labels, self.as_of)
            self._show_queue(answer, answer.queue)
        self.panel.show_maturities(answer.maturities, answer.overview.names, self.labels)
        self.panel.requests.show_requests(answer.requests, self.portfolio.positions, self.labels, self.as_of)
        self.panel.others.setVisible(answer.queued)
        self.panel.others.show_congestion(self.portfolio.congestion, self.labels)
        beside = answer.queue is not None or bool(answer.maturities) or bool(answer.requests) or answer.queued
        self._beside.setVisible(beside)
        self.body.setContentsMargins(theme.PAGE_MARGIN, 0, 0 if beside else theme.PAGE_MARGIN, 0)

    def _show_queue(self, answer: Answer, queue: ExitQueue) -> None:
        said = queue_sentence(queue, _last_name(queue, answer), self.labels, self.as_of)
        longer = answer.longer
        more = "" if longer is None else what_if_sentence(queue, longer, self.labels, self.as_of)
        self.panel.queue.show_words(said, more)

    def _fit(self) -> None:
        """Give the timeline the room of its rows, the ladder what is left, but never less than its words."""
        if self.answer is None:
            return
        rows = self.timeline.content_height()
        room = self._picture.height() - self.head.height() - self.key.height()
        height = max(min(max(room - rows, LADDER_LEAST), LADDER_MOST), self._words_height())
        least = self.timeline.minimumSizeHint().height()
        self.timeline.setFixedHeight(min(rows, max(least, room - height)))
        columns = self.timeline.columns
        if columns is not None:
            self.head.show_figure(lambda _: timeline_head(columns, self.labels, self.sizes))
            self._show_ladder(self.answer.overview.out, columns.axis, float(height))

    def _show_ladder(self, out: Withdrawals, axis: TimeAxis, height: float) -> None:
        left = self._words_width(axis)
        self.words.setFixedWidth(left)
        shifted = replace(axis, left=axis.left - left, right=axis.right - left)
        headline = plain(withdrawals_sentence(out, self.labels, self.as_of))
        self.ladder.show_figure(
            lambda width: ladder(
                out, shifted, self.labels, height, self.sizes, width=width, headline=headline
            )
        )

    def _words_width(self, axis: TimeAxis) -> int:
        """Return the room left of the ladder's own axis."""
        return int(axis.left - measure(self.labels.share(1.0), self.sizes.axis, False) - 16)

    def _words_height(self) -> int:
        """Return the height that the words beside the ladder need."""
        columns = self.timeline.columns
        if columns is None or self.words.isHidden():
            return 0
        return self.words.heightForWidth(self._words_width(columns.axis))

    def _key(self, width: float) -> Figure:
        """Return the key of the timeline, under the dark rule that closes its rows."""
        key = timeline_key(width, self.sizes, measure)
        return replace(key, shapes=(Line(((0, 0.5), (width, 0.5)), "ink"), *key.shapes))

    # -- commands ------------------------------------------------------------------------------------------

    def pictures(self) -> Pictures:
        shown: dict[str, Callable[[], Figure]] = {
            "Timeline": lambda: below_each_other(
                self.head.figure, self.timeline.whole_figure(MOST_SAVED), self.key.figure
            )
        }
        if self.ladder.isVisible():
            shown["Back in the wallet"] = lambda: self.ladder.figure
        return shown

    def show_item(self, item: str) -> None:
        rows = self.answer.rows if self.answer else ()
        self.filter.clear()
        index = next((i for i, row in enumerate(rows) if row.position == item), -1)
        if index >= 0:
            self.timeline.show_row(index)

    def show_table(self, *, shown: bool) -> None:
        super().show_table(shown=shown)
        self._fill_table()
        self.table_button.setText("Chart" if shown else "Table")
        self._either.setCurrentWidget(self.table if shown else self._picture)
        (self.table if shown else self.timeline.chart).setFocus()

    def take(self, command: str) -> None:
        position, request = self._chosen()
        if command == "copy":
            self.table.copy()
        elif command == "start_withdrawal":
            self._open(open_withdrawal, position, "")
        elif asked := (position, request) if request else self._next():
            self._open(open_withdrawal if command == "change_withdrawal" else open_claim, *asked)

    def _open(self, opened: Callable[..., None], position: str, request: str) -> None:
        opened(self.window(), self.document, self.as_of, self.labels, position, request)

    def _chosen(self) -> tuple[str, str]:
        """Return the position of the chosen row and the request that it stands for, "" for none."""
        chosen = self.table.chosen_ids() if self.table_shown else [self.timeline.chart.focused]
        plans = self.answer.overview.out.positions if self.answer else {}
        position, _, number = (chosen[0] if chosen else "").rpartition("#")
        if position not in plans or not number:
            return position, ""
        request = plans[position].tranches[int(number)].request
        return position, request.id if request else ""

    def _next(self) -> tuple[str, str] | None:
        """Return the position and the request that is claimed next."""
        first = self.answer.requests[:1] if self.answer else ()
        return (first[0].position, first[0].request.id) if first else None

    def _edit_queue(self, text: str, after: Congestion) -> None:
        self.document.edit(text, replace(self.portfolio, congestion=after))
        if self.answer is not None and self.portfolio.congestion != after:  # it could not be saved
            self._show_panel(self.answer)

    def _ask_what_if(self, eth: int) -> None:
        """Say what a queue would mean while its handle moves; nothing is stored before it is let go."""
        if self.answer is not None and self.answer.queue is not None:
            tried = replace(self.portfolio.congestion, queue_eth=Decimal(eth))
            only = _only(self.answer.longer or self.answer.queue)
            self._show_queue(self.answer, exit_queue(self.portfolio, self.as_of, tried, only))

    def _explain(self, key: str) -> None:
        answer = self.answer
        if answer is None:
            return
        if key == LIKELY:
            self.tell(likely_explanation(answer.likely, self.labels))
        elif key in EXPLAINED and answer.queue is not None:
            self.tell(queue_explanation(key, answer.queue, self.labels, self.as_of))
        else:
            self.tell(explanation(key, self.portfolio, answer.overview, self.labels, self.as_of))


def _longest(queue: ExitQueue) -> Congestion:
    """Return what would hold if the queue were as long as it ever was."""
    return replace(queue.congestion, queue_eth=RECORD_ETH)


def _only(queue: ExitQueue) -> tuple[str, ...] | None:
    """Return the position that is out last, the only one to look at again: the queue is the same for all."""
    return None if queue.last is None else (queue.last.position,)


def _last_name(queue: ExitQueue, answer: Answer) -> str:
    return "" if queue.last is None else answer.overview.names.get(queue.last.position, queue.last.position)
