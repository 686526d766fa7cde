"""Positions folded from movements: their quantity is the sum of these and the user's adjustment."""

from dataclasses import replace
from decimal import Decimal

from desktop_app.domain import money
from desktop_app.domain.imports import Movement
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position


def adjusted(old: Position, new: Position) -> Position:
    """Return a position edited by hand: what its quantity has gained or lost is the user's adjustment.

    A position that was not folded from movements has none.
    """
    if old.adjustment is None or new.quantity == old.quantity:
        return replace(new, adjustment=old.adjustment)
    if old.quantity is None or new.quantity is None:
        return replace(new, adjustment=None)
    change = money.difference(new.quantity, old.quantity)
    return replace(new, adjustment=money.EXACT.add(old.adjustment, change))


def movements_of(portfolio: Portfolio, position: str) -> tuple[Movement, ...]:
    """Return the movements that were folded into a position, as they were imported."""
    return tuple(m for m in portfolio.movements.values() if m.position == position)


def income(portfolio: Portfolio) -> dict[str, Decimal]:
    """Return how much of each position was earned: the rewards among the movements of its account and asset.

    They count to the position that stakes, where the account has one beside what it only holds.
    """
    earned: dict[tuple[str, str], list[Decimal]] = {}
    homes: dict[tuple[str, str], dict[str, None]] = {}
    for m in portfolio.movements.values():
        if m.position:
            homes.setdefault((m.account, m.asset), {}).setdefault(m.position)
        if m.reward:
            earned.setdefault((m.account, m.asset), []).append(m.amount)
    result = {}
    for key, amounts in earned.items():
        there = [portfolio.positions[i] for i in homes.get(key, ()) if i in portfolio.positions]
        staked = [p for p in there if any(la.name == "staking" for la in p.layers)]
        if there:
            result[(staked or there)[0].id] = money.total(amounts)
    return result
