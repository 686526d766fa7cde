"""What a user or a file says of one position, and what a position tells back of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Edge, Position

_NAMED = {Dimension.PLATFORM, Dimension.PROTOCOL, Dimension.LENDER}

StackKey = tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Holding:
    """What a user or a file says of one position; everything but asset and quantity may be missing.

    ``asset`` is a symbol (or a contract address together with ``chain``); ``reward_rate`` is a fraction a
    year of the whole stack; ``custody`` makes the account a node (an exchange, or an account the user named).
    """

    asset: str
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    total_value: Decimal | None = None
    priced_on: date | None = None
    name: str = ""
    account: str = ""
    custody: bool = False
    chain: str = ""
    protocol: str = ""
    layer: str = ""
    operators: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    opened_on: date | None = None
    reward_rate: float | None = None
    status: str = "active"
    notes: str = ""

    @property
    def stack_key(self) -> StackKey:
        """Return what the stack follows from: equal keys give equal stacks."""
        return self.asset, self.chain, self.protocol, self.layer, self.operators, self.services


def holding_of(portfolio: Portfolio, position: Position) -> Holding:
    """Return what a user would enter to get this position: read from its layers and the edges they name."""
    edges = [
        (la.name, portfolio.edges[i]) for la in position.layers for i in la.edges if i in portfolio.edges
    ]
    own = [(name, e) for name, e in edges if e.source == position.id]
    protocol, layer = _protocol(portfolio, position, own)
    return Holding(
        asset=position.asset,
        quantity=position.quantity,
        unit_price=position.unit_price,
        total_value=position.total_value if position.quantity is not None else position.value,
        priced_on=position.priced_on,
        name=position.name,
        account=position.account,
        custody=any(_dimension(portfolio, e.target) is Dimension.CUSTODY for _, e in own),
        chain=position.chain,
        protocol=protocol,
        layer=layer,
        operators=_operators(portfolio, position, [e for _, e in edges]),
        services=_names(portfolio, (e.target for _, e in edges), Dimension.SERVICE),
        opened_on=position.opened_on,
        reward_rate=rate_of(position),
        status=position.status.value,
        notes=position.notes,
    )


def _dimension(portfolio: Portfolio, node: str) -> Dimension | None:
    return portfolio.nodes[node].dimension if node in portfolio.nodes else None


def _names(portfolio: Portfolio, nodes: Iterable[str], dimension: Dimension) -> tuple[str, ...]:
    known = (n for n in dict.fromkeys(nodes) if _dimension(portfolio, n) is dimension)
    return tuple(portfolio.nodes[n].name for n in known)


def _protocol(portfolio: Portfolio, position: Position, own: list[tuple[str, Edge]]) -> tuple[str, str]:
    """Return the protocol that was named and the layer; a token's own issuer is not named."""
    layers = [la.name for la in position.layers]
    for name, edge in reversed(own):
        if _dimension(portfolio, edge.target) in _NAMED:
            raised = name == "liquid staking" and "liquid restaking" in layers
            return portfolio.nodes[edge.target].name, "liquid restaking" if raised else name
    buckets = [name for name, e in own if e.target in {"unknown:platform", "unknown:protocol"}]
    if buckets:
        return "", buckets[-1]
    return "", "staking" if "staking" in layers else ""


def _operators(portfolio: Portfolio, position: Position, edges: list[Edge]) -> tuple[str, ...]:
    """Return the names in the position's own split of operators, else in that of what it was put into.

    Where it was put into nothing, the outermost pool of its stack counts.
    """
    members: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    for edge in edges:
        if edge.group is not None and _works(portfolio, edge.target):
            group = portfolio.groups.get(edge.group)
            owners[edge.group] = edge.source
            listed = members.setdefault(edge.group, [])
            listed.extend((edge.target, *(group.names if group else ())))
    own = [g for g, owner in owners.items() if owner == position.id]
    put = [g for g, owner in owners.items() if owner in {e.target for e in edges if e.source == position.id}]
    chosen = [t for g in own or put or list(members)[-1:] for t in members[g]]
    behind = _behind(portfolio, {t for t in chosen if _dimension(portfolio, t) is Dimension.ROLE})
    return _names(portfolio, (behind.get(t, t) for t in chosen), Dimension.OPERATOR)


def _behind(portfolio: Portfolio, roles: set[str]) -> dict[str, str]:
    """Return the legal entity of each role; another position may have named it."""
    if not roles:
        return {}
    found = ((e.source, e.target) for e in portfolio.edges.values() if e.source in roles)
    return {role: node for role, node in found if _dimension(portfolio, node) is Dimension.OPERATOR}


def _works(portfolio: Portfolio, node: str) -> bool:
    return node == "unknown:operator" or _dimension(portfolio, node) in {Dimension.OPERATOR, Dimension.ROLE}


def rate_of(position: Position) -> float | None:
    """Return the rate of the whole stack, None if no layer has one."""
    rates = [la.reward_rate for la in position.layers if la.reward_rate is not None]
    paying = [la.reward_rate for la in position.layers if la.reward_rate is not None and la.name != "hold"]
    # Added up as they were typed: 0.1 + 0.2 is 0.3.
    return float(sum(Decimal(repr(rate)) for rate in rates)) if paying or any(rates) else None
