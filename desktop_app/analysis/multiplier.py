"""How many times as risky new nodes may be before a layer stops paying for its risk (definitions.md 7)."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from desktop_app.analysis.losses import Floats

MOST = 1e4
"""A layer that pays even then pays at any risk: there is no multiplier."""

_POINTS = (0.0, *np.geomspace(1e-4, MOST, 16 * 8 + 1).tolist())
"""Where the sign of the balance is looked at, upwards: the least multiplier is wanted, not just one."""


def riskier(chance: float, multipliers: Floats) -> Floats:
    """Return 1 − (1 − q)^m: the chance of a node whose hazard −ln(1 − q) is m times as large.

    A certain failure stays certain, also in the limit m = 0.
    """
    if chance >= 1:
        return np.ones(len(multipliers))
    chances: Floats = -np.expm1(multipliers * np.log1p(-chance))
    return chances


def hazard_multiplier(loss: Callable[[Floats], Floats], reward: float) -> float | None:
    """Return the smallest m in (0, 10⁴] at which ``loss(m)`` equals ``reward``; None where there is none."""
    points = np.array(_POINTS)
    balance = loss(points) - reward
    for low, high in pairwise(range(len(points))):
        if balance[high] == 0:
            return float(points[high])
        if balance[low] * balance[high] < 0:
            return _root(
                lambda m: float(loss(np.array([m]))[0] - reward),
                (float(points[low]), float(balance[low])),
                (float(points[high]), float(balance[high])),
            )
    return None


def _root(function: Callable[[float], float], left: tuple[float, float], right: tuple[float, float]) -> float:
    """Return where a function is 0 between two points of different sign (the Illinois method)."""
    (low, at_low), (high, at_high) = left, right
    middle, kept = low, 0
    for _ in range(100):
        before, middle = middle, (low * at_high - high * at_low) / (at_high - at_low)
        value = function(middle)
        if value == 0 or abs(middle - before) <= 1e-13 * middle:
            break
        if (value > 0) == (at_high > 0):
            high, at_high = middle, value
            at_low, kept = (at_low / 2 if kept > 0 else at_low), 1
        else:
            low, at_low = middle, value
            at_high, kept = (at_high / 2 if kept < 0 else at_high), -1
    return middle
