"""The timeline: when each position or part is out, step by step, with the range around it (look.md 5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.figures.labels import UNKNOWN, Labels
from desktop_app.figures.shapes import Figure, Line, Measure, Rect, Shape, Target, Text
from desktop_app.figures.short_sources import step_source
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import cut, estimate
from desktop_app.figures.time_axis import TimeAxis, day_after, moment_after
from desktop_app.figures.timeline_marks import row_marks
from desktop_app.figures.timeline_rows import TimelineRow

GAP = 14
SPAN = "Earliest, latest"
_NAMES_AT_MOST = 0.24
_YEAR = 365


@dataclass(frozen=True, slots=True)
class TimelineColumns:
    """Right edges of money, typical and range, the width for names, and the axis between them.

    ``spans``: whether there is room for the words of the range; the whisker shows it in any case.
    """

    axis: TimeAxis
    name_width: float
    money: float
    typical: float
    range: float
    spans: bool = True


def timeline_columns(
    rows: Sequence[TimelineRow],
    as_of: date,
    labels: Labels,
    width: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
) -> TimelineColumns:
    """Return columns wide enough for every row, so that nothing meets; the axis takes what is left."""
    money = max([measure(labels.money(row.value), sizes.text, False) for row in rows], default=0)
    typical = max([measure(typical_words(row, as_of, labels), sizes.text, False) for row in rows], default=0)
    ranges = max([measure(range_words(row, as_of, labels), sizes.note, False) for row in rows], default=0)
    typical_right = width - max(ranges, measure(SPAN, sizes.note, False)) - GAP
    axis_right = typical_right - max(typical, measure("Typical", sizes.note, False)) - GAP
    names = max([measure(row.name_in(labels), sizes.text, False) for row in rows], default=0)
    name_width = max(min(names, _NAMES_AT_MOST * width), measure("Position or part", sizes.note, False))
    money_right = name_width + GAP + max(money, measure(labels.currency, sizes.note, False))
    axis = TimeAxis(as_of, money_right + GAP, axis_right)
    return TimelineColumns(axis, name_width, money_right, typical_right, width)


def timeline_head(
    columns: TimelineColumns, labels: Labels, sizes: Sizes = SCREEN, measure: Measure = estimate
) -> Figure:
    """Return the heading row: words, the axis on top, a dark rule under it."""
    baseline, edge = sizes.row - 8.0, sizes.row - 0.5
    shapes: list[Shape] = [
        Text(0, baseline, "Position or part", "text2", sizes.note),
        Text(columns.money, baseline, labels.currency, "text2", sizes.note, anchor="end"),
        Text(columns.typical, baseline, "Typical", "text2", sizes.note, anchor="end"),
        *([Text(columns.range, baseline, SPAN, "text2", sizes.note, anchor="end")] if columns.spans else []),
        *columns.axis.words(baseline, labels, sizes, measure),
        Line(((0, edge), (columns.range, edge)), "ink"),
    ]
    return Figure(columns.range, sizes.row, tuple(shapes))


def timeline(
    rows: Sequence[TimelineRow],
    columns: TimelineColumns,
    labels: Labels,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    headline: str = "",
    chosen: str = "",
) -> Figure:
    """Return the rows given, the first at y = 0; a page that scrolls passes the visible ones only.

    ``chosen``: the id of the row that stands out.
    """
    height = len(rows) * sizes.row
    tops = [number * sizes.row for number, row in enumerate(rows) if row.id == chosen]
    shapes: list[Shape] = [Rect(0, top, columns.range, sizes.row, fill="sel") for top in tops]
    lines = (number * sizes.row - 0.5 for number in range(1, len(rows)))
    shapes += [Line(((0, y), (columns.range, y)), "rule") for y in lines]
    shapes += columns.axis.grid(0, height)
    for number, row in enumerate(rows):
        middle = number * sizes.row + sizes.row / 2
        shapes += _words(row, middle + sizes.drop, columns, labels, sizes, measure, bold=row.id == chosen)
        shapes += row_marks(row, middle, columns.axis, labels, sizes, measure)
    targets = tuple(_target(row, n * sizes.row, columns, labels, sizes) for n, row in enumerate(rows))
    marks = {"today": columns.axis.x(0), "left": columns.axis.left, "right": columns.axis.right}
    return Figure(columns.range, height, tuple(shapes), targets, headline, marks)


def typical_words(row: TimelineRow, as_of: date, labels: Labels) -> str:
    """Return "1 Dec", with the year where it is another, "?" where it is unknown."""
    if row.finish.typical is None:
        return "?"
    day = _day(row, "typical", row.finish.typical, as_of, labels)
    return labels.day(day, year=day.year != as_of.year)


def _day(row: TimelineRow, name: str, days: float, as_of: date, labels: Labels) -> date:
    """Return the day of a pass: of a request that of its moment in the zone, else the first whole day."""
    claim = row.claim.of(name) if row.claim else None
    try:
        return day_after(as_of, days) if claim is None else labels.day_of(moment_after(as_of, claim))
    except OverflowError:
        return day_after(as_of, days)


def range_words(row: TimelineRow, as_of: date, labels: Labels) -> str:
    """Return "25 Nov – 21 Dec", "24–26 Nov", "9 Dec – ?" or nothing where there is no range."""
    least, most = row.finish.min, row.finish.max
    if least is None:
        return ""
    first = _day(row, "min", least, as_of, labels)
    if most is None:
        return f"{_short(first, as_of, labels)} – ?"
    last = _day(row, "max", most, as_of, labels)
    if first == last:
        return ""
    end = _short(last, as_of, labels)
    if (first.year, first.month) == (last.year, last.month) and end.startswith(str(last.day)):
        return f"{first.day}–{end}"
    return f"{_short(first, as_of, labels)} – {end}"


def _short(day: date, as_of: date, labels: Labels) -> str:
    """Return a date with its year only where the day and month alone could be this year's."""
    return labels.day(day, year=(day - as_of).days >= _YEAR)


