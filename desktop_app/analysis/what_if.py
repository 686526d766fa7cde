"""Two portfolios side by side: what the main measures are before a change and after it."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop_app.analysis.annual import ExpectedLoss, expected_annual_loss
from desktop_app.analysis.concentration import LARGE
from desktop_app.analysis.exposure import Exposure, exposure
from desktop_app.analysis.limit_log import Worsened, broken, worsened
from desktop_app.analysis.limits import LimitState, limits
from desktop_app.analysis.overview import GROUND
from desktop_app.analysis.rewards import Rewards, rewards
from desktop_app.analysis.tail import LEVELS
from desktop_app.analysis.withdrawals import Withdrawals, withdrawals
from desktop_app.analysis.year import Year, error_of, year
from desktop_app.domain import money
from desktop_app.domain.limits import Limit
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, counted_dimension, is_unknown

SHARES_OUT = (0.5, 0.9)
OFTEN = LEVELS[1]
"""One year in 20."""


class Measure(StrEnum):
    """What is compared; the subject of a row says of what.

    VALUE, REWARD, EXTRA_REWARD, EXPECTED_LOSS, VAR and CVAR are amounts (a year, but the value) in the
    portfolio's currency; LARGEST (of a dimension) and NOT_KNOWN (its unknown bucket) shares of the known
    value; DAYS_OUT days of the typical pass (subject: the share that is out); RATIO extra reward ÷ what it is
    expected to lose; the others count: SINGLE_POINTS nodes beside the common ground.
    """

    VALUE = "value"
    POSITIONS = "positions"
    UNPRICED = "positions without a price"
    DAYS_OUT = "days out"
    REWARD = "reward"
    EXTRA_REWARD = "extra reward"
    EXPECTED_LOSS = "expected loss"
    RATIO = "reward ratio"
    VAR = "value at risk"
    CVAR = "conditional value at risk"
    SINGLE_POINTS = "single points of failure"
    LARGEST = "largest share"
    NOT_KNOWN = "unknown share"
    BROKEN = "limits broken"


SHARES = frozenset((Measure.LARGEST, Measure.NOT_KNOWN))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; None is unknown. ``node``: the name that it is of.

    ``partly``: a part of it is not known and not in it. ``error``: how far it may be off.
    """

    value: Decimal | float | None
    node: str = ""
    partly: bool = False
    error: float = 0.0


