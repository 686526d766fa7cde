"""The time axis that the timeline and the ladder under it share: two weeks back, six weeks ahead."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from desktop_app.figures.labels import Labels, whole_days
from desktop_app.figures.shapes import Line, Measure, Shape, Text
from desktop_app.figures.sizes import Sizes

BACK = 14
AHEAD = 44
WEEK = 7
_APART = 5
_FEW_DAYS, _MANY_DAYS, _YEAR = 12, 130, 365


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from ``as_of`` between the pixels ``left`` and ``right``: ``back`` before it to ``ahead`` after.

    ``back`` is below zero where the axis begins later.
    """

    as_of: date
    left: float
    right: float
    back: float = BACK
    ahead: float = AHEAD

    def shows(self, days: float) -> bool:
        """Tell whether a day lies on the axis."""
        return -self.back <= days <= self.ahead

    def day(self, x: float) -> float:
        """Return the day that stands at a pixel."""
        part = (x - self.left) / (self.right - self.left)
        return part * (self.back + self.ahead) - self.back

    def x(self, days: float) -> float:
        """Return where a day stands, held inside the axis."""
        inside = min(max(days, -self.back), self.ahead)
        return self.left + (inside + self.back) / (self.back + self.ahead) * (self.right - self.left)

    @property
    def step(self) -> int:
        """Days between two lines of the grid: a week; a day on a short axis, some weeks on a long one."""
        span = self.back + self.ahead
        return 1 if span <= _FEW_DAYS else WEEK * math.ceil(span / _MANY_DAYS)

    def weeks(self) -> Iterator[int]:
        """Yield the days of the grid: whole steps from today, without the left edge."""
        first = math.floor(-self.back / self.step) + 1
        yield from range(first * self.step, math.floor(self.ahead) + 1, self.step)

    def grid(self, top: float, bottom: float) -> list[Shape]:
        """Return the weekly lines and today, a full-height accent line."""
        lines: list[Shape] = [
            Line(((self.x(day), top), (self.x(day), bottom)), "grid") for day in self.weeks() if day
        ]
        edge = Line(((self.left, top), (self.left, bottom)), "grid")
        today = Line(((self.x(0), top), (self.x(0), bottom)), "accent", 1.3)
        return [edge, *lines, today] if self.shows(0) else [edge, *lines]

    def words(self, baseline: float, labels: Labels, sizes: Sizes, measure: Measure) -> list[Shape]:
        """Return "today" and the date of every line of the grid, or of so many as do not touch."""
        steps = 1
        while True:
            days = [day for day in self.weeks() if day % (steps * self.step) == 0]
            texts = [self._word(day, baseline, labels, sizes) for day in days]
            if all(_apart(text, after, measure) for text, after in pairwise(texts)):
                return [*texts]
            steps += 1

    def _word(self, day: int, baseline: float, labels: Labels, sizes: Sizes) -> Text:
        if day == 0:
            return Text(self.x(0), baseline, "today", "accent", sizes.axis, bold=True, anchor="middle")
        words = labels.day(day_after(self.as_of, day), year=abs(day) > _YEAR)
        return Text(self.x(day), baseline, words, "text2", sizes.axis, anchor="middle")


def _apart(text: Text, after: Text, measure: Measure) -> bool:
    """Tell whether two texts stand side by side without touching."""
    wide = sum(measure(word.text, word.size, word.bold) for word in (text, after))
    return after.x - text.x >= wide / 2 + _APART


def moment_after(as_of: date, days: float) -> datetime:
    """Return the moment (UTC, to the second) so many days after the beginning of a date.

    Raises OverflowError after the last year there is.
    """
    return datetime.combine(as_of, time(), UTC) + timedelta(seconds=round(days * 86400))


def day_after(as_of: date, days: float) -> date:
    """Return the calendar day after so many days, rounded up; for absurd numbers the last one there is."""
    try:
        return as_of + timedelta(days=whole_days(days))
    except OverflowError:
        return date.max
