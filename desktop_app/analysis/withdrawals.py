"""When each position can be out, and the liquidity ladder (definitions.md 8)."""

import bisect
import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.analysis.exit_paths import MINUTE
from desktop_app.analysis.exit_plans import (
    NEVER,
    PASSES,
    ROUNDING,
    Days,
    Planner,
    PositionPlan,
    StepPlan,
    TranchePlan,
    plan_of,
)
from desktop_app.analysis.tranches import sound_exit
from desktop_app.analysis.worths import worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Market, Status

__all__ = [
    "PASSES",
    "Days",
    "Ladder",
    "PositionPlan",
    "StepPlan",
    "TranchePlan",
    "Withdrawals",
    "days_to_share",
    "plan_of",
    "withdrawals",
]

SHARES = (0.25, 0.5, 0.75, 0.9, 1.0)

REQUESTED = (Status.UNBONDING, Status.WITHDRAWABLE)
"""States in which the way out has begun, also where no step says for how long."""

Arrival = tuple[float | None, float]
"""The day (None: never, as far as is known) and the value."""

Arrivals = dict[float | None, list[float]]
"""Values by day."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Value that has arrived by day; ``protocol`` and ``market_first``: pass -> values beside ``days``.

    ``curve`` and ``market_curve``: pass -> every step as (day, value arrived so far), for drawing.
    ``unknown_value``: pass -> value for which no date is known.
    """

    days: tuple[int, ...]
    protocol: Mapping[str, tuple[float, ...]]
    market_first: Mapping[str, tuple[float, ...]]
    curve: Mapping[str, tuple[tuple[float, float], ...]]
    market_curve: Mapping[str, tuple[tuple[float, float], ...]]
    unknown_value: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """``days_to_share``: pass -> share -> days (None: never, as far as known); ``value``: the known value.

    ``now``: the moment up to which requests have waited, None for the beginning of the as-of date in UTC.
    """

    positions: Mapping[str, PositionPlan]
    ladder: Ladder
    days_to_share: Mapping[str, Mapping[float, float | None]]
    value: float
    now: datetime | None = None


def withdrawals(portfolio: Portfolio, as_of: date | None = None, now: datetime | None = None) -> Withdrawals:
    """Return the plans of all counted positions and the ladder of the priced ones."""
    known = worths(portfolio, as_of)
    plans: dict[str, PositionPlan] = {}
    protocol: dict[str, Arrivals] = {name: defaultdict(list) for name in PASSES}
    market_first: dict[str, Arrivals] = {name: defaultdict(list) for name in PASSES}
    planner = Planner(portfolio, as_of, now)
    for position in portfolio.counted_positions():
        way_out = sound_exit(position)
        plan = planner.plan(position, way_out, known.get(position.id))
        plans[position.id] = plan
        if position.id not in known:
            continue
        for part in _parts(plan, float(known[position.id]), requested=position.status in REQUESTED):
            for name in PASSES:
                protocol[name][part.finish.of(name)].append(part.value)
                for day, amount in _sold(part, way_out.market, name):
                    market_first[name][day].append(amount)
    value = math.fsum(float(worth) for worth in known.values())
    ladder = _ladder(portfolio.ladder_days, protocol, market_first)
    return Withdrawals(
        positions=plans,
        ladder=ladder,
        days_to_share={
            name: {share: _days_to(share, curve, value) for share in SHARES}
            for name, curve in ladder.curve.items()
        },
        value=value,
        now=now,
    )


# -- the ladder ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """Value that leaves on one day of each pass; once the way out is requested it cannot be sold any more."""

    value: float
    finish: Days
    requested: bool


def _parts(plan: PositionPlan, worth: float, *, requested: bool) -> Iterator[_Part]:
    """Yield what leaves together: of each tranche the share that walks on and the one that is frozen."""
    if not plan.tranches:
        yield _Part(worth, NEVER, requested)
    for tranche in plan.tranches:
        asked = requested or tranche.request is not None or any(step.waited > 0 for step in tranche.steps)
        value = worth * tranche.fraction
        if tranche.frozen_share < 1:
            yield _Part(value * (1 - tranche.frozen_share), tranche.finish, asked)
        if tranche.frozen_share > 0:
            yield _Part(value * tranche.frozen_share, NEVER, asked)


def _sold(part: _Part, market: Market | None, name: str) -> list[Arrival]:
    """Return what arrives if the part is sold where that is not slower than waiting (market first)."""
    finish = part.finish.of(name)
    if market is None or part.requested:
        return [(finish, part.value)]
    sale = {"min": market.minimum, "typical": market.typical, "max": market.maximum}[name]
    if finish is not None and sale > finish:
        return [(finish, part.value)]
    sold = part.value * market.fraction
    return [(sale, sold * (1 - market.haircut)), (finish, part.value - sold)]


def _ladder(
    days: tuple[int, ...], protocol: Mapping[str, Arrivals], market_first: Mapping[str, Arrivals]
) -> Ladder:
    curve = {name: _curve(protocol[name]) for name in PASSES}
    market_curve = {name: _curve(market_first[name]) for name in PASSES}
    return Ladder(
        days=days,
        protocol={name: _arrived(curve[name], days) for name in PASSES},
        market_first={name: _arrived(market_curve[name], days) for name in PASSES},
        curve=curve,
        market_curve=market_curve,
        unknown_value={name: math.fsum(protocol[name].get(None, ())) for name in PASSES},
    )


def _curve(arrivals: Arrivals) -> tuple[tuple[float, float], ...]:
    """Return the steps (day, value arrived so far), one for each day on which something arrives."""
    by_day = {day: math.fsum(values) for day, values in arrivals.items() if day is not None}
    days = sorted(day for day, value in by_day.items() if value > 0)
    return tuple(zip(days, itertools.accumulate(by_day[day] for day in days), strict=True))


def _arrived(curve: tuple[tuple[float, float], ...], days: tuple[int, ...]) -> tuple[float, ...]:
    steps = [day for day, _ in curve]
    counts = [bisect.bisect_right(steps, day + MINUTE) for day in days]
    return tuple(curve[count - 1][1] if count else 0.0 for count in counts)


def days_to_share(out: Withdrawals, share: float, name: str = "typical") -> float | None:
    """Return the days until a fraction of the known value has arrived; None: never, as far as is known."""
    return _days_to(share, out.ladder.curve[name], out.value)


def _days_to(share: float, curve: tuple[tuple[float, float], ...], value: float) -> float | None:
    if value <= 0:
        return None
    return next((day for day, arrived in curve if arrived >= (share - ROUNDING) * value), None)
