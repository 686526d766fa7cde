"""The words of the matrix: its rows and columns as they are read on screen and paper, and its note."""

from collections.abc import Mapping

from desktop_app.analysis.matrix import Matrix, MatrixColumn
from desktop_app.analysis.overview import Overview
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.figures.matrix import MatrixHead, MatrixRow
from desktop_app.figures.texts import short_names
from desktop_app.report import words

LONGEST = 12
"""Letters of a column's head; a longer name is shortened to its first words."""
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
    single = (c.nodes[0] for c in matrix.columns if not c.is_fold and not c.is_unknown)
    short = short_names(words.node_name(node, names) for node in single)
    return tuple(_head(column, names, short) for column in matrix.columns)


def _head(column: MatrixColumn, names: Mapping[str, str], shorts: Mapping[str, str]) -> MatrixHead:
    many = words.dimension_word(column.dimension, many=True).partition(",")[0]
    if column.is_fold:
        short = f"{len(column.nodes):,} others"
        name = f"{len(column.nodes):,} other {many}, any of them"
    elif column.is_unknown:
        short, name = "unknown", words.node_name(column.id, names)
    else:
        name = words.node_name(column.nodes[0], names)
        short = name if len(name) <= LONGEST else shorts[name]
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
