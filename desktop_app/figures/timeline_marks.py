"""What stands on the time axis in one row: steps as bars and their signs, time waited, whisker, a note."""

from collections.abc import Iterator, Mapping

from desktop_app.analysis.request_states import RequestState
from desktop_app.figures.hatching import slashable_hatch, unknown_hatch
from desktop_app.figures.labels import Labels, whole_days
from desktop_app.figures.shapes import Dash, Line, Measure, Rect, Shape, Text
from desktop_app.figures.short_sources import Sign, step_sign
from desktop_app.figures.sizes import Sizes
from desktop_app.figures.time_axis import TimeAxis
from desktop_app.figures.timeline_rows import StepBar, TimelineRow

DOTS = (3.0, 3.0)
WHISKER = 1.3
CAP = 8.0
MARK = 2.6
LEAST_DOTTED = 24.0
SIGN_GAP, SIGN = 2.5, 1.6
_SIGNS: Mapping[Sign, tuple[str, Dash]] = {Sign.DOUBTED: ("warn", (2.0, 2.0)), Sign.YOURS: ("accent", ())}
_SAID = (RequestState.CLAIMABLE, RequestState.EXPIRED)


def row_marks(
    row: TimelineRow, middle: float, axis: TimeAxis, labels: Labels, sizes: Sizes, measure: Measure
) -> list[Shape]:
    """Return the marks of one row around its middle line, from back to front."""
    beside = any(not bar.main for bar in row.bars)
    lane = middle - sizes.bar / 4 if beside else middle
    whisker, reach = _whisker(row, lane, axis, sizes)
    note = _note(row, reach + CAP, middle + sizes.axis * 0.36, axis, labels, sizes, measure)
    return [*_waited(row, lane, axis, sizes), *_steps(row, lane, axis, sizes), *whisker, *note]


def _waited(row: TimelineRow, middle: float, axis: TimeAxis, sizes: Sizes) -> Iterator[Shape]:
    left, right = axis.x(row.now - row.waited), axis.x(row.now)
    if right > left:
        yield Rect(left, middle - sizes.bar / 2, right - left, sizes.bar, fill="faint", outline="field")


def _steps(row: TimelineRow, middle: float, axis: TimeAxis, sizes: Sizes) -> Iterator[Shape]:
    for bar in row.bars:
        if bar.main:
            yield from _step(bar, middle - sizes.bar / 2, sizes.bar, axis)
            yield from _signed(bar, middle - sizes.bar / 2 - SIGN_GAP, axis)
        else:
            yield from _step(bar, middle + sizes.bar / 2 + 2, sizes.bar / 2, axis)
            yield from _signed(bar, middle + sizes.bar + 2 + SIGN_GAP - 1, axis)


def _step(bar: StepBar, top: float, height: float, axis: TimeAxis) -> Iterator[Shape]:
    left, right = axis.x(bar.start), axis.x(bar.end)
    if right - left < 0.5:  # wholly beyond the axis, or too short to be seen
        return
    if bar.slashable is None:
        yield unknown_hatch(left, top, right - left, height, bar.colour)
    elif bar.slashable:
        yield slashable_hatch(left, top, right - left, height, bar.colour)
    else:
        yield Rect(left, top, right - left, height, fill=bar.colour)


def _signed(bar: StepBar, y: float, axis: TimeAxis) -> Iterator[Shape]:
    """Yield the line along a bar whose length is doubted, or the user's own."""
    left, right = axis.x(bar.start), axis.x(bar.end)
    sign = None if bar.step is None else step_sign(bar.step, axis.as_of)
    if sign is not None and right - left >= 0.5:
        yield sign_line(sign, left, max(right, left + 4), y)


def sign_line(sign: Sign, left: float, right: float, y: float) -> Line:
    """Return a sign as it is drawn along a bar: dashes in ochre, or a whole line in the accent."""
    colour, dash = _SIGNS[sign]
    return Line(((left, y), (right, y)), colour, SIGN, dash)


