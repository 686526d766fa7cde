"""Value at risk and what is lost beyond it, from losses and their probabilities (definitions.md 6)."""

from collections.abc import Mapping, Sequence
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


class Part:
    """Some losses in rising order, with their probabilities and the sums of those from each on."""

    def __init__(self, losses: Floats, chances: Floats) -> None:
        self.losses = losses
        self.chances = chances
        self.beyond = _from_each_on(chances)

    def chance_above(self, loss: float) -> float:
        """Return the probability of all that is greater than ``loss``."""
        return float(self.beyond[self.losses.searchsorted(loss, side="right")])

    def amount_above(self, loss: float) -> float:
        """Return the expected loss of all that is greater than ``loss``."""
        place = self.losses.searchsorted(loss, side="right")
        # Not "@": it wakes threads, which costs more than it saves.
        return float(np.einsum("i,i->", self.losses[place:], self.chances[place:]))


def single(loss: float, chance: float) -> Part:
    """Return the part of one loss."""
    return Part(np.array([loss]), np.array([chance]))


def sorted_part(losses: Floats, chances: Floats) -> Part:
    """Return the part of losses in any order."""
    rounded = np.round(losses, DECIMALS)
    order = np.argsort(rounded)
    return Part(rounded[order], chances[order])


class Sorted(Part):
    """All losses in rising order; ``order``: the states that they belong to."""

    def __init__(self, losses: Floats, chances: Floats) -> None:
        rounded = np.round(losses, DECIMALS)
        self.order: Ints = np.argsort(rounded)
        super().__init__(rounded[self.order], chances[self.order])

    def weights(self, level: float, var: float) -> Floats:
        """Return for each state, as they were given, the weight of its loss in CVaR of this VaR."""
        first, last = (int(np.searchsorted(self.losses, var, side=side)) for side in ("left", "right"))
        weights = np.zeros(len(self.losses))
        weights[self.order[last:]] = self.chances[last:] / (1 - level)
        if last > first:
            at = self.chances[first:last]
            part = max(0.0, 1 - level - float(self.beyond[last])) / (1 - level)
            weights[self.order[first:last]] = at * (part / at.sum())
        return weights


def tail(parts: Sequence[Part], levels: Sequence[float] = LEVELS) -> Tail:
    """Return the measures of a loss that has these parts; smaller ones than matter may be missing."""
    var = {level: min(_first(part, parts, level) for part in parts) for level in levels}
    return Tail(var, {level: _cvar(parts, level, value) for level, value in var.items()})


def _first(part: Part, parts: Sequence[Part], level: float) -> float:
    """Return the least loss of a part that is exceeded with a chance of at most 1 − level."""
    low, high = 0, len(part.losses)
    while low < high:
        middle = (low + high) // 2
        loss, beyond = part.losses[middle], part.beyond[middle + 1]
        for other in parts:
            if other is not part:
                beyond += other.chance_above(loss)
        if beyond <= 1 - level + ROUNDING:
            high = middle
        else:
            low = middle + 1
    return float(part.losses[low]) if low < len(part.losses) else np.inf


def _cvar(parts: Sequence[Part], level: float, var: float) -> float:
    beyond = sum(part.amount_above(var) - var * part.chance_above(var) for part in parts)
    return var + beyond / (1 - level)


def _from_each_on(figures: Floats) -> Floats:
    sums = np.zeros(len(figures) + 1)
    np.cumsum(figures[::-1], out=sums[-2::-1])
    return sums
