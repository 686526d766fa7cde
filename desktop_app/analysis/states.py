"""States of the nodes that can fail, for positions with a debt: their loss has no closed form (5.1)."""

from collections.abc import Mapping

import numpy as np

from desktop_app.analysis.losses import Floats, Losses

MAX_NODES = 20
"""Up to so many nodes that can fail all states are listed."""


def lost_by_state(losses: Losses, row: int, severities: Mapping[str, float]) -> Floats:
    """Return the fraction of the equity lost in every state of these nodes; bit i of the index: i failed."""
    collateral, equity = (
        _by_state(side, list(severities.values())) for side in losses.met_sets(row, list(severities))
    )
    place = int(np.flatnonzero(losses.levered == row)[0])
    lost: Floats = losses.debts.take(place).losses(collateral[None, :], equity[None, :])[0]
    return lost


def expectation(by_state: Floats, chances: Floats) -> Floats:
    """Return the mean over all states for each column of ``chances`` (nodes × columns)."""
    fixed = np.ptp(chances, axis=1) == 0
    for node in np.flatnonzero(fixed)[::-1]:
        pairs = by_state.reshape(-1, 2, 1 << node)
        by_state = (pairs[:, 0] * (1 - chances[node, 0]) + pairs[:, 1] * chances[node, 0]).ravel()
    means = []
    for column in chances[~fixed].T:
        left = by_state
        for chance in column[::-1]:
            half = len(left) // 2
            left = left[:half] * (1 - chance) + left[half:] * chance
        means.append(left[0])
    return np.array(means)


def _by_state(met: Mapping[int, float], severities: list[float]) -> Floats:
    """Return the loss of one side in every state, from the chances of the sets of nodes that it meets.

    Node by node, sets that contain it are taken together with those that do not, weighted with what is left.
    """
    left = np.zeros(1 << len(severities))
    for nodes, chance in met.items():
        left[nodes] = chance
    for node, severity in enumerate(severities):
        pairs = left.reshape(-1, 2, 1 << node)
        without, within = pairs[:, 0].copy(), pairs[:, 1].copy()
        pairs[:, 0] = without + within
        pairs[:, 1] = without + within * (1 - severity)
    lost: Floats = np.clip(1 - left, 0.0, 1.0)
    return lost