def _words(
    row: TimelineRow,
    baseline: float,
    columns: TimelineColumns,
    labels: Labels,
    sizes: Sizes,
    measure: Measure,
    *,
    bold: bool,
) -> Iterator[Shape]:
    as_of, size = columns.axis.as_of, sizes.text
    whole = row.name_in(labels)
    amount = row.amount_in(labels)
    room = columns.name_width - measure(amount, size, bold) + (GAP / 2 if bold else 0)
    name = cut(row.name, room, size, measure, bold=bold) + amount
    yield Text(0, baseline, name, size=size, bold=bold, tooltip="" if name == whole else whole)
    money = labels.money(row.value)
    yield Text(columns.money, baseline, money, "warn" if money == UNKNOWN else "ink", size, anchor="end")
    typical, known = typical_words(row, as_of, labels), row.finish.typical is not None
    yield Text(columns.typical, baseline, typical, "ink" if known else "warn", size, not known, "end")
    span = range_words(row, as_of, labels) if columns.spans else ""
    yield Text(columns.range, baseline, span, "text2", sizes.note, anchor="end")


def _target(row: TimelineRow, top: float, columns: TimelineColumns, labels: Labels, sizes: Sizes) -> Target:
    as_of = columns.axis.as_of
    name = f"{row.name_in(labels)}: typically out {typical_words(row, as_of, labels)}"
    span = range_words(row, as_of, labels)
    lines = [name, f"Earliest, latest: {span}"] if span else [name]
    if row.state is not None:
        lines.append(f"Withdrawal: {row.state}")
    if row.path:
        lines.append(f"Way out: {row.path.replace('-', ' ')} (yours)")
    opened = {bar.name for bar in row.bars if bar.open}
    for bar in row.bars:
        least = "at least " if bar.open else ""
        said = f"{bar.name}: {least}{labels.in_step_days(bar.end - bar.start)}"
        source = "" if bar.step is None else step_source(bar.step, labels, as_of)
        lines.append(f"{said} ({source})" if source else said)
    lines += [f"{step}: {UNKNOWN}" for step in row.open_steps if step not in opened]
    return Target(row.id, 0, top, columns.range, sizes.row, name, "\n".join(lines))
