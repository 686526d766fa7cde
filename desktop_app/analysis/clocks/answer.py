"""What a clock answers: how long to wait, from when it can be claimed, and where the rule was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.catalogue import Source

DAY = 86400
"""Seconds of a day; every clock counts in UTC, where a day has no other length."""

CHECKED = "2026-11-22"
"""The day on which the sources of the rules were read."""

Figure = int | bool | str | Decimal | Fraction | datetime | None
"""A further result of a rule; None is unknown."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from the request on, exact; None is unknown. A range, not a confidence interval."""

    minimum: Fraction | None = None
    typical: Fraction | None = None
    maximum: Fraction | None = None

    @property
    def days(self) -> tuple[float | None, float | None, float | None]:
        """Return (min, typical, max) in days of 86,400 seconds, each rounded once."""
        parts = (self.minimum, self.typical, self.maximum)
        minimum, typical, maximum = (None if p is None else float(p / DAY) for p in parts)
        return minimum, typical, maximum

    def then(self, other: "Wait") -> "Wait":
        """Return the wait for both, one after the other; what is unknown in one is unknown in the sum."""
        return Wait(
            _sum(self.minimum, other.minimum),
            _sum(self.typical, other.typical),
            _sum(self.maximum, other.maximum),
        )

    def times(self, factor: Fraction | int) -> "Wait":
        """Return the wait so many times as long (units of ``factor`` seconds into seconds)."""
        parts = (self.minimum, self.typical, self.maximum)
        return Wait(*(None if p is None else p * factor for p in parts))


NOTHING_KNOWN = Wait()
AT_ONCE = Wait(Fraction(0), Fraction(0), Fraction(0))


def exactly(seconds: Fraction | int) -> Wait:
    """Return a wait of one length."""
    return Wait(*[Fraction(seconds)] * 3)


def anywhere(least: Fraction | int, most: Fraction | int) -> Wait:
    """Return the wait at an unknown moment of a cycle: its middle is typical."""
    return Wait(Fraction(least), Fraction(least + most) / 2, Fraction(most))


def days(least: str | None, typical: str | None, most: str | None) -> Wait:
    """Return a wait published in days."""
    return Wait(*(None if d is None else Fraction(d) * DAY for d in (least, typical, most)))


def until(request: datetime, claim: datetime) -> Wait:
    """Return the wait from a request to its claim; never below zero, whatever the clocks say."""
    return exactly(max(Fraction(0), seconds(claim - request)))


def seconds(span: timedelta) -> Fraction:
    """Return a span in seconds, exact to the microsecond."""
    return Fraction(span // timedelta(microseconds=1), 1_000_000)


def later(moment: datetime, wait: Fraction | int) -> datetime:
    """Return the moment so many seconds later, a fraction of a microsecond counting as a whole one."""
    return moment + timedelta(microseconds=-(-Fraction(wait) * 1_000_000 // 1))


@dataclass(frozen=True, slots=True)
class Answer:
    """When something can be claimed, as far as its rule fixes it; None is unknown or not fixed.

    ``expires_at``: the request has to be made again from then on. ``slashable_until``: the stake can still
    be slashed before that moment. ``figures`` holds what else the rule fixes, by name.
    """

    source: Source
    wait: Wait = NOTHING_KNOWN
    requested: datetime | None = None
    claimable_at: datetime | None = None
    claimable_block: int | None = None
    claimable_slot: int | None = None
    exit_epoch_offset: int | None = None
    expires_at: datetime | None = None
    slashable_until: datetime | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def dates(self) -> tuple[datetime | None, datetime | None, datetime | None]:
        """Return the earliest, typical and latest moment of the claim."""
        parts = (self.wait.minimum, self.wait.typical, self.wait.maximum)
        at = self.requested
        earliest, typical, latest = (None if at is None or p is None else later(at, p) for p in parts)
        return earliest, typical, latest

    def with_figures(self, **figures: Figure) -> "Answer":
        """Return the answer with further figures."""
        return replace(self, figures={**self.figures, **figures})


def delayed(
    source: Source, delay: Fraction | int, requested: datetime | None, *, slashable: bool = False
) -> Answer:
    """Return the answer of a delay that is the same for everybody."""
    claim = None if requested is None else later(requested, delay)
    return Answer(
        source, exactly(delay), requested, claimable_at=claim, slashable_until=claim if slashable else None
    )


def ranged(source: Source, wait: Wait, requested: datetime | None) -> Answer:
    """Return the answer where only a range is known."""
    return Answer(source, wait, requested)


def _sum(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b
