"""Positions folded from movements: their quantity is the sum of these and the user's adjustment."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from desktop_app.domain import money
from desktop_app.domain.imports import Movement, Replaced
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Status

TYPED = ("quantity", "unit_price", "total_value", "opened_on", "status", "notes")
"""The fields of a position that a file gives and the user may type over."""


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


def typed_over(portfolio: Portfolio, old: Position) -> Portfolio:
    """Return a portfolio in which a position was edited by hand; what its file gave is kept with the import.

    So that taking the import back can say what goes with it. A folded position has its adjustment for that.
    """
    new, record = portfolio.positions[old.id], portfolio.imports.get(old.import_id or "")
    if record is None:
        return portfolio
    known = {c.field for c in record.replaced if c.position == old.id}
    given = {
        name: written(getattr(old, name))
        for name in TYPED
        if name not in known and getattr(new, name) != getattr(old, name)
    }
    if old.adjustment is not None:
        given.pop("quantity", None)
    if not given:
        return portfolio
    kept = (*record.replaced, *(Replaced(old.id, name, text, text) for name, text in given.items()))
    return portfolio.with_imports(replace(record, replaced=kept))


def written(value: Any) -> str:
    """Return the value of a field as it is kept with an import: an amount exactly, a day in ISO 8601."""
    if isinstance(value, Decimal):
        return money.amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def folded(
    old: Position,
    amount: Decimal,
    adjustment: Decimal,
    opened_before: datetime | None,
    opened_now: datetime | None,
) -> Position:
    """Return a position whose movements add up to another amount; all else stays the user's.

    It closes when nothing is left, and opens again; below zero its quantity is unknown. Its opening day is
    that of the current run of a positive sum, unless the user has set another.
    """
    quantity: Decimal | None = money.EXACT.add(amount, adjustment)
    if quantity is not None and quantity < 0:
        quantity = None
    status = old.status
    if quantity == 0:
        status = Status.CLOSED
    elif old.status is Status.CLOSED and old.quantity == 0:
        status = Status.ACTIVE
    own_day = opened_before is not None and old.opened_on not in (None, opened_before.date())
    return replace(
        old,
        quantity=quantity,
        total_value=old.total_value if quantity == old.quantity else None,
        value=None,
        opened_on=old.opened_on if own_day or opened_now is None else opened_now.date(),
        status=status,
        adjustment=adjustment,
    )


def opened(movements: Iterable[Movement]) -> datetime | None:
    """Return when the current run of a positive sum began, None if nothing is left."""
    start, amount = None, Decimal(0)
    for moment, together in groupby(in_order(movements), lambda m: m.moved_at):
        amount = money.total((amount, *(m.amount for m in together)))
        start = None if amount <= 0 else start or moment
    return start


def movements_of(portfolio: Portfolio, position: str) -> tuple[Movement, ...]:
    """Return the movements that were folded into a position, as they were imported."""
    return tuple(m for m in portfolio.movements.values() if m.position == position)


def in_order(movements: Iterable[Movement]) -> list[Movement]:
    """Return movements by time.

    What was there before a file (line 0) comes after the rows that other files have of the same moment and
    before the file's own.
    """
    found = list(movements)
    starts = {(m.moved_at, *place_of(m)): m.import_id for m in found if not m.line}

    def rank(m: Movement) -> tuple[datetime, int]:
        start = starts.get((m.moved_at, *place_of(m))) if starts else None
        return m.moved_at, 0 if m.import_id != start else 2 if m.line else 1

    return sorted(found, key=rank)


def place_of(movement: Movement) -> tuple[str, str, str]:
    """Return what tells where something moved: account, place and asset."""
    return movement.account.casefold(), movement.place, movement.asset


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
