"""What a position would stand on: its strata, the steps of its way out, each edge and who says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, ExitStep, Mode, Origin, Position, is_unknown
from desktop_app.figures.labels import Labels
from desktop_app.figures.sizes import Sizes
from desktop_app.figures.strata import strata
from desktop_app.figures.texts import one_line
from desktop_app.report.position_facts import dated_words
from desktop_app.report.sentences import Sentence
from desktop_app.report.words import capital, dimension_word, node_name
from desktop_app.ui import theme
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.widgets.section import Section, Words

_SAYS = {Origin.CATALOGUE: "catalogue", Origin.ASSUMED: "assumed", Origin.YOURS: "yours"}
Cells = Sequence[tuple[str, str]]
"""(text, colour role) from left to right."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The portfolio as it would be, the position in it, and the sentence of the consequence."""

    portfolio: Portfolio
    position: Position
    exposed: Exposure
    sentence: Sentence


class StackPreview(QScrollArea):
    """Shows one preview after the other; only reads."""

    def __init__(self, labels: Labels, sizes: Sizes) -> None:
        super().__init__()
        self._labels = labels
        self._sizes = sizes
        self.strata = FigureWidget()
        self.stack = Section("Strata, from the top down")
        self.way_out = Section("Getting out", "In days; “?” is not known, never zero.")
        self.edges = Section("Stands on")
        self._steps, self._edges = QGridLayout(), QGridLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(0)
        self.stack.body.addWidget(self.strata)
        for section, grid in ((self.way_out, self._steps), (self.edges, self._edges)):
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(5)
            grid.setColumnStretch(0, 1)
            section.body.addLayout(grid)
        for section in (self.stack, self.way_out, self.edges):
            column.addWidget(section)
            column.addSpacing(14)
        column.addStretch()
        self.setWidget(inside)

    def clear(self, why: str) -> None:
        """Show why there is nothing to show yet."""
        self.stack.set_note(why)
        for widget in (self.strata, self.way_out, self.edges):
            widget.hide()

    def show_preview(self, preview: Preview) -> None:
        """Show what a position would stand on."""
        portfolio, position = preview.portfolio, preview.position
        self.stack.set_note("" if position.layers else "Nothing is known of what it stands on.")
        self.strata.show_figure(
            lambda width: strata(
                portfolio, position, preview.exposed, self._labels, width, self._sizes, measure
            )
        )
        _fill(self._steps, _step_rows(position, self._labels), right={1, 2, 3})
        _fill(self._edges, _edge_rows(portfolio, position, self._labels), right={2})
        for widget in (self.strata, self.way_out, self.edges):
            widget.show()


def _fill(grid: QGridLayout, rows: Iterable[Cells], right: set[int]) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.deleteLater()
    for number, cells in enumerate(rows):
        for column, (text, role) in enumerate(cells):
            words = Words(text, theme.NOTE, role, wrap=column in {0, len(cells) - 1})
            side = Qt.AlignmentFlag.AlignRight if column in right else Qt.AlignmentFlag.AlignLeft
            words.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, number, column)


def _step_rows(position: Position, labels: Labels) -> list[Cells]:
    tranches = position.exit.tranches
    rows: list[Cells] = [[(head, "text2") for head in ("Step", "Least", "Typical", "Most", "", "Source")]]
    rows += [_step(step, labels) for tranche in tranches for step in tranche.steps]
    return rows if len(rows) > 1 else [[("No way out is known.", "warn")]]


def _step(step: ExitStep, labels: Labels) -> Cells:
    days = [
        (labels.step_days(d), "warn" if d is None else "ink")
        for d in (step.minimum, step.typical, step.maximum)
    ]
    slashable = {True: "slashable", False: "not slashable", None: ""}[step.slashable]
    unverified = step.verified is False
    said = [
        step.cited or _SAYS[step.origin],
        dated_words(step.dated, labels),
        "unverified" if unverified else "",
    ]
    source = ", ".join(one_line(part) for part in said if part)
    return [
        (capital(one_line(step.name)), "ink"),
        *days,
        (slashable, "text2"),
        (source, "warn" if unverified else "text2"),
    ]


def _edge_rows(portfolio: Portfolio, position: Position, labels: Labels) -> list[Cells]:
    names = {n.id: n.name for n in portfolio.nodes.values()}
    ids = dict.fromkeys(e for layer in reversed(position.layers) for e in layer.edges)
    edges = [portfolio.edges[i] for i in ids if i in portfolio.edges]
    targets = [edge.target for edge in edges]
    often = {target for target in targets if targets.count(target) > 1}
    rows: list[Cells] = [[(head, "text2") for head in ("Node", "Kind", "Part", "Source")]]
    rows += [_edge(edge, portfolio, names, labels, told_from=edge.target in often) for edge in edges]
    return rows if len(rows) > 1 else []


def _edge(
    edge: Edge, portfolio: Portfolio, names: dict[str, str], labels: Labels, *, told_from: bool
) -> Cells:
    """Return a line of "Stands on"; ``told_from``: other lines lead to the same node, so say where from."""
    unknown = is_unknown(edge.target)
    node = portfolio.nodes.get(edge.target)
    kind = "" if node is None else dimension_word(node.dimension)
    part = "all" if edge.mode is Mode.ALL else f"{labels.share(edge.weight)} {edge.mode}"
    said = [
        _SAYS[edge.origin],
        dated_words(edge.dated, labels),
        "" if edge.share_given else "share not given",
    ]
    source = "unknown" if unknown else ", ".join(word for word in said if word)
    name = one_line(node_name(edge.target, names))
    if told_from and edge.source in names:
        name = f"{one_line(names[edge.source])} → {name}"
    return [
        (name, "ink"),
        (kind, "text2"),
        (part, "ink"),
        (source, "warn" if unknown else "accent" if edge.origin is Origin.YOURS else "text2"),
    ]
