"""Concentration on paper: the measures of every dimension, single points of failure, bars, the matrix."""

from collections.abc import Sequence

from desktop_app.analysis.dependencies import gateways
from desktop_app.analysis.exposure import group_values
from desktop_app.analysis.matrix import Matrix, position_matrix
from desktop_app.analysis.overview import GROUND, Overview
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.figures.dimension_bars import dimension_bars
from desktop_app.figures.labels import Labels
from desktop_app.figures.matrix import MatrixHead, MatrixRow, columns_that_fit, matrix_figure, matrix_grid
from desktop_app.figures.sizes import PAPER
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, FigureBlock, Paragraph, Row, Section, Table
from desktop_app.report.concentrated import (
    YARDSTICKS,
    concentration_sentence,
    dimension_bars_of,
    dimension_rows,
    dimension_title,
    first_dimension,
    folded,
    measure_sentences,
    name_in,
    point_rows,
    points_note,
)
from desktop_app.report.matrix_rows import matrix_heads, matrix_note, matrix_rows
from desktop_app.report.sentences import Run, sentence

TITLE = "Concentration"
STANDING = "Which position stands on what"
MOST_BARS = 8
LEFT_OUT = (*GROUND, Dimension.TOKEN)
"""Dimensions without columns on paper: what nearly everything stands on, and each position's own token."""
ROWS_OF_ONE_FIGURE = 20


def concentration_section(
    portfolio: Portfolio, overview: Overview, labels: Labels, width: float, most_rows: int
) -> Section:
    """Return the section; ``width`` of the figures in pixels, at most so many positions in the matrix."""
    first = first_dimension(overview)
    blocks: list[Block] = [Paragraph(concentration_sentence(first, overview, labels))]
    if first:
        blocks += [_dimensions(overview, labels), *_names(first, portfolio, overview, labels, width)]
        blocks += _points(portfolio, overview, labels)
    return Section(TITLE, (*blocks, *_matrix(portfolio, overview, labels, width, most_rows)))


def _dimensions(overview: Overview, labels: Labels) -> Table:
    found = overview.concentrated.dimensions
    rows = []
    for row in dimension_rows(overview):
        measured = found[row.id]
        largest = name_in(row.id, next(iter(measured.values)), overview.names)
        rows.append(
            _row(
                row.name,
                largest,
                labels.share(row.largest),
                labels.number(row.names),
                labels.number(row.effective, decimals=1),
                labels.number(measured.hhi, decimals=2),
                labels.share(measured.coverage),
                labels.number(measured.overlap, decimals=2),
            )
        )
    titles = ("Names", "Equal to", "HHI", "Coverage", "Overlap")
    columns = (
        Column("Dimension", width=18),
        Column("Largest name", quiet=True),
        Column("Share", "right", 9),
        *(Column(title, "right", 10) for title in titles),
    )
    return Table(columns, tuple(rows))


def _row(*cells: str) -> Row:
    return tuple(Run(cell) for cell in cells)


def _names(
    dimension: str, portfolio: Portfolio, overview: Overview, labels: Labels, width: float
) -> list[Block]:
    """Return the bars of one dimension and what its measures mean."""
    found = overview.concentrated.dimensions[dimension]
    rest = folded(found, MOST_BARS)[1]
    together = group_values(portfolio, {"": frozenset(rest)}).get("") if rest else None
    bars = dimension_bars_of(dimension, overview, MOST_BARS, together)
    title = dimension_title(dimension)
    figure = dimension_bars(bars, labels, width, PAPER, headline=title)
    measures = [run for line in measure_sentences(found, labels) for run in (*line, Run(" "))]
    return [
        Paragraph(sentence(Run(f"{title}. ", bold=True), YARDSTICKS)),
        FigureBlock(figure),
        Paragraph(tuple(measures), note=True),
    ]


def _points(portfolio: Portfolio, overview: Overview, labels: Labels) -> list[Block]:
    points = point_rows(overview, gateways(portfolio))
    note = points_note(overview, labels, found=bool(points))
    heading = Paragraph(sentence(Run("Single points of failure. ", bold=True), note))
    if not points:
        return [heading]
    rows = tuple(
        _row(
            point.name,
            words.dimension_word(point.dimension),
            point.gateway,
            f"{labels.number(point.fully)} of {labels.number(point.positions)}",
            labels.share(point.share),
        )
        for point in points
    )
    columns = (
        Column("Node"),
        Column("Kind", width=18, quiet=True),
        Column("Gateway", width=28, quiet=True),
        Column("Fully on it", "right", 13),
        Column("Share", "right", 9),
    )
    return [heading, Table(columns, rows)]


def _matrix(
    portfolio: Portfolio, overview: Overview, labels: Labels, width: float, most_rows: int
) -> list[Block]:
    matrix = position_matrix(portfolio, overview.exposed)
    rows = matrix_rows(matrix, portfolio, overview, labels)[:most_rows]
    heads = _largest(matrix, matrix_heads(matrix, overview.names), overview, rows, width)
    if not heads:
        return []
    grid = matrix_grid(rows, heads, width, PAPER)
    said = f"{matrix_note(portfolio)} The largest names; the rest is in the file."
    blocks: list[Block] = [Paragraph(sentence(Run(f"{STANDING}. ", bold=True), said))]
    for start in range(0, len(rows), ROWS_OF_ONE_FIGURE):
        part = rows[start : start + ROWS_OF_ONE_FIGURE]
        blocks.append(FigureBlock(matrix_figure(part, heads, grid, labels, PAPER, headline=STANDING)))
    return blocks


def _largest(
    matrix: Matrix,
    heads: Sequence[MatrixHead],
    overview: Overview,
    rows: Sequence[MatrixRow],
    width: float,
) -> list[MatrixHead]:
    """Return as many columns as fit, those on which most stands, in their order."""
    kept = [i for i, column in enumerate(matrix.columns) if column.dimension not in LEFT_OUT]
    worths = overview.exposed.worths

    def weight(index: int) -> float:
        return sum(float(worths.get(p, 0)) * part for p, part in matrix.columns[index].parts.items())

    fitting = columns_that_fit(matrix_grid(rows, (), width, PAPER), width, PAPER)
    chosen = sorted(sorted(kept, key=weight, reverse=True)[:fitting])
    return [heads[i] for i in chosen]
