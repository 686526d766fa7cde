"""The layered graph as shapes: columns with headings, node boxes, lines through gaps and lanes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.positions import Mode
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.graph_columns import Section
from desktop_app.figures.graph_layout import Layout, Route
from desktop_app.figures.graph_lit import Lit
from desktop_app.figures.graph_nodes import HEADING, NODE, GraphNode
from desktop_app.figures.graph_ports import ports
from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.keys import key_line, moved
from desktop_app.figures.labels import UNKNOWN, Labels
from desktop_app.figures.shapes import Curve, Dash, Figure, Line, Measure, Rect, Shape, Target, Text
from desktop_app.figures.texts import estimate, fitting

NARROWEST, WIDEST = 98.0, 126.0
LEAST_GAP, MOST_GAP = 44.0, 220.0
BAR, HATCHED_BAR = 4.0, 9.0
NAME, SECOND = 12.0, 11.0
MUTED_FROM = 4.0
_RIGHT = 6.0
BEYOND_AT_TOP, BEYOND_BELOW = 40.0, 16.0
"""How far a heading may reach beyond its column: above all lines, and among them."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The place for a graph, in pixels for a system font of 13; a view scales it for larger fonts."""

    width: float
    height: float
    labels: Labels
    measure: Measure = estimate
    widest: float = WIDEST
    """So wide may a name make its node, where the gaps leave room for more than ``WIDEST``."""

    @property
    def top(self) -> float:
        """Return where the first nodes stand, under the headings."""
        return HEADING


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


def dashes(mode: Mode, width: float) -> Dash:
    """Return the dash of a line: every unit solid, split dashed, shared dotted."""
    if mode is Mode.ALL:
        return ()
    if mode is Mode.SHARED:
        return (2.0, 3.0)
    return (6.0, 3.0) if width < 3 else (9.0, 4.0)


def draw_graph(laid: Layout, canvas: Canvas, lit: Lit) -> Figure:
    """Return headings, lines and nodes; targets column by column from top to bottom."""
    columns = _columns(laid, canvas)
    heights = [own.heights for own in ports(laid.routes)]
    shapes: list[Shape] = [*_lines(laid.routes, heights, columns, lit)]
    targets = []
    for place, column in zip(columns, laid.columns, strict=True):
        heading: Section | None = None
        for slot in column:
            if slot.node is None:
                continue
            if slot.node.section != heading:
                top = heading is None
                heading = slot.node.section
                baseline = HEADING - 8 if top else slot.y - NODE / 2 - 7
                beyond = BEYOND_AT_TOP if top else BEYOND_BELOW
                shapes.append(_heading(heading, place, beyond, baseline, canvas))
            shapes += (
                moved(s, place.left, slot.y - NODE / 2) for s in _node(slot.node, place.width, canvas, lit)
            )
            targets.append(_target(slot.node, place, slot.y - NODE / 2, canvas.labels))
    width = max(canvas.width, columns[-1].right if columns else 0.0)
    return Figure(width, laid.bottom, tuple(shapes), tuple(targets))


# -- columns -------------------------------------------------------------------------------------------


def _columns(laid: Layout, canvas: Canvas) -> list[_Column]:
    """Return the columns over the whole width; wider than the canvas where the gaps would be too narrow."""
    widths = _widths(laid, canvas, WIDEST)
    for widest in range(round(canvas.widest), round(WIDEST), -4):
        wider = _widths(laid, canvas, widest)
        if sum(wider) + LEAST_GAP * (len(wider) - 1) <= canvas.width:
            widths = wider
            break
    gap = LEAST_GAP
    if len(widths) > 1:
        gap = min(max((canvas.width - sum(widths)) / (len(widths) - 1), LEAST_GAP), MOST_GAP)
    columns, left = [], 0.0
    for width in widths:
        columns.append(_Column(left, width))
        left += width + gap
    return columns


def _widths(laid: Layout, canvas: Canvas, widest: float) -> list[float]:
    return [
        max((_node_width(slot.node, canvas, widest) for slot in column if slot.node), default=NARROWEST)
        for column in laid.columns
    ]


def _node_width(node: GraphNode, canvas: Canvas, widest: float) -> float:
    """Return 98 px to the widest, as the name needs; numbers are never cut."""
    value, share = _numbers(node, canvas.labels)
    words = canvas.measure(node.name, NAME, True)
    numbers = canvas.measure(value, SECOND, False) + 10 + canvas.measure(share, SECOND, False)
    around = _inset(node) + _RIGHT
    return max(NARROWEST, min(words + around, widest), numbers + around)


def _inset(node: GraphNode) -> float:
    return (HATCHED_BAR + 5) if node.unknown else (BAR + 6)


def _heading(section: Section, place: _Column, beyond: float, baseline: float, canvas: Canvas) -> Text:
    words = section.heading
    shown = fitting(words, section.short, place.width + beyond, NAME, canvas.measure)
    return Text(place.left, baseline, shown, "text2", NAME, tooltip="" if shown == words else words)


# -- nodes ---------------------------------------------------------------------------------------------


def _numbers(node: GraphNode, labels: Labels) -> tuple[str, str]:
    return labels.money(node.value), "" if node.share is None else labels.share(node.share)


