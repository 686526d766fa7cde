"""A portfolio that can be shown to strangers: other amounts and names, the same structure and shares."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Context, Decimal

from desktop_app.domain.limits import Break, Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    LAYER_NAMES,
    Dimension,
    Edge,
    Exit,
    ExitStep,
    Group,
    Layer,
    Node,
    Origin,
    Position,
    Scenario,
    Tranche,
    is_unknown,
)

VALUE = Decimal(100_000)
"""The known value of every such portfolio; with nothing priced, its largest quantity."""

_DIGITS = Context(prec=12)
_PLACES = (Dimension.PLATFORM, Dimension.PROTOCOL)
_KINDS = frozenset(("operators", "validators", "services", "platforms", "protocols", "assets", "bridges"))


def anonymous(portfolio: Portfolio) -> Portfolio:
    """Return the portfolio with scaled amounts and without what the user has named, written or imported.

    Shares, days, rates and assumptions stay. Prices are public and stay. What the catalogue names keeps its
    name; the user's own entries of the catalogue, notes, files and movements are left out.
    """
    return _Anonymous(portfolio).portfolio()


class _Anonymous:
    """Knows the new id of everything that has one, and the factor of the amounts."""

    def __init__(self, old: Portfolio) -> None:
        own = [n for n in old.nodes.values() if not _is_public(n, old.nodes)]
        public = {n.name for n in old.nodes.values() if n.origin is Origin.CATALOGUE}
        used = [symbol for p in old.positions.values() for symbol in (p.asset, p.underlying)]
        used += [price.asset for price in old.prices.values()]
        self._old = old
        self._factor = _factor(old)
        self._positions = _numbered("position", old.positions)
        self._nodes = {
            n.id: f"{n.dimension}:{n.dimension}-{k}{_place(n, old.nodes)}" for k, n in enumerate(own, 1)
        }
        self._ids: Mapping[str, str] = {**self._nodes, **self._positions}
        self._missing: dict[str, str] = {}
        self._edges = _numbered("edge", old.edges)
        self._groups = {g.id: self._group_id(g, k) for k, g in enumerate(old.groups.values(), 1)}
        self._accounts = _numbered("Account", (p.account for p in old.positions.values()), sign=" ")
        self._symbols = _numbered("TOKEN", (symbol for symbol in used if symbol not in public), sign="")

    def portfolio(self) -> Portfolio:
        """Return the whole."""
        old = self._old
        prices = [
            replace(p, asset=self._symbols.get(p.asset, p.asset), source="") for p in old.prices.values()
        ]
        return replace(
            old,
            notice="",
            nodes={n.id: n for n in map(self._node, old.nodes.values())},
            edges={e.id: e for e in map(self._edge, old.edges.values())},
            groups={g.id: g for g in map(self._group, old.groups.values())},
            positions={p.id: p for p in map(self._position, old.positions.values())},
            scenarios={s.id: s for s in map(self._scenario, enumerate(old.scenarios.values(), 1))},
            limits={x.id: x for x in map(self._limit, enumerate(old.limits.values(), 1))},
            breaks={x.id: x for x in map(self._break, enumerate(old.breaks.values(), 1))},
            prices={(p.asset, p.on, p.currency): p for p in prices},
            imports={},
            movements={},
            entries={},
        )

    # -- the graph ---------------------------------------------------------------------------------------

    def _id(self, ident: str) -> str:
        """Return what an id has become; the catalogue's stay, one that nothing has gets a name of its own."""
        if ident in self._ids:
            return self._ids[ident]
        if ident in self._old.nodes or is_unknown(ident):
            return ident
        return self._missing.setdefault(ident, f"missing-{len(self._missing) + 1}")

    def _group_id(self, group: Group, number: int) -> str:
        """Return the id of a group, which says whose it is and of what."""
        owner, _, kind = group.id.rpartition("#")
        known = owner == group.node and kind in _KINDS
        return f"{self._id(group.node)}#{kind if known else f'group-{number}'}"

    def _node(self, node: Node) -> Node:
        if node.id not in self._nodes:
            return node
        ident = self._nodes[node.id]
        return replace(node, id=ident, name=_title(ident.partition(":")[2]), entry=None)

    def _edge(self, edge: Edge) -> Edge:
        public = edge.origin is Origin.CATALOGUE
        return replace(
            edge,
            id=self._edges[edge.id],
            source=self._id(edge.source),
            target=self._id(edge.target),
            group=None if edge.group is None else self._groups.get(edge.group, "missing"),
            cited=edge.cited if public else "",
        )

    def _group(self, group: Group) -> Group:
        names = tuple(map(self._id, group.names))
        return replace(group, id=self._groups[group.id], node=self._id(group.node), names=names)

    def _scenario(self, numbered: tuple[int, Scenario]) -> Scenario:
        number, scenario = numbered
        shocks = tuple((self._id(node), fraction) for node, fraction in scenario.shocks)
        return Scenario(f"scenario-{number}", f"Scenario {number}", shocks)

    def _limit(self, numbered: tuple[int, Limit]) -> Limit:
        number, limit = numbered
        return replace(limit, id=f"limit-{number}", subject=self._subject(limit))

    def _break(self, numbered: tuple[int, Break]) -> Break:
        number, broken = numbered
        subject = self._subject(broken)
        return replace(broken, id=f"break-{number}", subject=subject, broken_by="", mended_by="")

    def _subject(self, bounded: Limit | Break) -> str:
        return self._id(bounded.subject) if bounded.kind is LimitKind.NODE_SHARE else bounded.subject

    # -- positions ---------------------------------------------------------------------------------------

    def _position(self, p: Position) -> Position:
        ident = self._positions[p.id]
        return replace(
            p,
            id=ident,
            name=_title(ident),
            asset=self._symbols.get(p.asset, p.asset),
            underlying=self._symbols.get(p.underlying, p.underlying),
            quantity=self._scaled(p.quantity),
            total_value=self._scaled(p.total_value),
            value=self._scaled(p.value),
            debt=self._scaled(p.debt),
            account=self._accounts.get(p.account, ""),
            chain=self._chain(p.chain),
            notes="",
            layers=tuple(map(self._layer, p.layers)),
            exit=self._exit(p.exit),
            import_id=None,
            import_key="",
            adjustment=None,
            requests=tuple(
                replace(
                    r,
                    id=f"request-{k}",
                    amount=self._amount(r.amount),
                    note="",
                    steps=tuple(self._step(s, r.steps) for s in r.steps),
                )
                for k, r in enumerate(p.requests, 1)
            ),
        )

    def _chain(self, chain: str) -> str:
        """Return the name of a chain, of the user's own one its new name."""
        own = {self._old.nodes[i].name: new for i, new in self._nodes.items()}
        return _title(own[chain].partition(":")[2]) if chain in own else chain

    def _layer(self, layer: Layer) -> Layer:
        name = layer.name if layer.name in LAYER_NAMES else "layer of my own"
        return replace(layer, name=name, edges=tuple(self._edges.get(e, "missing") for e in layer.edges))

    def _exit(self, way_out: Exit) -> Exit:
        terms = (
            replace(t, capacity=self._scaled(t.capacity), tranches=self._tranches(t.tranches))
            for t in way_out.terms
        )
        return replace(way_out, tranches=self._tranches(way_out.tranches), terms=tuple(terms))

    def _tranches(self, tranches: tuple[Tranche, ...]) -> tuple[Tranche, ...]:
        return tuple(
            replace(t, name=f"part {k}", steps=tuple(self._step(s, t.steps) for s in t.steps))
            for k, t in enumerate(tranches, 1)
        )

    def _step(self, step: ExitStep, steps: tuple[ExitStep, ...]) -> ExitStep:
        shipped = {s.id: s.id for s in steps if s.origin is Origin.CATALOGUE}  # its clock is known by it
        ids = {**_numbered("step", (s.id for s in steps)), **shipped}
        public = step.origin is not Origin.YOURS
        return replace(
            step,
            id=ids[step.id],
            name=step.name if public else _title(ids[step.id]),
            after=tuple(ids.get(a, "missing") for a in step.after),
            capacity=self._scaled(step.capacity),
            node=None if step.node is None else self._id(step.node),
            cited=step.cited if public else "",
        )

    # -- amounts -----------------------------------------------------------------------------------------

    def _scaled(self, amount: Decimal | None) -> Decimal | None:
        return None if amount is None else self._amount(amount)

    def _amount(self, amount: Decimal) -> Decimal:
        return _DIGITS.multiply(amount, self._factor)


