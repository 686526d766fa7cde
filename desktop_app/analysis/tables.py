"""What stacks lose when some of their nodes fail together, worked out once for all states of a year (6).

A row of the formula loses something only where a node below it fails. A row below which few nodes can fail
has a table of all its states; what many can fail below is put together, state by state, from such tables.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.atoms import Formula
from desktop_app.analysis.evaluation import OneOf
from desktop_app.analysis.failures import States
from desktop_app.analysis.graph import bits
from desktop_app.analysis.sampling import Sample

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_ALMOST_ALL = 1 - 1e-300
_AT_ONCE = 256
"""So many states are held against all drawn units at once."""

LEAST_TABLE = 12
"""Rows below which no more nodes can fail have a table however few states are asked for."""


class Tables:
    """Losses of the rows of a formula, as fractions; node numbers are places in ``severities``.

    ``severities``: node (index in the formula) -> λ, only nodes that can fail. ``scrambling``: one of the
    samples alone.
    """

    def __init__(
        self, formula: Formula, severities: Mapping[int, float], scrambling: int | None = None
    ) -> None:
        self._formula = formula
        self._severities = list(severities.values())
        self._numbers = {node: number for number, node in enumerate(severities)}
        self._scrambling = scrambling
        self._failing = sum(1 << node for node in severities)
        self._nodes: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._tables: dict[tuple[int, ...], Floats] = {}

    def nodes(self, row: int) -> tuple[int, ...]:
        """Return the numbers of the nodes below a row that can fail."""
        return self.below((row,))

    def below(self, rows: tuple[int, ...]) -> tuple[int, ...]:
        """Return the numbers of the nodes below some rows that can fail."""
        if rows not in self._nodes:
            below = 0
            for row in rows:
                below |= self._formula.reached[row]
            self._nodes[rows] = tuple(sorted(self._numbers[node] for node in bits(below & self._failing)))
        return self._nodes[rows]

    def any_table(self, rows: tuple[int, ...]) -> Floats:
        """Return the loss of what meets any of ``rows`` for each set of nodes below that fails.

        Bit i of its place tells whether the i-th of the nodes ``below`` fails.
        """
        if rows not in self._tables:
            self._tables[rows] = self._of_row(rows[0]) if len(rows) == 1 else self._of_any(rows)
        return self._tables[rows]

    def _of_row(self, row: int) -> Floats:
        nodes = self.nodes(row)
        if not nodes:
            return np.zeros(1)
        if row < self._formula.nothing:
            return np.array([0.0, self._severities[nodes[0]]])
        term = self._formula.term(row)
        if isinstance(term, Sample):
            return self._of_units(term, nodes)
        if isinstance(term, OneOf):
            lost = np.zeros(1 << len(nodes))
            for below, weight in zip(term.rows, term.weights, strict=True):
                if self.nodes(below):
                    lost += weight * self.any_table((below,))[places(nodes, self.nodes(below))]
            return lost
        return self._of_any(term.rows)

    def _of_any(self, rows: tuple[int, ...]) -> Floats:
        nodes = self.below(rows)
        lost = np.zeros(1 << len(nodes))
        for row in rows:
            if row < self._formula.nothing:
                for number in self.nodes(row):
                    failed = lost.reshape(-1, 2, 1 << nodes.index(number))[:, 1]
                    failed += self._severities[number] * (1 - failed)
            elif self.nodes(row):
                lost += self.any_table((row,))[places(nodes, self.nodes(row))] * (1 - lost)
        return lost

    def _of_units(self, sample: Sample, nodes: Sequence[int]) -> Floats:
        """Return the table of drawn units; those that meet the same nodes that can fail are one."""
        bit = {node: 1 << nodes.index(number) for node, number in self._numbers.items() if number in nodes}
        left = np.zeros(1 << len(nodes))
        for met, chance in sample.met(bit, self._scrambling).items():
            left[sum(bit[node] for node in met)] += chance
        for place, number in enumerate(nodes):
            pairs = left.reshape(-1, 2, 1 << place)
            within = pairs[:, 1].copy()
            pairs[:, 1] = pairs[:, 0] + within * (1 - self._severities[number])
            pairs[:, 0] += within
        lost: Floats = np.clip(1 - left, 0.0, 1.0)
        return lost

    def any_losses(self, rows: tuple[int, ...], states: States, known: dict[int, Floats]) -> Floats:
        """Return the loss of what meets any of ``rows`` in each state.

        ``known`` keeps what several rows of these states need.
        """
        if len(rows) == 1:
            return self._losses(rows[0], states, known)
        lost = np.zeros(len(states.chances))
        for row in rows:
            if row < self._formula.nothing:
                for number in self.nodes(row):
                    where = states.failed[number]
                    lost[where] += self._severities[number] * (1 - lost[where])
            elif self.nodes(row):
                lost += self._losses(row, states, known) * (1 - lost)
        return lost

    def _losses(self, row: int, states: States, known: dict[int, Floats]) -> Floats:
        if self.small(self.nodes(row), states):
            return self.any_table((row,))[states.index(self.nodes(row))]
        if row not in known:
            known[row] = self._put_together(row, states, known)
        return known[row]

    @staticmethod
    def small(nodes: Sequence[int], states: States) -> bool:
        """Tell whether a table for these nodes is hardly larger than a list of the losses in all states."""
        return len(nodes) <= LEAST_TABLE or 1 << len(nodes) <= len(states.chances)

    def _put_together(self, row: int, states: States, known: dict[int, Floats]) -> Floats:
        term = self._formula.term(row)
        if isinstance(term, Sample):
            return self._of_many_units(term, states)
        if not isinstance(term, OneOf):
            return self.any_losses(term.rows, states, known)
        lost = np.zeros(len(states.chances))
        for below, weight in zip(term.rows, term.weights, strict=True):
            if self.nodes(below):
                lost += weight * self._losses(below, states, known)
        return lost

    def _of_many_units(self, sample: Sample, states: States) -> Floats:
        """Return the losses of drawn units that too many nodes can fail below for a table."""
        columns = [i for i, node in enumerate(sample.rows) if node in self._numbers]
        numbers = [self._numbers[sample.rows[i]] for i in columns]
        units = sample.units if self._scrambling is None else sample.units[self._scrambling]
        drawn = units.reshape(-1, len(sample.rows))[:, columns]
        kinds, counts = np.unique(drawn, axis=0, return_counts=True)
        failing = np.column_stack([states.fails(number) for number in numbers])
        sets, back = np.unique(failing, axis=0, return_inverse=True)
        left = np.log1p(-np.minimum([self._severities[number] for number in numbers], _ALMOST_ALL))
        lost = np.empty(len(sets))
        for start in range(0, len(sets), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            lost[some] = -np.expm1(kinds.astype(np.float64) @ (sets[some] * left).T).T @ (counts / len(drawn))
        return lost[back.ravel()]


def places(above: Sequence[int], below: Sequence[int]) -> Ints:
    """Return, for each set of the nodes ``above``, the place of its part in a table of those ``below``."""
    bit = {node: 1 << i for i, node in enumerate(below)}
    found = np.zeros(1, dtype=np.intp)
    for node in above:
        found = np.concatenate([found, found + bit.get(node, 0)])
    return found
