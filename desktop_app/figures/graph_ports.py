"""At which height each line leaves and enters: stacked in the order of the other ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.figures.graph_layout import LINE_GAP, Route, Slot
from desktop_app.figures.graph_nodes import NODE


@dataclass(frozen=True, slots=True)
class Ports:
    """The heights of one line: on leaving its source, in each lane, on entering its target."""

    heights: tuple[float, ...]


def ports(routes: Sequence[Route]) -> list[Ports]:
    """Return the ports of each route."""
    heights = [[slot.y for slot in route.slots] for route in routes]
    ways = [tuple(slot.y for slot in route.slots[1:]) for route in routes]
    leaving: dict[Slot, list[int]] = {}
    lanes: dict[Slot, list[tuple[int, int]]] = {}
    entering: dict[Slot, list[int]] = {}
    for number, route in enumerate(routes):
        leaving.setdefault(route.slots[0], []).append(number)
        entering.setdefault(route.slots[-1], []).append(number)
        for step in range(1, len(route.slots) - 1):
            lanes.setdefault(route.slots[step], []).append((number, step))
    for slot, numbers in leaving.items():
        numbers.sort(key=lambda n: ways[n])
        for number, y in zip(numbers, _stacked(slot, [routes[n].thickness for n in numbers]), strict=True):
            heights[number][0] = y
    for slot, passing in lanes.items():
        passing.sort(key=lambda pair: ways[pair[0]][pair[1] :])
        widths = [routes[number].thickness for number, _ in passing]
        for (number, step), y in zip(passing, _stacked(slot, widths), strict=True):
            heights[number][step] = y
    for slot, numbers in entering.items():
        numbers.sort(key=lambda n: (heights[n][-2], routes[n].slots[0].column))
        for number, y in zip(numbers, _stacked(slot, [routes[n].thickness for n in numbers]), strict=True):
            heights[number][-1] = y
    return [Ports(tuple(own)) for own in heights]


def _stacked(slot: Slot, widths: Sequence[float]) -> list[float]:
    """Return the middle of each line, one under the other around the slot's middle.

    At a node that is not high enough for them they are packed: they overlap, but stay inside its height.
    """
    total = sum(widths) + LINE_GAP * (len(widths) - 1)
    height = min(total, NODE) if slot.node else total
    first, last = widths[0] / 2, total - widths[-1] / 2
    squeeze = (height - first - widths[-1] / 2) / (last - first) if last > first else 1.0
    at = 0.0
    middles = []
    for width in widths:
        middles.append(slot.y - height / 2 + first + (at + width / 2 - first) * squeeze)
        at += width + LINE_GAP
    return middles
