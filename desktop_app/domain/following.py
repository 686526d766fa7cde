"""What was taken from the catalogue follows it when the user changes an entry; what the user typed stays."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from desktop_app.domain.catalogue import Catalogue, Entry
from desktop_app.domain.drafts import Draft
from desktop_app.domain.holdings import StackKey, holding_of
from desktop_app.domain.own_entries import effective
from desktop_app.domain.places import place
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Node, Position
from desktop_app.domain.proposals import Proposal
from desktop_app.domain.restacking import Restacking, steps_now, way_out_now, with_shared_edges
from desktop_app.domain.stack_builder import propose
from desktop_app.domain.stacks import rebuilt

_PLACES = {Dimension.PLATFORM, Dimension.PROTOCOL, Dimension.LENDER}
_WORKING = (Dimension.OPERATOR, Dimension.SERVICE)
Names = Mapping[str, str]
"""Name of a node -> id of the entry behind it."""


@dataclass(frozen=True, slots=True)
class Following:
    """A portfolio with changed entries, and the ids of the positions that followed.

    ``ways_out``: their exit is another; ``stacks``: what they stand on is; ``kept``: their exit would be
    another, but the user has typed it.
    """

    portfolio: Portfolio
    ways_out: tuple[str, ...] = ()
    stacks: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a holding means by the catalogue before and after a change; ``key`` names entries by their ids."""

    key: StackKey
    before: Proposal
    after: Proposal

    @property
    def moved(self) -> bool:
        return self.before != self.after

    @property
    def is_new(self) -> bool:
        """Tell whether the catalogue knows the asset only now."""
        return self.after.known and not self.before.known


def with_own_entries(portfolio: Portfolio, shipped: Catalogue, entries: Mapping[str, Entry]) -> Following:
    """Return the portfolio with these entries as the user's own, and all that rests on them brought along.

    Exit steps, edges, layers and names follow where they are what the catalogue said before.
    """
    before, after = effective(shipped, portfolio.entries), effective(shipped, entries)
    renamed = _renamed(replace(portfolio, entries=entries), before, after)
    meanings = _meanings(portfolio, before, after)
    moved = {i: m for i, m in meanings.items() if m.moved}
    if not moved:
        return Following(renamed)
    old = {i: m for i, m in moved.items() if not m.is_new}
    pairs = {id(m): (m.before, m.after) for m in old.values()}.values()
    now = {id(m): m.after for m in meanings.values()}.values()
    draft = Draft(with_shared_edges(renamed, pairs, now), after, [before for before, _ in pairs])
    for ident, meaning in old.items():
        Restacking(draft, draft.positions[ident], meaning.key, meaning.before).apply()
    result = draft.finished()
    result = result.with_positions(*(_as_meant(result.positions[i], m) for i, m in old.items()))
    for ident in moved.keys() - old.keys():
        position = result.positions[ident]
        result = rebuilt(result, after, position, holding_of(result, position))
    return _told(portfolio, _tidied(result.without_orphans(portfolio), portfolio), moved)


def _tidied(portfolio: Portfolio, before: Portfolio) -> Portfolio:
    """Return the portfolio without new nodes that nothing reaches, its layers naming what is there."""
    idle = portfolio.nodes.keys() - before.nodes.keys() - portfolio.reached()
    nodes = {i: n for i, n in portfolio.nodes.items() if i not in idle}
    return replace(portfolio, nodes=nodes).without_sources(idle).with_true_layers()


def _as_meant(position: Position, meaning: _Meaning) -> Position:
    """Return a position with the way out, name and underlying that its holding has now."""
    before, after = meaning.before, meaning.after
    return replace(
        position,
        name=after.name if position.name == before.name else position.name,
        underlying=after.underlying if position.underlying == before.underlying else position.underlying,
        exit=way_out_now(position.exit, before.exit, after.exit),
        requests=tuple(
            replace(r, steps=steps_now(r.steps, before.exit, after.exit)) if r.path == before.exit.path else r
            for r in position.requests
        ),
    )


def _told(before: Portfolio, after: Portfolio, moved: Mapping[str, _Meaning]) -> Following:
    exits = [i for i in moved if before.positions[i].exit != after.positions[i].exit]
    others = [i for i, m in moved.items() if m.before.exit != m.after.exit and i not in exits]
    stacks = [i for i in moved if before.positions[i].layers != after.positions[i].layers]
    return Following(after, tuple(exits), tuple(stacks), tuple(others))


def _renamed(portfolio: Portfolio, before: Catalogue, after: Catalogue) -> Portfolio:
    """Let the nodes of entries be called what the entries are called now, unless the user named them."""
    fresh = []
    for node in portfolio.nodes.values():
        old, new = before.entries.get(node.entry or ""), after.entries.get(node.entry or "")
        if old is not None and new is not None and old is not new:
            was, now = place(before, old), place(after, new)
            if node.name == was.name and node.dimension is was.dimension and was.name != now.name:
                fresh.append(replace(node, name=now.name))
    return portfolio.with_graph(fresh) if fresh else portfolio


def _meanings(portfolio: Portfolio, before: Catalogue, after: Catalogue) -> dict[str, _Meaning]:
    """Return what the holding of each position means, once for equal holdings."""
    names = {kind: _entries_by_name(portfolio.nodes.values(), {kind}) for kind in _WORKING}
    known: dict[tuple[StackKey, str], _Meaning] = {}
    found = {}
    for position in portfolio.positions.values():
        key, path = _by_id(portfolio, position, names), position.exit.path
        if (key, path) not in known:
            known[key, path] = _Meaning(key, propose(before, key, path), propose(after, key, path))
        found[position.id] = known[key, path]
    return found


def _by_id(portfolio: Portfolio, position: Position, names: Mapping[Dimension, Names]) -> StackKey:
    """Return what a stack follows from, entries by their ids: these stay when an entry is renamed."""
    asset, chain, protocol, layer, operators, services = holding_of(portfolio, position).stack_key
    edges = [portfolio.edges[e] for la in position.layers for e in la.edges if e in portfolio.edges]
    targets = (portfolio.nodes.get(e.target) for e in edges if e.source == position.id)
    own = _entries_by_name(filter(None, targets), _PLACES)
    return (
        asset,
        chain,
        own.get(protocol, protocol),
        layer,
        tuple(names[Dimension.OPERATOR].get(name, name) for name in operators),
        tuple(names[Dimension.SERVICE].get(name, name) for name in services),
    )


def _entries_by_name(nodes: Iterable[Node], kinds: Collection[Dimension]) -> dict[str, str]:
    return {node.name: node.entry for node in nodes if node.entry and node.dimension in kinds}
