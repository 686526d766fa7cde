"""When the steps of a way out are over: by their clocks where they have one (definitions.md 8)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.analysis.clocks.steps import (
    COOLDOWN_STEP,
    QUEUE_STEP,
    QUEUED,
    Clock,
    Leaving,
    clock_of,
    is_ethereums,
)
from desktop_app.analysis.tranches import Part, parts_of
from desktop_app.domain import money
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, Position

if TYPE_CHECKING:
    from desktop_app.analysis.clocks.answer import Answer
    from desktop_app.domain.catalogue import Source

Three = tuple[float | None, float | None, float | None]
"""Days: (min, typical, max); None is unknown."""
INSTANT = 1e-9
"""Days: what floats may be off by where one moment is reckoned in two ways."""


def leaving_together(portfolio: Portfolio) -> Decimal:
    """Return the ETH that leaves by Ethereum's exit queue if everything is asked for at once.

    What was requested before stands in the queue already.
    """
    if portfolio.congestion.queue_eth is None or QUEUE_STEP.partition("/")[0] in portfolio.entries:
        return Decimal(0)
    return money.total(
        own
        for position in portfolio.counted_positions()
        if any(step.id in QUEUED for tranche in position.exit.tranches for step in tranche.steps)
        for part in parts_of(position)
        if part.request is None
        for step in part.tranche.steps
        if (own := Leaving(position.asset, _amount(position, part)).by(step)) is not None
    )


def cooldown_calls(position: Position) -> tuple[datetime, ...]:
    """Return when the open requests of a position start sUSDe's cooldown."""
    return tuple(
        part.request.requested_at
        for part in parts_of(position)
        if part.request is not None and any(s.id == COOLDOWN_STEP and not s.after for s in part.tranche.steps)
    )


def _amount(position: Position, part: Part) -> Decimal | None:
    if part.amount is not None or position.quantity is None:
        return part.amount
    return money.product(position.quantity, Decimal(part.tranche.fraction))


class Claims:
    """When each step of one way out is over: by its clock where it has one, else by its own days.

    All days are counted from the as-of date; without one, clocks that need the date of a request rest.
    ``now``: the day, with its part, up to which a call has been made for certain.
    """

    def __init__(self, leaving: Leaving, as_of: date | None, now: float = 0.0) -> None:
        self.leaving = leaving
        self._now = now
        self._today = None if as_of is None else datetime.combine(as_of, time(), UTC)

    def __call__(self, step: ExitStep, asked: float) -> Three:
        """Return the days on which a step is over that is asked for on the day ``asked``."""
        answer = self._answer(step, asked)
        if answer is None:
            return _after(asked, self.lasts(step, asked) or (step.minimum, step.typical, step.maximum))
        exact = answer.wait.minimum == answer.wait.maximum
        if exact and answer.claimable_at is not None and self._today is not None:
            return ((answer.claimable_at - self._today) / timedelta(days=1),) * 3
        return _after(asked, answer.wait.days)

    def lasts(self, step: ExitStep, asked: float) -> Three | None:
        """Return the days of a step that takes longer than the catalogue says, None where it does not.

        That is a queue as long as the user says, or a cooldown that a later call starts again.
        """
        if self.leaving.calls and step.id == COOLDOWN_STEP and not step.after:
            return self._restarted(asked, (step.minimum, step.typical, step.maximum))
        others = self.leaving.congestion.others
        if not step.is_queue or others == 1 or is_ethereums(step):
            return None
        return _longer((step.minimum, step.typical, step.maximum), others)

    def _restarted(self, asked: float, days: Three) -> Three:
        """Return the days of a cooldown that later calls start again: made ones, and any before it ends."""
        calls = sorted(self.day_of(call) for call in self.leaving.calls)

        def lasts(one: float | None) -> float | None:
            begun = asked
            for call in calls:
                if call > begun and one is not None and (call <= self._now or begun + one - call > INSTANT):
                    begun = call
            return None if one is None else begun + one - asked

        minimum, typical, maximum = map(lasts, days)
        return minimum, typical, maximum

    def day_of(self, moment: datetime) -> float:
        """Return the day of a moment, below zero where it lies back; 0 without an as-of date."""
        return 0.0 if self._today is None else (moment - self._today) / timedelta(days=1)

    def window(self, step: ExitStep, asked: float) -> tuple[float | None, float | None]:
        """Return the days on which the window of what is asked for on the day ``asked`` opens and closes."""
        answer = self._answer(step, asked)
        moments = (None, None) if answer is None else (answer.claimable_at, answer.expires_at)
        opens, expires = (None if at is None else self.day_of(at) for at in moments)
        return opens, expires

    def source_of(self, step: ExitStep, asked: float) -> "Source | None":
        """Return where the rule of a step's clock was read, None where it has none."""
        answer = self._answer(step, asked)
        return None if answer is None else answer.source

    def _answer(self, step: ExitStep, asked: float) -> "Answer | None":
        clock = clock_of(step, self.leaving)
        if clock is None or (clock.dated and self._today is None):
            return None
        try:
            dated = self._today + timedelta(days=asked) if clock.dated and self._today else None
            return _answer(clock, dated)
        except OverflowError:
            return None


@lru_cache(1 << 12)
def _answer(clock: Clock, requested: datetime | None) -> "Answer":
    return clock.answer(requested)


def _longer(days: Three, times: Decimal) -> Three:
    minimum, typical, maximum = (None if d is None else d * float(times) for d in days)
    return minimum, typical, maximum


def _after(asked: float, days: Three) -> Three:
    minimum, typical, maximum = (None if d is None else asked + d for d in days)
    return minimum, typical, maximum