def _node(node: GraphNode, width: float, canvas: Canvas, lit: Lit) -> Iterator[Shape]:
    """Yield the box of a node at 0, 0: bar, name, value left and share right."""
    chosen, faded = node.id == lit.node, lit.fades(node.id)
    fill = "sel" if chosen else "band" if faded else "box"
    yield Rect(0, 0, width, NODE, fill=fill, radius=2, id=node.id)
    if node.unknown:
        yield unknown_hatch(0, 0, HATCHED_BAR, NODE, "mute" if faded else "text2", node.id)
    else:
        yield Rect(0, 0, BAR, NODE, fill="mute" if faded else _bar_role(node), id=node.id)
    inset = _inset(node)
    name = fitting(node.name, node.short, width - inset - _RIGHT, NAME, canvas.measure, bold=chosen)
    words = "text3" if faded else "ink"
    yield Text(
        inset, 15, name, words, NAME, chosen, tooltip="" if name == node.name else node.name, id=node.id
    )
    value, share = _numbers(node, canvas.labels)
    second = "text3" if faded else "text2"
    yield Text(inset, 29, value, "warn" if value == UNKNOWN and not faded else second, SECOND, id=node.id)
    yield Text(width - _RIGHT, 29, share, second, SECOND, anchor="end", id=node.id)
    if chosen:
        yield Rect(-2, -2, width + 4, NODE + 4, outline="accent", outline_width=2, radius=4, id=node.id)


def _bar_role(node: GraphNode) -> str:
    return "dimension:asset" if node.dimension is None else dimension_role(node.dimension)


def _target(node: GraphNode, place: _Column, top: float, labels: Labels) -> Target:
    value, share = labels.money(node.value, with_currency=True), labels.share(node.share)
    name = f"{node.name}, {node.section.heading}: {value}"
    tooltip = f"{node.name}\n{labels.money(node.value, decimals=2, with_currency=True)}"
    if node.share is not None:
        name += f", {share}"
        tooltip += f", {labels.share(node.share, decimals=1)} of the portfolio"
    elif node.value is None:
        tooltip = f"{node.name}\nvalue unknown: nothing on it has a price"
    if node.members:
        tooltip += "\nthe value that meets the group, not a sum; Enter opens it"
    return Target(node.id, place.left, top, place.width, NODE, name, tooltip)


# -- lines ---------------------------------------------------------------------------------------------


def _lines(
    routes: Sequence[Route], heights: Sequence[Sequence[float]], columns: Sequence[_Column], lit: Lit
) -> Iterator[Shape]:
    """Yield the lines, wide ones behind thin ones; lit ones over all others, as wide as what passes."""
    order = sorted(range(len(routes)), key=lambda number: -routes[number].thickness)
    for number in order:
        route = routes[number]
        width = route.thickness
        at_rest = "mute" if width >= MUTED_FROM else "line"
        yield _curve(route, heights[number], columns, "faint" if lit.node else at_rest, width)
    for number in order:
        found = lit.line(routes[number].link)
        if found is not None:
            role, width = found
            yield _curve(routes[number], heights[number], columns, role, min(width, routes[number].thickness))


def _curve(
    route: Route, heights: Sequence[float], columns: Sequence[_Column], role: str, width: float
) -> Curve:
    """Return one line: a cubic through each gap, horizontal at both ends, straight through each lane."""
    segments = []
    start = (columns[route.slots[0].column].right, heights[0])
    x, y = start
    for slot, next_y in zip(route.slots[1:], heights[1:], strict=True):
        column = columns[slot.column]
        middle = (x + column.left) / 2
        segments.append((middle, y, middle, next_y, column.left, next_y))
        x, y = column.left, next_y
        if slot is not route.slots[-1]:
            segments.append((x, y, column.right, y, column.right, y))
            x = column.right
    link = route.link
    dash = dashes(link.mode, route.thickness)
    return Curve(start, tuple(segments), role, width, dash, id=f"{link.source}>{link.target}")


# -- key -----------------------------------------------------------------------------------------------


def graph_key(canvas: Canvas, scale: float, total: float, top: float) -> Figure:
    """Return the key: three dashes, the hatch, and a line as wide as a round sum."""
    length = 30.0
    words, value = _round_sum(canvas.labels, total)
    thickness = max(1.2, scale * value)
    entries: list[tuple[str, float, Sequence[Shape]]] = [
        (mode_words, length, [Line(((0, 0), (length, 0)), "text2", 2, dashes(mode, 2))])
        for mode_words, mode in (("every unit", Mode.ALL), ("split", Mode.SPLIT), ("shared", Mode.SHARED))
    ]
    entries.append(("not known", 14, [unknown_hatch(0, -6, 14, 11)]))
    if total > 0:
        entries.append((words, length, [Line(((0, 0), (length, 0)), "text2", thickness)]))
    line = key_line(entries, measure=canvas.measure)
    lines = [line]
    if line.width + 4 > canvas.width:
        lines = [key_line(part, measure=canvas.measure) for part in (entries[:-2], entries[-2:])]
    shapes = tuple(
        moved(shape, 4, top + number * line.height)
        for number, part in enumerate(lines)
        for shape in part.shapes
    )
    return Figure(max(part.width for part in lines) + 4, top + len(lines) * line.height, shapes)


def _round_sum(labels: Labels, total: float) -> tuple[str, float]:
    """Return a round sum of about a quarter of the portfolio; in per cent where amounts are hidden."""
    if labels.hide_amounts:
        return labels.share(0.25), total / 4
    value = 1.0
    while value * 10 <= total / 4:
        value *= 10
    while value > total / 4 > 0:
        value /= 10
    step = next((factor for factor in (5, 2) if value * factor <= total / 4), 1)
    return labels.money(
        value * step, with_currency=True, decimals=0 if value * step >= 1 else 2
    ), value * step
