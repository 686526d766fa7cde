"""The rows of the positions table: what one line says of a position, from the answers of the analyses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.withdrawals import Days, Withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Position, Status, is_unknown
from desktop_app.report.words import listed

OLD_PRICE = timedelta(days=7)
"""A price older than this is marked as old."""

UNKNOWN_DAYS = Days(None, None, None)


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One position as a table shows it; None is unknown. ``share`` is of the known value of the portfolio.

    ``price_day`` is set where the price is older than a week. A closed position has no share and no way out.
    ``alike``: another position has the same name.
    """

    id: str
    name: str
    stands_on: str
    account: str
    asset: str
    chain: str
    quantity: Decimal | None
    price: Decimal | None
    price_day: date | None
    value: Decimal | None
    debt: Decimal | None
    share: float | None
    days: Days
    at_least: float | None
    reward: float | None
    status: Status
    as_of: date | None = None
    alike: bool = False

    @property
    def is_closed(self) -> bool:
        """Tell whether the position counts nowhere any more."""
        return self.status is Status.CLOSED


def position_rows(
    portfolio: Portfolio, exposed: Exposure, out: Withdrawals, as_of: date | None
) -> tuple[PositionRow, ...]:
    """Return one row for each position, also the closed ones, in the order of the portfolio."""
    named = Counter(position.name for position in portfolio.positions.values())
    rows = (_row(p, portfolio, exposed, out, as_of) for p in portfolio.positions.values())
    return tuple(replace(row, alike=True) if named[row.name] > 1 else row for row in rows)


def _row(
    position: Position, portfolio: Portfolio, exposed: Exposure, out: Withdrawals, as_of: date | None
) -> PositionRow:
    price, day = price_of(position, portfolio, as_of)
    worth = exposed.worths.get(position.id)
    value = portfolio.worth(position, as_of) if worth is None else worth
    whole = exposed.portfolio_value
    plan = out.positions.get(position.id)
    known = [t.at_least.typical for t in plan.tranches if t.at_least.typical is not None] if plan else []
    return PositionRow(
        id=position.id,
        name=position.name,
        stands_on=stands_on(position, portfolio),
        account=position.account,
        asset=position.asset,
        chain=position.chain,
        quantity=position.quantity,
        price=price,
        price_day=day if day is not None and as_of is not None and day < as_of - OLD_PRICE else None,
        value=value,
        debt=position.debt,
        share=float(worth / whole) if worth is not None and whole else None,
        days=plan.finish if plan and plan.tranches else UNKNOWN_DAYS,
        at_least=max(known, default=None),
        reward=_reward(position),
        status=position.status,
        as_of=as_of,
    )


def price_of(
    position: Position, portfolio: Portfolio, as_of: date | None
) -> tuple[Decimal | None, date | None]:
    """Return the price that a position is valued at and its day, its own before the portfolio's."""
    if position.unit_price is not None:
        return position.unit_price, position.priced_on
    if position.total_value is not None and position.quantity:
        return position.total_value / position.quantity, position.priced_on
    known = portfolio.price_of(position.asset, as_of)
    return (known.price, known.on) if known else (None, None)


def _reward(position: Position) -> float | None:
    rates = [la.reward_rate for la in position.layers if la.name != "hold" or la.reward_rate is not None]
    if any(layer.unsplit for layer in position.layers):
        rates = [layer.reward_rate for layer in position.layers if layer.unsplit]
    return None if any(rate is None for rate in rates) else sum(rate or 0.0 for rate in rates)


def stands_on(position: Position, portfolio: Portfolio) -> str:
    """Return "ether.fi on EigenLayer", "staked with Figment" or "held on Ethereum": the nodes in short."""
    names = _named(position, portfolio)
    issuers, platforms = names[Dimension.PROTOCOL], names[Dimension.PLATFORM]
    operators = names[Dimension.OPERATOR]
    lent = f", lent on {listed(names[Dimension.LENDER])}" if names[Dimension.LENDER] else ""
    if issuers or platforms:
        on = listed(platforms)
        text = (f"{listed(issuers)} on {on}" if on else listed(issuers)) if issuers else f"restaked on {on}"
        return f"{text}{lent}" if issuers or not operators else f"{text} with {listed(operators)}{lent}"
    if any(layer.name == "staking" for layer in position.layers):
        return f"staked with {listed(operators)}{lent}" if operators else f"staked{lent}"
    chains = names[Dimension.CHAIN]
    return f"held on {listed(chains)}{lent}" if chains else f"held{lent}"


def _named(position: Position, portfolio: Portfolio) -> dict[Dimension, list[str]]:
    """Return the names of the nodes that a position's layers add, by dimension; a role under its operator."""
    names: dict[Dimension, dict[str, None]] = {dimension: {} for dimension in Dimension}
    edges = (portfolio.edges.get(e) for layer in position.layers for e in layer.edges)
    for edge in edges:
        node = portfolio.nodes.get(edge.target) if edge is not None else None
        if node is None or is_unknown(node.id):
            continue
        names[node.dimension][node.name] = None
    return {dimension: list(found) for dimension, found in names.items()}


def unpriced(rows: Iterable[PositionRow]) -> list[PositionRow]:
    """Return the rows that count but have no known value."""
    return [row for row in rows if row.value is None and not row.is_closed]
