"""Brings one position from what the catalogue said before to what it says now, around what the user typed."""

from collections.abc import Iterable, Set
from dataclasses import replace

from desktop_app.domain.drafts import Draft
from desktop_app.domain.holdings import StackKey
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    LAYER_NAMES,
    Edge,
    Exit,
    ExitStep,
    Group,
    Layer,
    Origin,
    Position,
    Tranche,
)
from desktop_app.domain.proposals import SELF, Pool, Proposal


def with_shared_edges(
    portfolio: Portfolio, moved: Iterable[tuple[Proposal, Proposal]], now: Iterable[Proposal]
) -> Portfolio:
    """Return the portfolio with the edges between shared nodes as they are now.

    ``moved``: stacks (before, after); ``now``: the stacks of all positions. Edges of the user's own stay.
    """
    nodes, edges, groups = dict(portfolio.nodes), dict(portfolio.edges), dict(portfolio.groups)
    pairs, stacks = list(moved), list(now)
    given = {edge for pair in pairs for stack in pair for edge in stack.edges}
    there = {node for stack in stacks for node in stack.nodes}
    meant = {edge for stack in stacks for edge in stack.edges}
    pools = {name for stack in stacks for name in _pools_of(stack)}
    for before, after in pairs:
        for edge in before.edges.values():
            stale = edge.id not in meant and edge.source in there
            if stale and edge.id in edges and edges[edge.id].origin is not Origin.YOURS:
                del edges[edge.id]
        for edge in after.edges.values():
            if edge.id not in before.edges:
                edges.setdefault(edge.id, edge)
            elif edges.get(edge.id) == before.edges[edge.id]:
                edges[edge.id] = edge
        for node in after.nodes.values():
            if node.id not in before.nodes:
                nodes.setdefault(node.id, node)
        for name, pool in _pools_of(before).items():
            _rename_members(edges, groups, pool, _pools_of(after).get(name), given)
            if name not in pools and pool.owner in there:
                _drop_unnamed(edges, groups, name)
    return replace(portfolio, nodes=nodes, edges=edges, groups=groups)


def _pools_of(stack: Proposal) -> dict[str, Pool]:
    return {g: p for _, plan in stack.layers_in_order() for g, p in plan.pools.items() if p.owner != SELF}


def _drop_unnamed(edges: dict[str, Edge], groups: dict[str, Group], name: str) -> None:
    """Drop a pool that is none any more, but for members that the user has named."""
    there = [edge for edge in edges.values() if edge.group == name]
    unnamed = [edge for edge in there if edge.origin is not Origin.YOURS]
    for edge in unnamed:
        del edges[edge.id]
    if len(unnamed) == len(there):
        groups.pop(name, None)


def _rename_members(
    edges: dict[str, Edge], groups: dict[str, Group], pool: Pool, after: Pool | None, given: Set[str]
) -> None:
    """Let the members of a pool be the nodes that the same names mean now (an operator's other role).

    A member stays on which anything hangs but the edges ``given`` by the catalogue.
    """
    if after is None or len(after.targets) != len(pool.targets):
        return
    used = {e.source for e in edges.values() if e.id not in given}
    pairs = zip(pool.targets, after.targets, strict=True)
    now = {old: new for old, new in pairs if old != new and old not in used}
    for edge in [e for e in edges.values() if e.group == pool.group and e.target in now]:
        del edges[edge.id]
        moved = replace(edge, id=f"{pool.group}>{now[edge.target]}", target=now[edge.target])
        edges.setdefault(moved.id, moved)
    if now and pool.group in groups:
        group = groups[pool.group]
        groups[pool.group] = replace(group, names=tuple(now.get(n, n) for n in group.names))


