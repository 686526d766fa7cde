"""A second position like an existing one: the same stack and way out, with edges and splits of its own."""

from dataclasses import replace
from itertools import count

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position


def duplicate(portfolio: Portfolio, *ids: str) -> tuple[Portfolio, tuple[str, ...]]:
    """Return the portfolio with a copy of each named position, and the ids of the copies.

    A copy shares the nodes that its original stands on; what was imported stays with the original.
    """
    copies = []
    for ident in ids:
        portfolio, copy = _with_copy(portfolio, portfolio.positions[ident])
        copies.append(copy)
    return portfolio, tuple(copies)


def _with_copy(portfolio: Portfolio, old: Position) -> tuple[Portfolio, str]:
    taken = portfolio.positions.keys() | portfolio.nodes.keys()
    ident = next(name for n in count(2) if (name := f"{old.id}-{n}") not in taken)
    groups = {g.id: _renamed(g.id, old.id, ident) for g in portfolio.groups.values() if g.node == old.id}
    edges = {e.id: _renamed(e.id, old.id, ident) for e in portfolio.edges.values() if e.source == old.id}
    new = replace(
        old,
        id=ident,
        name=_free_name(portfolio, old.name),
        layers=tuple(replace(la, edges=tuple(edges.get(e, e) for e in la.edges)) for la in old.layers),
        import_id=None,
        import_key="",
        adjustment=None,
        requests=(),
    )
    own_edges = [
        replace(portfolio.edges[e], id=edge, source=ident, group=_copied(portfolio.edges[e].group, groups))
        for e, edge in edges.items()
    ]
    own_groups = [replace(portfolio.groups[g], id=group, node=ident) for g, group in groups.items()]
    return portfolio.with_graph((), own_edges, own_groups).with_positions(new), ident


def _renamed(own: str, old: str, new: str) -> str:
    """Return the id of a position's own edge or group under the id of its copy."""
    return new + (own.removeprefix(old) if own.startswith(old) else f"#{own}")


def _copied(group: str | None, groups: dict[str, str]) -> str | None:
    return None if group is None else groups.get(group, group)


def _free_name(portfolio: Portfolio, name: str) -> str:
    names = {p.name for p in portfolio.positions.values()}
    return next(free for n in count(2) if (free := f"{name} ({n})") not in names)
