"""What falls on which day: claims of what was asked for, maturities, last days to ask, expiries."""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from desktop_app.analysis.clocks.steps import Clock, Leaving, clock_of
from desktop_app.analysis.exit_paths import MINUTE
from desktop_app.analysis.request_states import Progress, RequestState, progress
from desktop_app.analysis.withdrawals import PositionPlan, TranchePlan, Withdrawals
from desktop_app.domain import money
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

    ``part``: the tranche or request, "" for the whole position; ``amount``: its units of the asset, None
    unknown. ``at``: the moment (UTC), where a clock names one. ``earliest`` and ``latest``: the range of a
    claim, None unknown; where nobody knows what is typical, ``days`` is the earliest and ``typical`` False.
    ``paid``: of a window, the day on which what is asked for until its end is paid. ``is_fixed``: it falls on
    the same day whatever the as-of date is.
    """

    kind: Kind
    position: str
    days: float
    part: str = ""
    amount: Decimal | None = None
    value: float | None = None
    at: datetime | None = None
    earliest: float | None = None
    latest: float | None = None
    typical: bool = True
    paid: date | None = None
    is_fixed: bool = True


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
    found = (_dated(part, Kind.IF_ASKED, part.finish.typical, None) for part in every)
    return tuple(heapq.nsmallest(most, (d for d in found if d is not None), key=lambda dated: dated.days))


def _of_position(
    portfolio: Portfolio, position: Position, plan: PositionPlan, as_of: date
) -> Iterator[Dated]:
    for part in plan.tranches:
        if part.request is None and any(step.waited > 0 for step in part.steps) and part.frozen_share < 1:
            amount = _amount(position, part)
            claim = _dated(part, Kind.CLAIM, part.finish.typical, amount) or _dated(
                part, Kind.CLAIM, part.finish.min, amount, typical=False
            )
            if claim is not None:
                yield claim
    asked = (part for part in plan.tranches if part.request is not None)
    for part, found in zip(asked, progress(plan, as_of), strict=True):
        yield from _of_request(part, found)
    if (named := principal(position.asset)) is not None:
        kind = Kind.MATURITY if named.family == "PT" else Kind.EXPIRY
        worth = portfolio.worth(position, as_of)
        value = None if worth is None else float(worth)
        days = (named.maturity - as_of).days
        yield Dated(kind, position.id, days, amount=position.quantity, value=value)
    leaving = Leaving(position.asset, position.quantity, portfolio.congestion, portfolio.entries)
    own = [part for part in plan.tranches if part.request is None]
    for part in own:
        for step in (planned.step for planned in part.steps):
            if (window := _window(step, leaving, as_of)) is not None:
                last, paid = window
                what = (part.name if len(own) > 1 else "", _amount(position, part), part.value)
                yield Dated(Kind.WINDOW, position.id, last, *what, paid=paid)


def _of_request(part: TranchePlan, found: Progress) -> Iterator[Dated]:
    """Yield the claim of a request, unless it has expired, and the day on which it does."""
    first, typical, last = map(_day, (part.due.min, part.due.typical, part.due.max))
    days = first if typical is None else typical
    what = (found.request.id, found.request.amount, part.value)
    if days is not None and part.frozen_share < 1 and found.state is not RequestState.EXPIRED:
        at, is_known = found.claim[1] if found.is_exact else None, typical is not None
        yield Dated(Kind.CLAIM, part.position, days, *what, at, first, last, typical=is_known)
    if (expires := _day(part.expires)) is not None:
        yield Dated(Kind.EXPIRY, part.position, expires, *what, found.expires)


def _day(moment: float | None) -> float | None:
    """Return the calendar day (UTC) of a moment that is known to the second."""
    return None if moment is None else float(math.floor(moment + MINUTE / 60))


def _dated(
    part: TranchePlan, kind: Kind, days: float | None, amount: Decimal | None, *, typical: bool = True
) -> Dated | None:
    """Return what falls on a day that is counted from the as-of date, None where that is not known."""
    if days is None:
        return None
    first, last = part.finish.min, part.finish.max
    what = (part.name, amount, part.value, None)
    return Dated(kind, part.position, days, *what, first, last, typical=typical, is_fixed=False)


def _amount(position: Position, part: TranchePlan) -> Decimal | None:
    """Return the units of a part, None where no quantity is known."""
    if part.amount is not None or position.quantity is None:
        return part.amount
    return money.product(position.quantity, Decimal(part.fraction))


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
