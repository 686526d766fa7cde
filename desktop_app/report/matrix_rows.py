"""The words of the matrix: its rows and columns as they are read on screen and paper, and its note."""

from collections.abc import Mapping

from desktop_app.analysis.matrix import Matrix, MatrixColumn
from desktop_app.analysis.overview import Overview
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.figures.matrix import MatrixHead, MatrixRow
from desktop_app.report import words

NOTE = "Part of the position in per cent."


def matrix_rows(
    matrix: Matrix, portfolio: Portfolio, overview: Overview, labels: Labels
) -> tuple[MatrixRow, ...]:
    """Return name, value and, where it cannot be computed, the reason of each position."""
    exposed = overview.exposed
    return tuple(
        MatrixRow(
            position,
            portfolio.positions[position].name,
            labels.money(exposed.worths.get(position)),
            exposed.unavailable.get(f"exposure/{position}", ""),
        )
        for position in matrix.positions
    )


def matrix_heads(matrix: Matrix, names: Mapping[str, str]) -> tuple[MatrixHead, ...]:
    """Return the columns; ``names``: id -> name of every node."""
    return tuple(_head(column, names) for column in matrix.columns)


def _head(column: MatrixColumn, names: Mapping[str, str]) -> MatrixHead:
    many = words.dimension_word(column.dimension, many=True).partition(",")[0]
    if column.is_fold:
        short = f"{len(column.nodes):,} others"
        name = f"{len(column.nodes):,} other {many}, any of them"
    elif column.is_unknown:
        short, name = "unknown", words.node_name(column.id, names)
    else:
        short = name = words.node_name(column.nodes[0], names)
    return MatrixHead(
        column.id, words.capital(many), short, name, column.dimension, column.parts, column.is_unknown
    )


def matrix_note(portfolio: Portfolio) -> str:
    """Return what the numbers are, and what they are for positions with a debt."""
    levered = [p.name for p in portfolio.counted_positions() if p.debt]
    if not levered:
        return NOTE
    which = words.listed(words.cut(levered, 2)) if len(levered) < 3 else "positions with a debt"
    return f"{NOTE[:-1]}; for {which}, what would be lost if that node failed completely."
