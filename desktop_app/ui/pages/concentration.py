"""How concentrated each dimension is: bars, measures, single points of failure, the matrix; table twins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.analysis.dependencies import gateways
from desktop_app.analysis.exposure import group_values
from desktop_app.analysis.limits import LimitState, limits
from desktop_app.analysis.matrix import FOLD, Matrix, position_matrix
from desktop_app.analysis.overview import Overview, overview
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.figures.dimension_bars import OTHERS, dimension_bars
from desktop_app.figures.matrix import MatrixHead, MatrixRow
from desktop_app.report.concentrated import (
    YARDSTICKS,
    concentration_sentence,
    dimension_bars_of,
    dimension_rows,
    dimension_title,
    first_dimension,
    folded,
    measure_sentences,
    point_rows,
    points_note,
    share_key,
)
from desktop_app.report.explain import Case
from desktop_app.report.explain_concentration import concentration_explanation, part_explanation
from desktop_app.report.limited import dimension_limits
from desktop_app.report.matrix_rows import matrix_heads, matrix_note, matrix_rows
from desktop_app.report.sentences import plain
from desktop_app.ui import jobs, theme
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.matrix_view import MatrixView
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.charts.picture import Pictures
from desktop_app.ui.document import Document
from desktop_app.ui.pages.concentration_lists import (
    dimension_items,
    dimension_list,
    point_items,
    point_list,
)
from desktop_app.ui.pages.page import Page, parts
from desktop_app.ui.tables.concentration_columns import NAMES, PARTS, PartRow, name_rows, part_rows
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.widgets.either import Either
from desktop_app.ui.widgets.section import Link, Section
from desktop_app.ui.widgets.sentence_label import SentenceLabel

MOST_BARS = 8
MOST_POINTS = 10
MOST_SAVED = 200
"""So many rows of the matrix go into a saved picture."""
WIDE = 1600 - 168


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows; ``together``: dimension -> value that meets any of its smallest names."""

    overview: Overview
    gateways: Mapping[str, str]
    together: Mapping[str, float]
    matrix: Matrix
    limits: tuple[LimitState, ...]
    rows: tuple[MatrixRow, ...]
    heads: tuple[MatrixHead, ...]


