"""The table twins of the Concentration page: the names of a dimension, and which position stands on what."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.analysis.concentration import UNDERLYING
from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.overview import Overview
from desktop_app.domain.positions import Dimension, is_unknown
from desktop_app.report.concentrated import name_in
from desktop_app.report.words import bucket_dimension, capital, dimension_word, node_name
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.columns import WIDEST_NAME
from desktop_app.ui.tables.table_model import Column


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of a dimension; ``inside``: its share of what stands on the dimension's names together."""

    id: str
    name: str
    value: float
    share: float
    inside: float
    positions: int | None


def name_rows(dimension: str, overview: Overview) -> tuple[NameRow, ...]:
    """Return every name of a dimension, largest value first."""
    found = overview.concentrated.dimensions.get(dimension)
    if found is None:
        return ()
    total, amount = float(overview.portfolio_value or 1), sum(found.values.values())
    nodes = {} if dimension == UNDERLYING else overview.exposed.nodes
    return tuple(
        NameRow(
            name,
            name_in(dimension, name, overview.names),
            value,
            value / total,
            value / amount,
            nodes[name].positions if name in nodes else None,
        )
        for name, value in found.values.items()
    )


NAMES = (
    Column("Name", lambda r: r.name, stretch=True),
    Column("{currency}", lambda r: r.value, kinds.MONEY),
    Column("Share", lambda r: r.share, kinds.SHARE, why=lambda *_: "Share of the portfolio."),
    Column("Inside", lambda r: r.inside, kinds.SHARE, why=lambda *_: "Share inside the dimension."),
    Column("Positions", lambda r: r.positions, kinds.COUNT, applies=lambda r: r.positions is not None),
)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A position on a node: the part of it that depends on the node, and the value of that part."""

    id: str
    position: str
    kind: str
    node: str
    part: float
    value: float | None


def part_rows(exposed: Exposure, names: Mapping[str, str]) -> tuple[PartRow, ...]:
    """Return one row for each position on each node; ``names``: id -> name of every node and position."""
    return tuple(
        PartRow(
            id=f"{position}\n{node.node}",
            position=names.get(position, position),
            kind=capital(
                dimension_word(bucket_dimension(node.node) if is_unknown(node.node) else node.dimension)
            ),
            node=node_name(node.node, names),
            part=part,
            value=float(exposed.worths[position]) * part if position in exposed.worths else None,
        )
        for node in exposed.nodes.values()
        if node.dimension is not Dimension.ROLE
        for position, part in node.by_position.items()
    )


PARTS = (
    Column("Position", lambda r: r.position, widest=WIDEST_NAME),
    Column("Kind", lambda r: r.kind),
    Column("Stands on", lambda r: r.node, stretch=True),
    Column("Part", lambda r: r.part, kinds.SHARE),
    Column("{currency}", lambda r: r.value, kinds.MONEY),
)
