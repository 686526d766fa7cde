"""What a year is expected to cost a position with a debt, which has no closed form (definitions.md 5.1)."""

from collections.abc import Mapping

import numpy as np

from desktop_app.analysis.failures import EveryState, States
from desktop_app.analysis.lines import Lines
from desktop_app.analysis.losses import Floats, Losses
from desktop_app.analysis.views import CLOSE, other_states, with_few_failures

Hazards = Mapping[str, tuple[float, float]]
"""Node -> (q, λ): its chance to fail in a year, and what it then takes."""


class EquityLoss:
    """The fraction of its equity that a position (a row of ``losses``) with a debt loses in a year.

    All states of up to 20 of the ``hazards`` that it reaches are listed; otherwise those with few failures if
    the mean is then bounded closely enough (``missing`` is what the rest could add to it), otherwise drawn
    ones (``spread``: standard deviation of the mean).
    """

    def __init__(self, losses: Losses, row: int, hazards: Hazards) -> None:
        self.nodes = [node for node in hazards if losses.touches(row, node)]
        self._chances = [hazards[node][0] for node in self.nodes]
        self._lines = Lines(losses, {node: hazards[node][1] for node in self.nodes}, only=row)
        self._states, self._lost = self._looked_at()
        self.mean = float(self._states.chances @ self._lost)
        self.missing = self._states.missing
        self.spread = 0.0
        if draws := self._states.draws:
            self.spread = float(np.std(self._lost.reshape(draws, -1).mean(axis=1), ddof=1))

    def _looked_at(self) -> tuple[States, Floats]:
        for states, _ in with_few_failures(self._chances):
            lost = self._in(states)
            if states.missing <= CLOSE * float(states.chances @ lost):
                return states, lost
        states = other_states(self._chances)
        return states, self._in(states)

    def _in(self, states: States) -> Floats:
        """Return what is lost in each state; without a node that can fail there is no core, and no loss."""
        cores = self._lines.cores
        return self._lines.fractions(cores[0], states, {}) if cores else np.zeros(len(states.chances))

    @property
    def listed(self) -> bool:
        """Tell whether every state is listed."""
        return isinstance(self._states, EveryState)

    def means(self, chances: Mapping[str, Floats], columns: int) -> Floats:
        """Return the mean for each column of other chances to fail; every state must be listed."""
        rows = np.array([chances[node] for node in self.nodes]).reshape(-1, columns)
        return expectation(self._lost, rows)

    def mean_without(self, node: str) -> float:
        """Return the mean if a node could not fail."""
        if node not in self.nodes:
            return self.mean
        number = self.nodes.index(node)
        chance = self._chances[number]
        if chance == 1 and isinstance(self._states, EveryState):
            return float((self._states.spared(number) * self._lost).sum())
        failing = self._states.sum_where(number, self._states.chances * self._lost)
        return (self.mean - failing) / (1 - chance)


def expectation(by_state: Floats, chances: Floats) -> Floats:
    """Return the mean over all states for each column of ``chances`` (nodes × columns).

    Bit i of the place of a state tells that node i fails.
    """
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
