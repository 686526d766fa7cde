"""How far a withdrawal request has come: its state, and the moments of its clocks (definitions.md 8)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from desktop_app.analysis.exit_paths import MINUTE
from desktop_app.analysis.exit_plans import day_at
from desktop_app.analysis.withdrawals import Days, PositionPlan, TranchePlan, Withdrawals
from desktop_app.domain.catalogue import Source
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, Request

Moments = tuple[datetime | None, datetime | None, datetime | None]
"""Earliest, typical and latest, UTC, to the second; None is unknown."""


class RequestState(StrEnum):
    """What a request waits for; the last time that is known being over without a claim is ``overdue``."""

    REQUESTED = "requested"
    WAITING = "waiting"
    CLAIMABLE = "claimable"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Progress:
    """One open request: its state, moments and steps. ``slashable``: until when, None where it cannot be.

    ``expires`` by the rule of ``expiry_rule``, by the user's own word where that is None. ``at``: the moment
    of the state. ``freed``: at the beginning of the as-of date it counts for no operator or service any more
    (see ``analysis.freed``).
    """

    position: str
    request: Request
    state: RequestState
    claim: Moments
    slashable: Moments | None
    expires: datetime | None
    expiry_rule: Source | None = None
    steps: tuple[ExitStep, ...] = ()
    at: datetime | None = None
    freed: bool = False

    @property
    def is_exact(self) -> bool:
        """Tell whether the clock names one moment."""
        return self.claim[0] is not None and self.claim[0] == self.claim[2]


def progress(plan: PositionPlan, as_of: date, now: datetime | None = None) -> tuple[Progress, ...]:
    """Return how far the open requests of a position, planned from ``as_of`` on, are at ``now``.

    By default that is the beginning of the as-of date in UTC.
    """
    start, day = datetime.combine(as_of, time(), UTC), day_at(as_of, now)
    return tuple(
        Progress(
            position=plan.position,
            request=tranche.request,
            state=state_of(tranche, day),
            claim=_moments(start, tranche.due),
            slashable=None if tranche.slashable is None else _moments(start, tranche.slashable),
            expires=_moment(start, tranche.expires),
            expiry_rule=tranche.expiry_rule,
            steps=tuple(plan.step for plan in tranche.steps),
            at=now or start,
            freed=tranche.is_freed,
        )
        for tranche in plan.tranches
        if tranche.request is not None
    )


def open_progress(portfolio: Portfolio, out: Withdrawals, as_of: date) -> tuple[Progress, ...]:
    """Return how far all open requests are at the moment of the answer, the one claimed next first."""
    asked = (p.id for p in portfolio.counted_positions() if any(r.is_open for r in p.requests))
    found = [one for ident in asked for one in progress(out.positions[ident], as_of, out.now)]
    late = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: one.claim[1] or one.claim[0] or late))


def state_of(tranche: TranchePlan, day: float = 0.0) -> RequestState:
    """Return the state of a request on a day counted from the as-of date.

    Where its clock names one moment it can be claimed from then on. Where there is a range it can be from
    the typical time on, and is overdue once the latest is over.
    """
    request, claim = tranche.request, tranche.due
    if request is None or not request.is_open:
        return RequestState.CLAIMED
    if tranche.asked > day:
        return RequestState.REQUESTED
    if tranche.expires is not None and day >= tranche.expires:
        return RequestState.EXPIRED
    if claim.max is not None and day >= claim.max - MINUTE / 60:
        return RequestState.CLAIMABLE if claim.min == claim.max else RequestState.OVERDUE
    if claim.typical is not None and day >= claim.typical:
        return RequestState.CLAIMABLE
    return RequestState.WAITING


def _moments(start: datetime, days: Days) -> Moments:
    return _moment(start, days.min), _moment(start, days.typical), _moment(start, days.max)


def _moment(start: datetime, day: float | None) -> datetime | None:
    """Return a moment to the second; None where it is unknown or after the last year there is."""
    if day is None:
        return None
    try:
        return start + timedelta(seconds=round(day * 86400))
    except OverflowError:
        return None
