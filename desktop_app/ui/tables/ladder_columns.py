"""The ladder as a table: which share of the value is back by each day on which one of its curves rises."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.figures.labels import whole_days
from desktop_app.figures.time_axis import day_after
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.table_model import Column

UNDATED = "no day known"
_CURVES = ("min", "typical", "max")


@dataclass(frozen=True, slots=True)
class LadderRow:
    """Shares of the value that are back by the end of a day, which lies ``days`` after the as-of date.

    ``money`` is back typically. Without a ``day``: the shares for which none is known; ``market`` None.
    """

    id: str
    day: date | None
    days: int | None
    fastest: float
    typical: float
    slowest: float
    market: float | None
    money: float


def ladder_rows(out: Withdrawals, as_of: date) -> tuple[LadderRow, ...]:
    """Return a row for each day on which something arrives by one of the curves, and what has no day."""
    if out.value <= 0:
        return ()
    ladder = out.ladder
    curves = [*(ladder.curve[name] for name in _CURVES), ladder.market_curve["typical"]]
    days = sorted({whole_days(day) for curve in curves for day, _ in curve})
    rows = [_row(days_, [_arrived(curve, days_) for curve in curves], out.value, as_of) for days_ in days]
    unknown = [ladder.unknown_value.get(name, 0.0) for name in _CURVES]
    if any(unknown):
        fastest, typical, slowest = (value / out.value for value in unknown)
        rows.append(LadderRow(UNDATED, None, None, fastest, typical, slowest, None, unknown[1]))
    return tuple(rows)


def _row(days: int, arrived: Sequence[float], value: float, as_of: date) -> LadderRow:
    fastest, typical, slowest, market = (amount / value for amount in arrived)
    return LadderRow(
        str(days), day_after(as_of, days), days, fastest, typical, slowest, market, money=arrived[1]
    )


def _arrived(curve: Sequence[tuple[float, float]], days: int) -> float:
    """Return the value that has arrived by the end of a whole day."""
    count = bisect_right([whole_days(day) for day, _ in curve], days)
    return curve[count - 1][1] if count else 0.0


LADDER = (
    Column("Back by", lambda r: r.day, kinds.DATE, typed=lambda _: UNDATED),
    Column("Days", lambda r: r.days, kinds.COUNT, applies=lambda r: r.days is not None),
    Column("Fastest", lambda r: r.fastest, kinds.SHARE),
    Column("Typical", lambda r: r.typical, kinds.SHARE, strong=lambda _: True),
    Column("Slowest", lambda r: r.slowest, kinds.SHARE),
    Column("Market first", lambda r: r.market, kinds.SHARE, applies=lambda r: r.market is not None),
    Column("Typical, {currency}", lambda r: r.money, kinds.MONEY),
    Column("", lambda _: "", stretch=True),
)
