"""One position from its outermost layer down to what is held: each layer with the nodes that it adds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, ExitStep, Layer, Position, is_unknown
from desktop_app.figures.graph_columns import dimension_of
from desktop_app.figures.texts import one_line

_ORDER = (
    Dimension.LENDER,
    Dimension.ORACLE,
    Dimension.BRIDGE,
    Dimension.SERVICE,
    Dimension.ROLE,
    Dimension.OPERATOR,
    Dimension.PLATFORM,
    Dimension.PROTOCOL,
    Dimension.TOKEN,
    Dimension.CLIENT,
    Dimension.CUSTODY,
    Dimension.CHAIN,
    Dimension.ASSET,
)
UNKNOWN_NAME = "unknown"


@dataclass(frozen=True, slots=True)
class Slice:
    """A node's part of the position (ρ, 0 to 1)."""

    node: str
    name: str
    part: float

    @property
    def unknown(self) -> bool:
        """Tell whether this is what nobody has published."""
        return is_unknown(self.node)


@dataclass(frozen=True, slots=True)
class Strip:
    """The nodes of a dimension that a layer adds, the largest part first, unknown last; their exit steps."""

    dimension: Dimension
    slices: tuple[Slice, ...]
    steps: tuple[ExitStep, ...]

    @property
    def most(self) -> float | None:
        """Return the largest part that stands on one named node, None where none is named."""
        return max((piece.part for piece in self.slices if not piece.unknown), default=None)


@dataclass(frozen=True, slots=True)
class LayerGroup:
    """A layer of the position (None: it has none recorded) and its strips from top to bottom."""

    layer: Layer | None
    strips: tuple[Strip, ...]


def layer_groups(portfolio: Portfolio, position: Position, exposed: Exposure) -> tuple[LayerGroup, ...]:
    """Return the layers, outermost first. A node stands in the lowest layer that reaches it."""
    layers: Sequence[Layer | None] = position.layers or (None,)
    groups, seen = [], set[str]()
    for number, layer in enumerate(layers):
        absent = {edge for above in position.layers[number + 1 :] for edge in above.edges}
        reached = _reached(portfolio, position.id, absent)
        new = [node for node in reached if node not in seen]
        seen.update(reached)
        groups.append(LayerGroup(layer, tuple(_strips(new, portfolio, position, exposed))))
    return tuple(reversed(groups))


def _reached(portfolio: Portfolio, start: str, absent: set[str]) -> list[str]:
    """Return what a position reaches without some edges; a group without any edge is absent with its rest."""
    targets: dict[str, list[str]] = {}
    kept, whole = set[str | None](), set[str | None]()
    for edge in portfolio.edges.values():
        whole.add(edge.group)
        if edge.id not in absent:
            kept.add(edge.group)
            targets.setdefault(edge.source, []).append(edge.target)
    for group in portfolio.groups.values():
        if group.residual_node is not None and (group.id in kept or group.id not in whole):
            targets.setdefault(group.node, []).append(group.residual_node)
    found: dict[str, None] = {}
    todo = list(targets.get(start, ()))
    while todo:
        node = todo.pop()
        if node not in found:
            found[node] = None
            todo.extend(targets.get(node, ()))
    return list(found)


def _strips(
    nodes: Iterable[str], portfolio: Portfolio, position: Position, exposed: Exposure
) -> Iterator[Strip]:
    """Yield the strips of a layer; a node that no value of the position reaches is left out."""
    by_dimension: dict[Dimension, list[Slice]] = {}
    for node in nodes:
        found = exposed.nodes.get(node)
        part = found.by_position.get(position.id, 0.0) if found else 0.0
        if part > 0:
            known = portfolio.nodes.get(node)
            name = UNKNOWN_NAME if is_unknown(node) or known is None else one_line(known.name)
            by_dimension.setdefault(dimension_of(node, portfolio), []).append(Slice(node, name, part))
    steps = [step for tranche in position.exit.tranches[:1] for step in tranche.steps]
    for dimension in _ORDER:
        slices = by_dimension.get(dimension)
        if slices:
            ids = {piece.node for piece in slices}
            own = tuple(step for step in steps if step.node in ids)
            yield Strip(dimension, tuple(sorted(slices, key=_largest_first)), own)


def _largest_first(piece: Slice) -> tuple[bool, float, str]:
    return (piece.unknown, -piece.part, piece.name)
