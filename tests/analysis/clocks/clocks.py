"""What the tests of the clocks share: times in UTC, days, and moments made up by hypothesis."""

from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import strategies as st

from desktop_app.analysis.clocks.answer import DAY, Answer, Wait


def at(text: str | int) -> datetime:
    """Return a moment from ISO text or Unix seconds."""
    if isinstance(text, int):
        return datetime.fromtimestamp(text, UTC)
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def in_days(wait: Wait) -> tuple[float | None, ...]:
    """Return a wait in days, to four places."""
    return tuple(None if d is None else round(d, 4) for d in wait.days)


def days(number: str | int) -> Fraction:
    """Return days in seconds."""
    return Fraction(number) * DAY


def ordered(answer: Answer) -> bool:
    """Tell whether min <= typical <= max, as far as they are known, and nothing is below zero."""
    known = [p for p in (answer.wait.minimum, answer.wait.typical, answer.wait.maximum) if p is not None]
    return known == sorted(known) and all(p >= 0 for p in known)


moments = st.integers(1_700_000_000, 2_200_000_000).map(at)
