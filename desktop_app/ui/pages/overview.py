"""The first page: sentences, value and reward by layer, largest dependencies, next dates, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.analysis.agenda import Dated, agenda, if_asked
from desktop_app.analysis.limits import LimitState, limits
from desktop_app.analysis.overview import Missing, Overview, overview
from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.figures.bars import share_bars
from desktop_app.figures.curves import ladder_with_dates
from desktop_app.figures.labels import Labels
from desktop_app.figures.layer_bars import layer_bars
from desktop_app.figures.layer_words import layer_word
from desktop_app.figures.time_axis import TimeAxis
from desktop_app.report import words
from desktop_app.report.agenda_words import day_of, title, when
from desktop_app.report.explain import explanation
from desktop_app.report.limit_words import bound_words, figure_words, since_words, state_word, subject_words
from desktop_app.report.limited import limit_place, share_bounds
from desktop_app.report.missing_table import missing_words
from desktop_app.report.sentences import Sentence, overview_sentences
from desktop_app.ui import jobs, theme
from desktop_app.ui.charts.figure_widget import FigureWidget, figure_of
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.document import Document
from desktop_app.ui.pages.page import Page, parts
from desktop_app.ui.widgets.row_list import Cell, Item, Lane, RowList
from desktop_app.ui.widgets.section import Link, Section
from desktop_app.ui.widgets.sentence_label import SentenceLabel

if TYPE_CHECKING:
    from desktop_app.analysis.rewards import Rewards
    from desktop_app.report.reward_words import RewardWords
    from desktop_app.ui.charts.picture import Pictures

WIDE = 1600 - 168
"""From this width of the page on, four columns and the way out."""
MOST_DATES = 5
MOST_MISSING = 5
LADDER_HEIGHT = 300.0
Found = tuple[Overview, tuple[Dated, ...], tuple[Dated, ...]]
"""The answer, the first of what is dated, and where nothing is what would be out first if asked for today."""
LAYERS_NOTE = "A position counts in each of its layers, so the values do not add up."


class OverviewPage(Page):
    """Everything on it leads to the page that knows more."""

    name = "overview"
    title = "Overview"
    nothing = (
        "Nothing is recorded yet.",
        (
            "Stakeout shows what your stake stands on, when you can get out, and whether the extra reward is "
            "worth it. Everything stays on this machine: no connection is made unless you switch one on."
        ),
    )
    has_pictures = True

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self._worth: Worth | None = None
        self.answer: Overview | None = None
        self.hide_button = self.add_button("Hide amounts", "hide_amounts")
        self.sentences = SentenceLabel(theme.TITLE)
        self.layers = Section(
            "Value and reward by layer",
            LAYERS_NOTE,
        )
        self.layer_chart = FigureWidget()
        self.largest = Section("Largest dependencies", " ", "All dependencies")
        self.share_chart = FigureWidget()
        self.dates = Section("Next dates", link="Withdrawals")
        self.date_rows = RowList(
            (Lane(), Lane(scale=theme.NOTE), Lane(stretch=True), Lane(right=True)), "Next dates"
        )
        self.missing = Section("Missing, old or unverified", link="Positions")
        self.missing_rows = RowList(
            (Lane(stretch=True), Lane(right=True), Lane(right=True, scale=theme.NOTE)), "Missing"
        )
        self.all_missing = Link("Show all")
        self._all_shown = False
        self.way_out = Section(
            "The way out",
            "Share of the portfolio back in the wallet by day, if everything were asked for today.",
            "Withdrawals",
        )
        self.ladder = FigureWidget()
        self.limits = Section("Limits", link="Edit limits")
        self.limit_rows = RowList(
            (
                Lane(stretch=True),
                Lane(right=True, scale=theme.NOTE),
                Lane(right=True),
                Lane(scale=theme.NOTE, spare=True),
                Lane(right=True, scale=theme.NOTE),
            ),
            "Limits",
        )
        self._states: tuple[LimitState, ...] = ()
        self._grid = QGridLayout()
        self._arranged: tuple[bool, bool, bool] | None = None
        self._fill_sections()
        self._arrange()
        self._connect()

    def _fill_sections(self) -> None:
        self.layers.body.addWidget(self.layer_chart)
        self.largest.body.addWidget(self.share_chart)
        self.dates.body.addWidget(self.date_rows)
        self.missing.body.addWidget(self.missing_rows)
        self.missing.body.addSpacing(4)
        self.missing.body.addWidget(self.all_missing)
        self.way_out.body.addWidget(self.ladder)
        self.limits.body.addWidget(self.limit_rows)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.PAGE_MARGIN, 6, theme.PAGE_MARGIN, theme.PAGE_MARGIN)
        column.addWidget(self.sentences)
        column.addSpacing(14)
        column.addLayout(self._grid)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scroll)

    def _connect(self) -> None:
        self.sentences.explained.connect(self._explain)
        self.largest.followed.connect(lambda: self.go("dependencies"))
        self.dates.followed.connect(lambda: self.go("withdrawals"))
        self.way_out.followed.connect(lambda: self.go("withdrawals"))
        self.missing.followed.connect(lambda: self.go("positions"))
        self.share_chart.chosen.connect(lambda node: self.go("dependencies", node))
        self.layer_chart.chosen.connect(lambda _: self.go("positions"))
        self.date_rows.followed.connect(lambda position: self.go("withdrawals", position))
        self.limits.followed.connect(self._edit_limits)
        self.limit_rows.followed.connect(self._follow_limit)
        self.all_missing.clicked.connect(self._show_all)
        self.missing_rows.followed.connect(lambda position: self.go("positions", position))

    # -- layout --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Place the sections: two rows of three columns, or from 1,600 px four columns and the way out."""
        wide, dated, limited = self.width() >= WIDE, bool(self.date_rows.items), bool(self._states)
        if (wide, dated, limited) == self._arranged:
            return
        self._arranged = (wide, dated, limited)
        grid = self._grid
        for section in (self.layers, self.largest, self.dates, self.limits, self.missing, self.way_out):
            grid.removeWidget(section)
        grid.setHorizontalSpacing(36 if wide else 28)
        grid.setVerticalSpacing(28)
        for column in range(4):
            grid.setColumnStretch(column, 1 if wide or column < 3 else 0)
            grid.setColumnMinimumWidth(column, 0)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.layers, 0, 0, 1, 2, top)
        grid.addWidget(self.largest, 0, 2, top)
        if wide:
            grid.addWidget(self.dates, 0, 3, top)
            grid.addWidget(self.missing, 1 if dated else 0, 3, top)
            grid.addWidget(self.way_out, 1, 0, 1, 2, top)
            grid.addWidget(self.limits, 1, 2, top)
        else:
            self._arrange_below([s for s, there in ((self.dates, dated), (self.limits, limited)) if there])
        self.dates.setVisible(dated)
        self.limits.setVisible(limited)
        self.way_out.setVisible(wide)
        if self.answer is not None:
            self._show_largest(self.answer)

    def _arrange_below(self, first: list[Section]) -> None:
        """Place the second row of three columns: what there is beside what is missing."""
        top = Qt.AlignmentFlag.AlignTop
        for column, section in enumerate(first):
            self._grid.addWidget(section, 1, column, 1, 3 - len(first), top)
        self._grid.addWidget(self.missing, 1, 2 if first else 0, 1, 1 if first else 2, top)

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Found:
        answer = overview(portfolio, as_of)
        dates = agenda(portfolio, answer.out, as_of)
        return answer, dates[:MOST_DATES], () if dates else if_asked(answer.out, MOST_DATES)

    def show_answer(self, found: Found) -> None:
        answer, dates, offered = found
        self.answer = answer
        self.hide_button.setText("Show amounts" if self.labels.hide_amounts else "Hide amounts")
        priced = answer.portfolio_value is not None
        self.layers.set_note(LAYERS_NOTE if priced else "No position has a price, so no value is known.")
        self.layer_chart.setVisible(priced)
        self._show_worth(answer, None)
        self._show_largest(answer)
        self._watch_limits(answer)
        self._show_dates(answer, dates, offered)
        self._show_missing(answer)
        self._show_way_out(answer.out)
        work = partial(_worth, self.portfolio, answer, self.labels, self.as_of)
        jobs.run(self, work, partial(self._show_worth, answer), topic="worth")

    def _show_worth(self, answer: Overview, worth: "Worth | None") -> None:
        """Show what the extra layers pay, and, once that is worked out, what they are assumed to lose."""
        self._worth = worth
        lines = overview_sentences(answer, self.labels, self.as_of, worth.clause if worth else ())
        broken = [[*parts(line), ("\n", False, "", False)] for line in lines]
        self.sentences.set_parts([part for line in broken for part in line][:-1])
        sizes, losses = self.sizes, worth.losses if worth else None
        self.layer_chart.show_figure(
            lambda width: layer_bars(
                answer.layers, self.labels, width, layer_word, sizes, measure, losses=losses
            )
        )

    def _show_largest(self, answer: Overview) -> None:
        nodes = answer.largest[: 5 if self.width() >= WIDE else 3]
        shares = [
            f"{words.node_name(n.node, answer.names)} {self.labels.share(n.share)}"
            for n in answer.common_ground
        ]
        self.largest.set_note(f"Beside the common ground: {', '.join(shares)}." if shares else "")
        sizes = self.sizes

        def name(node: str) -> str:
            return words.node_name(node, answer.names)

        def kind(dimension: Dimension) -> str:
            return words.capital(words.dimension_word(dimension))

        bounds = share_bounds(nodes, self.portfolio, self._states)
        self.share_chart.show_figure(
            lambda width: share_bars(nodes, self.labels, width, name, kind, sizes, measure, bounds)
        )

    def _watch_limits(self, answer: Overview) -> None:
        """Ask how the limits stand, which some of them need longer for than the rest of the page."""
        if self.portfolio.limits:
            work = partial(limits, self.portfolio, answer.exposed, self.as_of)
            jobs.run(self, work, self._show_limits, topic="limits")
        else:
            jobs.drop(self, "limits")
            self._show_limits(())

    def _show_limits(self, states: tuple[LimitState, ...]) -> None:
        self._states = states
        if self.answer is None:
            return
        names, labels, breaks = self.answer.names, self.labels, self.portfolio.breaks.values()
        broken = sum(state.broken is True for state in states)
        self.limits.title.setText(
            f"Limits: {broken} of {len(states)} broken" if broken else "Limits: none broken"
        )
        roles = {True: "alarm", False: "text2", None: "warn"}
        self.limit_rows.set_items(
            [
                Item(
                    state.limit.id,
                    (
                        Cell(subject_words(state.limit, names)),
                        Cell(bound_words(state.limit, labels), "text2"),
                        Cell(figure_words(state.limit.kind, state.figure, labels), bold=state.broken is True),
                        Cell(since_words(state, breaks, labels, self.as_of), "text2"),
                        Cell(
                            f"▲ {state_word(state)}" if state.broken else state_word(state),
                            roles[state.broken],
                            bold=state.broken is True,
                        ),
                    ),
                )
                for state in sorted(states, key=lambda state: state.broken is not True)
            ]
        )
        self._show_largest(self.answer)
        self._arrange()

    def _edit_limits(self) -> None:
        from desktop_app.ui.dialogs.limits_editor import edit_limits

        edit_limits(self.window(), self.document, self.as_of)

    def _follow_limit(self, limit_id: str) -> None:
        """Go to the page that shows what a limit bounds."""
        limit = self.portfolio.limits.get(limit_id)
        if limit is not None:
            self.go(*limit_place(limit, self.portfolio))

    def _show_dates(self, answer: Overview, dates: tuple[Dated, ...], offered: tuple[Dated, ...]) -> None:
        """List what is dated, or else what would be out next if it were asked for today."""
        nothing = "Nothing is asked for yet. If you asked today, the first would be:"
        self.dates.set_note("" if dates else nothing)
        self.date_rows.set_items([self._date_item(dated, answer, self.as_of) for dated in dates or offered])
        self._arrange()

    def _date_item(self, dated: Dated, answer: Overview, as_of: date) -> Item:
        day = day_of(dated, as_of, self.labels)
        cells = (
            Cell(self.labels.day(day)),
            Cell(when(day, as_of, self.labels), "text2"),
            Cell(title(dated, answer.names.get(dated.position, dated.position))),
            Cell(self.labels.money(dated.value), "ink" if dated.value is not None else "warn"),
        )
        moment = "" if dated.at is None else f"From {self.labels.moment(dated.at)} on"
        return Item(dated.position, cells, tooltip=moment)

    def _show_missing(self, answer: Overview) -> None:
        shown = answer.missing if self._all_shown else answer.missing[:MOST_MISSING]
        self.all_missing.setVisible(len(answer.missing) > MOST_MISSING)
        self.all_missing.setText(
            "Show fewer" if self._all_shown else f"Show all {self.labels.number(len(answer.missing))}"
        )
        self.missing_rows.set_items([self._missing_item(fact, answer) for fact in shown])
        self.missing.setVisible(bool(shown))

    def _show_all(self) -> None:
        """Show every line of what is missing in its place, or only the first again."""
        self._all_shown = not self._all_shown
        if self.answer is not None:
            self._show_missing(self.answer)

    def _missing_item(self, fact: Missing, answer: Overview) -> Item:
        value = "" if fact.value is None else self.labels.money(fact.value)
        state = fact.kind if fact.kind in {"unverified", "old"} else "missing"
        role = "text2" if state == "unverified" else "warn"
        what, remark = missing_words(fact, answer, self.labels)
        leads = fact.subject if fact.subject in self.portfolio.positions else ""
        return Item(leads, (Cell(what), Cell(value), Cell(state, role)), tooltip=f"{what}: {remark}")

    def _show_way_out(self, out: Withdrawals) -> None:
        sizes = self.sizes
        self.ladder.show_figure(
            lambda width: ladder_with_dates(
                out, self._axis(width), self.labels, LADDER_HEIGHT, sizes, measure
            )
        )

    def _axis(self, width: float) -> TimeAxis:
        """Return the axis between "100 %" and the names of the curves."""
        left = measure(self.labels.share(1.0), self.sizes.axis, False) + 12
        right = measure("market first", self.sizes.note, True) + 12
        return TimeAxis(self.as_of, left, width - right, back=0)

    def pictures(self) -> "Pictures":
        shown = {
            self.layers.title.text(): self.layer_chart,
            self.largest.title.text(): self.share_chart,
            self.way_out.title.text(): self.ladder,
        }
        return {name: partial(figure_of, chart) for name, chart in shown.items() if chart.isVisible()}

    def _explain(self, key: str) -> None:
        if self.answer is None:
            return
        told = explanation(key, self.portfolio, self.answer, self.labels, self.as_of)
        if told is None and self._worth is not None:
            from desktop_app.report.explain_rewards import reward_explanation

            told = reward_explanation(key, self._worth.rewards, self._worth.said)
        self.tell(told)


@dataclass(frozen=True, slots=True)
class Worth:
    """What the extra layers are worth, and the words for it behind what they pay."""

    rewards: "Rewards"
    said: "RewardWords"
    clause: Sentence
    losses: Mapping[str, float]


def _worth(portfolio: Portfolio, answer: Overview, labels: Labels, as_of: date) -> Worth:
    """Return what the layers are worth; its modules are imported only now, after the first look."""
    from desktop_app.analysis.rewards import rewards
    from desktop_app.report.reward_words import RewardWords, worth_clause

    found, said = rewards(portfolio, answer.out, as_of), RewardWords(portfolio, labels)
    return Worth(found, said, worth_clause(found, said), found.losses_by_layer)
