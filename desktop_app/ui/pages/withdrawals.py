"""When everything can be out: the sentence, the timeline, the ladder on its axis, the queue; a table twin."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.analysis.exit_queue import ExitQueue, exit_queue
from desktop_app.analysis.withdrawals import TranchePlan, Withdrawals
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.curves import ladder
from desktop_app.figures.shapes import Figure, Line
from desktop_app.figures.time_axis import TimeAxis
from desktop_app.figures.timeline import timeline_head
from desktop_app.figures.timeline_key import timeline_key
from desktop_app.figures.timeline_rows import TimelineRow
from desktop_app.report.exit_queue import EXPLAINED, queue_explanation, queue_sentence, what_if_sentence
from desktop_app.report.explain import explanation
from desktop_app.report.likely import LIKELY, likely_explanation
from desktop_app.report.sentences import Sentence, plain, withdrawals_sentence
from desktop_app.report.step_lines import NO_WAY, WAY, WayWords, request_headline
from desktop_app.ui import theme
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.charts.picture import Pictures, below_each_other
from desktop_app.ui.charts.timeline_view import TimelineView
from desktop_app.ui.document import Document
from desktop_app.ui.links import open_link
from desktop_app.ui.pages.ladder_words import LadderWords
from desktop_app.ui.pages.page import Page, parts
from desktop_app.ui.pages.withdrawals_answer import Answer, answer_of, last_of
from desktop_app.ui.pages.withdrawals_panel import WithdrawalsPanel
from desktop_app.ui.pages.withdrawals_tables import WithdrawalsTables
from desktop_app.ui.requests import open_claim, open_withdrawal
from desktop_app.ui.widgets.section import UprightRule
from desktop_app.ui.widgets.sentence_label import SentenceLabel

FILTER_WIDTH = 170
LADDER_LEAST, LADDER_MOST = 160, 400
MOST_SAVED = 200
"""So many rows of the timeline go into a saved picture."""
PANEL_GAP = 20
AXIS_HELP = "Drag over the bars to see a stretch of time; double click (or 0) for all and back; + and −."


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
        self.tables = WithdrawalsTables()
        self.table = self.tables.rows
        self.panel = WithdrawalsPanel()
        self._beside = QWidget()
        self._picture = _Picture()
        self._either = QStackedWidget()
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.sentence.explained.connect(self._explain)
        self.filter.textChanged.connect(self._filter)
        self.words.explained.connect(self._explain)
        self._picture.resized.connect(self._fit)
        self.timeline.resized.connect(self._fit)
        self.timeline.zoomed.connect(self._fit)
        self.timeline.activated.connect(self._leave)
        self.timeline.chose.connect(self._show_way)
        self.table.opened.connect(self._leave)
        self.table.picked.connect(self._pick)
        panel = self.panel
        panel.requests.claimed.connect(partial(self._open, open_claim))
        panel.requests.changed.connect(partial(self._open, open_withdrawal))
        panel.queue.edited.connect(self._edit_queue)
        panel.others.edited.connect(self._edit_queue)
        panel.queue.moved.connect(self._ask_what_if)
        panel.queue.sentence.explained.connect(self._explain)
        panel.way.explained.connect(self._explain)
        panel.way.opened.connect(open_link)
        panel.way.looked_up.connect(partial(self.go, "catalogue"))
        panel.way.left.connect(lambda: self._leave(self.timeline.chosen))
        panel.way.closed.connect(self._choose_nothing)

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
        self._either.addWidget(self.tables)
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
        self.body.setContentsMargins(theme.PAGE_MARGIN, 0, 0, 0)

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        return answer_of(portfolio, as_of, self.labels, self.sizes, measure)

    def show_answer(self, answer: Answer) -> None:
        self.answer = answer
        out = answer.overview.out
        sentence = withdrawals_sentence(out, self.labels, self.as_of)
        self.sentence.set_parts(parts(sentence))
        self._show_rows()
        self._show_way(self.timeline.chosen)
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
            self.tables.show_answer(self.answer, self.labels)

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
        """Show what stands beside the timeline under the chosen row."""
        box = self.panel.queue
        box.setVisible(answer.queue is not None)
        if answer.queue is not None:
            box.show_congestion(self.portfolio.congestion, self.labels, self.as_of)
            self._show_queue(answer, answer.queue)
        self.panel.show_maturities(answer.maturities, answer.overview.names, self.labels)
        self.panel.requests.show_requests(answer.requests, self.portfolio.positions, self.labels, self.as_of)
        self.panel.others.setVisible(answer.queued)
        self.panel.others.show_congestion(self.portfolio.congestion, self.labels)

    def _show_queue(self, answer: Answer, queue: ExitQueue) -> None:
        said = queue_sentence(queue, answer.last_name, self.labels, self.as_of)
        longer = answer.longer
        more = "" if longer is None else what_if_sentence(queue, longer, self.labels, self.as_of)
        self.panel.queue.show_words(said, more)

    def _fit(self) -> None:
        """Give the timeline the room of its rows, the ladder what is left, but never less than its words."""
        if self.answer is None:
            return
        rows = self.timeline.content_height()
        key = round(self._key(float(self._picture.width())).height)
        room = self._picture.height() - self.head.height() - key
        least = self.timeline.minimumSizeHint().height()
        height = max(min(max(room - rows, LADDER_LEAST), LADDER_MOST), self._words_height(room - least))
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

    def _words_height(self, room: float) -> int:
        """Return the height that the words beside the ladder need, less words where the room is small."""
        columns = self.timeline.columns
        if columns is None or self.words.isHidden():
            return 0
        width = self._words_width(columns.axis)
        self.words.fit(width, room)
        return self.words.heightForWidth(width)

    def _key(self, width: float) -> Figure:
        """Return the key of the timeline, under the dark rule that closes its rows."""
        key = timeline_key(width, self.sizes, measure, self.answer.signs if self.answer else ())
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
        found = next((row.id for row in rows if row.position == item), "")
        if found:
            self.timeline.choose(found)
            self.table.choose(found)

    def show_table(self, *, shown: bool) -> None:
        super().show_table(shown=shown)
        self._fill_table()
        chosen = self.timeline.chosen
        if shown and chosen:
            self.table.choose(chosen)
        self.table_button.setText("Chart" if shown else "Table")
        self._either.setCurrentWidget(self.tables if shown else self._picture)
        (self.table if shown else self.timeline.chart).setFocus()

    def take(self, command: str) -> None:
        position, request = self._chosen()
        if command == "copy":
            self.tables.copy()
        elif command == "start_withdrawal":
            self._open(open_withdrawal, position, "")
        elif asked := (position, request) if request else self._next():
            self._open(open_withdrawal if command == "change_withdrawal" else open_claim, *asked)

    def _open(self, opened: Callable[..., None], position: str, request: str) -> None:
        opened(self.window(), self.document, self.as_of, self.labels, position, request)

    # -- the chosen row ------------------------------------------------------------------------------------

    def _pick(self, ids: Sequence[str]) -> None:
        """Let the timeline, and with it the panel, follow the table."""
        if self.table_shown:
            self.timeline.choose(ids[0] if ids else "")

    def _choose_nothing(self) -> None:
        self.table.clearSelection()
        self.timeline.choose("")

    def let_go(self) -> None:
        told = not self.explanation.isHidden()
        super().let_go()
        if not told:
            self._choose_nothing()

    def _leave(self, row: str) -> None:
        """Go to the position of a row."""
        self.go("positions", row.rpartition("#")[0])

    def _show_way(self, row: str) -> None:
        """Show the steps of the chosen row in the panel."""
        plan, shown = self._plan(row), self.timeline.chosen_row
        if shown is None:
            self.panel.clear_way()
        elif plan is None:
            self.panel.show_way(shown.name, NO_WAY, ())
        else:
            self.panel.show_way(
                shown.name_in(self.labels), self._headline(row, plan), self._words(plan).lines()
            )

    def _headline(self, row: str, plan: TranchePlan) -> Sentence:
        asked = self.answer.requests if self.answer else ()
        about = (plan.position, plan.request.id if plan.request else "")
        request = next((r for r in asked if (r.position, r.request.id) == about), None)
        if request is None:
            return self._words(plan).headline(row)
        return request_headline(request, self.labels, self.as_of)

    def _words(self, plan: TranchePlan) -> WayWords:
        return WayWords(plan, self.portfolio, self.shipped, self.labels, self.as_of)

    def _plan(self, row: str) -> TranchePlan | None:
        return self.answer.plan_of(row) if self.answer else None

    def _chosen(self) -> tuple[str, str]:
        """Return the position of the chosen row and the request that it stands for, "" for none."""
        row = self.timeline.chosen
        plan = self._plan(row)
        request = plan.request if plan else None
        return row.rpartition("#")[0], request.id if request else ""

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
            only = last_of(self.answer.longer or self.answer.queue)
            self._show_queue(self.answer, exit_queue(self.portfolio, self.as_of, tried, only))

    def _explain(self, key: str) -> None:
        answer = self.answer
        if answer is None:
            return
        if key == LIKELY:
            self.tell(likely_explanation(answer.likely, self.labels))
        elif key.startswith(WAY):
            plan = self._plan(key.removeprefix(WAY))
            self.tell(self._words(plan).explained() if plan else None)
        elif key in EXPLAINED and answer.queue is not None:
            self.tell(queue_explanation(key, answer.queue, self.labels, self.as_of))
        else:
            self.tell(explanation(key, self.portfolio, answer.overview, self.labels, self.as_of))
