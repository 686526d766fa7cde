"""When each position can be out, and the liquidity ladder (definitions.md 8)."""

import bisect
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop_app.analysis.clocks.steps import Claims, Leaving, clock_of
from desktop_app.analysis.exit_paths import MINUTE, Time, critical_path, in_order, latest, times_of
from desktop_app.analysis.worths import worths
from desktop_app.domain import money
from desktop_app.domain.checks import exit_issues
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Market, Position, Status, Tranche

PASSES = ("min", "typical", "max")
SHARES = (0.25, 0.5, 0.75, 0.9, 1.0)

ROUNDING = 1e-9
"""Fraction of the value that rounding may take without an arrival missing its share."""

REQUESTED = (Status.UNBONDING, Status.WITHDRAWABLE)
"""States in which the way out has begun, also where no step says for how long."""

Arrival = tuple[float | None, float]
"""The day (None: never, as far as is known) and the value."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days in three passes; None is unknown. A range, not a confidence interval."""

    min: float | None
    typical: float | None
    max: float | None

    def of(self, name: str) -> float | None:
        """Return the days of one of ``PASSES``."""
        return {"min": self.min, "typical": self.typical, "max": self.max}[name]


NEVER = Days(None, None, None)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step as it falls in the typical pass: ``start`` and ``end`` in days from the as-of date, if known.

    ``step`` has its days and source by its clock where it has one, each pass from its own start. ``waited``
    are the days already gone; ``critical``: shortening it would shorten the way out.
    """

    step: ExitStep
    start: float | None
    end: float | None
    waited: float
    critical: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class TranchePlan:
    """The way out of one tranche. ``value`` None: unpriced.

    ``at_least``: the finish, or where it is unknown the longest path as far as it is known. ``finish`` is of
    what walks on; ``frozen_share`` does not fit through a step's capacity and has no known finish.
    """

    position: str
    name: str
    fraction: float
    value: float | None
    finish: Days
    at_least: Days
    steps: tuple[StepPlan, ...]
    frozen_share: float = 0.0


@dataclass(frozen=True, slots=True)
class PositionPlan:
    """When the last tranche of a position is out; without tranches, or with a frozen share, nobody knows."""

    position: str
    finish: Days
    tranches: tuple[TranchePlan, ...]

    def dated(self, position: Position) -> Position:
        """Return the position with the days of its steps as they are planned here."""
        if len(self.tranches) != len(position.exit.tranches):
            return position
        tranches = (
            replace(tranche, steps=tuple(plan.step for plan in planned.steps))
            for tranche, planned in zip(position.exit.tranches, self.tranches, strict=True)
        )
        return replace(position, exit=replace(position.exit, tranches=tuple(tranches)))


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
    """``days_to_share``: pass -> share -> days (None: never, as far as known); ``value``: the known value."""

    positions: Mapping[str, PositionPlan]
    ladder: Ladder
    days_to_share: Mapping[str, Mapping[float, float | None]]
    value: float


def withdrawals(portfolio: Portfolio, as_of: date | None = None) -> Withdrawals:
    """Return the plans of all counted positions and the ladder of the priced ones."""
    known = worths(portfolio, as_of)
    plans: dict[str, PositionPlan] = {}
    protocol: dict[str, list[Arrival]] = {name: [] for name in PASSES}
    market_first: dict[str, list[Arrival]] = {name: [] for name in PASSES}
    walks: _Walks = {}
    for position in portfolio.counted_positions():
        way_out = _sound(position)
        plan = _Planner(portfolio, position, known.get(position.id), as_of, walks).plan(way_out)
        plans[position.id] = plan
        if position.id not in known:
            continue
        for part in _parts(plan, float(known[position.id]), requested=position.status in REQUESTED):
            for name in PASSES:
                protocol[name].append((part.finish.of(name), part.value))
                market_first[name].extend(_sold(part, way_out.market, name))
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
    )


def plan_of(portfolio: Portfolio, position: Position, as_of: date | None = None) -> PositionPlan:
    """Return the plan of one position by itself, without its value."""
    return _Planner(portfolio, position, None, as_of, {}).plan(_sound(position))


def _sound(position: Position) -> Exit:
    """Return the way out; one that ``checks.exit_issues`` objects to is treated as not known."""
    return Exit() if any(exit_issues(position)) else position.exit


# -- one position ----------------------------------------------------------------------------------------


_Walk = tuple[Days, Days, tuple[StepPlan, ...]]
"""When steps are over, when at the least, and how each of them falls."""
_Walks = dict[tuple[ExitStep, ...], _Walk]
"""What is known of steps without a clock: many positions leave in the same way."""


class _Planner:
    """The way out of one position of that worth."""

    def __init__(
        self,
        portfolio: Portfolio,
        position: Position,
        worth: Decimal | None,
        as_of: date | None,
        walks: _Walks,
    ) -> None:
        self._portfolio = portfolio
        self._position = position
        self._worth = worth
        self._as_of = as_of
        self._walks = walks

    def plan(self, way_out: Exit) -> PositionPlan:
        """Return the plan of all tranches."""
        tranches = tuple(self._tranche(tranche) for tranche in way_out.tranches)
        if not tranches or any(t.frozen_share > 0 for t in tranches):
            return PositionPlan(self._position.id, NEVER, tranches)
        finish = (latest(t.finish.of(name) for t in tranches) for name in PASSES)
        return PositionPlan(self._position.id, Days(*finish), tranches)

    def _tranche(self, tranche: Tranche) -> TranchePlan:
        worth = self._worth
        finish, at_least, steps = self._walk(tranche)
        return TranchePlan(
            position=self._position.id,
            name=tranche.name,
            fraction=tranche.fraction,
            value=None if worth is None else float(worth) * tranche.fraction,
            finish=finish,
            at_least=at_least,
            steps=steps,
            frozen_share=_frozen_share(self._position, tranche, worth),
        )

    def _walk(self, tranche: Tranche) -> _Walk:
        leaving = self._leaving(tranche)
        if any(clock_of(step, leaving) for step in tranche.steps):
            return _walk(tranche.steps, Claims(leaving, self._as_of))
        known = self._walks.get(tranche.steps)
        if known is None:
            known = self._walks[tranche.steps] = _walk(tranche.steps, Claims(leaving, self._as_of))
        return known

    def _leaving(self, tranche: Tranche) -> Leaving:
        held = self._position.quantity
        amount = None if held is None else money.product(held, Decimal(tranche.fraction))
        whole = self._portfolio
        return Leaving(self._position.asset, amount, whole.congestion, whole.entries)


def _walk(steps: tuple[ExitStep, ...], claims: Claims) -> _Walk:
    ordered = in_order(steps)
    times = [times_of(ordered, number, claims) for number in range(len(PASSES))]
    finish = Days(*(latest(t.end for t in pass_.values()) for pass_ in times))
    at_least = Days(*(max((t.least for t in pass_.values()), default=0.0) for pass_ in times))
    return finish, at_least, _step_plans(steps, times, claims)


def _step_plans(
    steps: tuple[ExitStep, ...], times: Sequence[Mapping[str, Time]], claims: Claims
) -> tuple[StepPlan, ...]:
    typical = times[PASSES.index("typical")]
    critical = critical_path(steps, typical)
    return tuple(
        StepPlan(
            step=step,
            start=typical[step.id].start,
            end=typical[step.id].end,
            waited=step.elapsed_days,
            critical=step.id in critical,
            overdue=step.maximum is not None and step.elapsed_days > step.maximum,
        )
        for step in (_timed(step, times, claims) for step in steps)
    )


def _timed(step: ExitStep, times: Sequence[Mapping[str, Time]], claims: Claims) -> ExitStep:
    """Return a step that a clock rules with its days in each pass, and where the rule was read."""
    source = claims.source_of(step, (times[0][step.id].start or 0.0) - step.elapsed_days)
    if source is None:
        return step
    minimum, typical, maximum = (pass_[step.id].days for pass_ in times)
    return replace(
        step,
        minimum=minimum,
        typical=typical,
        maximum=maximum,
        cited=source.cited,
        dated=source.dated,
        verified=source.verified,
    )


def _frozen_share(position: Position, tranche: Tranche, worth: Decimal | None) -> float:
    """Return the share of a tranche that no step lets through; with a debt the collateral has to pass."""
    capacities = [step.capacity for step in tranche.steps if step.capacity is not None]
    if not capacities:
        return 0.0
    capacity = float(min(capacities))
    if capacity <= 0:
        return 1.0
    if worth is None:
        return 0.0
    amount = float(money.total((worth, position.debt or Decimal(0)))) * tranche.fraction
    return 0.0 if amount <= capacity * (1 + ROUNDING) else 1 - capacity / amount


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
        asked = requested or any(step.waited > 0 for step in tranche.steps)
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
    days: tuple[int, ...], protocol: Mapping[str, list[Arrival]], market_first: Mapping[str, list[Arrival]]
) -> Ladder:
    curve = {name: _curve(protocol[name]) for name in PASSES}
    market_curve = {name: _curve(market_first[name]) for name in PASSES}
    return Ladder(
        days=days,
        protocol={name: _arrived(curve[name], days) for name in PASSES},
        market_first={name: _arrived(market_curve[name], days) for name in PASSES},
        curve=curve,
        market_curve=market_curve,
        unknown_value={name: math.fsum(v for day, v in protocol[name] if day is None) for name in PASSES},
    )


def _curve(arrivals: Iterable[Arrival]) -> tuple[tuple[float, float], ...]:
    """Return the steps (day, value arrived so far), one for each day on which something arrives."""
    by_day: dict[float, list[float]] = {}
    for day, value in arrivals:
        if day is not None and value > 0:
            by_day.setdefault(day, []).append(value)
    days = sorted(by_day)
    sums = itertools.accumulate(math.fsum(by_day[day]) for day in days)
    return tuple(zip(days, sums, strict=True))


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
