"""How each part of a position gets out: its steps in time, in three passes (definitions.md 8)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

from desktop_app.analysis.clocks.claims import Claims, cooldown_calls, leaving_together
from desktop_app.analysis.clocks.steps import Leaving, can_expire, clock_of
from desktop_app.analysis.exit_paths import MINUTE, Time, critical_path, in_order, latest, times_of
from desktop_app.analysis.tranches import Part, parts_of, sound_exit
from desktop_app.domain import money
from desktop_app.domain.catalogue import Source
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Position, Request, Tranche

PASSES = ("min", "typical", "max")

INSTANT_KIND = "instant-liquidity"
"""The catalogue's word for a step that is paid from a buffer, or sold: nothing is waited for."""

ROUNDING = 1e-9
"""Fraction of the value that rounding may take without an arrival missing its share."""


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
    are the days already gone, of a request up to now; ``critical``: shortening it would shorten the way out.
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
    ``amount``: units of the asset, where requests fix them. Of a ``request`` that, the day on which it was
    ``asked`` for, and the days on which it can be claimed (``claim``), all below zero where they lie back.
    ``slashable``: the day until which something of it can be slashed, None where nothing can. A request that
    can expire is due when its own step is over (``window``), not the rest of the way; ``expires``: the day on
    which it does, by the rule of ``expiry_rule`` or, where that is None, by the user's own word. Once it has
    (``expired``), ``claim`` is not known any more, and it is out as if it were asked for again.
    ``freed_on``: the day from which nothing of it can be slashed even at the slowest; None: none is known.
    """

    position: str
    name: str
    fraction: float
    value: float | None
    finish: Days
    at_least: Days
    steps: tuple[StepPlan, ...]
    frozen_share: float = 0.0
    amount: Decimal | None = None
    request: Request | None = None
    asked: float = 0.0
    claim: Days = NEVER
    slashable: Days | None = None
    window: Days | None = None
    freed_on: float | None = None
    expires: float | None = None
    expiry_rule: Source | None = None
    expired: bool = False

    @property
    def due(self) -> Days:
        """Return the days on which what was asked for itself can be claimed."""
        return self.claim if self.window is None else self.window

    @property
    def is_freed(self) -> bool:
        """Tell whether nothing of a request can be slashed any more at the beginning of the as-of date.

        One that has expired is as if it had never been made.
        """
        if self.freed_on is None or self.asked > 0 or self.expired:
            return False
        return self.freed_on <= MINUTE / 60


@dataclass(frozen=True, slots=True)
class PositionPlan:
    """When the last tranche of a position is out; without tranches, or with a frozen share, nobody knows."""

    position: str
    finish: Days
    tranches: tuple[TranchePlan, ...]

    def dated(self, position: Position) -> Position:
        """Return the position with the days of its steps as they are planned here."""
        own = [tranche for tranche in self.tranches if tranche.request is None]
        if len(own) != len(position.exit.tranches):
            return position
        tranches = (
            replace(tranche, steps=tuple(plan.step for plan in planned.steps))
            for tranche, planned in zip(position.exit.tranches, own, strict=True)
        )
        return replace(position, exit=replace(position.exit, tranches=tuple(tranches)))


def plan_of(
    portfolio: Portfolio,
    position: Position,
    as_of: date | None = None,
    worth: Decimal | None = None,
    now: datetime | None = None,
) -> PositionPlan:
    """Return the plan of one position by itself, without a value unless its ``worth`` is given."""
    return Planner(portfolio, as_of, now).plan(position, sound_exit(position), worth)


@dataclass(frozen=True, slots=True)
class _Walk:
    """When steps are over, counted from the as-of date and below zero where that lies back."""

    claim: Days
    at_least: Days
    steps: tuple[StepPlan, ...]
    slashable: Days | None
    window: Days | None
    freed_on: float | None
    expires: float | None
    expiry_rule: Source | None


class Planner:
    """Plans the positions of one portfolio: equal ways without a clock are worked out once.

    ``now``: the moment up to which requests have waited, by default the beginning of the as-of date in UTC.
    """

    def __init__(self, portfolio: Portfolio, as_of: date | None, now: datetime | None = None) -> None:
        self._portfolio = portfolio
        self._as_of = as_of
        self._now = day_at(as_of, now)
        self._walks: dict[tuple[ExitStep, ...], _Walk] = {}

    @cached_property
    def _together(self) -> Decimal:
        return leaving_together(self._portfolio)

    def requested(self, position: Position, worth: Decimal | None) -> tuple[TranchePlan, ...]:
        """Return the plans of the open requests of a position alone."""
        way_out = sound_exit(position)
        parts = (part for part in parts_of(position, way_out) if part.request is not None)
        return tuple(self._part(position, part, way_out, worth) for part in parts)

    def plan(self, position: Position, way_out: Exit, worth: Decimal | None) -> PositionPlan:
        """Return the plan of all parts of a position that leaves by ``way_out``; ``worth`` None: unpriced."""
        tranches = tuple(self._part(position, part, way_out, worth) for part in parts_of(position, way_out))
        if not tranches or any(t.frozen_share > 0 for t in tranches):
            return PositionPlan(position.id, NEVER, tranches)
        finish = (latest(t.finish.of(name) for t in tranches) for name in PASSES)
        return PositionPlan(position.id, Days(*finish), tranches)

    def _part(self, position: Position, part: Part, way_out: Exit, worth: Decimal | None) -> TranchePlan:
        tranche, request = part.tranche, part.request
        now = self._now if request else 0.0
        claims = Claims(self._leaving(position, part, way_out), self._as_of, now)
        asked = claims.day_of(request.requested_at) if request else 0.0
        walk = self._walk(tranche.steps, claims, asked, now)
        typed = None if request is None else request.expires_at
        expires = walk.expires if typed is None else claims.day_of(typed)
        gone = request is not None and expires is not None and expires <= now
        ahead = self._walk(tranche.steps, claims, 0.0, 0.0) if gone else walk
        return TranchePlan(
            position=position.id,
            name=tranche.name,
            fraction=tranche.fraction,
            value=None if worth is None else float(worth) * tranche.fraction,
            finish=Days(*map(_ahead, (ahead.claim.min, ahead.claim.typical, ahead.claim.max))),
            at_least=ahead.at_least,
            steps=ahead.steps,
            frozen_share=_frozen_share(position, tranche, worth),
            amount=part.amount,
            request=request,
            asked=asked,
            claim=NEVER if gone or not request else walk.claim,
            slashable=ahead.slashable,
            freed_on=walk.freed_on if request else None,
            window=walk.window if request else None,
            expires=expires if request else None,
            expiry_rule=walk.expiry_rule if typed is None else None,
            expired=gone,
        )

    def _leaving(self, position: Position, part: Part, way_out: Exit) -> Leaving:
        """Return what leaves; what a request does not tell its clock, the terms of its path do."""
        amount, request, whole = part.amount, part.request, self._portfolio
        if amount is None and position.quantity is not None:
            amount = money.product(position.quantity, Decimal(part.tranche.fraction))
        known = way_out.terms_of(request.path if request else way_out.path)
        own = request or known
        return Leaving(
            position.asset,
            amount,
            whole.congestion,
            whole.entries,
            together=None if request else self._together,
            phase=own.phase or known.phase,
            maturity=known.maturity_seconds if own.maturity_seconds is None else own.maturity_seconds,
            deadline=known.deadline_seconds if own.deadline_seconds is None else own.deadline_seconds,
            calls=cooldown_calls(position) if request else (),
        )

    def _walk(self, steps: tuple[ExitStep, ...], claims: Claims, asked: float, now: float) -> _Walk:
        ruled = claims.leaving.calls or any(clock_of(step, claims.leaving) for step in steps)
        if asked or now or ruled:
            return _walk(steps, claims, asked, now)
        known = self._walks.get(steps)
        if known is None:
            known = self._walks[steps] = _walk(steps, claims, asked, now)
        return known


def day_at(as_of: date | None, now: datetime | None) -> float:
    """Return a moment in days from the beginning of the as-of date in UTC, which it is by default."""
    if as_of is None or now is None:
        return 0.0
    return (now - datetime.combine(as_of, time(), UTC)) / timedelta(days=1)


def _walk(steps: tuple[ExitStep, ...], claims: Claims, asked: float, now: float) -> _Walk:
    ordered = in_order(steps)
    times = [times_of(ordered, number, claims, asked) for number in range(len(PASSES))]
    least = (max((t.least for t in pass_.values()), default=0.0) for pass_ in times)
    own = next((s for s in ordered if can_expire(s) and not s.after), None)
    opens, expires = (None, None) if own is None else claims.window(own, asked)
    over = None if own is None else Days(*(pass_[own.id].end for pass_ in times))
    return _Walk(
        claim=Days(*(latest((t.end for t in pass_.values()), asked) for pass_ in times)),
        at_least=Days(*map(_ahead, least)),
        steps=_step_plans(steps, times, claims, now),
        slashable=_slashable(steps, times),
        freed_on=_freed_on(steps, times[PASSES.index("max")], asked),
        window=over if opens is None else Days(opens, opens, opens),
        expires=expires,
        expiry_rule=None if own is None or expires is None else claims.source_of(own, asked),
    )


def _ahead(day: float | None, now: float = 0.0) -> float | None:
    """Return a day, today where it lies back."""
    return None if day is None else max(now, day)


def _slashable(steps: tuple[ExitStep, ...], times: Sequence[Mapping[str, Time]]) -> Days | None:
    """Return the days until which steps leave something to be slashed; None: none does, as far as known."""
    exposed = [step.id for step in steps if step.slashable]
    if not exposed:
        return None
    return Days(*(latest((pass_[i].end for i in exposed), -math.inf) for pass_ in times))


def _freed_on(steps: tuple[ExitStep, ...], slowest: Mapping[str, Time], asked: float) -> float | None:
    """Return the day from which nothing can be slashed even in the slowest pass; None: none is known.

    A step of which nobody knows whether it is slashable is taken for one that is. Where all is paid at once
    nothing waits: what was asked for is still held as it was until it is paid.
    """
    if all(step.kind == INSTANT_KIND for step in steps):
        return None
    return latest((slowest[step.id].end for step in steps if step.slashable is not False), asked)


def _step_plans(
    steps: tuple[ExitStep, ...], times: Sequence[Mapping[str, Time]], claims: Claims, now: float
) -> tuple[StepPlan, ...]:
    typical = times[PASSES.index("typical")]
    critical = critical_path(steps, typical)
    return tuple(
        StepPlan(
            step=step,
            start=_ahead(typical[step.id].start, now),
            end=_ahead(typical[step.id].end, now),
            waited=step.elapsed_days + _gone(typical[step.id], now),
            critical=step.id in critical and _ahead(typical[step.id].end, now) != now,
            overdue=step.maximum is not None and step.elapsed_days > step.maximum,
        )
        for step in (_timed(step, times, claims) for step in steps)
    )


def _gone(step: Time, now: float) -> float:
    """Return the days of a step that lie back."""
    if step.start is None or step.start >= now:
        return 0.0
    return (now if step.end is None else min(now, step.end)) - step.start


def _timed(step: ExitStep, times: Sequence[Mapping[str, Time]], claims: Claims) -> ExitStep:
    """Return a step that a clock rules with its days in each pass, and where the rule was read."""
    asked = (times[0][step.id].start or 0.0) - step.elapsed_days
    source = claims.source_of(step, asked)
    minimum, typical, maximum = (pass_[step.id].days for pass_ in times)
    if source is None:
        lasts = claims.lasts(step, asked)
        return step if lasts is None else replace(step, minimum=lasts[0], typical=lasts[1], maximum=lasts[2])
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
