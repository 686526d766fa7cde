"""The strata of one position: layers from the outermost down, a strip for each dimension (look.md 5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import BASE_LAYERS, Dimension, ExitStep, Layer, Origin, Position
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.keys import moved
from desktop_app.figures.labels import NARROW_NO_BREAK, Labels
from desktop_app.figures.layer_words import layer_word
from desktop_app.figures.shapes import Figure, Line, Measure, Rect, Shape, Target, Text
from desktop_app.figures.short_sources import sources_of
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.strata_groups import LayerGroup, Strip, layer_groups
from desktop_app.figures.texts import cut, estimate, one_line

STRIP = 12.0
LANE = 8.0
"""Height of each of several parts that overlap: they stand one under the other."""
BETWEEN = 2.0
GAP = 14.0
MOST_NAMES = 5
LEAST_STRIP = 9
"""Strips are at least so many times as wide as the text is high, or the exit goes under them."""
LOST = "Can be lost"
NOT_GIVEN = "share not given, counted in full"

_ORIGINS = {
    Origin.YOURS: "rate yours",
    Origin.CATALOGUE: "rate of the catalogue",
    Origin.ASSUMED: "rate assumed",
}
_ONE = {Dimension.CUSTODY: "Wallet", Dimension.ROLE: "Role"}
_MANY = {Dimension.CUSTODY: "Wallets", Dimension.ROLE: "Roles"}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edge and width of the strips, right edge of what can be lost, left edge of the exit, the whole.

    ``under``: there is no room for the exit beside the strips, it stands under the names.
    """

    strip: float
    strip_width: float
    lost: float
    exit: float
    width: float
    under: bool = False


def strata(
    portfolio: Portfolio,
    position: Position,
    exposed: Exposure,
    labels: Labels,
    width: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    title: str = "",
) -> Figure:
    """Return the strata; every strip is as wide as the whole position. Slices are the targets.

    ``title`` stands on the line of the headings, or above it where there is no room for both.
    """
    groups = [group for group in layer_groups(portfolio, position, exposed) if group.layer or group.strips]
    columns = _columns(groups, labels, width, sizes, measure)
    worth = exposed.worths.get(position.id)
    y = sizes.row + _title_height(title, columns, sizes, measure)
    shapes: list[Shape] = [moved(shape, 0, y - sizes.row) for shape in _head(columns, sizes)]
    if title:
        shapes.append(Text(0, sizes.row - 8, title, size=sizes.text, bold=True))
    targets: list[Target] = []
    for group in groups:
        shapes.append(Line(((0, y + 0.5), (width, y + 0.5)), "rule"))
        if group.layer is not None:
            value = None if worth is None else float(worth)
            heading = list(_heading(group.layer, value, labels, width, sizes, measure))
            shapes += (moved(shape, 0, y + sizes.row - 6) for shape in heading)
            y += max(shape.y for shape in heading)
            y += sizes.row
        y += 4
        for strip in group.strips:
            shapes += (moved(shape, 0, y) for shape in _strip(strip, columns, labels, sizes, measure))
            targets += _targets(strip, columns, y, labels)
            y += _pitch(strip, columns, labels, sizes, measure)
        y += 4
    headline = f"Strata of {one_line(position.name)}, from the outermost layer down"
    return Figure(width, y, tuple(shapes), tuple(targets), headline)


def _title_height(title: str, columns: _Columns, sizes: Sizes, measure: Measure) -> float:
    free = columns.lost - measure(LOST, sizes.note, False) - GAP
    return sizes.row if title and measure(title, sizes.text, True) > free else 0.0


def _height(strip: Strip) -> float:
    return len(strip.slices) * (LANE + BETWEEN) - BETWEEN if strip.overlap else STRIP


def _pitch(strip: Strip, columns: _Columns, labels: Labels, sizes: Sizes, measure: Measure) -> float:
    """Return the height of a strip with its words: names under it, the source beside them."""
    names = len(_name_lines(strip, columns, labels, sizes, measure))
    sources = len(_source_lines(strip, columns, labels, sizes, measure))
    left = _height(strip) + names * (sizes.note + 4)
    if columns.under:
        exit_height = sizes.text + 4 if strip.steps else 0
        return left + exit_height + sources * (sizes.axis + 4) + 8
    return max(left, STRIP + sizes.note + 4 + (sources - 1) * (sizes.axis + 4)) + 8


