"""Concentration on paper: the measures of every dimension, single points of failure, bars, the matrix."""

from collections.abc import Sequence

from desktop_app.analysis.exposure import group_values
from desktop_app.analysis.matrix import Matrix, position_matrix
from desktop_app.analysis.overview import GROUND, Overview
from desktop_app.domain.positions import Dimension
from desktop_app.figures.dimension_bars import dimension_bars
from desktop_app.figures.matrix import MatrixHead, MatrixRow, columns_that_fit, matrix_figure, matrix_grid
from desktop_app.figures.sizes import PAPER
from desktop_app.report.blocks import Block, FigureBlock, Paragraph, Section
from desktop_app.report.concentrated import (
    YARDSTICKS,
    concentration_sentence,
    dimension_bars_of,
    dimension_title,
    first_dimension,
    folded,
    measure_sentences,
)
from desktop_app.report.concentration_tables import dimension_table, point_blocks
from desktop_app.report.limited import DimensionLimits, dimension_limits
from desktop_app.report.matrix_rows import matrix_heads, matrix_note, matrix_rows
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, sentence

TITLE = "Concentration"
STANDING = "Which position stands on what"
MOST_BARS = 8
LEFT_OUT = (*GROUND, Dimension.TOKEN)
"""Dimensions without columns on paper: what nearly everything stands on, and each position's own token."""
ROWS_OF_ONE_FIGURE = 20


def concentration_section(subject: Subject) -> Section:
    """Return the measures of every dimension, the names of the first, single points, and the matrix."""
    overview, labels = subject.overview, subject.labels
    first = first_dimension(overview)
    limited = dimension_limits(first, subject.portfolio, subject.asked.limits)
    blocks: list[Block] = [Paragraph(concentration_sentence(first, overview, labels, limited))]
    if first:
        blocks += [dimension_table(overview, labels), *_names(first, limited, subject)]
        blocks += point_blocks(subject.portfolio, overview, labels)
    return Section(TITLE, (*blocks, *_matrix(subject)))


def _names(dimension: str, limited: DimensionLimits, subject: Subject) -> list[Block]:
    """Return the bars of one dimension and what its measures mean."""
    overview, labels = subject.overview, subject.labels
    found = overview.concentrated.dimensions[dimension]
    rest = folded(found, MOST_BARS)[1]
    together = group_values(subject.portfolio, {"": frozenset(rest)}, subject.asked.as_of).get("")
    bars = dimension_bars_of(dimension, overview, MOST_BARS, together, limited)
    title = dimension_title(dimension)
    figure = dimension_bars(bars, labels, subject.width, PAPER, headline=title)
    measures = [run for line in measure_sentences(found, labels) for run in (*line, Run(" "))]
    return [
        Paragraph(sentence(Run(f"{title}. ", bold=True), YARDSTICKS)),
        FigureBlock(figure),
        Paragraph(tuple(measures), note=True),
    ]


def _matrix(subject: Subject) -> list[Block]:
    portfolio, overview, labels, width = subject.portfolio, subject.overview, subject.labels, subject.width
    matrix = position_matrix(portfolio, overview.exposed)
    rows = matrix_rows(matrix, portfolio, overview, labels)[: subject.most_rows]
    heads = _largest(matrix, matrix_heads(matrix, overview.names), overview, rows, width)
    if not heads:
        return []
    grid = matrix_grid(rows, heads, width, PAPER)
    said = f"{matrix_note(portfolio)} The largest names only."
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
