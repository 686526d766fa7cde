"""Which position stands on what: the part of each position that depends on each node (definitions.md 3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.exposure import Exposure, NodeExposure
from desktop_app.analysis.losses import Losses, losses_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, counted_dimension, is_unknown

ORDER = (
    Dimension.PLATFORM,
    Dimension.OPERATOR,
    Dimension.SERVICE,
    Dimension.PROTOCOL,
    Dimension.LENDER,
    Dimension.BRIDGE,
    Dimension.ORACLE,
    Dimension.CUSTODY,
    Dimension.CLIENT,
    Dimension.TOKEN,
    Dimension.CHAIN,
    Dimension.ASSET,
)
"""Dimensions from left to right; the roles of an operator are told by the operator itself."""

MOST = 6
"""So many named nodes of a dimension have a column of their own, unless the user opens the rest."""
FOLD = "others:"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """``parts``: position id -> fraction of it that meets any of ``nodes``, only fractions above 0.

    One node has its own id; what is folded together is ``others:DIMENSION``, the bucket of what nobody has
    published ``unknown:DIMENSION``.
    """

    id: str
    dimension: Dimension
    nodes: tuple[str, ...]
    parts: Mapping[str, float]

    @property
    def is_fold(self) -> bool:
        """Tell whether several small nodes stand here together."""
        return self.id.startswith(FOLD)

    @property
    def is_unknown(self) -> bool:
        """Tell whether this is what nobody has published."""
        return is_unknown(self.id)


@dataclass(frozen=True, slots=True)
class Matrix:
    """``positions``: ids of the counted positions, largest value first, those without a value last."""

    positions: tuple[str, ...]
    columns: tuple[MatrixColumn, ...]


def position_matrix(portfolio: Portfolio, exposed: Exposure, opened: Collection[Dimension] = ()) -> Matrix:
    """Return the matrix; of a dimension that is not ``opened`` only the largest nodes stand alone."""
    found: dict[Dimension, list[NodeExposure]] = {dimension: [] for dimension in ORDER}
    for node in exposed.nodes.values():
        found.get(counted_dimension(node.node, portfolio.nodes), []).append(node)
    columns: list[tuple[str, Dimension, list[NodeExposure]]] = []
    for dimension, nodes in found.items():
        columns += _columns(dimension, nodes, whole=dimension in opened)
    parts = _parts(portfolio, exposed, [nodes for _, _, nodes in columns])
    return Matrix(
        _ordered(portfolio, exposed),
        tuple(
            MatrixColumn(name, dimension, tuple(n.node for n in nodes), part)
            for (name, dimension, nodes), part in zip(columns, parts, strict=True)
        ),
    )


def _columns(
    dimension: Dimension, nodes: Sequence[NodeExposure], *, whole: bool
) -> list[tuple[str, Dimension, list[NodeExposure]]]:
    named = [node for node in nodes if not is_unknown(node.node)]
    buckets = [node for node in nodes if is_unknown(node.node)]
    alone = named if whole or len(named) <= MOST else named[: MOST - 1]
    rest = named[len(alone) :]
    columns = [(node.node, dimension, [node]) for node in alone]
    if rest:
        columns.append((f"{FOLD}{dimension}", dimension, rest))
    if buckets:
        columns.append((f"unknown:{dimension}", dimension, buckets))
    return columns


def _parts(
    portfolio: Portfolio, exposed: Exposure, columns: Sequence[Sequence[NodeExposure]]
) -> list[Mapping[str, float]]:
    """Return the parts of each column: of one node they are known, of several the units that meet any."""
    together = [nodes for nodes in columns if len(nodes) > 1]
    if not together:
        return [nodes[0].by_position for nodes in columns]
    losses = losses_of(portfolio, exposed.worths, exposed.as_of)
    taken = losses.of(losses.shocks({node.node: 1.0 for node in nodes} for nodes in together))
    joint = iter(taken.T)
    return [nodes[0].by_position if len(nodes) == 1 else _met(losses, next(joint)) for nodes in columns]


def _met(losses: Losses, taken: Sequence[float]) -> Mapping[str, float]:
    pairs = zip(losses.positions, taken, strict=True)
    return {position: float(part) for position, part in pairs if part > 0}


def _ordered(portfolio: Portfolio, exposed: Exposure) -> tuple[str, ...]:
    def key(position: str) -> tuple[bool, float]:
        worth = exposed.worths.get(position)
        return worth is None, -float(worth or 0)

    return tuple(sorted((p.id for p in portfolio.counted_positions()), key=key))
