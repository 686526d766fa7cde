"""What falls on which day: claims of what was asked for, maturities, last days to ask, expiries."""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from desktop_app.analysis.clocks.steps import Clock, Leaving, clock_of
from desktop_app.analysis.exit_paths import MINUTE
from desktop_app.analysis.withdrawals import PositionPlan, TranchePlan, Withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, Position
from desktop_app.domain.principal import principal

WINDOWS = frozenset({"solvbtc", "xsolvbtc"})
"""Clocks that pay all requests of one stretch of days on one day (definitions.md 8)."""

LONGEST_WINDOW = 31
"""Days."""


class Kind(StrEnum):
    """What falls on a day."""

    CLAIM = "claim"
    MATURITY = "maturity"
    WINDOW = "window"
    EXPIRY = "expiry"
    IF_ASKED = "if asked"


@dataclass(frozen=True, slots=True)
class Dated:
    """``days`` from the as-of date to what falls due, below 0 where it is past; ``value`` None: unpriced.

    ``part``: the tranche, "" for the whole position. ``earliest`` and ``latest``: the range of a claim, None
    unknown; where nobody knows what is typical, ``days`` is the earliest and ``typical`` False. ``paid``: of
    a window, the day on which what is asked for until its end is paid.
    """

    kind: Kind
    position: str
    days: float
    part: str = ""
    fraction: float = 1.0
    value: float | None = None
    earliest: float | None = None
    latest: float | None = None
    typical: bool = True
    paid: date | None = None


def agenda(portfolio: Portfolio, out: Withdrawals, as_of: date) -> tuple[Dated, ...]:
    """Return what is dated in a portfolio, the soonest first, what is past before it.

    Nothing is made up: what was not asked for has no claim, and a clock that does not fix a window none.
    """
    found = [
        dated
        for position in portfolio.counted_positions()
        for dated in _of_position(portfolio, position, out.positions[position.id], as_of)
    ]
    return tuple(sorted(found, key=lambda dated: dated.days))


def if_asked(out: Withdrawals, most: int) -> tuple[Dated, ...]:
    """Return the parts that would typically be out first, so many of them, if all were asked for today."""
    every = (part for plan in out.positions.values() for part in plan.tranches if part.steps)
    found = (_dated(part, Kind.IF_ASKED, part.finish.typical) for part in every)
    return tuple(heapq.nsmallest(most, (d for d in found if d is not None), key=lambda dated: dated.days))


def _of_position(
    portfolio: Portfolio, position: Position, plan: PositionPlan, as_of: date
) -> Iterator[Dated]:
    for part in plan.tranches:
        if part.request is not None:
            yield from _of_request(part)
        elif any(step.waited > 0 for step in part.steps) and part.frozen_share < 1:
            claim = _dated(part, Kind.CLAIM, part.finish.typical) or _dated(
                part, Kind.CLAIM, part.finish.min, typical=False
            )
            if claim is not None:
                yield claim
    if (named := principal(position.asset)) is not None:
        kind = Kind.MATURITY if named.family == "PT" else Kind.EXPIRY
        worth = portfolio.worth(position, as_of)
        value = None if worth is None else float(worth)
        yield Dated(kind, position.id, (named.maturity - as_of).days, value=value)
    leaving = Leaving(position.asset, position.quantity, portfolio.congestion, portfolio.entries)
    own = (part for part in plan.tranches if part.request is None)
    for tranche, part in zip(position.exit.tranches, own, strict=False):
        for step in tranche.steps:
            if (found := _window(step, leaving, as_of)) is not None:
                last, paid = found
                yield Dated(
                    Kind.WINDOW, position.id, last, tranche.name, part.fraction, part.value, paid=paid
                )


def _of_request(part: TranchePlan) -> Iterator[Dated]:
    """Yield the claim of a request on the day of its moment, and the day on which it expires."""
    first, typical, last = map(_day, (part.claim.min, part.claim.typical, part.claim.max))
    days, ident = first if typical is None else typical, part.request.id if part.request else ""
    if days is not None and part.frozen_share < 1:
        yield Dated(
            Kind.CLAIM,
            part.position,
            days,
            ident,
            part.fraction,
            part.value,
            first,
            last,
            typical=typical is not None,
        )
    if (expires := _day(part.expires)) is not None:
        yield Dated(Kind.EXPIRY, part.position, expires, ident, part.fraction, part.value)


def _day(moment: float | None) -> float | None:
    """Return the calendar day (UTC) of a moment that is known to the second."""
    return None if moment is None else float(math.floor(moment + MINUTE / 60))


def _dated(part: TranchePlan, kind: Kind, days: float | None, *, typical: bool = True) -> Dated | None:
    if days is None:
        return None
    finish = part.finish
    return Dated(
        kind, part.position, days, part.name, part.fraction, part.value, finish.min, finish.max, typical
    )


# -- windows -------------------------------------------------------------------------------------------------


def _window(step: ExitStep, leaving: Leaving, as_of: date) -> tuple[int, date] | None:
    """Return the days left to ask for a step to be paid as early as if asked today, and the day of that.

    None where the step is not the next one to ask for, was asked for, or has no such clock.
    """
    if step.after or step.elapsed_days:
        return None
    clock = clock_of(step, leaving)
    if clock is None or clock.rule not in WINDOWS:
        return None
    try:
        paid = [_paid(clock, as_of + timedelta(days=days)) for days in range(LONGEST_WINDOW + 1)]
    except OverflowError:
        return None
    if paid[0] is None:
        return None
    return next(days for days, day in enumerate(paid) if day != paid[0]) - 1, paid[0]


def _paid(clock: Clock, asked: date) -> date | None:
    claim = clock.answer(datetime.combine(asked, time(), UTC)).claimable_at
    return None if claim is None else claim.date()
