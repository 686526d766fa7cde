"""The curve of the chance to lose at least so much, and the node behind its longest plateau (6)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desktop_app.analysis.failures import States
from desktop_app.analysis.tail import Sorted

LEAST_CHANCE = 5e-4
"""Rarer losses are not drawn."""

STEPS = 400
"""So many steps tell everything that a picture can show."""

FLAT = 1.1
"""A stretch along which the chance falls by less than this factor is a plateau."""

SHOWN = (1e-3, 0.3)
"""Chances between which a plateau is looked for."""

Curve = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Plateau:
    """From loss ``start`` to ``end`` the ``chance`` hardly falls; ``node`` fails in most states beyond."""

    node: str
    start: float
    end: float
    chance: float


def curve(found: Sorted) -> Curve:
    """Return (x, P(L ≥ x)) for rising x > 0, as far as a picture shows it."""
    beyond = found.beyond[:-1]
    first = np.flatnonzero(np.diff(found.losses, prepend=-1.0))
    first = first[(found.losses[first] > 0) & (beyond[first] >= LEAST_CHANCE)]
    if not len(first):
        return ()
    x, chance = found.losses[first], beyond[first]
    bins = np.ceil(x / x[-1] * STEPS).astype(int)
    last = np.flatnonzero(np.diff(bins, append=STEPS + 1))
    return tuple(zip(x[last].tolist(), chance[last].tolist(), strict=True))


def plateau(points: Curve, found: Sorted, states: States, nodes: Sequence[str]) -> Plateau | None:
    """Return the longest stretch without a fall, and the node that fails in most states beyond it."""
    stretch = _longest(points)
    if stretch is None:
        return None
    start, end, chance = stretch
    weights = np.zeros(len(states.chances))
    beyond = found.order[np.searchsorted(found.losses, end) :]
    weights[beyond] = states.chances[beyond]
    shares = [states.sum_where(number, weights) for number in range(len(nodes))]
    worst = int(np.argmax(shares))
    if shares[worst] * 2 < weights.sum():
        return None
    return Plateau(nodes[worst], start, end, chance)


def _longest(points: Curve) -> tuple[float, float, float] | None:
    """Return (start, end, chance at its end) of the longest stretch along which the chance hardly falls."""
    x = np.array([0.0, *(loss for loss, _ in points)])
    chances = np.array([chance for _, chance in points])
    best = None
    for first, chance in enumerate(chances):
        last = int(np.searchsorted(-chances, -chance / FLAT, side="right"))
        if chance > SHOWN[1] or chances[last - 1] < SHOWN[0]:
            continue
        length = x[last] - x[first]
        if best is None or length > best[1] - best[0]:
            best = (float(x[first]), float(x[last]), float(chances[last - 1]))
    return best
