"""The layered graph of the whole portfolio or of chosen positions, the panel beside it, its table twin."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
)

from desktop_app.analysis.dependencies import Dependencies, collateral_parts, dependencies, passing
from desktop_app.analysis.exposure import group_values
from desktop_app.analysis.overview import Overview, overview
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.figures.graph_drawing import Canvas
from desktop_app.figures.graph_nodes import FOLD
from desktop_app.figures.layers import GraphOptions, LayeredGraph, layered_graph
from desktop_app.figures.shapes import Figure
from desktop_app.report import words
from desktop_app.report.explain import explanation
from desktop_app.report.panel import node_panel
from desktop_app.report.sentences import dependencies_sentence, plain
from desktop_app.ui import jobs, theme
from desktop_app.ui.charts.figure_view import FigureView
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.charts.picture import Pictures
from desktop_app.ui.document import Document
from desktop_app.ui.pages.dependencies_panel import DependenciesPanel
from desktop_app.ui.pages.page import Page
from desktop_app.ui.tables.columns import DEPENDENCIES, dependency_rows
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.bars import ChoiceBar
from desktop_app.ui.widgets.drop_button import DropButton
from desktop_app.ui.widgets.section import UprightRule

PANEL_GAP = 12
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: the portfolio or what is chosen of it, its overview, gateways and flows."""

    portfolio: Portfolio
    overview: Overview
    graph: Dependencies


