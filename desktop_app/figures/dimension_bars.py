"""The names of one dimension as bars: value, share, and the marks at 10 % and 25 % (look.md 5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.positions import Dimension, is_unknown
from desktop_app.figures.bars import GAP
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Line, Measure, Rect, Shape, Target, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import cut, estimate, one_line

OTHERS = "others"
"""The id of the row in which the smallest names stand together; a bar of it would dwarf the others."""

YARDSTICKS = (0.10, 0.25)
"""Shares of the portfolio from which bank rules speak of a large exposure; no limits."""
YARDSTICK_DASH = (2.0, 3.0)
OVER = "▲"
LEAST_SCALE = 0.3
"""The bars' room is never less than this share, so that both yardsticks stand in it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One name: what stands on it, in the portfolio's currency and as a share of the portfolio.

    ``dimension`` None: the plain value of an underlying asset. ``limit``: the share that the user
    allows.
    """

    id: str
    name: str
    dimension: Dimension | None
    value: float
    share: float
    limit: float | None = None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    names: float
    money: float
    left: float
    right: float
    scale: float

    def x(self, share: float) -> float:
        """Return where a share of the portfolio stands."""
        return self.left + (self.right - self.left) * min(share / self.scale, 1.0)


def dimension_bars(
    bars: Sequence[Bar],
    labels: Labels,
    width: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    headline: str = "",
) -> Figure:
    """Return a row for each name: name, value, bar, share; the yardsticks cross all rows."""
    columns = _columns(bars, labels, width, sizes, measure)
    head = sizes.axis + 4 if any(bar.limit is not None for bar in bars) else 0.0
    top = head + sizes.axis + 8
    bottom = top + len(bars) * sizes.row
    shapes: list[Shape] = []
    taken = 0.0
    for yardstick in YARDSTICKS:
        x, words = columns.x(yardstick), labels.share(yardstick)
        half = measure(words, sizes.axis, False) / 2
        if x - half > taken:
            shapes.append(Text(x, head + sizes.axis, words, "text2", sizes.axis, anchor="middle"))
            taken = x + half + 4
        shapes.append(Line(((x, top - 3), (x, bottom + 2)), "text3", 1, YARDSTICK_DASH))
    targets = []
    for number, bar in enumerate(bars):
        y = top + number * sizes.row
        shapes += _row(bar, y + sizes.row / 2, columns, labels, width, sizes, measure)
        money = labels.money(bar.value, with_currency=True)
        line = f"{one_line(bar.name)}: {labels.share(bar.share)}, {money}{_limit_words(bar, labels)}"
        exact = f"{one_line(bar.name)}: {labels.share(bar.share, decimals=6)}"
        targets.append(Target(bar.id, 0, y, width, sizes.row, line, exact))
    shapes += _limits(bars, columns, top, head, labels, sizes, measure)
    return Figure(width, bottom + 4, tuple(shapes), tuple(targets), headline)


def _limit_words(bar: Bar, labels: Labels) -> str:
    if bar.limit is None:
        return ""
    return f", {'over' if bar.is_over else 'under'} your {labels.share(bar.limit)}"


def _limits(
    bars: Sequence[Bar],
    columns: _Columns,
    top: float,
    head: float,
    labels: Labels,
    sizes: Sizes,
    measure: Measure,
) -> Iterator[Shape]:
    """Yield each limit as a line across the rows that it bounds; words stand above the one of most rows."""
    rows: dict[float, list[int]] = {}
    for number, bar in enumerate(bars):
        if bar.limit is not None:
            rows.setdefault(bar.limit, []).append(number)
    named = max(rows, key=lambda limit: len(rows[limit]), default=0.0)
    for limit, bound in rows.items():
        over = any(bars[number].is_over for number in bound)
        colour, x = "alarm" if over else "ink", columns.x(limit)
        first = top - 3 if bound[0] == 0 else top + bound[0] * sizes.row + 2
        for start, end in _stretches(bound):
            above = first if start == bound[0] else top + start * sizes.row + 2
            below = top + (end + 1) * sizes.row - 2
            yield Line(((x, above), (x, below)), "page", 4)
            yield Line(((x, above), (x, below)), colour, 2)
        if limit == named:
            words = f"limit {labels.share(limit)}"
            left = min(x - 1, columns.right - measure(words, sizes.axis, True))
            yield Text(left, head - 4, words, colour, sizes.axis, bold=True)


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each run of numbers that follow each other."""
    start = previous = numbers[0]
    for number in numbers[1:]:
        if number != previous + 1:
            yield start, previous
            start = number
        previous = number
    yield start, previous


def _columns(bars: Sequence[Bar], labels: Labels, width: float, sizes: Sizes, measure: Measure) -> _Columns:
    text = sizes.text
    names = max([measure(one_line(bar.name), text, False) for bar in bars], default=0)
    amounts = max([measure(labels.money(bar.value), text, False) for bar in bars], default=0)
    shares = measure(labels.share(1.0), text, True) + (14 if any(bar.is_over for bar in bars) else 0)
    names = min(names, max(0.36 * width, width - amounts - shares - 3 * GAP - 120))
    money = names + GAP + amounts
    scale = min(
        1.0, max([LEAST_SCALE, *(max(b.share, b.limit or 0.0) * 1.08 for b in bars if b.id != OTHERS)])
    )
    return _Columns(names, money, money + GAP * 0.75, width - shares - GAP, scale)


def _row(
    bar: Bar, middle: float, columns: _Columns, labels: Labels, width: float, sizes: Sizes, measure: Measure
) -> Iterator[Shape]:
    text, base = sizes.text, middle + sizes.drop
    words = one_line(bar.name)
    shown = cut(words, columns.names, text, measure)
    yield Text(0, base, shown, size=text, tooltip="" if shown == words else words)
    yield Text(columns.money, base, labels.money(bar.value), size=text, anchor="end")
    thick = sizes.bar + 2
    length = columns.x(bar.share) - columns.left
    if length > 0 and bar.id != OTHERS:
        yield _block(bar, columns.left, middle - thick / 2, max(length, 1.0), thick)
    share = labels.share(bar.share)
    if bar.is_over:
        left = width - measure(share, text, True) - 4
        yield Text(left, base, OVER, "alarm", sizes.axis, anchor="end")
    yield Text(width, base, share, size=text, bold=bar.is_over, anchor="end")


def _block(bar: Bar, x: float, y: float, length: float, thick: float) -> Shape:
    if is_unknown(bar.id):
        return unknown_hatch(x, y, length, thick)
    return Rect(x, y, length, thick, fill=dimension_role(bar.dimension) if bar.dimension else "line")
