"""Puts holdings into a portfolio, one by one, on working copies; the portfolio is built once at the end."""

import re
from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.holdings import Holding, StackKey
from desktop_app.domain.members import Members
from desktop_app.domain.names import slug
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Edge, Layer, Node, Origin, Position, Side, Status
from desktop_app.domain.proposals import SELF, LayerPlan, Pool, Proposal, pool_edges
from desktop_app.domain.stack_builder import propose

_NO_RATE = (None, False)
_YOURS = Origin.YOURS  # looked up once: a member of an enumeration is slow to find


class Draft:
    """A portfolio in the making. Use ``add`` for each holding, then ``finished`` once.

    What stands in the ``known`` stacks is as the user left it and is not put in again.
    """

    def __init__(self, portfolio: Portfolio, catalogue: Catalogue, known: Collection[Proposal] = ()) -> None:
        self.portfolio = portfolio
        self.catalogue = catalogue
        self.nodes = dict(portfolio.nodes)
        self.edges = dict(portfolio.edges)
        self.groups = dict(portfolio.groups)
        self.positions = dict(portfolio.positions)
        self.members = Members(self.nodes, self.edges, self.groups)
        self._pools: dict[str, Pool] = {}
        self._stacks: dict[StackKey, _Stack] = {}
        self._shared_ids: dict[StackKey, list[tuple[str, ...]]] = {}
        self._custody: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._known = {
            *(i for stack in known for i in (*stack.nodes, *stack.edges)),
            *(group for stack in known for plan in stack.layers.values() for group in plan.pools),
        }

    def add(
        self,
        holding: Holding,
        position_id: str = "",
        *,
        debt: bool = False,
        import_id: str | None = None,
        import_key: str = "",
    ) -> Position:
        """Add a position and return it; ``debt``: its account is on the equity side (definitions.md 5.1)."""
        key = holding.stack_key
        stack = self._stack(key)
        proposal = stack.proposal
        ident = position_id or self._new_id(proposal.symbol)
        rates = stack.rates(holding.reward_rate)
        layers = []
        for name, own, shared in self.stamped(ident, key):
            if name == "hold" and holding.custody and holding.account.strip():
                own.append(custody_edge(ident, self._custody_id(holding.account), debt=debt))
            ids = [edge.id for edge in own]
            self.edges.update(zip(ids, own, strict=True))
            rate, unsplit = rates.get(name, _NO_RATE)
            origin = stack.origin if rate is None else _YOURS
            layers.append(Layer(name, rate, (*ids, *shared), unsplit, origin))
        position = _position(ident, holding, proposal, tuple(layers), import_id, import_key)
        self.positions[ident] = position
        return position

    def stamped(self, ident: str, key: StackKey) -> Iterator[tuple[str, list[Edge], tuple[str, ...]]]:
        """Yield each layer of a position's stack: its name, the position's own edges, ids of shared ones."""
        for (name, plan, direct), shared in zip(self._stack(key).layers, self._shared_of(key), strict=True):
            own = [Edge(f"{ident}>{target}", ident, target, *rest) for target, rest in direct]
            if plan.pools:
                own.extend(self._pool_edges(ident, plan))
            yield name, own, shared

    def state_exactly(self, holding: Holding) -> None:
        """Let the pools behind a holding have the names that it gives, and no others without a share."""
        for _, plan in self._stack(holding.stack_key).proposal.layers_in_order():
            for pool in _shared(plan):
                self.members.settle(pool, exactly=True)
        self._shared_ids.clear()

    def default_name(self, holding: Holding) -> str:
        """Return the name that a position has if the user gives none."""
        return self._stack(holding.stack_key).proposal.name

    def finished(self) -> Portfolio:
        """Return the portfolio with all that was added, and the version of the catalogue that was used."""
        changed = self.members.changed
        if changed:
            stale = ((i, p) for i, p in self.positions.items() if _names_any(p, changed))
            self.positions |= {i: self._renewed(p, changed) for i, p in list(stale)}
        return replace(
            self.portfolio,
            nodes=self.nodes,
            edges=self.edges,
            groups=self.groups,
            positions=self.positions,
            catalogue_version=self.catalogue.version,
        )

    # -- shared parts ----------------------------------------------------------------------------------

    def _stack(self, key: StackKey) -> "_Stack":
        if key not in self._stacks:
            proposal = propose(self.catalogue, key)
            self._stacks[key] = _Stack(proposal)
            self._share(proposal)
            self._shared_ids.clear()
        return self._stacks[key]

    def _shared_of(self, key: StackKey) -> list[tuple[str, ...]]:
        """Return the ids of the shared edges of each layer of a stack, as they are now."""
        found = self._shared_ids.get(key)
        if found is None:
            found = self._shared_ids[key] = [
                tuple(
                    e
                    for e in chain(plan.shared, *(self.members.edge_ids(p) for p in _shared(plan)))
                    if e in self.edges
                )
                for _, plan, _ in self._stacks[key].layers
            ]
        return found

    def _share(self, proposal: Proposal) -> None:
        """Add the shared nodes of a stack; those that are there keep the edges that they have."""
        there = {e.source for e in proposal.edges.values() if self.members.has_edges(e.source)}
        for node in proposal.nodes.values():
            if node.id not in self._known:
                self.nodes.setdefault(node.id, node)
        for edge in proposal.edges.values():
            if edge.id not in self._known and (
                edge.source not in there or edge.origin is not Origin.CATALOGUE
            ):
                self.edges.setdefault(edge.id, edge)
        for _, plan in proposal.layers_in_order():
            for pool in _shared(plan):
                self._pools[pool.group] = pool
                if pool.group not in self._known:
                    self.members.settle(pool)

    def _renewed(self, position: Position, changed: dict[str, str]) -> Position:
        """Let the layers that name edges of a changed pool name those that it has now."""
        layers = []
        for layer in position.layers:
            pools = dict.fromkeys(changed[e] for e in layer.edges if e in changed)
            if pools:
                fresh = [i for p in pools for i in self.members.edge_ids(self._pools[p])]
                ids = dict.fromkeys((*(e for e in layer.edges if e in self.edges), *fresh))
                layer = replace(layer, edges=tuple(ids))  # noqa: PLW2901 - the layer under its new edges
            layers.append(layer)
        return replace(position, layers=tuple(layers))

    # -- a position's own parts ------------------------------------------------------------------------

    def _new_id(self, symbol: str) -> str:
        base = id_base(symbol)
        number = self._numbers.get(base, 1)
        while (ident := base if number == 1 else f"{base}-{number}") in self.positions or ident in self.nodes:
            number += 1
        self._numbers[base] = number + 1
        return ident

    def _pool_edges(self, ident: str, plan: LayerPlan) -> list[Edge]:
        """Return the edges of the pools that are the position's own; keep their groups."""
        edges: list[Edge] = []
        for pool in plan.pools.values():
            if pool.owner == SELF:
                members, group = pool_edges(Pool(ident, pool.kind, pool.dimension, pool.targets))
                edges.extend(members)
                if group is not None:
                    self.groups[group.id] = group
        return edges

    def _custody_id(self, account: str) -> str:
        """Return the id of the node of an account, which is made if it is not there."""
        if account not in self._custody:
            node = custody_node(account)
            self._custody[account] = node.id
            self.nodes.setdefault(node.id, node)
        return self._custody[account]


