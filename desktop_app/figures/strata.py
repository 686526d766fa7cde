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
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.strata_groups import LayerGroup, Strip, layer_groups
from desktop_app.figures.texts import cut, estimate, one_line

STRIP = 12.0
BETWEEN = 2.0
GAP = 14.0
MOST_NAMES = 5

_ORIGINS = {
    Origin.YOURS: "rate yours",
    Origin.CATALOGUE: "rate of the catalogue",
    Origin.ASSUMED: "rate assumed",
}
_ONE = {Dimension.CUSTODY: "Wallet", Dimension.ROLE: "Role"}
_MANY = {Dimension.CUSTODY: "Wallets", Dimension.ROLE: "Roles"}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edge and width of the strips, right edge of what can be lost, left edge of the exit, the whole."""

    strip: float
    strip_width: float
    lost: float
    exit: float
    width: float


def strata(
    portfolio: Portfolio,
    position: Position,
    exposed: Exposure,
    labels: Labels,
    width: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
) -> Figure:
    """Return the strata; every strip is as wide as the whole position. Slices are the targets."""
    groups = [group for group in layer_groups(portfolio, position, exposed) if group.layer or group.strips]
    columns = _columns(groups, width, sizes, measure)
    worth = exposed.worths.get(position.id)
    shapes: list[Shape] = list(_head(columns, sizes))
    targets: list[Target] = []
    y = sizes.row
    for group in groups:
        shapes.append(Line(((0, y + 0.5), (width, y + 0.5)), "rule"))
        if group.layer is not None:
            value = None if worth is None else float(worth)
            heading = _heading(group.layer, value, labels, width, sizes, measure)
            shapes += (moved(shape, 0, y + sizes.row - 6) for shape in heading)
            y += sizes.row
        y += 4
        for strip in group.strips:
            shapes += (moved(shape, 0, y) for shape in _strip(strip, columns, labels, sizes, measure))
            targets += _targets(strip, columns, y, labels)
            y += _pitch(sizes)
        y += 4
    headline = f"Strata of {one_line(position.name)}, from the outermost layer down"
    return Figure(width, y, tuple(shapes), tuple(targets), headline)


def _pitch(sizes: Sizes) -> float:
    return STRIP + sizes.note + 12


def _columns(groups: Sequence[LayerGroup], width: float, sizes: Sizes, measure: Measure) -> _Columns:
    words = [_word(strip) for group in groups for strip in group.strips]
    left = max([measure(word, sizes.note, False) for word in words], default=0.0) + GAP
    exit_width = max(0.25 * width, measure("Exit and its source", sizes.note, False))
    lost_width = measure("Can be lost", sizes.note, False)
    strip_width = max(width - left - exit_width - lost_width - 3 * GAP, 60.0)
    lost = left + strip_width + GAP + lost_width
    return _Columns(left, strip_width, lost, lost + 2 * GAP, width)


def _head(columns: _Columns, sizes: Sizes) -> Iterator[Shape]:
    base = sizes.row - 8
    yield Text(columns.lost, base, "Can be lost", "text2", sizes.note, anchor="end")
    yield Text(columns.exit, base, "Exit and its source", "text2", sizes.note)


def _heading(
    layer: Layer, worth: float | None, labels: Labels, width: float, sizes: Sizes, measure: Measure
) -> Iterator[Shape]:
    """Yield the line over a layer's strips: name, rate, money a year; at the right where the rate is from."""
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
    room = width - x - GAP - measure(origin, sizes.note, False)
    shown = cut(words, room, sizes.text, measure)
    yield Text(x, 0, shown, size=sizes.text, tooltip="" if shown == words else words)
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
    words = _names(strip, labels)
    shown = cut(words, columns.lost - columns.strip, sizes.note, measure)
    under = STRIP + sizes.note + 2
    yield Text(columns.strip, under, shown, "text2", sizes.note, tooltip="" if shown == words else words)
    lost = "?" if strip.most is None else labels.share(strip.most)
    yield Text(columns.lost, base, lost, "warn" if strip.most is None else "ink", sizes.text, anchor="end")
    room = columns.width - columns.exit
    said, source, checked = _exit(strip.steps, labels)
    yield Text(columns.exit, base, cut(said, room, sizes.text, measure), size=sizes.text, tooltip=said)
    colour = "text2" if checked else "warn"
    yield Text(
        columns.exit, under, cut(source, room, sizes.axis, measure), colour, sizes.axis, tooltip=source
    )


def _places(strip: Strip, columns: _Columns) -> list[tuple[float, float]]:
    """Return left edge and width of each slice; overlapping parts beyond the whole are shrunk into it."""
    scale = columns.strip_width / max(1.0, sum(piece.part for piece in strip.slices))
    places, x = [], columns.strip
    for piece in strip.slices:
        length = piece.part * scale
        places.append((x, max(length - BETWEEN, 1.0) if piece is not strip.slices[-1] else max(length, 1.0)))
        x += length
    return places


def _slices(strip: Strip, columns: _Columns) -> Iterator[Shape]:
    yield Rect(columns.strip, 0, columns.strip_width, STRIP, fill="page", outline="rule")
    for piece, (x, length) in zip(strip.slices, _places(strip, columns), strict=True):
        if piece.unknown:
            yield unknown_hatch(x, 0, length, STRIP, id_=piece.node)
        else:
            yield Rect(x, 0, length, STRIP, fill=dimension_role(strip.dimension), id=piece.node)
            if length < columns.strip_width - BETWEEN:
                yield Rect(x + length, 0, BETWEEN, STRIP, fill="page")


def _names(strip: Strip, labels: Labels) -> str:
    """Return "Kiln 25, P2P 20, unknown 25 %"; a single node that carries everything needs no number."""
    if len(strip.slices) == 1 and strip.slices[0].part >= 1 - 1e-9:
        return strip.slices[0].name
    named = [f"{piece.name} {_percent(piece.part, labels)}" for piece in strip.slices[:MOST_NAMES]]
    more = len(strip.slices) - MOST_NAMES
    words = ", ".join(named) + NARROW_NO_BREAK + "%"
    return words + (f", {labels.number(more)} more" if more > 0 else "")


def _percent(part: float, labels: Labels) -> str:
    value = part * 100
    return labels.number(value, decimals=0 if abs(value - round(value)) < 0.05 else 1)


def _exit(steps: Sequence[ExitStep], labels: Labels) -> tuple[str, str, bool]:
    """Return how long the way out of these nodes is, where that is from, and whether it is verified."""
    if not steps:
        return "", "", True
    least = _total([step.minimum for step in steps])
    most = _total([step.maximum for step in steps])
    low, high = labels.days(least), labels.days(most)
    said = labels.in_days(most) if low == high and most is not None else f"{low} to {high} days"
    if any(step.slashable for step in steps):
        said += ", slashable"
    cited = [", ".join(part for part in (step.cited, step.dated) if part) for step in steps]
    checked = all(step.verified is not False for step in steps)
    words = [*dict.fromkeys(one_line(part) for part in cited if part), *([] if checked else ["unverified"])]
    return said, ", ".join(words), checked


def _total(days: Sequence[float | None]) -> float | None:
    known = [day for day in days if day is not None]
    return sum(known) if len(known) == len(days) else None


def _targets(strip: Strip, columns: _Columns, top: float, labels: Labels) -> Iterator[Target]:
    for piece, (x, length) in zip(strip.slices, _places(strip, columns), strict=True):
        name = f"{_word(strip)}: {piece.name}, {labels.share(piece.part, decimals=1)} of the position"
        yield Target(piece.node, x, top, length, STRIP, name, name)
