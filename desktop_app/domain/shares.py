"""The shares of those behind a stack: a pool's operators, a role's services, as the user types them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    UNKNOWN_PREFIX,
    Dimension,
    Edge,
    Group,
    Mode,
    Origin,
    Position,
    counted_dimension,
    is_unknown,
)
from desktop_app.errors import UserError

_KINDS = {
    Dimension.OPERATOR: "operators",
    Dimension.ROLE: "operators",
    Dimension.SERVICE: "services",
    Dimension.PLATFORM: "platforms",
}
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those of one kind behind a node or position, ``owner``, that have been named.

    ``id``: their split group, also where they have none yet. ``members``: node -> its share, None without.
    ``overlapping``: the same value can stand on several; else what the shares leave stands on unknown others
    (``rest_unknown``) or on nobody. ``positions``: how many stand on the owner.
    """

    id: str
    owner: str
    dimension: Dimension
    members: Mapping[str, float | None]
    overlapping: bool
    rest_unknown: bool
    positions: int

    @property
    def bucket(self) -> str:
        """Return the unknown bucket; nobody knows a role, but the operator in it."""
        dimension = Dimension.OPERATOR if self.dimension is Dimension.ROLE else self.dimension
        return f"{UNKNOWN_PREFIX}{dimension}"


def crowds(portfolio: Portfolio, position: Position) -> tuple[Crowd, ...]:
    """Return whom the stack of a position names by shares, in the order of its layers."""
    named = dict.fromkeys(i for la in position.layers for i in la.edges if i in portfolio.edges)
    found: dict[str, list[Edge]] = {}
    for edge in (portfolio.edges[i] for i in named):
        crowd = _crowd_id(portfolio, edge)
        if crowd:
            found.setdefault(crowd, []).append(edge)
    listed = (_crowd(portfolio, ident, edges) for ident, edges in found.items())
    return tuple(crowd for crowd in listed if crowd.members)


def _crowd_id(portfolio: Portfolio, edge: Edge) -> str:
    """Return the crowd that an edge belongs to, "" for none."""
    kind = _KINDS.get(counted_dimension(edge.target, portfolio.nodes))
    if kind is None or edge.mode is Mode.ALL:
        return ""
    return edge.group or f"{edge.source}#{kind}"


def _crowd(portfolio: Portfolio, ident: str, edges: list[Edge]) -> Crowd:
    members = {e.target: e.weight if e.share_given else None for e in edges if not is_unknown(e.target)}
    group = portfolio.groups.get(ident)
    members |= dict.fromkeys(n for n in (group.names if group else ()) if n not in members)
    dimension = next((portfolio.nodes[n].dimension for n in members), Dimension.UNKNOWN)
    users = {e.id for e in edges}
    positions = sum(any(users & {*la.edges} for la in p.layers) for p in portfolio.counted_positions())
    overlapping = all(e.mode is Mode.SHARED for e in edges)
    rest_unknown = group is None or group.residual_node is not None
    return Crowd(ident, edges[0].source, dimension, members, overlapping, rest_unknown, positions)


def with_shares(portfolio: Portfolio, crowd: Crowd) -> Portfolio:
    """Return the portfolio with a crowd as it says; its id and owner are those that ``crowds`` gave.

    Every position on the owner follows: an edge that starts at a node serves all of them. UserError where a
    share is no share, or slices that do not overlap add up to more than everything.
    """
    _check(portfolio, crowd)
    before = {
        e.id for e in portfolio.edges.values() if e.source == crowd.owner and _is_of(portfolio, e, crowd)
    }
    fresh = tuple(_fresh(crowd))
    groups = {i: g for i, g in portfolio.groups.items() if i != crowd.id}
    if not crowd.overlapping:
        names = tuple(node for node, share in crowd.members.items() if share is None)
        residual = crowd.bucket if crowd.rest_unknown or not any(crowd.members.values()) else None
        groups[crowd.id] = Group(crowd.id, crowd.owner, residual, names)
    edges = {i: e for i, e in portfolio.edges.items() if i not in before} | {e.id: e for e in fresh}
    positions = {p.id: _renewed(p, before, tuple(e.id for e in fresh)) for p in portfolio.positions.values()}
    return replace(portfolio, edges=edges, groups=groups, positions=positions)


def _is_of(portfolio: Portfolio, edge: Edge, crowd: Crowd) -> bool:
    return _crowd_id(portfolio, edge) == crowd.id


def _check(portfolio: Portfolio, crowd: Crowd) -> None:
    for node, share in crowd.members.items():
        if share is not None and not 0 <= share <= 1:
            name = portfolio.nodes[node].name
            raise UserError(f"The share of {name} is not between 0 and 100 %.", "Correct it.")
    total = sum(share or 0.0 for share in crowd.members.values())
    if not crowd.overlapping and total > 1 + ROUNDING:
        raise UserError(
            f"The shares add up to {total * 100:.6g} %, more than all of it.",
            "Lower them, or say that they overlap.",
        )


def _fresh(crowd: Crowd) -> Iterator[Edge]:
    """Yield the new edges; what overlaps counts in full without a share: the most that can depend on it."""
    given = {node: share for node, share in crowd.members.items() if share}
    if crowd.overlapping:
        for node, share in crowd.members.items():
            if share is None:
                yield Edge(f"{crowd.owner}>{node}", crowd.owner, node, Mode.SHARED, share_given=False)
            elif share:
                yield Edge(f"{crowd.owner}>{node}", crowd.owner, node, Mode.SHARED, share)
        return
    for node, share in given.items():
        yield Edge(f"{crowd.id}>{node}", crowd.owner, node, Mode.SPLIT, share, crowd.id)
    if not given:
        ident = f"{crowd.id}>{crowd.bucket}"
        yield Edge(ident, crowd.owner, crowd.bucket, Mode.SPLIT, 1.0, crowd.id, origin=Origin.ASSUMED)


def _renewed(position: Position, before: set[str], after: tuple[str, ...]) -> Position:
    """Let the layers that name edges of a crowd name those that it has now."""
    layers = []
    for layer in position.layers:
        kept = tuple(e for e in layer.edges if e not in before)
        named = len(kept) < len(layer.edges)
        layers.append(replace(layer, edges=tuple(dict.fromkeys((*kept, *after)))) if named else layer)
    return replace(position, layers=tuple(layers)) if layers != list(position.layers) else position
