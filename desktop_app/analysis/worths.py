"""What the counted positions are worth: known values only, looked up once for all positions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from desktop_app.analysis.newest import Newest
from desktop_app.domain import money
from desktop_app.domain.imports import Price
from desktop_app.domain.portfolio import Portfolio


def worths(portfolio: Portfolio, as_of: date | None = None) -> Mapping[str, Decimal]:
    """Return counted position -> V where it is known; with a debt the equity, but at least 0 (5.1).

    A value that cannot be (not a number, negative without a debt) is not known. The newest are kept.
    """
    made_of = (portfolio.positions, portfolio.prices)
    return _worths.get(made_of, (portfolio.currency, as_of), lambda: _looked_up(portfolio, as_of))


_worths: Newest[Mapping[str, Decimal]] = Newest()


def _looked_up(portfolio: Portfolio, as_of: date | None) -> Mapping[str, Decimal]:
    prices: dict[str, Price] = {}
    for price in portfolio.prices.values():
        if price.currency == portfolio.currency and (as_of is None or price.on <= as_of):
            newest = prices.get(price.asset)
            if newest is None or price.on > newest.on:
                prices[price.asset] = price
    known = {}
    for position in portfolio.counted_positions():
        newest = prices.get(position.asset)
        worth = position.worth(newest.price if newest else None)
        if worth is not None and worth.is_finite() and (worth >= 0 or position.debt):
            known[position.id] = max(worth, Decimal(0))
    return known


def total(values: Mapping[str, Decimal]) -> Decimal | None:
    """Return the exact known value of the portfolio; None where nothing is priced."""
    return money.total(values.values()) if values else None
