"""Scenarios as rows: name and numbers, under them the loss as a dot on a bar, and the range (look.md 5)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from desktop_app.figures.bars import GAP
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Anchor, Figure, Line, Measure, Polygon, Rect, Shape, Target, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import cut, estimate, one_line

BAR, DOT, CAP, WHISKER = 3.0, 4.0, 8.0, 1.3
INSET = 12.0
SELECTED = 3.0
TICKS = 5
_CIRCLE = ((1, 0), (0.92, 0.38), (0.71, 0.71), (0.38, 0.92))


@dataclass(frozen=True, slots=True)
class ScenarioBar:
    """One scenario: its loss between ``low`` and ``high``, and the loss as a share of the portfolio.

    ``remark`` stands grey behind the name.
    """

    id: str
    name: str
    loss: float
    low: float
    high: float
    share: float
    remark: str = ""


def scenario_bars(
    bars: Sequence[ScenarioBar],
    labels: Labels,
    width: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    chosen: str = "",
    headline: str = "",
) -> Figure:
    """Return a row for each scenario on one scale from zero, the axis under them; ``chosen`` is marked."""
    pitch = row_height(sizes)
    shares = max([measure(labels.share(bar.share), sizes.text, True) for bar in bars], default=0)
    most = max([bar.high for bar in bars], default=0) or 1.0
    step = nice_step(most / (TICKS - 1))
    scale = (width - 2 * INSET) / (most * 1.02)
    shapes: list[Shape] = []
    bottom = len(bars) * pitch
    ticks = list(takewhile(lambda x: x <= most * 1.02, (n * step for n in count())))
    for tick in ticks:
        x = INSET + tick * scale
        shapes.append(Line(((x, 2), (x, bottom)), "grid"))
    targets = []
    for number, bar in enumerate(bars):
        y = number * pitch
        if bar.id == chosen:
            shapes.append(Rect(0, y, width, pitch, fill="sel"))
            shapes.append(Rect(0, y, SELECTED, pitch, fill="accent"))
        shapes += _words(bar, y, width, shares, labels, sizes, measure, bold=bar.id == chosen)
        shapes += _marks(bar, y + pitch - 11, scale, chosen=bar.id == chosen)
        line = (
            f"{one_line(bar.name)}: {labels.money(bar.loss, with_currency=True)}, {labels.share(bar.share)}"
        )
        targets.append(Target(bar.id, 0, y, width, pitch, line, _tooltip(bar, line, labels)))
    shapes += _axis(ticks, scale, bottom, labels, sizes)
    return Figure(width, bottom + sizes.axis + 10, tuple(shapes), tuple(targets), headline)


def row_height(sizes: Sizes) -> float:
    """Return the height of one scenario."""
    return sizes.text + 24


def nice_step(least: float) -> float:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that is not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * f for f in (1, 2, 2.5, 5, 10) if power * f >= least * (1 - 1e-9))


def _tooltip(bar: ScenarioBar, line: str, labels: Labels) -> str:
    lines = [line]
    if bar.high - bar.low > 1:
        lines.append(
            f"From {labels.money(bar.low)} to {labels.money(bar.high)}: the largest shock alone, their sum"
        )
    return "\n".join([*lines, bar.remark] if bar.remark else lines)


def _words(
    bar: ScenarioBar,
    y: float,
    width: float,
    shares: float,
    labels: Labels,
    sizes: Sizes,
    measure: Measure,
    *,
    bold: bool,
) -> Iterator[Shape]:
    base = y + sizes.text + 3
    right = width - INSET
    share, money = labels.share(bar.share), labels.money(bar.loss)
    yield Text(right, base, share, "ink" if bold else "text2", sizes.text, anchor="end")
    yield Text(right - shares - GAP, base, money, size=sizes.text, bold=bold, anchor="end")
    room = right - shares - 2 * GAP - measure(money, sizes.text, bold) - INSET
    words = one_line(bar.name)
    remark = f"  {bar.remark}" if bar.remark else ""
    if measure(words, sizes.text, bold) + measure(remark, sizes.note, False) > room:
        remark = ""
    shown = cut(words, room, sizes.text, measure, bold=bold)
    yield Text(INSET, base, shown, size=sizes.text, bold=bold, tooltip="" if shown == words else words)
    if remark:
        x = INSET + measure(words, sizes.text, bold)
        yield Text(x, base, remark, "text2", sizes.note)


def _marks(bar: ScenarioBar, middle: float, scale: float, *, chosen: bool) -> Iterator[Shape]:
    """Yield the bar from zero, the whisker from low to high where they differ, and the dot at the loss."""
    end, low, high = (INSET + x * scale for x in (bar.loss, bar.low, bar.high))
    yield Rect(INSET, middle - BAR / 2, max(end - INSET, 0), BAR, fill="accent" if chosen else "line")
    if high - low > 1:
        yield Line(((low, middle), (high, middle)), "ink", WHISKER)
        for x in (low, high):
            yield Line(((x, middle - CAP / 2), (x, middle + CAP / 2)), "ink", WHISKER)
    yield dot(end, middle, "accent" if chosen else "ink")


def dot(x: float, y: float, colour: str, radius: float = DOT) -> Polygon:
    """Return a filled dot."""
    quarter = list(_CIRCLE)
    points: list[tuple[float, float]] = []
    for _ in range(4):
        points += quarter
        quarter = [(-b, a) for a, b in quarter]
    return Polygon(tuple((x + a * radius, y + b * radius) for a, b in points), colour)


def _axis(
    ticks: Sequence[float], scale: float, bottom: float, labels: Labels, sizes: Sizes
) -> Iterator[Shape]:
    """Yield the amounts under the rows; where amounts are hidden there are none."""
    if labels.hide_amounts:
        return
    for number, tick in enumerate(ticks):
        words, x = labels.money(tick), INSET + tick * scale
        anchor: Anchor = "start" if number == 0 else "middle"
        yield Text(x, bottom + sizes.axis + 4, words, "text2", sizes.axis, anchor=anchor)