class DependenciesPage(Page):
    """Pointing at a node lights what it stands on and what stands on it; a click keeps it until Esc."""

    name = "dependencies"
    title = "Dependencies"
    nothing = (
        "There are no dependencies yet.",
        (
            "This page draws what your positions stand on: protocols, operators, services and chains, "
            "each line as wide as the value on it, so that what everything shares can be seen."
        ),
    )
    has_table = True
    has_pictures = True
    commands = frozenset({"copy"})

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self.answer: Answer | None = None
        self.drawn: LayeredGraph | None = None
        self.figure = Figure(0, 0, ())
        self.kept = ""
        self.options = GraphOptions()
        self.field = QLineEdit()
        self.dimensions = DropButton("Dimensions")
        self.fit_button = QPushButton("Fit")
        self.view = FigureView()
        self.panel = DependenciesPanel()
        self.table = TableView("dependencies", DEPENDENCIES)
        self._either = QStackedWidget()
        self._menu = QMenu(self)
        self._among: frozenset[str] = frozenset()
        self.part = ChoiceBar({"whole": "Whole portfolio"})
        self._fill_header()
        self._lay_out()
        self._connect()

    def _fill_header(self) -> None:
        self.field.setPlaceholderText("Find a node")
        self.field.setAccessibleName("Find a node")
        self.field.setFixedWidth(round(140 * max(1.0, theme.pixels() / 13)))
        for dimension in Dimension:
            if dimension is not Dimension.UNKNOWN:
                action = self._menu.addAction(words.capital(words.dimension_word(dimension, many=True)))
                action.setCheckable(True)
                action.setData(dimension)
        for widget in (self.field, self.dimensions, self.fit_button):
            self.add_command(widget)
        self.add_picture_button()

    def _lay_out(self) -> None:
        self.table.setAccessibleName("Dependencies")
        self._either.addWidget(self.view)
        self._either.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._either, 1)
        row.addSpacing(PANEL_GAP)
        row.addWidget(UprightRule())
        row.addWidget(self.panel)
        self.body.setContentsMargins(0, 0, 0, 0)
        row.setContentsMargins(PANEL_GAP, 0, 0, 0)
        self.body.addWidget(self.part)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self.document.path_changed.connect(self._show_whole)
        self.part.chosen.connect(self._show_whole)
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(self._choose_found)
        self.dimensions.clicked.connect(self._drop_dimensions)
        self._menu.triggered.connect(self._choose_dimensions)
        self.fit_button.clicked.connect(self.view.fit)
        self.view.pointed.connect(self._point)
        self.view.chosen.connect(self._choose)
        self.view.released.connect(self._release)
        self.view.resized.connect(self._draw)
        self.panel.chosen.connect(self._choose)
        self.panel.explained.connect(self._explain)
        self.panel.table_wished.connect(lambda: self.wished.emit("show_table"))
        self.table.picked.connect(lambda chosen: self._tell(chosen[0] if chosen else ""))

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        shown, others = portfolio, portfolio.positions.keys() - self._among
        if others != portfolio.positions.keys():
            shown = portfolio.without_positions(*others)
        seen = overview(shown, as_of)
        return Answer(shown, seen, dependencies(shown, seen.exposed))

    def show_answer(self, answer: Answer) -> None:
        self.answer = answer
        seen, shown = answer.overview, answer.portfolio
        self._tell_part(shown)
        if self.kept not in seen.exposed.nodes and self.kept not in shown.positions:
            self.kept = ""
        self.table.show_rows(dependency_rows(seen.exposed, answer.graph, seen.names), self.labels)
        self._draw()

    def _tell_part(self, shown: Portfolio) -> None:
        """Say which positions are shown where they are not all of them."""
        if shown is self.portfolio:
            self.part.hide()
            return
        names = words.listed(words.cut([p.name for p in shown.positions.values()], MOST_NAMES))
        count, whole = (self.labels.number(len(p.positions)) for p in (shown, self.portfolio))
        self.part.tell(f"{count} of {whole} positions are shown, and what they stand on: {names}.", "accent")

    def _draw(self) -> None:
        """Lay the graph out for the room there is; beside the window."""
        answer = self.answer
        if answer is None:
            return
        canvas = Canvas(*self.view.room(), self.labels, measure)
        work = partial(make_graph, self.as_of, answer, canvas, self.options)
        jobs.run(self, work, self._show_graph, topic="graph")

    def _show_graph(self, drawn: LayeredGraph) -> None:
        self.drawn = drawn
        shown = 0
        for action in self._menu.actions():
            visible = action.data() not in drawn.hidden
            action.setChecked(visible)
            shown += visible
        self.dimensions.setText(f"Dimensions: {shown} of {len(self._menu.actions())}")
        self._light(self.kept)

    def _light(self, node: str) -> None:
        """Light a node ("" none) in the graph and tell of it in the panel."""
        if self.drawn is not None and self.answer is not None:
            work = partial(light_graph, self.as_of, self.answer, self.drawn, node)
            jobs.run(self, work, self._show_figure, topic="light")
        self._tell(node)

    def _show_figure(self, figure: Figure) -> None:
        self.figure = figure
        if self.drawn is not None:
            self.view.show_figure(figure, self.drawn.neighbours())

    # -- lighting and choosing -----------------------------------------------------------------------------

    def _point(self, node: str) -> None:
        if not self.kept:
            self._light("" if node.startswith(FOLD) else node)

    def _choose(self, node: str) -> None:
        """Keep a node lit, or open what is folded."""
        if node.startswith(FOLD):
            self.options = replace(self.options, opened=self.options.opened | {node})
            self._draw()
        else:
            self.kept = node
            self._light(node)

    def _release(self) -> None:
        """Let go of the kept node, then close what was opened."""
        if self.kept:
            self.kept = ""
            self._light("")
        else:
            self.options = replace(self.options, opened=frozenset())
            self._draw()

    def let_go(self) -> None:
        super().let_go()
        if self.kept:
            self._release()
        else:
            self._show_whole()

    def _tell(self, node: str) -> None:
        answer = self.answer
        if answer is None:
            return
        seen, position = answer.overview, answer.portfolio.positions.get(node)
        told = node_panel(
            node, answer.portfolio, seen.exposed, answer.graph, self.labels, self.catalogue, self.as_of
        )
        jobs.drop(self, "parts")
        if position is not None and position.debt is not None:
            work = partial(collateral_parts, answer.portfolio, position.id, self.as_of)
            show = partial(self.panel.show_position, position, seen, self.labels)
            jobs.run(self, work, show, topic="parts")
        elif position is not None:
            self.panel.show_position(position, seen, self.labels)
        elif told is not None:
            self.panel.show_node(node, told, self.labels)
        else:
            self.panel.show_rest(seen, self.drawn.hidden if self.drawn else frozenset(), self.labels)

    def _explain(self, key: str) -> None:
        if self.answer is not None:
            self.tell(explanation(key, self.answer.portfolio, self.answer.overview, self.labels, self.as_of))

    def show_item(self, item: str) -> None:
        self.kept = item
        answer = self.answer
        if answer and item not in answer.overview.exposed.nodes and item not in answer.portfolio.positions:
            self._show_whole()
        else:
            self._light(item)

    def show_among(self, positions: tuple[str, ...]) -> None:
        self._among = frozenset(positions)
        self.show_portfolio(self.portfolio, self.as_of, self.labels)

    def _show_whole(self) -> None:
        """Show the whole portfolio again."""
        if self._among:
            self.show_among(())

    def start_filter(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _find(self, text: str) -> None:
        self.table.set_filter(text)
        self._point(self._found(text))

    def _choose_found(self) -> None:
        node = self._found(self.field.text())
        if node:
            self._choose(node)

    def _found(self, text: str) -> str:
        """Return the largest node or position whose name holds the text; "" for none."""
        text = text.strip().casefold()
        if not text or self.answer is None:
            return ""
        seen = self.answer.overview
        ids = [*seen.exposed.nodes, *self.answer.portfolio.positions]
        return next((i for i in ids if text in words.node_name(i, seen.names).casefold()), "")

    def _drop_dimensions(self) -> None:
        self._menu.popup(self.dimensions.mapToGlobal(self.dimensions.rect().bottomLeft()))

    def _choose_dimensions(self) -> None:
        hidden = frozenset(Dimension(a.data()) for a in self._menu.actions() if not a.isChecked())
        self.options = replace(self.options, hidden=hidden)
        self._draw()

    # -- table and picture ---------------------------------------------------------------------------------

    def show_table(self, *, shown: bool) -> None:
        super().show_table(shown=shown)
        self._either.setCurrentWidget(self.table if shown else self.view)
        (self.table if shown else self.view).setFocus()

    def take(self, command: str) -> None:
        self.table.copy()

    def pictures(self) -> Pictures:
        return {"Dependencies": lambda: self.figure}


def make_graph(as_of: date, answer: Answer, canvas: Canvas, options: GraphOptions) -> LayeredGraph:
    """Return the graph laid out; called beside the window."""
    portfolio = answer.portfolio
    return layered_graph(
        portfolio,
        answer.overview.exposed,
        answer.graph,
        lambda groups: group_values(portfolio, groups, as_of),
        canvas,
        options,
    )


def light_graph(as_of: date, answer: Answer, drawn: LayeredGraph, node: str) -> Figure:
    """Return the picture with a node lit, lines only as wide as what passes it; called beside the window."""
    joint = passing(answer.portfolio, node, as_of) if node else None
    return drawn.figure(node, joint, plain(dependencies_sentence(answer.overview)))
