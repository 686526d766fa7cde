"""What could go wrong and what it would cost: scenarios and past events, each by position and by layer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.analysis.overview import Overview, overview
from desktop_app.analysis.stress import stress
from desktop_app.analysis.stress_layers import loss_by_layer
from desktop_app.analysis.year import Year, year
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.events import OfferedScenario, offered_scenarios
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.scenarios import duplicated, without_scenarios
from desktop_app.figures.amount_bars import amount_bars
from desktop_app.figures.scenario_bars import scenario_bars
from desktop_app.figures.shapes import Figure
from desktop_app.report.explain import Case
from desktop_app.report.explain_stress import hit_explanation, stress_explanation
from desktop_app.report.sentences import plain
from desktop_app.report.stressed import (
    ScenarioRow,
    layer_bars_of,
    left_out_sentence,
    loss_sentence,
    position_bars,
    scenario_bars_of,
    scenario_rows,
    stress_sentence,
    with_events,
)
from desktop_app.ui import jobs, messages, theme
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.charts.picture import Pictures, below_each_other
from desktop_app.ui.document import Document
from desktop_app.ui.pages.page import Page, parts
from desktop_app.ui.pages.stress_assumptions import ASSUMPTION_COMMANDS, AssumptionsPanel
from desktop_app.ui.pages.stress_year import YearPanel
from desktop_app.ui.tables.stress_columns import HITS, SCENARIOS, hit_rows, scenario_table_rows
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.trial import try_scenario
from desktop_app.ui.widgets.either import Either
from desktop_app.ui.widgets.section import Link, Section, Words, beside, stacked
from desktop_app.ui.widgets.sentence_label import SentenceLabel

BARS, FEW_BARS = 8, 6
PARTS, FEW_PARTS = 7, 5
"""Scenarios, and bars of one, in a high and in a low window."""
LOW = 760
WIDE = 1600 - 168
PANELS = (286, 330)
"""Widths of the assumptions in a narrow and in a wide window."""
NOTHING = "Nothing is tried yet. “New scenario…” puts one together from the nodes you stand on."
NO_DELETING = "Past events come with the catalogue and stay; scenarios of yours can be deleted."
RANGE_NOTE = "Loss in {currency}, from the largest shock alone to their sum."


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: the scenarios and past events with what they cost, and what the year would."""

    overview: Overview
    offered: tuple[OfferedScenario, ...]
    rows: tuple[ScenarioRow, ...]


