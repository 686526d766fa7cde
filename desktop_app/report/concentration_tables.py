"""Concentration as tables: the measures of every dimension, and the single points of failure."""

from desktop_app.analysis.dependencies import gateways
from desktop_app.analysis.overview import Overview
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Table
from desktop_app.report.concentrated import dimension_rows, name_in, point_rows, points_note
from desktop_app.report.sentences import Run, sentence


def dimension_table(overview: Overview, labels: Labels) -> Table:
    """Return a row for each dimension that some value reaches."""
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


def point_blocks(portfolio: Portfolio, overview: Overview, labels: Labels) -> list[Block]:
    """Return what carries a quarter of the value or more, and what is not ranked."""
    points = point_rows(overview, gateways(portfolio, overview.exposed.as_of))
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
