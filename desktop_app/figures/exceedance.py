"""The year as a curve: x money, y the chance to lose at least so much, on a log scale (look.md 5)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.figures.labels import Labels
from desktop_app.figures.scenario_bars import dot, nice_step
from desktop_app.figures.shapes import Anchor, Figure, Line, Measure, Shape, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import cut, estimate

HIGHEST, LOWEST = 0.3, 0.0005
CHANCES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
CORNER = (3.0, 3.0)
TICKS = 5
GAP = 8.0

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Corner:
    """What is pointed out on the curve: a loss and its chance, with words; ``average`` lies beyond it."""

    loss: float
    chance: float
    words: str
    average: float
    average_words: str


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of the curve and what causes it."""

    start: float
    end: float
    chance: float
    words: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where losses and chances stand; ``top`` is the highest chance, ``most`` the largest loss."""

    left: float
    right: float
    up: float
    down: float
    top: float
    most: float

    def x(self, loss: float) -> float:
        """Return where a loss stands."""
        return self.left + (self.right - self.left) * min(max(loss / self.most, 0.0), 1.0)

    def y(self, chance: float) -> float:
        """Return where a chance stands; what is rarer than the lowest lies at the bottom."""
        part = math.log(self.top / max(chance, LOWEST)) / math.log(self.top / LOWEST)
        return self.up + (self.down - self.up) * min(max(part, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Exceedance:
    """A curve through ``points`` (loss rising, chance to lose at least so much) and what is told on it."""

    points: Points
    corner: Corner | None = None
    named: Named | None = None
    headline: str = ""


def exceedance(
    told: Exceedance,
    labels: Labels,
    width: float,
    height: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
) -> Figure:
    """Return the curve, not filled, with its corner and the name of its plateau."""
    points, corner, named = told.points, told.corner, told.named
    largest = max([loss for loss, _ in points], default=1.0)
    step = nice_step(largest / TICKS)
    most = step * math.ceil(largest / step - 1e-9)
    foot = 2 * sizes.axis + 14
    top = HIGHEST if all(chance <= HIGHEST for _, chance in points) else 1.0
    widest = max(labels.share(top), labels.share(0.003, decimals=1), key=len)
    left = measure(widest, sizes.axis, False) + GAP
    frame = _Frame(left, width - 2, sizes.axis, height - foot, top, most)
    shapes = [*_chances(frame, labels, sizes), *_losses(frame, step, labels, sizes, measure)]
    if corner is not None:
        shapes += _corner_lines(corner, points, frame)
    shapes.append(Line(_stairs(points, frame), "ink", 2.0))
    if named is not None:
        shapes += _name(named, frame, sizes, measure)
    if corner is not None:
        shapes += _corner_words(corner, points, frame, sizes, measure)
    return Figure(width, height, tuple(shapes), headline=told.headline)


def _chances(frame: _Frame, labels: Labels, sizes: Sizes) -> Iterator[Shape]:
    for chance in CHANCES:
        if chance <= frame.top:
            y = frame.y(chance)
            words = labels.share(chance, decimals=0 if chance >= 0.01 else 1)
            yield Line(((frame.left, y), (frame.right, y)), "grid")
            yield Text(frame.left - GAP, y + sizes.axis * 0.36, words, "text2", sizes.axis, anchor="end")


def _losses(frame: _Frame, step: float, labels: Labels, sizes: Sizes, measure: Measure) -> Iterator[Shape]:
    """Yield the axis of losses; where amounts are hidden it has no numbers."""
    yield Line(((frame.left, frame.down), (frame.right, frame.down)), "ink")
    base = frame.down + sizes.axis + 5
    count = round(frame.most / step)
    for number in range(0 if labels.hide_amounts else count + 1):
        x = frame.x(number * step)
        yield Line(((x, frame.down), (x, frame.down + 3)), "ink")
    for begins, words in _amounts(frame, step, labels, sizes, measure):
        yield Text(begins, base, words, "text2", sizes.axis)
    words = f"loss in the year, {labels.currency}"
    yield Text(frame.left, base + sizes.axis + 4, words, "text2", sizes.axis)


def _amounts(
    frame: _Frame, step: float, labels: Labels, sizes: Sizes, measure: Measure
) -> list[tuple[float, str]]:
    """Return where the losses stand under their ticks, so many apart that they do not touch."""
    ticks = 0 if labels.hide_amounts else round(frame.most / step) + 1
    for apart in range(1, ticks + 1):
        placed: list[tuple[float, str]] = []
        free = frame.left
        for number in range(0, ticks, apart):
            words = labels.money(number * step)
            wide = measure(words, sizes.axis, False)
            middle = frame.x(number * step) - wide / 2
            begins = min(max(middle, frame.left), frame.right - wide)
            if begins < free:
                break
            placed.append((begins, words))
            free = begins + wide + GAP
        else:
            return placed
    return []


def _stairs(points: Points, frame: _Frame) -> tuple[tuple[float, float], ...]:
    """Return the steps: up to each loss its chance holds, beyond the largest one nothing is left."""
    corners: list[tuple[float, float]] = []
    x = frame.x(0.0)
    for loss, chance in points:
        y = frame.y(chance)
        corners.append((x, y))
        x = frame.x(loss)
        corners.append((x, y))
    if corners:
        corners.append((x, frame.down))
    return tuple(corners)


def _corner_lines(corner: Corner, points: Points, frame: _Frame) -> Iterator[Shape]:
    x, y = frame.x(corner.loss), frame.y(corner.chance)
    yield Line(((frame.left, y), (x, y)), "accent", 1.2, CORNER)
    yield Line(((x, y), (x, frame.down)), "accent", 1.2, CORNER)
    average = frame.x(corner.average)
    if average - x > 1:
        top = frame.y(_chance_at(corner.average, points))
        yield Line(((average, top), (average, frame.down)), "accent", 1.2, CORNER)


def _chance_at(loss: float, points: Points) -> float:
    return next((chance for other, chance in points if other >= loss), LOWEST)


def _corner_words(
    corner: Corner, points: Points, frame: _Frame, sizes: Sizes, measure: Measure
) -> Iterator[Shape]:
    """Yield the dot and the words, right of what they name, or left of it where room or curve ends."""
    x, y = frame.x(corner.loss), frame.y(corner.chance)
    yield dot(x, y, "accent")
    yield _beside(x, y - 4, corner.words, frame, sizes, measure, bold=True)
    average = frame.x(corner.average)
    if average - x > 1:
        low, wide = frame.down - sizes.note * 0.8, measure(corner.average_words, sizes.note, False)
        end, top = average + GAP + wide, frame.y(_chance_at(corner.average, points)) - 4
        meets = any(average < frame.x(loss) <= end and frame.y(c) > low - sizes.note for loss, c in points)
        if not meets:
            yield _beside(average, low, corner.average_words, frame, sizes, measure, bold=False)
        elif average - x >= wide + 2 * GAP or end > frame.right or top - y < sizes.note:
            yield Text(average - GAP, low, corner.average_words, "accent", sizes.note, anchor="end")
        else:  # over the curve, which falls: between the two lines there is no room
            yield Text(average + GAP, top, corner.average_words, "accent", sizes.note)


def _beside(
    x: float, base: float, words: str, frame: _Frame, sizes: Sizes, measure: Measure, *, bold: bool
) -> Shape:
    wide = measure(words, sizes.note, bold)
    fits = x + GAP + wide <= frame.right
    anchor: Anchor = "start" if fits or x - GAP - wide < frame.left else "end"
    return Text(
        x + GAP if anchor == "start" else x - GAP, base, words, "accent", sizes.note, bold, anchor=anchor
    )


def _name(named: Named, frame: _Frame, sizes: Sizes, measure: Measure) -> Iterator[Shape]:
    """Yield the name of a stretch over its middle, where it is wide enough for it."""
    left, right = frame.x(named.start), frame.x(named.end)
    room = max(right - left, 0.0)
    shown = cut(named.words, room, sizes.note, measure)
    if len(shown) > 3:
        middle = (left + right) / 2
        y = frame.y(named.chance) - 6
        tooltip = "" if shown == named.words else named.words
        yield Text(middle, y, shown, "text2", sizes.note, anchor="middle", tooltip=tooltip)
