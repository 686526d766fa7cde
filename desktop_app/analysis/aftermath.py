"""The portfolio as it would be once a scenario has happened: its losses are written into what is held."""

from dataclasses import replace
from datetime import date
from decimal import Context, Decimal

from desktop_app.analysis.leverage import ROUNDING
from desktop_app.analysis.losses import losses_of
from desktop_app.analysis.worths import worths
from desktop_app.domain import money
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Scenario

_DIGITS = Context(prec=34)
"""Of what is left of an amount: a fraction of it is a float, and amounts must not grow with every loss."""


def aftermath(portfolio: Portfolio, scenario: Scenario, as_of: date | None = None) -> Portfolio:
    """Return the portfolio in which every position has lost what the scenario takes (definitions.md 5, 5.1).

    Quantities stay; the price of a unit, or the value as it stands, falls. Of a position with a debt the
    equity side takes its part of collateral and debt alike; one that is liquidated keeps what is left of its
    equity and has no debt any more. Positions of unknown value, and those whose loss cannot be told, stay as
    they are; so do the graph, rates and ways out.
    """
    known = worths(portfolio, as_of)
    losses = losses_of(portfolio, known, as_of)
    shocks = losses.shocks([dict(scenario.shocks)])
    taken = losses.of(shocks)[:, 0].tolist()
    sides = (losses.collateral[losses.levered], losses.equity)
    pairs = zip(*(losses.side(rows, shocks)[:, 0].tolist() for rows in sides), strict=True)
    of_sides = dict(zip(losses.levered.tolist(), pairs, strict=True))
    changed = []
    for row, ident in enumerate(losses.positions):
        position, worth = portfolio.positions[ident], known.get(ident)
        if not worth or not taken[row]:
            continue
        if row in of_sides:
            changed.append(_levered(position, worth, taken[row], *of_sides[row]))
        else:
            changed.append(_worth(portfolio, position, worth, _left(worth, taken[row]), as_of))
    return portfolio.with_positions(*changed) if changed else portfolio


def _left(amount: Decimal, taken: float) -> Decimal:
    """Return what is left of an amount."""
    return _DIGITS.multiply(amount, Decimal(1) - Decimal(repr(taken)))


def _levered(position: Position, equity: Decimal, taken: float, lost: float, shared: float) -> Position:
    """Return a position with a debt after a loss of its collateral (``lost``) and of its equity side."""
    debt = position.debt or Decimal(0)
    collateral = money.total((equity, debt))
    left = _left(collateral, lost)
    threshold = Decimal(position.liquidation_threshold or 0)
    liquidated = debt >= _DIGITS.multiply(_DIGITS.multiply(threshold, left), Decimal(1 - ROUNDING))
    if liquidated or left <= debt:
        gross = _left(equity, taken)
        position = replace(position, debt=None, liquidation_threshold=None, liquidation_penalty=None)
    else:
        gross = _left(left, shared)
        position = replace(position, debt=_left(debt, shared))
    if position.quantity is None:
        return replace(position, value=money.difference(gross, position.debt or Decimal(0)))
    return replace(position, unit_price=None, total_value=gross)


def _worth(
    portfolio: Portfolio, position: Position, worth: Decimal, left: Decimal, as_of: date | None
) -> Position:
    """Return a position without debt that is worth what is left."""
    if position.quantity is None:
        return replace(position, value=left)
    if position.total_value is not None:
        return replace(position, total_value=left)
    price = position.unit_price
    if price is None:
        newest = portfolio.price_of(position.asset, as_of)
        price = newest.price if newest else Decimal(0)
    return replace(position, unit_price=_DIGITS.divide(_DIGITS.multiply(price, left), worth))
