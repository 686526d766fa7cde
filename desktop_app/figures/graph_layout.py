"""Where everything in the layered graph stands: order, heights, lanes for lines that skip columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from desktop_app.figures.graph_links import Link
from desktop_app.figures.graph_nodes import HEADING, NODE, NODE_GAP, GraphNode, in_heading_order

LINE_GAP = 1.2
LANE_GAP = 6.0
LANES_APART = 4.0
SWEEPS = 6
PITCH = 47.0

Thickness = Callable[[Link], float]


@dataclass(slots=True, eq=False)
class Slot:
    """A place in a column: a node, or a lane for the lines of one source. ``y`` is its middle."""

    column: int
    key: str
    size: float
    node: GraphNode | None = None
    y: float = 0.0
    left: list[tuple["Slot", float]] = field(default_factory=list, repr=False)
    right: list[tuple["Slot", float]] = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A line and the places it runs through: its source, lanes, its target."""

    link: Link
    slots: tuple[Slot, ...]
    thickness: float


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The columns from left to right, each from top to bottom; the routes; where the lowest slot ends."""

    columns: tuple[tuple[Slot, ...], ...]
    routes: tuple[Route, ...]
    bottom: float


def layout(
    nodes: Sequence[GraphNode], links: Sequence[Link], thickness: Thickness, top: float, bottom: float
) -> Layout:
    """Return the layout between ``top`` and ``bottom``, or below where a column needs more room."""
    slots = {node.id: Slot(node.section.column, node.id, NODE, node) for node in in_heading_order(nodes)}
    routes, lanes = _routes(links, slots, thickness)
    columns = _columns([*slots.values(), *lanes])
    bottom = max([bottom, *(top + _needed(column) for column in columns)])
    for column in columns:
        _place(column, [slot.y for slot in column], top, bottom)
    for sweep in range(SWEEPS):
        if sweep % 2 == 0:
            for number in range(1, len(columns)):
                columns[number] = _ordered(columns[number], top, bottom, ahead=False)
        else:
            for number in range(len(columns) - 2, -1, -1):
                columns[number] = _ordered(columns[number], top, bottom, ahead=True)
    _settle(columns, top, bottom)
    lowest = max((slot.y + slot.size / 2 for column in columns for slot in column), default=top)
    return Layout(tuple(tuple(column) for column in columns), tuple(routes), lowest)


def _routes(
    links: Sequence[Link], slots: dict[str, Slot], thickness: Thickness
) -> tuple[list[Route], list[Slot]]:
    """Return the routes of the lines, and one lane for each source and each column its lines skip."""
    lanes: dict[tuple[str, int], Slot] = {}
    routes = []
    for link in links:
        start, end = slots[link.source], slots[link.target]
        width = thickness(link)
        path = [start]
        for column in range(start.column + 1, end.column):
            key = (link.source, column)
            lane = lanes.setdefault(key, Slot(column, f"lane:{link.source}", -LINE_GAP))
            lane.size += width + LINE_GAP
            path.append(lane)
        path.append(end)
        for here, there in pairwise(path):
            here.right.append((there, width))
            there.left.append((here, width))
        routes.append(Route(link, tuple(path), width))
    return routes, list(lanes.values())


def _columns(slots: Sequence[Slot]) -> list[list[Slot]]:
    count = max((slot.column for slot in slots), default=-1) + 1
    columns: list[list[Slot]] = [[] for _ in range(count)]
    for slot in slots:
        columns[slot.column].append(slot)
    return columns


def _gap(above: Slot, below: Slot, section: object) -> float:
    """Return the free space between two neighbours; ``section`` is that of the last node above both."""
    if below.node is None:
        return LANES_APART if above.node is None else LANE_GAP
    heading = HEADING if section is not None and below.node.section != section else 0.0
    return heading + (LANE_GAP if above.node is None else NODE_GAP)


def _offsets(column: Sequence[Slot]) -> list[float]:
    """Return the distance of each slot's middle from the top where all are packed as closely as may be."""
    offsets: list[float] = []
    at = 0.0
    section: object = None
    for number, slot in enumerate(column):
        if number:
            at += _gap(column[number - 1], slot, section)
        offsets.append(at + slot.size / 2)
        at += slot.size
        section = slot.node.section if slot.node else section
    return offsets


def _needed(column: Sequence[Slot]) -> float:
    """Return the least height of a column, whatever the order: every gap counted as the largest it can be."""
    sections = {slot.node.section for slot in column if slot.node}
    return sum(slot.size + NODE_GAP for slot in column) + HEADING * max(len(sections) - 1, 0)


def _place(column: Sequence[Slot], wanted: Sequence[float], top: float, bottom: float) -> None:
    """Move each slot as near as possible to the wanted height, keeping order, gaps, top and bottom.

    The least squares under fixed distances: averages over pools of neighbours that push each other.
    """
    if not column:
        return
    offsets = _offsets(column)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before, many = pools.pop()
            total, count = total + before, count + many
        pools.append((total, count))
    highest = bottom - offsets[-1] - column[-1].size / 2
    shifts = [min(max(total / count, top), highest) for total, count in pools for _ in range(count)]
    for slot, shift, offset in zip(column, shifts, offsets, strict=True):
        slot.y = shift + offset


def _centre(slot: Slot, *, ahead: bool) -> float:
    """Return the barycentre of what a slot is joined to on one side, by width; its own place without any."""
    joined = slot.right if ahead else slot.left
    weight = sum(width for _, width in joined)
    return sum(other.y * width for other, width in joined) / weight if weight else slot.y


def _ordered(column: Sequence[Slot], top: float, bottom: float, *, ahead: bool) -> list[Slot]:
    """Return a column in the order of the barycentres: nodes inside their sections, lanes between them."""
    centres = {slot: _centre(slot, ahead=ahead) for slot in column}
    found = [(slot.node, slot) for slot in column if slot.node]
    nodes = [slot for node, slot in sorted(found, key=lambda pair: _node_order(pair[0], centres[pair[1]]))]
    _place(nodes, [centres[slot] for slot in nodes], top, bottom)
    lanes = sorted((s for s in column if s.node is None), key=lambda slot: (centres[slot], slot.key))
    result: list[Slot] = []
    for node in nodes:
        while lanes and centres[lanes[0]] < node.y:
            result.append(lanes.pop(0))
        result.append(node)
    result += lanes
    _place(result, [centres[slot] for slot in result], top, bottom)
    return result


def _node_order(node: GraphNode, centre: float) -> tuple[object, ...]:
    return (node.section.rank, bool(node.members), round(centre, 3), -(node.value or 0.0), node.name, node.id)


def _settle(columns: Sequence[list[Slot]], top: float, bottom: float) -> None:
    """Give the first column even distances and let the others follow, twice."""
    for _ in range(2):
        for number, column in enumerate(columns):
            if number == 0:
                wanted = [top + (place + 0.5) * _pitch(column, top, bottom) for place in range(len(column))]
            else:
                wanted = [_middle(slot) for slot in column]
            _place(column, wanted, top, bottom)


def _pitch(column: Sequence[Slot], top: float, bottom: float) -> float:
    return min(PITCH, (bottom - top) / len(column)) if column else PITCH


def _middle(slot: Slot) -> float:
    """Return the barycentre of both sides."""
    joined = [*slot.left, *slot.right]
    weight = sum(width for _, width in joined)
    return sum(other.y * width for other, width in joined) / weight if weight else slot.y
