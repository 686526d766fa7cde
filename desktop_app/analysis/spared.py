"""What CVaR would be if one node could not fail, node by node (definitions.md 6)."""

from collections.abc import Iterator, Mapping

import numpy as np

from desktop_app.analysis.failures import EveryState, Ints
from desktop_app.analysis.lines import Lines
from desktop_app.analysis.losses import Floats
from desktop_app.analysis.tail import DECIMALS, LEVELS, Sorted, tail
from desktop_app.analysis.views import View

COMPARED = LEVELS[1:]
"""The levels for which nodes are left out."""


def cvar_without(found: View, lines: Lines, nodes: int) -> Iterator[Mapping[float, float]]:
    """Yield, for each of so many nodes, CVaR by level if it could not fail."""
    if isinstance(found.states, EveryState):
        for node in range(nodes):
            chances = found.states.spared(node)[found.sorted.order]
            kept = chances > 0
            yield _compared(tail(found.sorted.losses[kept], chances[kept]).cvar)
        return
    chances = found.sorted.chances
    _, saved = lines.savings(found.states)
    place = np.empty(len(chances), dtype=np.intp)
    place[found.sorted.order] = np.arange(len(chances))
    beyond = np.cumsum(chances[::-1])[::-1]
    for states, less in zip(found.states.failed, saved, strict=True):
        yield _compared(_lowered(found.sorted, beyond, place[states], found.total[states] - less))


def _lowered(found: Sorted, beyond: Floats, places: Ints, losses: Floats) -> Mapping[float, float]:
    """Return CVaR if the states in these places lost less; only the upper end has to be sorted again.

    What lies below where the chance beyond is that of the tail and of these states cannot come into the tail.
    """
    enough = 1 - COMPARED[0] + float(found.chances[places].sum())
    start = max(0, int(np.searchsorted(-beyond, -enough, side="right")) - 1)
    kept = np.ones(len(beyond) - start, dtype=np.bool_)
    kept[places[places >= start] - start] = False
    values = np.concatenate([found.losses[start:][kept], np.round(losses, DECIMALS)])
    chances = np.concatenate([found.chances[start:][kept], found.chances[places]])
    order = np.argsort(values)
    rest = max(0.0, 1.0 - float(chances.sum()))
    return tail(np.append(values[order[0]], values[order]), np.append(rest, chances[order])).cvar


def _compared(cvar: Mapping[float, float]) -> dict[float, float]:
    return {level: cvar[level] for level in COMPARED}