def _factor(portfolio: Portfolio) -> Decimal:
    """Return what makes of the portfolio's value the same value as of any other."""
    value = portfolio.value(portfolio.as_of)
    largest = max((p.quantity or Decimal(0) for p in portfolio.positions.values()), default=Decimal(0))
    whole = value or largest
    return VALUE / whole if whole > 0 else Decimal(1)


def _numbered(word: str, names: Iterable[str], sign: str = "-") -> Mapping[str, str]:
    """Return another name for each: the word and a number."""
    return {name: f"{word}{sign}{k}" for k, name in enumerate(dict.fromkeys(filter(None, names)), 1)}


def _title(ident: str) -> str:
    """Return an id as a name: "custody-3" → "Custody 3"."""
    word, _, place = ident.partition("@")
    return word.replace("-", " ").capitalize() + (f" at {place}" if place else "")


def _is_public(node: Node, nodes: Mapping[str, Node]) -> bool:
    """Tell whether the catalogue names a node, or both the operator and the place of a role."""
    if node.dimension is not Dimension.ROLE:
        return node.origin is Origin.CATALOGUE
    operator, _, place = node.id.removeprefix("role:").partition("@")
    named = [f"{Dimension.OPERATOR}:{operator}", *(f"{d}:{place}" for d in _PLACES)]
    there = [nodes[i].origin is Origin.CATALOGUE for i in named if i in nodes]
    return len(there) == 2 and all(there)


def _place(node: Node, nodes: Mapping[str, Node]) -> str:
    """Return where a role is, which the end of its id tells; only if the catalogue names that."""
    place = node.id.rpartition("@")[2]
    known = any(f"{d}:{place}" in nodes and _is_public(nodes[f"{d}:{place}"], nodes) for d in _PLACES)
    return f"@{place}" if node.dimension is Dimension.ROLE and known else ""
