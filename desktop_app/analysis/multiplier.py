"""How many times as risky new nodes may be before a layer stops paying for its risk (definitions.md 7)."""

from collections.abc import Callable

import numpy as np

from desktop_app.analysis.losses import Floats

MOST = 1e4
"""A layer that pays even then pays at any risk: there is no multiplier."""

_POINTS = np.array([0.0, *np.geomspace(1e-4, MOST, 8 * 8 + 1)])
"""Where the sign of the balance is looked at, upwards: the least multiplier is wanted, not just one."""

_PARTS = np.linspace(0.0, 1.0, 17)
_ROUNDS = 5
"""So often the stretch that holds the root is cut into sixteen; what then is left is a straight line."""


def riskier(chance: Floats, multipliers: Floats) -> Floats:
    """Return 1 − (1 − q)^m: the chance of a node whose hazard −ln(1 − q) is m times as large.

    A certain failure stays certain, also in the limit m = 0.
    """
    certain = chance >= 1
    hazard = -np.log1p(-np.where(certain, 0.0, chance))
    chances: Floats = np.where(certain, 1.0, -np.expm1(-hazard * multipliers))
    return chances


def hazard_multipliers(losses: Callable[[Floats], Floats], rewards: Floats) -> list[float | None]:
    """Return the smallest m in (0, 10⁴] at which the loss equals the reward, layer by layer; None: none does.

    ``losses`` takes multipliers (layers × points) and returns what the layers lose at them.
    """
    points = np.tile(_POINTS, (len(rewards), 1))
    found = _cross(points, losses(points) - rewards[:, None])
    has_root = ~np.isnan(found[:, 0])
    for _ in range(_ROUNDS):
        low, high = np.where(has_root[:, None], found, 1.0).T[:2]
        points = low[:, None] + (high - low)[:, None] * _PARTS
        found = _cross(points, losses(points) - rewards[:, None])
    low, high, at_low, at_high = found.T
    with np.errstate(invalid="ignore", divide="ignore"):
        roots = np.where(at_low == at_high, high, low + (high - low) * at_low / (at_low - at_high))
    return [float(root) if there else None for root, there in zip(roots, has_root, strict=True)]


def _cross(points: Floats, balance: Floats) -> Floats:
    """Return (low, high, balance at low, balance at high) of the first change of sign; not a number: none.

    A balance of 0 counts as changed where it is arrived at, not where it is left.
    """
    low, high = balance[:, :-1], balance[:, 1:]
    changed = (low * high < 0) | (high == 0)
    rows, first = np.arange(len(points)), changed.argmax(axis=1)
    corners = (points[rows, first], points[rows, first + 1], low[rows, first], high[rows, first])
    return np.where(changed.any(axis=1)[:, None], np.column_stack(corners), np.nan)
