"""The two lists of the Concentration page: the dimensions to choose from, the single points of failure."""

from collections.abc import Collection, Iterable

from desktop_app.domain.positions import Dimension
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.dimension_bars import OVER
from desktop_app.figures.labels import Labels
from desktop_app.report.concentrated import DimensionRow, PointRow
from desktop_app.ui import theme
from desktop_app.ui.widgets.row_list import Cell, Item, Lane, RowList

LONGEST_GATEWAY = 22
"""Letters of a gateway's name beside its node."""
INSET = 8


def dimension_list() -> RowList:
    """Return an empty list of dimensions."""
    lanes = (
        Lane(stretch=True),
        Lane(scale=theme.AXIS),
        Lane("names", right=True),
        Lane("largest", right=True),
        Lane("equal to", right=True),
    )
    return RowList(lanes, "Dimensions", row=20, lines=False, inset=INSET)


def dimension_items(rows: Iterable[DimensionRow], broken: Collection[str], labels: Labels) -> list[Item]:
    """Return the dimensions as items; those in which a limit is ``broken`` have a sign."""
    return [
        Item(
            row.id,
            (
                Cell(row.name),
                Cell(OVER if row.id in broken else "", "alarm"),
                Cell(labels.number(row.names)),
                Cell(labels.share(row.largest)),
                Cell(labels.number(row.effective, decimals=1)),
            ),
            swatch=dimension_role(Dimension(row.id)) if row.id in set(Dimension) else "line",
            tooltip=(
                f"{row.name}: {labels.number(row.names)} names, the largest ({row.whose}) carries "
                f"{labels.share(row.largest)} of the portfolio, as concentrated as "
                f"{labels.number(row.effective, decimals=1)} equal names"
                + ("\nA limit of yours is broken" if row.id in broken else "")
            ),
        )
        for row in rows
    ]


def point_list() -> RowList:
    """Return an empty list of single points of failure."""
    lanes = (
        Lane(stretch=True),
        Lane("share", right=True),
        Lane("fully", right=True, scale=theme.NOTE),
        Lane("gateway", scale=theme.NOTE),
    )
    return RowList(lanes, "Single points of failure", row=20, lines=False, wrap=True)


def point_items(points: Iterable[PointRow], labels: Labels) -> list[Item]:
    """Return single points of failure as items."""
    return [
        Item(
            point.id,
            (
                Cell(point.name),
                Cell(labels.share(point.share)),
                Cell(f"{labels.number(point.fully)} of {labels.number(point.positions)}", "text2"),
                Cell(_short(point.gateway), "text2" if point.gateway == "none" else "ink"),
            ),
            swatch=dimension_role(point.dimension),
            tooltip=_point_words(point, labels),
        )
        for point in points
    ]


def _short(name: str) -> str:
    """Return a name that leaves the other columns room; the tooltip has it whole."""
    return name if len(name) <= LONGEST_GATEWAY else f"{name[: LONGEST_GATEWAY - 1].rstrip()}…"


def _point_words(point: PointRow, labels: Labels) -> str:
    fully = f"{labels.number(point.fully)} of {labels.number(point.positions)} positions stand fully on it"
    removes = f"leaving {point.gateway} removes it"
    leaving = "no single exit removes it" if point.gateway == "none" else removes
    return f"{point.name}: {labels.share(point.share)} of the value\n{fully}\n{leaving}"