class _Stack:
    """A proposal made ready to be stamped out: all that positions on it have in common."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.origin = proposal.origin
        self.layers = [
            (name, plan, [(target, _rest(proposal, origin)) for target, origin in plan.own.items()])
            for name, plan in proposal.layers_in_order()
        ]
        self._paying = proposal.paying_layers()

    def rates(self, rate: float | None) -> dict[str, tuple[float | None, bool]]:
        """Return rate and "not split" by layer: one rate of several paying layers sits on the outermost."""
        if rate is None:
            return {"hold": (0.0, False)}
        if not self._paying:
            return {"hold": (rate, False)}
        return {"hold": (0.0, False), self._paying[-1]: (rate, len(self._paying) > 1)}


def _rest(proposal: Proposal, origin: Origin) -> tuple[Any, ...]:
    """Return the fields of a position's own edge from ``mode`` on."""
    edge = Edge("", "", "", origin=origin)
    if origin is Origin.CATALOGUE:
        edge = replace(edge, cited=proposal.cited, dated=proposal.dated)
    return tuple(getattr(edge, f.name) for f in fields(Edge))[3:]


@lru_cache(1024)
def id_base(symbol: str) -> str:
    """Return the id of the first position in an asset; further ones get a number behind it."""
    return re.sub(r"[^\w.$-]+", "-", symbol).strip("-")[:40] or "position"


def custody_node(account: str) -> Node:
    """Return the node of an account that the user named, or that is at an exchange."""
    return Node(f"custody:{slug(account)}", account.strip(), Dimension.CUSTODY)


def custody_edge(position: str, node: str, *, debt: bool) -> Edge:
    """Return the edge from a position to its account; beside a debt it is not amplified."""
    return Edge(f"{position}>{node}", position, node, side=Side.EQUITY if debt else None)


def _shared(plan: LayerPlan) -> list[Pool]:
    return [p for p in plan.pools.values() if p.owner != SELF]


def _names_any(position: Position, changed: dict[str, str]) -> bool:
    return any(e in changed for layer in position.layers for e in layer.edges)


def _position(
    ident: str,
    holding: Holding,
    proposal: Proposal,
    layers: tuple[Layer, ...],
    import_id: str | None,
    import_key: str,
) -> Position:
    counted = holding.quantity is not None
    return Position(
        id=ident,
        name=holding.name.strip() or proposal.name,
        asset=proposal.symbol,
        underlying=proposal.underlying,
        quantity=holding.quantity,
        unit_price=holding.unit_price if counted else None,
        total_value=holding.total_value if counted and holding.unit_price is None else None,
        priced_on=holding.priced_on,
        value=None if counted else holding.total_value,
        account=holding.account,
        chain=holding.chain,
        opened_on=holding.opened_on,
        status=Status(holding.status),
        notes=holding.notes,
        layers=layers,
        exit=proposal.exit,
        import_id=import_id,
        import_key=import_key,
    )
