"""One position from its outermost layer down to what is held: each layer with the nodes that it adds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    Dimension,
    Edge,
    ExitStep,
    Group,
    Layer,
    Mode,
    Position,
    is_unknown,
)
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
_HELD = ExitStep("held", "held", minimum=0.0, typical=0.0, maximum=0.0)
"""The way out of what needs none."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A node's part of the position (ρ, 0 to 1). ``share_given``: False where it was named without one."""

    node: str
    name: str
    part: float
    share_given: bool = True

    @property
    def unknown(self) -> bool:
        """Tell whether this is what nobody has published."""
        return is_unknown(self.node)


@dataclass(frozen=True, slots=True)
class Strip:
    """The nodes of a dimension that a layer adds, the largest part first, unknown last; their exit steps.

    ``named``: the names of those that are known to be here, without a share. ``overlap``: the parts are no
    partition of the position, the same unit can stand on several of them.
    """

    dimension: Dimension
    slices: tuple[Slice, ...]
    steps: tuple[ExitStep, ...]
    named: tuple[str, ...] = ()
    overlap: bool = False

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
    """Return the layers, outermost first. A node stands in the lowest layer that reaches it.

    What is unknown stands in every layer that leaves something open, with the part that this layer leaves.
    """
    layers: Sequence[Layer | None] = position.layers or (None,)
    groups, seen = [], set[str]()
    for number, layer in enumerate(layers):
        absent = {edge for above in position.layers[number + 1 :] for edge in above.edges}
        reached = _reached(portfolio, position.id, absent)
        parts = {node: _part(exposed, position, node) for node in reached if node not in seen}
        if layer is not None:
            opened = _opened(portfolio, position, exposed, layer)
            parts |= {node: part for node, part in opened.items() if node in reached}
        seen.update(reached)
        groups.append(LayerGroup(layer, tuple(_strips(parts, layer, portfolio, position))))
    return tuple(reversed(groups))


def _part(exposed: Exposure, position: Position, node: str) -> float:
    found = exposed.nodes.get(node)
    return found.by_position.get(position.id, 0.0) if found else 0.0


def _opened(portfolio: Portfolio, position: Position, exposed: Exposure, layer: Layer) -> dict[str, float]:
    """Return unknown node -> the part of the position that a layer's own edges and splits leave to it."""
    edges = _edges(portfolio, layer)
    shares = [(edge.target, edge.source, edge.weight) for edge in edges if is_unknown(edge.target)]
    for group in _splits(portfolio, edges):
        if group.residual_node is not None and is_unknown(group.residual_node):
            given = sum(e.weight for e in portfolio.edges.values() if e.group == group.id)
            shares.append((group.residual_node, group.node, max(0.0, 1 - given)))
    found: dict[str, float] = {}
    for node, source, share in shares:
        reached = 1.0 if source == position.id else _part(exposed, position, source)
        found[node] = min(found.get(node, 0.0) + reached * share, _part(exposed, position, node))
    return found


def _edges(portfolio: Portfolio, layer: Layer | None) -> list[Edge]:
    ids = layer.edges if layer is not None else portfolio.edges
    return [portfolio.edges[edge] for edge in ids if edge in portfolio.edges]


def _splits(portfolio: Portfolio, edges: Iterable[Edge]) -> list[Group]:
    ids = dict.fromkeys(edge.group for edge in edges if edge.group is not None)
    return [portfolio.groups[group] for group in ids if group in portfolio.groups]


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
    parts: Mapping[str, float], layer: Layer | None, portfolio: Portfolio, position: Position
) -> Iterator[Strip]:
    """Yield the strips of a layer; a node that no value of the position reaches is left out."""
    edges = _edges(portfolio, layer)
    shared = {edge.target for edge in edges if edge.mode is Mode.SHARED}
    assumed = {edge.target for edge in edges if not edge.share_given}
    by_dimension: dict[Dimension, list[Slice]] = {}
    for node, part in parts.items():
        if part > 0:
            known = portfolio.nodes.get(node)
            name = UNKNOWN_NAME if is_unknown(node) or known is None else one_line(known.name)
            piece = Slice(node, name, part, node not in assumed)
            by_dimension.setdefault(dimension_of(node, portfolio), []).append(piece)
    steps = [step for tranche in position.exit.tranches[:1] for step in tranche.steps]
    held = (_HELD,) if position.exit.tranches and not steps else ()
    for dimension in _ORDER:
        slices = by_dimension.get(dimension)
        if slices:
            ids = {piece.node for piece in slices}
            own = tuple(step for step in steps if step.node in ids)
            overlap = len(slices) > 1 and (bool(ids & shared) or sum(p.part for p in slices) > 1 + 1e-9)
            named = tuple(_named(portfolio, edges, ids))
            own = own or (held if dimension is Dimension.ASSET else ())
            yield Strip(dimension, tuple(sorted(slices, key=_largest_first)), own, named, overlap)


def _named(portfolio: Portfolio, edges: Iterable[Edge], unknown: set[str]) -> Iterator[str]:
    """Yield the names that a layer's splits list without a share; a role's is that of its operator."""
    for group in _splits(portfolio, edges):
        for name in group.names if group.residual_node in unknown else ():
            below = (e.target for e in portfolio.edges.values() if e.source == name)
            node = next((t for t in below if dimension_of(t, portfolio) is Dimension.OPERATOR), name)
            if node in portfolio.nodes:
                yield one_line(portfolio.nodes[node].name)


def _largest_first(piece: Slice) -> tuple[bool, float, str]:
    return (piece.unknown, -piece.part, piece.name)