class Restacking:
    """Lets one position of a draft stand on what ``key`` means now instead of what it meant before."""

    def __init__(self, draft: Draft, position: Position, key: StackKey, before: Proposal) -> None:
        self._draft = draft
        self._position = position
        groups = dict(draft.groups)
        self._fresh = list(draft.stamped(position.id, key))
        own = [edge for _, edges, _ in self._fresh for edge in edges]
        draft.groups.update({e.group: groups[e.group] for e in own if e.group in groups})
        self._now = {*(e.id for e in own), *(e for _, _, shared in self._fresh for e in shared)}
        plans = before.layers_in_order()
        self._planned = {name for name, _ in plans}
        targets = {f"{position.id}>{target}" for _, plan in plans for target in plan.own}
        self._was = targets | before.edges.keys()
        pools = [pool for _, plan in plans for pool in plan.pools.values()]
        self._pools = {f"{position.id}{p.group}" if p.owner == SELF else p.group for p in pools}

    def apply(self) -> None:
        """Put the position into the draft as it is now."""
        layers = {layer.name: self._without_stale(layer) for layer in self._position.layers}
        for name, own, shared in self._fresh:
            if name in layers or name not in self._planned:  # a layer that the user took away stays away
                layers[name] = self._with_fresh(layers.get(name), name, own, shared)
        for name in self._planned.difference(name for name, *_ in self._fresh):
            if name in layers and not layers[name].edges and layers[name].reward_rate is None:
                del layers[name]
        self._drop_stale()
        ordered = tuple(sorted(layers.values(), key=_rank))
        self._draft.positions[self._position.id] = replace(self._position, layers=ordered)

    def _is_stale(self, ident: str) -> bool:
        """Tell whether an edge is there only because of what the holding meant before."""
        edge = self._draft.edges.get(ident)
        if ident in self._now or (edge is not None and edge.origin is Origin.YOURS):
            return False
        return edge is None or ident in self._was or edge.group in self._pools

    def _without_stale(self, layer: Layer) -> Layer:
        return replace(layer, edges=tuple(e for e in layer.edges if not self._is_stale(e)))

    def _with_fresh(self, layer: Layer | None, name: str, own: list[Edge], shared: tuple[str, ...]) -> Layer:
        layer = layer or Layer(name, origin=Origin.CATALOGUE)
        added = [e for e in own if e.id not in self._was and e.group not in self._pools]
        for edge in added:
            self._draft.edges.setdefault(edge.id, edge)
        others = (e for e in shared if e not in self._was)
        return replace(layer, edges=tuple(dict.fromkeys((*layer.edges, *(e.id for e in added), *others))))

    def _drop_stale(self) -> None:
        named = {e for layer in self._position.layers for e in layer.edges}
        for ident in filter(self._is_stale, named):
            edge = self._draft.edges.get(ident)
            if edge is not None and edge.source == self._position.id:
                del self._draft.edges[ident]
                self._draft.groups.pop(edge.group or "", None)


def _rank(layer: Layer) -> int:
    return LAYER_NAMES.index(layer.name) if layer.name in LAYER_NAMES else len(LAYER_NAMES)


# -- ways out ----------------------------------------------------------------------------------------------


def way_out_now(held: Exit, before: Exit, after: Exit) -> Exit:
    """Return a way out with the steps that the catalogue gave as it gives them now.

    What has elapsed and what can pass stay, as do steps that the user has typed.
    """
    if not held.tranches:
        kept = replace(after, market=held.market, terms=held.terms)
        return kept if not before.tranches else held
    if not after.tranches and all(_is_given(t, before) for t in held.tranches):
        return Exit(market=held.market, terms=held.terms)
    return replace(held, tranches=tuple(_tranche_now(t, before, after) for t in held.tranches))


def steps_now(held: tuple[ExitStep, ...], before: Exit, after: Exit) -> tuple[ExitStep, ...]:
    """Return the steps of a request with those that the catalogue gave as it gives them now."""
    if not before.tranches or not after.tranches:
        return held
    return _tranche_now(Tranche("", 1.0, held), before, after).steps


def _tranche_now(tranche: Tranche, before: Exit, after: Exit) -> Tranche:
    held, new = {s.id: s for s in tranche.steps}, _steps(after)
    if _is_given(tranche, before):
        steps = tuple(_carried(step, held.get(step.id)) for step in new.values())
    else:
        old = _steps(before)
        steps = tuple(
            replace(_carried(new[s.id], s), after=s.after) if s.id in new and _follows(s, old) else s
            for s in tranche.steps
        )
    return replace(tranche, steps=steps)


def _steps(way_out: Exit) -> dict[str, ExitStep]:
    return {step.id: step for tranche in way_out.tranches for step in tranche.steps}


def _is_given(tranche: Tranche, before: Exit) -> bool:
    """Tell whether all steps of a tranche are those that the catalogue gave before."""
    old = _steps(before)
    return [s.id for s in tranche.steps] == list(old) and all(_follows(s, old) for s in tranche.steps)


def _follows(step: ExitStep, old: dict[str, ExitStep]) -> bool:
    given = old.get(step.id)
    if given is None:
        return False
    return step.origin is not Origin.YOURS or _carried(given, step) == step


def _carried(step: ExitStep, held: ExitStep | None) -> ExitStep:
    """Return a step with what only the position knows of it: the days gone and what can pass."""
    if held is None:
        return step
    return replace(step, elapsed_days=held.elapsed_days, capacity=held.capacity)