def _columns(
    groups: Sequence[LayerGroup], labels: Labels, width: float, sizes: Sizes, measure: Measure
) -> _Columns:
    strips = [strip for group in groups for strip in group.strips]
    left = max([measure(_word(strip), sizes.note, False) for strip in strips], default=0.0) + GAP
    exits = max([measure(_exit(strip.steps, labels), sizes.text, False) for strip in strips], default=0.0)
    head = measure("Exit and its source", sizes.note, False)
    exit_width = max(0.25 * width, head, min(exits, 0.34 * width))
    lost_width = measure(LOST, sizes.note, False)
    strip_width = width - left - exit_width - lost_width - 3 * GAP
    if strip_width < LEAST_STRIP * sizes.text:
        return _Columns(left, max(width - left - lost_width - GAP, 60.0), width, left, width, under=True)
    lost = left + strip_width + GAP + lost_width
    return _Columns(left, strip_width, lost, lost + 2 * GAP, width)


def _head(columns: _Columns, sizes: Sizes) -> Iterator[Shape]:
    base = sizes.row - 8
    yield Text(columns.lost, base, LOST, "text2", sizes.note, anchor="end")
    if not columns.under:
        yield Text(columns.exit, base, "Exit and its source", "text2", sizes.note)


def _heading(
    layer: Layer, worth: float | None, labels: Labels, width: float, sizes: Sizes, measure: Measure
) -> Iterator[Text]:
    """Yield the line over a layer's strips: name, rate, money a year; at the right where the rate is from.

    Where they do not fit beside the name, rate and money stand on a line of their own.
    """
    name = layer_word(layer.name)
    yield Text(0, 0, name, size=sizes.text, bold=True)
    if layer.name == "hold" and not layer.reward_rate:
        return
    x = measure(name, sizes.text, True) + GAP
    if layer.reward_rate is None:
        yield Text(x, 0, "reward unknown", "warn", sizes.note)
        return
    sign = "+" if layer.name not in BASE_LAYERS and layer.reward_rate > 0 else ""
    words = f"{sign}{labels.rate(layer.reward_rate)} a year"
    if worth is not None:
        words += f", {labels.money(worth * layer.reward_rate, with_currency=True)}"
    if layer.unsplit:
        words += ", for the whole stack"
    origin = _ORIGINS[layer.origin]
    below = x + measure(words, sizes.text, False) + GAP + measure(origin, sizes.note, False) > width
    shown = cut(words, width, sizes.text, measure)
    x, y = (0.0, sizes.text + 5) if below else (x, 0.0)
    yield Text(x, y, shown, size=sizes.text, tooltip="" if shown == words else words)
    yield Text(width, 0, origin, "text2", sizes.note, anchor="end")


def _word(strip: Strip) -> str:
    """Return what a strip is called: "Service", "Services"."""
    kind = strip.dimension
    several = len(strip.slices) > 1
    word = str(kind).capitalize()
    return _MANY.get(kind, f"{word}s") if several else _ONE.get(kind, word)


def _strip(
    strip: Strip, columns: _Columns, labels: Labels, sizes: Sizes, measure: Measure
) -> Iterator[Shape]:
    base = STRIP - 1.5
    yield Text(0, base, _word(strip), "text2", sizes.note)
    yield from _slices(strip, columns)
    under = _height(strip) + sizes.note + 2
    names = _name_lines(strip, columns, labels, sizes, measure)
    for number, words in enumerate(names):
        shown = cut(words, columns.lost - columns.strip, sizes.note, measure)
        y, whole = under + number * (sizes.note + 4), "" if shown == words else words
        yield Text(columns.strip, y, shown, "text2", sizes.note, tooltip=whole)
    lost = "?" if strip.most is None else labels.share(strip.most)
    yield Text(columns.lost, base, lost, "warn" if strip.most is None else "ink", sizes.text, anchor="end")
    said, room = _exit(strip.steps, labels), columns.width - columns.exit
    first, second = base, STRIP + sizes.note + 2
    if columns.under:
        first = _height(strip) + len(names) * (sizes.note + 4) + sizes.text
        second = first + sizes.axis + 4
    if said:
        yield Text(columns.exit, first, cut(said, room, sizes.text, measure), size=sizes.text, tooltip=said)
    whole, colour = sources_of(strip.steps, labels)[2], "text2" if _checked(strip.steps) else "warn"
    for number, line in enumerate(_source_lines(strip, columns, labels, sizes, measure)):
        y = second + number * (sizes.axis + 4)
        yield Text(
            columns.exit, y, cut(line, room, sizes.axis, measure), colour, sizes.axis, tooltip=whole or line
        )


def _places(strip: Strip, columns: _Columns) -> list[tuple[float, float, float, float]]:
    """Return left edge, top, width and height of each slice: side by side, or in lanes where they overlap."""
    if strip.overlap:
        return [
            (columns.strip, number * (LANE + BETWEEN), max(piece.part * columns.strip_width, 1.0), LANE)
            for number, piece in enumerate(strip.slices)
        ]
    scale = columns.strip_width / max(1.0, sum(piece.part for piece in strip.slices))
    places, x = [], columns.strip
    for piece in strip.slices:
        length = piece.part * scale
        shown = length if piece is strip.slices[-1] else length - BETWEEN
        places.append((x, 0.0, max(shown, 1.0), STRIP))
        x += length
    return places