def _whisker(row: TimelineRow, y: float, axis: TimeAxis, sizes: Sizes) -> tuple[list[Shape], float]:
    """Return the marks from earliest to latest and how far to the right they reach."""
    typical = row.finish.typical
    if typical is None:
        return _without_typical(row, y, axis, sizes)
    shapes: list[Shape] = []
    if row.finish.min is not None and 0 < row.finish.min < typical and axis.shows(row.finish.min):
        shapes += _early_cap(axis.x(row.finish.min), y, sizes)
    if typical > axis.ahead:
        return [*shapes, *_arrow(axis.right, y)], axis.right
    end = axis.x(typical)
    mark = [Line(((end, y - 7), (end, y + 7)), "ink", MARK)] if axis.shows(typical) else []
    if row.finish.max is None:
        dots, reach = _open_end(end, axis.x(row.at_least.max or 0.0), y, sizes)
        return [*shapes, *dots, *mark], reach
    if row.finish.max > typical and row.finish.max > -axis.back:
        shapes += _late(end, row.finish.max, y, axis)
    return [*shapes, *mark], axis.x(max(row.finish.max, typical))


def _without_typical(row: TimelineRow, y: float, axis: TimeAxis, sizes: Sizes) -> tuple[list[Shape], float]:
    """Return what there is without a typical time: the range alone, or dots from the last thing known."""
    least, most = row.finish.min, row.finish.max
    if least is not None and most is not None and least <= axis.ahead:
        return [*_early_cap(axis.x(least), y, sizes), *_late(axis.x(least), most, y, axis)], axis.x(most)
    known = max([bar.end for bar in row.bars if bar.main], default=0.0)
    start = axis.x(known if least is None else max(known, least))
    cap = [] if least is None else _early_cap(axis.x(least), y, sizes)
    dots, reach = _open_end(start, axis.x(row.at_least.typical or 0.0), y, sizes)
    return [*cap, *dots], reach


def _early_cap(x: float, y: float, sizes: Sizes) -> Iterator[Shape]:
    """Yield the cap of the earliest end, with some page around it because it stands on a bar."""
    yield Line(((x, y - sizes.bar / 2), (x, y + sizes.bar / 2)), "page", WHISKER + 3)
    yield Line(((x, y - CAP / 2), (x, y + CAP / 2)), "ink", WHISKER)


def _late(start: float, latest: float, y: float, axis: TimeAxis) -> Iterator[Shape]:
    end = axis.x(latest)
    yield Line(((start, y), (end, y)), "ink", WHISKER)
    if latest > axis.ahead:
        yield from _arrow(end, y)
    else:
        yield Line(((end, y - CAP / 2), (end, y + CAP / 2)), "ink", WHISKER)


def _arrow(x: float, y: float) -> Iterator[Shape]:
    yield Line(((x + 3, y - 5.5), (x + 9, y), (x + 3, y + 5.5)), "ink", 1.6)


def _open_end(start: float, known: float, y: float, sizes: Sizes) -> tuple[list[Shape], float]:
    """Return a dotted line to the known least, and a question mark: nobody knows when."""
    end = max(known, start + LEAST_DOTTED)
    sign = Text(end + 4, y + sizes.text * 0.36, "?", "warn", sizes.text, bold=True)
    return [Line(((start, y), (end, y)), "ink", WHISKER, DOTS), sign], end + 4 + sizes.text * 0.6


def _note(
    row: TimelineRow,
    x: float,
    baseline: float,
    axis: TimeAxis,
    labels: Labels,
    sizes: Sizes,
    measure: Measure,
) -> Iterator[Shape]:
    words, colour = _note_words(row, labels)
    if words and axis.left < x - CAP and x + measure(words, sizes.axis, False) <= axis.right:
        yield Text(x, baseline, words, colour, sizes.axis)


def _note_words(row: TimelineRow, labels: Labels) -> tuple[str, str]:
    if row.overdue or row.state is RequestState.OVERDUE:
        return "overdue", "warn"
    if row.state in _SAID:
        return str(row.state), "ink"
    if row.frozen_share > 0:
        return f"no date for {labels.share(row.frozen_share)} of it", "warn"
    longest = row.longest
    if longest is None:
        return "", ""
    more = " or more" if longest.open else ""
    return f"{longest.name} {whole_days(longest.end - longest.start)} d{more}", "text2"
