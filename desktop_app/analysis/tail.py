"""Value at risk and what is lost beyond it, from losses and their probabilities (definitions.md 6)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

LEVELS = (0.9, 0.95, 0.99)

DECIMALS = 6
"""Losses are rounded before they are sorted, or equal ones would split and move VaR."""

ROUNDING = 1e-12
"""What sums of probabilities may be off."""


@dataclass(frozen=True, slots=True)
class Tail:
    """VaR = min{x: P(L ≤ x) ≥ α} and CVaR = VaR + E[(L − VaR)+]/(1 − α) by level α."""

    var: Mapping[float, float]
    cvar: Mapping[float, float]


class Sorted:
    """Losses in rising order with their probabilities, which sum to 1; ``order``: the states so ordered."""

    def __init__(self, losses: Floats, chances: Floats) -> None:
        rounded = np.round(losses, DECIMALS)
        self.order: Ints = np.argsort(rounded)
        self.losses = rounded[self.order]
        self.chances = chances[self.order]

    def tail(self) -> Tail:
        """Return the measures."""
        return tail(self.losses, self.chances)

    def weights(self, level: float) -> Floats:
        """Return for each state, as they were given, the weight of its loss in CVaR; the sum is 1."""
        var = self.losses[_places(self.chances)[level]]
        first, last = (int(np.searchsorted(self.losses, var, side=side)) for side in ("left", "right"))
        beyond, at = float(self.chances[last:].sum()), float(self.chances[first:last].sum())
        weights = np.zeros(len(self.losses))
        weights[self.order[last:]] = self.chances[last:] / (1 - level)
        part = max(0.0, 1 - level - beyond) / (1 - level)
        weights[self.order[first:last]] = self.chances[first:last] * (part / at)
        return weights


def tail(losses: Floats, chances: Floats) -> Tail:
    """Return the measures of losses in rising order."""
    var, cvar = {}, {}
    for level, place in _places(chances).items():
        value = float(losses[place])
        var[level] = value
        cvar[level] = value + float((losses[place:] - value) @ chances[place:]) / (1 - level)
    return Tail(var, cvar)


def _places(chances: Floats) -> dict[float, int]:
    """Return level -> place of VaR."""
    cumulative = np.cumsum(chances)
    places = np.searchsorted(cumulative, np.array(LEVELS) - ROUNDING)
    return dict(zip(LEVELS, np.minimum(places, len(chances) - 1).tolist(), strict=True))
