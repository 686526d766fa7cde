"""The ladder: which share of the value is back by which day, in the best, the typical and the worst case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Dash, Figure, Line, Measure, Shape, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import estimate
from desktop_app.figures.time_axis import TimeAxis

Points = Sequence[tuple[float, float]]

EARLIEST: Dash = (2.0, 3.0)
LATEST: Dash = (6.0, 4.0)
NAME_STEP = 15.0
_TOP = 6.0
_FOOT = 8.0


@dataclass(frozen=True, slots=True)
class _Rung:
    """One curve of the ladder: its name, where its values are, how it is drawn."""

    name: str
    points: Points
    colour: str
    width: float
    dash: Dash = ()
    name_colour: str = "text2"
    bold: bool = False


def ladder(
    answer: Withdrawals,
    axis: TimeAxis,
    labels: Labels,
    height: float,
    sizes: Sizes = SCREEN,
    *,
    width: float | None = None,
    headline: str = "",
) -> Figure:
    """Return the ladder on a time axis, 0 to 100 % of the portfolio, for a place under the timeline."""
    bottom = height - _FOOT
    shapes: list[Shape] = [*_shares(axis, bottom, labels, sizes), *axis.grid(_TOP, bottom)]
    shapes.append(Line(((axis.left, bottom), (axis.right, bottom)), "ink"))
    rungs = _rungs(answer)
    for rung in rungs:
        points = _stairs(rung.points, answer.value, axis, bottom)
        shapes.append(Line(points, rung.colour, rung.width, rung.dash))
    if rungs:
        shapes += _names(rungs, answer.value, axis, bottom, sizes)
    return Figure(width or axis.right + 8 * sizes.note, height, tuple(shapes), headline=headline)


def ladder_with_dates(
    answer: Withdrawals,
    axis: TimeAxis,
    labels: Labels,
    height: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
) -> Figure:
    """Return the ladder with the days under it, for where it stands alone."""
    foot = sizes.axis + _FOOT
    above = ladder(answer, axis, labels, height - foot, sizes)
    days = axis.words(height - _FOOT, labels, sizes, measure)
    return replace(above, height=height, shapes=(*above.shapes, *days))


def _rungs(answer: Withdrawals) -> list[_Rung]:
    """Return the curves from back to front: the typical one is never covered.

    Where nothing of a curve has a known day, a line along the bottom would look like a result: there is none.
    """
    if answer.value <= 0:
        return []
    curve, market = answer.ladder.curve, answer.ladder.market_curve
    rungs = [
        _Rung("slowest", curve["max"], "text2", 1.4, LATEST),
        _Rung("fastest", curve["min"], "text2", 1.4, EARLIEST),
        _Rung("market first", market["typical"], "dimension:lender", 2.0, (), "warn"),
        _Rung("typical", curve["typical"], "accent", 2.6, (), "accent", bold=True),
    ]
    same = market["typical"] == curve["typical"]
    return [
        rung
        for rung in rungs
        if any(arrived > 0 for _, arrived in rung.points) and not (same and rung.name == "market first")
    ]


def _y(share: float, bottom: float) -> float:
    return bottom - min(max(share, 0.0), 1.0) * (bottom - _TOP)


def _shares(axis: TimeAxis, bottom: float, labels: Labels, sizes: Sizes) -> list[Shape]:
    shapes: list[Shape] = []
    for quarter in range(5):
        y = _y(quarter / 4, bottom)
        if quarter:
            shapes.append(Line(((axis.left, y), (axis.right, y)), "grid"))
        words = labels.share(quarter / 4)
        shapes.append(Text(axis.left - 8, y + sizes.axis * 0.36, words, "text2", sizes.axis, anchor="end"))
    return shapes


def _stairs(points: Points, value: float, axis: TimeAxis, bottom: float) -> tuple[tuple[float, float], ...]:
    """Return the steps from today to the right edge; what arrives later is not drawn."""
    y = _y(0.0, bottom)
    corners = [(axis.x(0), y)]
    for day, arrived in points:
        if day > axis.ahead:
            break
        x, above = axis.x(day), _y(arrived / value, bottom)
        if corners[-1] != (x, y):
            corners.append((x, y))
        if above != y:
            corners.append((x, above))
        y = above
    if corners[-1][0] < axis.right:
        corners.append((axis.right, y))
    return tuple(corners)


def _names(rungs: Sequence[_Rung], value: float, axis: TimeAxis, bottom: float, sizes: Sizes) -> list[Shape]:
    """Return the names at the right ends, in the order of the ends, kept apart."""
    ends = [(_stairs(rung.points, value, axis, bottom)[-1][1], rung) for rung in reversed(rungs)]
    ends.sort(key=lambda end: end[0])
    step = max(NAME_STEP, sizes.note + 3)
    last = bottom - (len(ends) - 1) * step
    shapes: list[Shape] = []
    y = _TOP
    for wanted, rung in ends:
        y = max(y, min(wanted, last))
        last += step
        shapes.append(
            Text(axis.right + 10, y + sizes.note * 0.36, rung.name, rung.name_colour, sizes.note, rung.bold)
        )
        y += step
    return shapes