NOTHING = Figure(None)
Key = tuple[Measure, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The main measures of one portfolio, and how it stands to its limits."""

    figures: Mapping[Key, Figure]
    states: tuple[LimitState, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure before and after."""

    measure: Measure
    subject: str
    before: Figure
    after: Figure

    @property
    def id(self) -> str:
        """Return what tells the row from every other."""
        return f"{self.measure}:{self.subject}"

    @property
    def change(self) -> Decimal | float | None:
        """Return after − before, exact for what is exact; None where one of them is not wholly known."""
        old, new = self.before.value, self.after.value
        if old is None or new is None or self.before.partly or self.after.partly:
            return None
        if isinstance(old, Decimal) and isinstance(new, Decimal):
            return money.difference(new, old)
        return float(new) - float(old)

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs: the same figure, of the same name, or unknown both times."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """``rows`` in the order of ``Measure``; limits that the change breaks, and those that it mends."""

    rows: tuple[Compared, ...]
    worsened: tuple[Worsened, ...]
    mended: tuple[Limit, ...]

    def row(self, measure: Measure, subject: str = "") -> Compared:
        """Return one row."""
        return next(row for row in self.rows if (row.measure, row.subject) == (measure, subject))


def standing(portfolio: Portfolio, as_of: date | None = None) -> Standing:
    """Return the main measures of a portfolio: definitions.md 1, 3, 4, 6, 7 and 8."""
    exposed = exposure(portfolio, as_of)
    out = withdrawals(portfolio, as_of)
    return standing_from(
        portfolio,
        exposed,
        out,
        limits(portfolio, exposed, as_of),
        rewards(portfolio, out, as_of),
        expected_annual_loss(portfolio, as_of),
        year(portfolio, as_of),
    )


def standing_from(
    portfolio: Portfolio,
    exposed: Exposure,
    out: Withdrawals,
    states: tuple[LimitState, ...],
    paid: Rewards,
    expected: ExpectedLoss | None,
    found_year: Year | None,
) -> Standing:
    """Return the main measures of a portfolio whose answers are known already."""
    found: dict[Key, Figure] = {
        (Measure.VALUE, ""): Figure(exposed.portfolio_value),
        (Measure.POSITIONS, ""): Figure(len(portfolio.counted_positions())),
        (Measure.UNPRICED, ""): Figure(len(exposed.unpriced)),
        (Measure.BROKEN, ""): Figure(len(broken(states))),
    }
    found |= _days(out)
    found |= _rewards(paid)
    found |= _losses(expected, found_year)
    found |= _single_points(exposed)
    found |= _shares(portfolio, exposed)
    return Standing(found, states)


def compared(before: Standing, after: Standing) -> Comparison:
    """Return two portfolios side by side, measure by measure.

    A dimension that one of them does not reach has the share 0 there, if anything is priced in it.
    """
    keys = sorted({*before.figures, *after.figures}, key=_place)
    rows = (Compared(*key, _figure(before, key), _figure(after, key)) for key in keys)
    gone = broken(before.states) - broken(after.states)
    still_set = {state.limit.about for state in after.states}
    return Comparison(
        tuple(rows),
        worsened(before.states, after.states),
        tuple(s.limit for s in before.states if s.limit.about in gone & still_set),
    )


def compare(before: Portfolio, after: Portfolio, as_of: date | None = None) -> Comparison:
    """Return two portfolios side by side as of the same day."""
    return compared(standing(before, as_of), standing(after, as_of))


def _place(key: Key) -> tuple[int, int, str]:
    measure, subject = key
    dimensions = [str(dimension) for dimension in Dimension]
    return (
        list(Measure).index(measure),
        dimensions.index(subject) if subject in dimensions else -1,
        subject,
    )


def _figure(of: Standing, key: Key) -> Figure:
    missing = Figure(0.0) if key[0] in SHARES and of.figures[Measure.VALUE, ""].value else NOTHING
    return of.figures.get(key, missing)


def _days(out: Withdrawals) -> dict[Key, Figure]:
    found = out.days_to_share["typical"]
    return {(Measure.DAYS_OUT, f"{share:g}"): Figure(found.get(share)) for share in SHARES_OUT}


def _rewards(found: Rewards) -> dict[Key, Figure]:
    """Return what all layers pay, what the extra ones do, and how that stands to what they risk."""
    extra = [row for row in found.rows if row.extra]
    return {
        (Measure.REWARD, ""): _sum(row.extra_reward for row in found.rows),
        (Measure.EXTRA_REWARD, ""): _sum(row.extra_reward for row in extra),
        (Measure.RATIO, ""): Figure(found.extra_ratio),
    }


def _sum(figures: Iterable[float | None]) -> Figure:
    """Return the sum as far as it is known; of figures of which none is known nothing is."""
    every = list(figures)
    known = [figure for figure in every if figure is not None]
    if every and not known:
        return NOTHING
    return Figure(math.fsum(known), partly=len(known) < len(every))


def _losses(expected: ExpectedLoss | None, found: Year | None) -> dict[Key, Figure]:
    loss = NOTHING
    if expected is not None:
        loss = Figure(expected.total, error=expected.missing + (expected.error or 0.0))
    return {
        (Measure.EXPECTED_LOSS, ""): loss,
        (Measure.VAR, ""): _tail(found, "var", lambda f: f.tail.var),
        (Measure.CVAR, ""): _tail(found, "cvar", lambda f: f.tail.cvar),
    }


def _tail(found: Year | None, name: str, of: Callable[[Year], Mapping[float, float]]) -> Figure:
    return NOTHING if found is None else Figure(of(found)[OFTEN], error=error_of(found, name, OFTEN))


def _single_points(exposed: Exposure) -> dict[Key, Figure]:
    """Return how many nodes beside assets and chains carry a quarter of the value or more."""
    carrying = [n for n in exposed.nodes.values() if n.share is not None and n.share >= LARGE - 1e-9]
    told = [n for n in carrying if n.dimension not in (*GROUND, Dimension.UNKNOWN)]
    return {(Measure.SINGLE_POINTS, ""): Figure(len(told)) if exposed.portfolio_value else NOTHING}


def _shares(portfolio: Portfolio, exposed: Exposure) -> dict[Key, Figure]:
    """Return the largest named node and the unknown bucket of every dimension but ``role``."""
    found: dict[Key, Figure] = {}
    for node in exposed.nodes.values():  # the largest value first
        dimension = counted_dimension(node.node, portfolio.nodes)
        if dimension is Dimension.ROLE or node.share is None:
            continue
        measure = Measure.NOT_KNOWN if is_unknown(node.node) else Measure.LARGEST
        if (measure, dimension) not in found:
            found[measure, str(dimension)] = Figure(node.share, node.node)
    return found