class StressPage(Page):
    """One scenario is chosen, at first the worst; what it is made of stands under the list."""

    name = "stress"
    title = "Stress"
    nothing = (
        "There is nothing to lose yet.",
        (
            "This page shows what scenarios of yours and past events would cost, position by position, and "
            "what a year costs if nodes fail as often as you assume."
        ),
    )
    has_table = True
    has_pictures = True
    commands = frozenset(ASSUMPTION_COMMANDS) | {
        *("copy", "new_scenario", "change_scenario", "duplicate_scenario", "delete_scenario"),
        "try_scenario",
    }

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self.answer: Answer | None = None
        self.chosen = ""
        self._by_layer = False
        self._all_shown = False
        self._low = False
        self.new_button = self.add_button("New scenario…", "new_scenario")
        self.table_button = self.add_button("Table", "show_table")
        self.add_picture_button()
        self.sentence = SentenceLabel()
        self.happened = Section("If this happened", " ")
        self.scenarios = FigureWidget()
        self.all_scenarios = Link("Show all")
        self.other_events = Link("Other past events…")
        self.left_out = Words("", theme.NOTE, "warn", wrap=True)
        self.detail = Section(" ", link="by layer")
        self.detail_words = SentenceLabel(theme.NOTE)
        self.detail_bars = FigureWidget()
        self.try_out = Link("Try it on a copy…")
        self.change = Link("Change…")
        self.duplicate = Link("Duplicate")
        self.delete = Link("Delete")
        self.scenario_table = TableView("scenarios", SCENARIOS, accessible_name="Scenarios")
        self.hit_table = TableView("scenario by position", HITS, accessible_name="Loss by position")
        self.year = YearPanel()
        self.assumptions = AssumptionsPanel(document)
        self._scenarios_or_table = Either(
            stacked(self.scenarios, beside(self.all_scenarios, self.other_events), self.left_out),
            self.scenario_table,
        )
        self._detail_or_table = Either(self.detail_bars, self.hit_table)
        self._columns = QHBoxLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.happened.body.addWidget(self._scenarios_or_table)
        links = QHBoxLayout()
        links.setSpacing(16)
        for link in (self.try_out, self.change, self.duplicate, self.delete):
            links.addWidget(link)
        links.addStretch()
        self.detail.body.addWidget(self.detail_words)
        self.detail.body.addSpacing(4)
        self.detail.body.addLayout(links)
        self.detail.body.addSpacing(8)
        self.detail.body.addWidget(self._detail_or_table)
        left = QVBoxLayout()
        left.setSpacing(20)
        left.addWidget(self.happened)
        left.addWidget(self.detail)
        left.addStretch(1)
        self._columns.setContentsMargins(0, 0, theme.PAGE_MARGIN, 8)
        self._columns.addLayout(left, 34)
        self._columns.addWidget(self.year, 45)
        self._columns.addWidget(self.assumptions)
        inner = QWidget()
        inner.setLayout(self._columns)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self.body.setContentsMargins(theme.PAGE_MARGIN, 0, 0, 0)
        self.body.addWidget(self.sentence)
        self.body.addSpacing(8)
        self.body.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.sentence.explained.connect(self._explain)
        self.detail_words.explained.connect(self._explain)
        self.scenarios.chosen.connect(self.choose)
        self.scenario_table.picked.connect(lambda ids: self.choose(ids[0]) if ids else None)
        self.scenario_table.opened.connect(lambda _: self.take("change_scenario"))
        self.all_scenarios.clicked.connect(self._turn_all)
        self.other_events.clicked.connect(lambda: self.wished.emit("new_scenario"))
        self.detail.followed.connect(self._turn_detail)
        self.detail_bars.chosen.connect(self._explain_part)
        self.year.explained.connect(self._explain)
        self.year.wished.connect(self.wished)
        self.assumptions.wished.connect(self.wished)
        for link, command in (
            (self.try_out, "try"),
            (self.change, "change"),
            (self.duplicate, "duplicate"),
            (self.delete, "delete"),
        ):
            link.clicked.connect(partial(self.wished.emit, f"{command}_scenario"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        self._columns.setSpacing(36 if wide else 26)
        self.assumptions.setFixedWidth(round(PANELS[wide] * max(1.0, theme.pixels() / 13)))
        low = self.height() < LOW * max(1.0, theme.pixels() / 13)
        if low != self._low:
            self._low = low
            self.year.make_low(low=low)
            self._show_scenarios()
            self._show_detail()
            self._show_year(self.year.found)

    def _most(self, many: int, few: int) -> int:
        """Return how many of something the height of the window allows."""
        return few if self._low else many

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        from desktop_app.shipped import full_catalogue

        offered = offered_scenarios(full_catalogue().events, portfolio)
        losses = stress(with_events(portfolio, offered), as_of)
        return Answer(overview(portfolio, as_of), offered, scenario_rows(portfolio, offered, losses))

    def show_answer(self, answer: Answer) -> None:
        self.answer = answer
        if self.row is None:
            self.chosen = answer.rows[0].id if answer.rows else ""
        self.sentence.set_parts(parts(stress_sentence(answer.rows, answer.overview, self.labels)))
        self.scenario_table.show_rows(
            scenario_table_rows(answer.rows, answer.overview, self.labels), self.labels
        )
        missing = left_out_sentence(answer.overview)
        self.left_out.setText(missing)
        self.left_out.setVisible(bool(missing))
        self._show_scenarios()
        self._show_detail()
        seen = answer.overview
        self.assumptions.show_portfolio(self.portfolio, seen.exposed, self.labels)
        self.year.show_overview(seen, self.labels)
        jobs.run(self, partial(year, self.portfolio, self.as_of), self._show_year, topic="year")

    @property
    def row(self) -> ScenarioRow | None:
        """The chosen scenario, None without one."""
        rows = self.answer.rows if self.answer else ()
        return next((row for row in rows if row.id == self.chosen), None)

    def _show_scenarios(self) -> None:
        rows = self.answer.rows if self.answer else ()
        labels, sizes, chosen = self.labels, self.sizes, self.chosen
        note = RANGE_NOTE.format(currency=labels.currency) if rows else NOTHING
        self.happened.set_note(note)
        shown = scenario_bars_of(rows if self._all_shown else self._first(rows), labels)
        headline = self.sentence.text()
        self.scenarios.setVisible(bool(rows))
        self.scenarios.show_figure(
            lambda width: scenario_bars(shown, labels, width, sizes, measure, chosen, headline)
        )
        self.all_scenarios.setVisible(len(rows) > self._most(BARS, FEW_BARS))
        self.all_scenarios.setText(
            "Show fewer" if self._all_shown else f"Show all {labels.number(len(rows))}"
        )

    def _first(self, rows: tuple[ScenarioRow, ...]) -> tuple[ScenarioRow, ...]:
        """Return the dearest rows, the chosen one among them."""
        first = rows[: self._most(BARS, FEW_BARS)]
        return first if self.row is None or self.row in first else (*first[:-1], self.row)

    def _show_detail(self) -> None:
        row = self.row
        self.detail.setVisible(row is not None)
        if row is None or self.answer is None:
            return
        self.detail.title.setText(f"{row.scenario.name}, {'by layer' if self._by_layer else 'by position'}")
        self.detail.link.setText("by position" if self._by_layer else "by layer")
        self.detail_words.set_parts(parts(loss_sentence(row, self.labels)))
        self.hit_table.show_rows(hit_rows(row, self.answer.overview), self.labels)
        self.change.setText("Copy and change…" if row.is_event else "Change…")
        self.duplicate.setText("Keep as yours" if row.is_event else "Duplicate")
        self.delete.setVisible(not row.is_event)
        if self._by_layer:
            events = with_events(self.portfolio, self.answer.offered)
            work = partial(loss_by_layer, events, row.id, self.as_of)
            jobs.run(self, work, self._show_layers, topic="layers")
            return
        labels, sizes = self.labels, self.sizes
        bars = position_bars(row, self.answer.overview, self._most(PARTS, FEW_PARTS))
        headline = plain(loss_sentence(row, labels))
        self.detail_bars.show_figure(lambda width: amount_bars(bars, labels, width, sizes, measure, headline))

    def _show_layers(self, found: Mapping[str, float]) -> None:
        if not self._by_layer:
            return
        labels, sizes, bars = self.labels, self.sizes, layer_bars_of(found)
        headline = f"{self.detail.title.text()}: {', '.join(bar.name for bar in bars)}"
        self.detail_bars.show_figure(lambda width: amount_bars(bars, labels, width, sizes, measure, headline))

    def _show_year(self, found: Year | None) -> None:
        """Show the distribution, which takes longer than the rest."""
        if self.answer is None:
            return
        rows, seen = self.answer.rows, self.answer.overview
        said = stress_sentence(rows, seen, self.labels, found)
        self.sentence.set_parts(parts(said))
        self.year.show_year(found, seen, self.labels, self.sizes, plain(said))

    # -- choosing ------------------------------------------------------------------------------------------

    def choose(self, scenario: str) -> None:
        """Show what a scenario is made of."""
        if scenario != self.chosen:
            self.chosen = scenario
            self._show_scenarios()
            self._show_detail()

    def show_item(self, item: str) -> None:
        self.choose(item)

    def _turn_all(self) -> None:
        self._all_shown = not self._all_shown
        self._show_scenarios()

    def _turn_detail(self) -> None:
        self._by_layer = not self._by_layer
        self._show_detail()

    # -- explanations --------------------------------------------------------------------------------------

    def _case(self, answer: Answer) -> Case:
        return Case(self.portfolio, answer.overview, self.labels, self.as_of)

    def _explain(self, key: str) -> None:
        if self.answer is not None:
            self.tell(stress_explanation(key, self.answer.rows, self.year.found, self._case(self.answer)))

    def _explain_part(self, part: str) -> None:
        if self.answer is None or self.row is None:
            return
        if part in self.row.loss.by_position and not self._by_layer:
            self.tell(hit_explanation(part, self.row, self._case(self.answer)))
        else:
            self._explain(f"scenario:{self.chosen}")

    # -- commands ------------------------------------------------------------------------------------------

    def take(self, command: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "copy": self._copy,
            "new_scenario": lambda: self._edit(None),
            "change_scenario": lambda: self._edit(self.row),
            "duplicate_scenario": self._duplicate,
            "delete_scenario": self._delete,
            "try_scenario": self._try,
        }
        acts.get(command, lambda: self.assumptions.take(command))()

    def _copy(self) -> None:
        tables = (self.hit_table, self.assumptions.table, self.year.curve_table)
        focused = self.focusWidget()
        next((table for table in tables if table is focused), self.scenario_table).copy()

    def _duplicate(self) -> None:
        if self.row is not None:
            after, copy = duplicated(self.portfolio, self.row.scenario)
            name, self.chosen = self.row.scenario.name, copy.id
            self.document.edit(f"Duplicate {name}", after)

    def _delete(self) -> None:
        if self.row is None:
            return
        if self.row.is_event:
            messages.show(NO_DELETING)
            return
        name = self.row.scenario.name
        self.document.edit(f"Delete {name}", without_scenarios(self.portfolio, self.row.id))

    def _try(self) -> None:
        if self.row is not None:
            try_scenario(self.document, self.row.scenario, self.as_of)

    def _edit(self, row: ScenarioRow | None) -> None:
        from desktop_app.ui.dialogs.scenario_editor import edit_scenario

        scenario = row.scenario if row else None
        dialog = edit_scenario(self.window(), self.document, self.as_of, scenario)
        dialog.saved.connect(self._follow)

    def _follow(self, scenario: str) -> None:
        """Choose the scenario that was made or changed."""
        self.chosen = scenario
        self._show_scenarios()
        self._show_detail()

    # -- table and pictures --------------------------------------------------------------------------------

    def show_table(self, *, shown: bool) -> None:
        super().show_table(shown=shown)
        self.table_button.setText("Chart" if shown else "Table")
        self._scenarios_or_table.show_table(shown=shown)
        self._detail_or_table.show_table(shown=shown)
        self.year.show_table(shown=shown)
        (self.scenario_table if shown else self.scenarios).setFocus()

    def pictures(self) -> Pictures:
        shown: dict[str, Callable[[], Figure]] = {}
        if self.row is not None:
            shown[self.happened.title.text()] = lambda: self.scenarios.figure
            shown[self.detail.title.text()] = lambda: self.detail_bars.figure
        if self.year.found is not None:
            shown[self.year.year.title.text()] = lambda: self.year.curve.figure
            sides = (self.year.positions, self.year.nodes)
            shown[self.year.adds.title.text()] = lambda: below_each_other(*(side.figure for side in sides))
        return shown
