"""What CVaR would be if one node could not fail, node by node (definitions.md 6)."""

from collections.abc import Iterator, Mapping

import numpy as np

from desktop_app.analysis.failures import EveryState, Ints
from desktop_app.analysis.lines import Lines
from desktop_app.analysis.losses import Floats
from desktop_app.analysis.tail import LEVELS, Part, Sorted, sorted_part, tail
from desktop_app.analysis.views import View

COMPARED = LEVELS[1:]
"""The levels for which nodes are left out."""


def cvar_without(found: View, lines: Lines, nodes: int) -> Iterator[Mapping[float, float]]:
    """Yield, for each of so many nodes, CVaR by level if it could not fail."""
    if isinstance(found.states, EveryState):
        order = found.sorted.order.astype(np.uint32)
        for node in range(nodes):
            left = np.where(order >> node & 1, 0.0, found.sorted.chances)
            chance = float(left.sum())
            sure = found.states.spared(node)[found.sorted.order] if chance == 0 else left / chance
            yield tail([Part(found.sorted.losses, sure)], COMPARED).cvar
        return
    place = np.empty(len(found.total), dtype=np.intp)
    place[found.sorted.order] = np.arange(len(found.total))
    for states, less in zip(found.states.failed, lines.savings(found.states), strict=True):
        changed = sorted_part(found.total[states] - less, found.states.chances[states])
        yield tail([_without(found.sorted, place[states]), changed], COMPARED).cvar


def _without(found: Sorted, places: Ints) -> Part:
    """Return the losses but for those in some places, as far as the tail can reach without them."""
    enough = 1 - COMPARED[0] + float(found.chances[places].sum())
    start = max(0, int(np.searchsorted(-found.beyond, -enough, side="right")) - 1)
    chances: Floats = found.chances[start:].copy()
    chances[places[places >= start] - start] = 0.0
    return Part(found.losses[start:], chances)
