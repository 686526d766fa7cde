"""Units drawn by chance, for parts of a stack with too many atoms to work out (definitions.md 2)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.graph import Graph, Mask, bits

SCRAMBLINGS = 16
UNITS_LOG2 = 10
"""Sixteen scramblings of 2^10 points: 2^14 units in all, and sixteen figures whose spread is the error."""

_LEAST_LOG = -700.0


@dataclass(frozen=True, slots=True)
class Sample:
    """Drawn units: ``units[scrambling, unit, i]`` tells whether the unit meets the node ``rows[i]``."""

    rows: tuple[int, ...]
    units: NDArray[np.bool_]

    def losses(self, shocks: NDArray[np.float64], scrambling: int | None = None) -> NDArray[np.float64]:
        """Return the mean loss per column of shocks (whose rows are ``rows``), of one or all scramblings."""
        units = self.units if scrambling is None else self.units[scrambling]
        with np.errstate(divide="ignore"):
            kept = np.maximum(np.log1p(-shocks), _LEAST_LOG)
        left = units.reshape(-1, len(self.rows)).astype(np.float64) @ kept
        mean: NDArray[np.float64] = -np.expm1(left).mean(axis=0)
        return mean

    def met(self, nodes: Mapping[int, object], scrambling: int | None = None) -> dict[tuple[int, ...], float]:
        """Return how often exactly these of the given nodes are met together."""
        units = self.units if scrambling is None else self.units[scrambling]
        columns = [i for i, row in enumerate(self.rows) if row in nodes]
        drawn = units.reshape(-1, len(self.rows))[:, columns]
        patterns, counts = np.unique(drawn, axis=0, return_counts=True)
        names = np.array([self.rows[i] for i in columns], dtype=int)
        return {
            tuple(names[pattern].tolist()): float(count) / len(drawn)
            for pattern, count in zip(patterns, counts, strict=True)
        }


def draw(graph: Graph, choices: Mask, met: Mask, hidden: Mask = 0) -> Sample:
    """Return units with these ``choices`` to make and the nodes ``met`` behind them, less the ``hidden``."""
    from scipy.stats import qmc

    reach = 0
    for choice in bits(choices):
        reach |= graph.choice_reach[choice]
    fresh = sorted(bits(reach & ~met), key=lambda node: graph.rank.get(node, -1), reverse=True)
    column = {node: i for i, node in enumerate(fresh)}
    decisions = [(None, c) for c in bits(choices)] + [(n, c) for n in fresh for c in bits(graph.owned[n])]
    units = np.zeros((SCRAMBLINGS, 1 << UNITS_LOG2, len(fresh)), dtype=np.bool_)
    for scrambling in range(SCRAMBLINGS):
        points = qmc.Sobol(len(decisions), rng=scrambling).random_base2(UNITS_LOG2)
        for (owner, number), point in zip(decisions, points.T, strict=True):
            there = (
                np.ones(len(point), dtype=np.bool_) if owner is None else units[scrambling, :, column[owner]]
            )
            ends = np.cumsum(graph.choices[number].weights)
            for target, end, weight in zip(
                graph.choices[number].targets, ends, graph.choices[number].weights, strict=True
            ):
                taken = there & (point >= end - weight) & (point < end)
                for node in bits(graph.closure[target] & ~met):
                    units[scrambling, :, column[node]] |= taken
    kept = [i for i, node in enumerate(fresh) if not hidden >> node & 1]
    return Sample(tuple(fresh[i] for i in kept), units[:, :, kept])