class ConcentrationPage(Page):
    """Choosing a dimension shows its names; what is small stands together until it is opened."""

    name = "concentration"
    title = "Concentration"
    nothing = (
        "There is nothing to compare yet.",
        (
            "This page shows how much stands on each protocol, operator, service or chain, which single one "
            "would take a quarter or more with it, and which position stands on what."
        ),
    )
    has_table = True
    has_pictures = True
    commands = frozenset({"copy", "edit_limits"})

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        super().__init__(document, catalogue)
        self.answer: Answer | None = None
        self.dimension = ""
        self._opened: frozenset[Dimension] = frozenset()
        self._all_bars = False
        self._all_points = False
        self.limits_button = self.add_button("Edit limits…", "edit_limits")
        self.table_button = self.add_button("Table", "show_table")
        self.add_picture_button()
        self.sentence = SentenceLabel()
        self.dimensions = Section("Choose a dimension", "What is not published counts as one name.")
        self.dimension_rows = dimension_list()
        self.names = Section("", " ")
        self.bars = FigureWidget()
        self.all_bars = Link("Show all")
        self.measures = [SentenceLabel(theme.NOTE) for _ in range(3)]
        self.names_table = TableView("concentration", NAMES, accessible_name="Names of the dimension")
        self.points = Section("Single points of failure", " ", "Dependencies")
        self.point_rows = point_list()
        self.all_points = Link("Show all")
        self.standing = Section("Which position stands on what", " ", beside=True)
        self.matrix = MatrixView()
        self.parts_table = TableView(
            "positions on nodes", PARTS, accessible_name="Which position stands on what"
        )
        self._top = QWidget()
        self._matrix_or_parts = QStackedWidget()
        self._row = QHBoxLayout(self._top)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.dimensions.body.addWidget(self.dimension_rows)
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bars)
        column.addWidget(self.all_bars)
        column.addSpacing(4)
        for words in self.measures:
            column.addWidget(words)
        column.addStretch()
        self._bars_or_names = Either(picture, self.names_table)
        self.names.body.addWidget(self._bars_or_names)
        self.points.body.addWidget(self.point_rows)
        self.points.body.addWidget(self.all_points)
        self._row.setContentsMargins(0, 0, 0, 0)
        for section, stretch in ((self.dimensions, 24), (self.names, 38), (self.points, 34)):
            self._row.addWidget(section, stretch, Qt.AlignmentFlag.AlignTop)
        self._matrix_or_parts.addWidget(self.matrix)
        self._matrix_or_parts.addWidget(self.parts_table)
        self.standing.body.addWidget(self._matrix_or_parts, 1)
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 8)
        whole.setSpacing(0)
        whole.addWidget(self.sentence)
        whole.addSpacing(8)
        whole.addWidget(self._top)
        whole.addSpacing(12)
        whole.addWidget(self.standing, 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scroll)

    def _connect(self) -> None:
        self.sentence.explained.connect(self._explain)
        for words in self.measures:
            words.explained.connect(self._explain)
        self.dimension_rows.followed.connect(self.choose_dimension)
        self.bars.chosen.connect(self._explain_bar)
        self.all_bars.clicked.connect(self._turn_bars)
        self.all_points.clicked.connect(self._turn_points)
        self.point_rows.followed.connect(lambda node: self._explain(f"share:{node}"))
        self.points.followed.connect(lambda: self.go("dependencies"))
        self.matrix.activated.connect(self._activate)
        self.matrix.chart.released.connect(self._close_folds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.setSpacing(36 if self.width() >= WIDE else 26)

    # -- answer --------------------------------------------------------------------------------------------

    def ask(self, portfolio: Portfolio, as_of: date) -> Answer:
        seen = overview(portfolio, as_of)
        found = seen.concentrated.dimensions
        rests = {
            name: frozenset(folded(found[name], MOST_BARS)[1]) for name in found if name in set(Dimension)
        }
        matrix = position_matrix(portfolio, seen.exposed, self._opened)
        return Answer(
            seen,
            gateways(portfolio, as_of),
            group_values(portfolio, {name: rest for name, rest in rests.items() if rest}, as_of),
            matrix,
            limits(portfolio, seen.exposed, as_of),
            matrix_rows(matrix, portfolio, seen, self.labels),
            matrix_heads(matrix, seen.names),
        )

    def show_answer(self, answer: Answer) -> None:
        self.answer = answer
        rows = dimension_rows(answer.overview)
        if self.dimension not in [row.id for row in rows]:
            self.dimension = first_dimension(answer.overview)
        self._top.setVisible(bool(rows))
        broken = {row.id for row in rows if dimension_limits(row.id, self.portfolio, answer.limits).is_broken}
        self.dimension_rows.set_items(dimension_items(rows, broken, self.labels))
        self.dimension_rows.setMinimumWidth(self.dimension_rows.sizeHint().width())
        self._show_dimension()
        self._show_points(answer)
        self._show_matrix(answer)
        if self.table_shown:
            self._fill_parts()

    def _show_dimension(self) -> None:
        """Show the sentence, the bars and the measures of the chosen dimension."""
        answer = self.answer
        if answer is None:
            return
        self.dimension_rows.mark(self.dimension)
        seen, labels, sizes = answer.overview, self.labels, self.sizes
        limited = dimension_limits(self.dimension, self.portfolio, answer.limits)
        sentence = concentration_sentence(self.dimension, seen, labels, limited)
        self.sentence.set_parts(parts(sentence))
        found = seen.concentrated.dimensions.get(self.dimension)
        if found is None:
            return
        self.names.title.setText(dimension_title(self.dimension))
        several = "The same value may depend on several. " if found.overlap > 1 + 1e-9 else ""
        self.names.set_note(several + YARDSTICKS)
        most = len(found.values) if self._all_bars else MOST_BARS
        together = answer.together.get(self.dimension)
        shown = dimension_bars_of(self.dimension, seen, most, together, limited)
        headline = plain(sentence)
        self.bars.show_figure(lambda width: dimension_bars(shown, labels, width, sizes, measure, headline))
        self.all_bars.setVisible(len(found.values) > MOST_BARS)
        count = labels.number(len(found.values))
        self.all_bars.setText("Show fewer" if self._all_bars else f"Show all {count}")
        for label, words in zip(self.measures, measure_sentences(found, labels), strict=True):
            label.set_parts(parts(words))
        self.names_table.show_rows(name_rows(self.dimension, seen), labels)

    def _show_points(self, answer: Answer) -> None:
        labels = self.labels
        points = point_rows(answer.overview, answer.gateways)
        shown = points if self._all_points else points[:MOST_POINTS]
        self.points.set_note(points_note(answer.overview, labels, found=bool(points)))
        self.point_rows.setVisible(bool(points))
        self.point_rows.set_items(point_items(shown, labels))
        self.all_points.setVisible(len(points) > MOST_POINTS)
        self.all_points.setText(
            "Show fewer" if self._all_points else f"Show all {labels.number(len(points))}"
        )

    def _show_matrix(self, answer: Answer) -> None:
        note = matrix_note(self.portfolio) if answer.heads else "No position stands on anything yet."
        self.standing.set_note(note)
        self._matrix_or_parts.setVisible(bool(answer.heads))
        headline = f"{self.standing.title.text()}. {self.sentence.text()}"
        self.matrix.show_matrix(answer.rows, answer.heads, self.labels, self.sizes, headline)

    # -- choosing ------------------------------------------------------------------------------------------

    def choose_dimension(self, dimension: str) -> None:
        """Show the names of a dimension, and its columns of the matrix."""
        self.dimension = dimension
        self._all_bars = False
        self._show_dimension()
        heads = self.answer.heads if self.answer else ()
        column = next((i for i, head in enumerate(heads) if head.dimension == dimension), 0)
        self.matrix.show_column(column)

    def show_item(self, item: str) -> None:
        if self.answer and item in self.answer.overview.concentrated.dimensions:
            self.choose_dimension(item)

    def _turn_bars(self) -> None:
        self._all_bars = not self._all_bars
        self._show_dimension()

    def _turn_points(self) -> None:
        self._all_points = not self._all_points
        if self.answer is not None:
            self._show_points(self.answer)

    def _activate(self, target: str) -> None:
        """Follow a position or a node of the matrix, open what is folded, or explain a part."""
        if self.answer is None:
            return
        kind, *numbers = target.split(":")
        if kind == "row":
            self.go("positions", self.answer.rows[int(numbers[0])].id)
        elif kind == "cell":
            self._explain_part(*map(int, numbers))
        elif self.answer.heads[int(numbers[0])].id.startswith(FOLD):
            self._open_folds(self._opened | {self.answer.heads[int(numbers[0])].dimension})
        else:
            self.go("dependencies", self.answer.heads[int(numbers[0])].id)

    def _open_folds(self, opened: frozenset[Dimension]) -> None:
        self._opened = opened
        jobs.run(self, partial(self.ask, self.portfolio, self.as_of), self.show_answer)

    def _close_folds(self) -> None:
        if self._opened:
            self._open_folds(frozenset())

    # -- explanations --------------------------------------------------------------------------------------

    def _case(self, answer: Answer) -> Case:
        return Case(self.portfolio, answer.overview, self.labels, self.as_of)

    def _explain(self, key: str) -> None:
        if self.answer is not None:
            self.tell(concentration_explanation(key, self._case(self.answer)))

    def _explain_bar(self, bar: str) -> None:
        others = f"together:{self.dimension}"
        self._explain(others if bar == OTHERS else share_key(self.dimension, bar))

    def _explain_part(self, row: int, column: int) -> None:
        if self.answer is None:
            return
        position, head = self.answer.rows[row].id, self.answer.heads[column]
        nodes = self.answer.matrix.columns[column].nodes
        case = self._case(self.answer)
        self.tell(part_explanation(position, nodes, head.name, head.parts[position], case))

    # -- table and pictures --------------------------------------------------------------------------------

    def show_table(self, *, shown: bool) -> None:
        super().show_table(shown=shown)
        self.table_button.setText("Chart" if shown else "Table")
        self._bars_or_names.show_table(shown=shown)
        self._matrix_or_parts.setCurrentIndex(int(shown))
        if shown:
            self._fill_parts()
        (self.names_table if shown else self.bars).setFocus()

    def _fill_parts(self) -> None:
        answer = self.answer
        if answer is not None:
            work = partial(part_rows, answer.overview.exposed, answer.overview.names)
            jobs.run(self, work, self._show_parts, topic="parts")

    def _show_parts(self, rows: tuple[PartRow, ...]) -> None:
        self.parts_table.show_rows(rows, self.labels)

    def take(self, command: str) -> None:
        if command == "edit_limits":
            from desktop_app.ui.dialogs.limits_editor import edit_limits

            edit_limits(self.window(), self.document, self.as_of)
            return
        (self.parts_table if self.focusWidget() is self.parts_table else self.names_table).copy()

    def pictures(self) -> Pictures:
        return {
            f"Bars: {self.names.title.text()}": lambda: self.bars.figure,
            self.standing.title.text(): lambda: self.matrix.whole_figure(MOST_SAVED),
        }