def _slices(strip: Strip, columns: _Columns) -> Iterator[Shape]:
    places = _places(strip, columns)
    for top in dict.fromkeys(top for _, top, _, _ in places):
        yield Rect(columns.strip, top, columns.strip_width, places[0][3], fill="page", outline="rule")
    for piece, (x, top, length, height) in zip(strip.slices, places, strict=True):
        if piece.unknown:
            yield unknown_hatch(x, top, length, height, id_=piece.node)
        else:
            yield Rect(x, top, length, height, fill=dimension_role(strip.dimension), id=piece.node)
            if length < columns.strip_width - BETWEEN:
                yield Rect(x + length, top, BETWEEN, height, fill="page")


def _name_lines(
    strip: Strip, columns: _Columns, labels: Labels, sizes: Sizes, measure: Measure
) -> tuple[str, ...]:
    """Return "Kiln 25, P2P 20, unknown 25 %" and what is known without a share: on one line if they fit."""
    said = [_parts(strip, labels)]
    if strip.named:
        more = len(strip.named) - MOST_NAMES
        several = f" and {labels.number(more)} more" if more > 0 else ""
        said.append(f"{', '.join(strip.named[:MOST_NAMES])}{several} named, shares not given")
    assumed = [piece for piece in strip.slices if not piece.share_given]
    if len(assumed) == len(strip.slices):
        said.append(NOT_GIVEN)
    elif assumed:
        said.append(f"{', '.join(piece.name for piece in assumed)}: {NOT_GIVEN}")
    whole = "; ".join(said)
    fits = measure(whole, sizes.note, False) <= columns.lost - columns.strip
    return (whole,) if fits else tuple(said)


def _parts(strip: Strip, labels: Labels) -> str:
    """Return the names with their per cents; a single node that carries everything needs no number."""
    if len(strip.slices) == 1 and strip.slices[0].part >= 1 - 1e-9:
        return strip.slices[0].name
    named = [f"{piece.name} {_percent(piece.part, labels)}" for piece in strip.slices[:MOST_NAMES]]
    more = len(strip.slices) - MOST_NAMES
    words = ", ".join(named) + NARROW_NO_BREAK + "%"
    return words + (f", {labels.number(more)} more" if more > 0 else "")


def _percent(part: float, labels: Labels) -> str:
    value = part * 100
    return labels.number(value, decimals=0 if abs(value - round(value)) < 0.05 else 1)


def _exit(steps: Sequence[ExitStep], labels: Labels) -> str:
    """Return how long the way out of these nodes is, and whether one can be slashed on it."""
    if not steps:
        return ""
    least = _total([step.minimum for step in steps])
    most = _total([step.maximum for step in steps])
    low, high = labels.days(least), labels.days(most)
    said = labels.in_days(most) if low == high and most is not None else f"{low} to {high} days"
    return said + (", slashable" if any(step.slashable for step in steps) else "")


def _checked(steps: Sequence[ExitStep]) -> bool:
    return all(step.verified is not False for step in steps)


def _source_lines(
    strip: Strip, columns: _Columns, labels: Labels, sizes: Sizes, measure: Measure
) -> tuple[str, ...]:
    """Return the source, its date and whether it is verified: on one line if they fit, else on two."""
    name, day, _ = sources_of(strip.steps, labels)
    rest = ", ".join(part for part in (day, "" if _checked(strip.steps) else "unverified") if part)
    whole = ", ".join(part for part in (name, rest) if part)
    if measure(whole, sizes.axis, False) <= columns.width - columns.exit:
        return (whole,) if whole else ()
    return tuple(part for part in (name, rest) if part)


def _total(days: Sequence[float | None]) -> float | None:
    known = [day for day in days if day is not None]
    return sum(known) if len(known) == len(days) else None


def _targets(strip: Strip, columns: _Columns, top: float, labels: Labels) -> Iterator[Target]:
    whole = sources_of(strip.steps, labels)[2]
    for piece, (x, down, length, height) in zip(strip.slices, _places(strip, columns), strict=True):
        name = f"{_word(strip)}: {piece.name}, {labels.share(piece.part, decimals=1)} of the position"
        if not piece.share_given:
            name += f", {NOT_GIVEN}"
        elif piece.unknown and strip.named:
            name += f"; {', '.join(strip.named)} named, shares not given"
        lines = [name, whole] if whole else [name]
        yield Target(piece.node, x, top + down, length, height, name, "\n".join(lines))
