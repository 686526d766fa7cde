"""When each position can be out, and the liquidity ladder (definitions.md 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep

PASSES = ("min", "typical", "max")
SHARES = (0.25, 0.5, 0.75, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Days:
    """Days in three passes; None is unknown. A range, not a confidence interval."""

    min: float | None
    typical: float | None
    max: float | None


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step as it falls in the typical pass: ``start`` and ``end`` in days from the as-of date (None unknown).

    ``waited`` are the days already gone; ``critical``: shortening it would shorten the way out.
    """

    step: ExitStep
    start: float | None
    end: float | None
    waited: float
    critical: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class TranchePlan:
    """The way out of one tranche. ``value`` None: unpriced. ``at_least``: longest known path where a pass is unknown."""

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
    """When the last tranche of a position is out."""

    position: str
    finish: Days
    tranches: tuple[TranchePlan, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Value that has arrived by day, per pass; ``protocol`` and ``market_first``: pass -> values beside ``days``.

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
    """``days_to_share``: pass -> share -> days (None: never, as far as is known). ``value``: the known portfolio value."""

    positions: Mapping[str, PositionPlan]
    ladder: Ladder
    days_to_share: Mapping[str, Mapping[float, float | None]]
    value: float


def withdrawals(portfolio: Portfolio, as_of: date | None = None) -> Withdrawals:
    """Return the plans of all counted positions and the ladder of the priced ones."""
    raise NotImplementedError
