"""States of a year, each saying which nodes fail: all of them, those with few failures, or drawn (6)."""

from collections.abc import Sequence
from math import comb
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.stats import qmc

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.intp]
Digits = NDArray[np.uint32]

POINTS_LOG2 = 16
DRAWS = 4
"""Four scramblings of 2^16 Sobol points; the spread of their four figures is the error."""

_DIGITS = 30
"""Binary digits of a Sobol point."""


class States:
    """Some states of numbered nodes: ``chances`` of the states, ``failed``: node -> states in which it fails.

    ``draws``: drawn states are so many equal blocks, one after the other; 0 if they are listed. ``missing``:
    the probability of all states that are not listed.
    """

    def __init__(self, chances: Floats, failed: Sequence[Ints], draws: int = 0) -> None:
        self.chances = chances
        self.failed = failed
        self.draws = draws
        self.missing = 0.0 if draws else max(0.0, 1.0 - float(chances.sum()))

    def index(self, nodes: Sequence[int]) -> Ints:
        """Return for each state which of these nodes fail: bit i is the i-th of them."""
        index = np.zeros(len(self.chances), dtype=np.intp)
        for bit, node in enumerate(nodes):
            index[self.failed[node]] += 1 << bit
        return index

    def fails(self, node: int) -> Flags:
        """Return for each state whether a node fails."""
        flags = np.zeros(len(self.chances), dtype=np.bool_)
        flags[self.failed[node]] = True
        return flags

    def sum_where(self, node: int, weights: Floats) -> float:
        """Return the sum of weights of the states in which a node fails."""
        return float(weights[self.failed[node]].sum())

    def add(self, figures: Floats, node: int, amount: float) -> None:
        """Add an amount to the figures of the states in which a node fails."""
        figures[self.failed[node]] += amount

    def sums(self, nodes: Sequence[int], weights: Floats) -> Floats:
        """Return the sum of weights of the states for each value of ``index``; ``nodes`` rise."""
        return np.bincount(self.index(nodes), weights, 1 << len(nodes)).astype(np.float64, copy=False)

    def weighed(self, weights: Sequence[Floats]) -> "tuple[States, list[Floats]]":
        """Return the states that have any weight, with their weights."""
        counted = np.flatnonzero(np.any(weights, axis=0))
        return self.only(counted), [w[counted] for w in weights]

    def without(self, node: int) -> "States":
        """Return the same states but for the failure of a node."""
        failed = [states if other != node else states[:0] for other, states in enumerate(self.failed)]
        return States(self.chances, failed, self.draws)

    def only(self, states: Ints) -> "States":
        """Return some of the states, renumbered."""
        place = np.full(len(self.chances), -1, dtype=np.intp)
        place[states] = np.arange(len(states))
        failed = [found[found >= 0] for found in (place[f] for f in self.failed)]
        return States(self.chances[states], failed)


class EveryState(States):
    """All states of a few nodes; bit i of a state's number tells whether node i fails."""

    def __init__(self, chances: Sequence[float]) -> None:
        probabilities = np.ones(1)
        for chance in chances:
            probabilities = np.concatenate([probabilities * (1 - chance), probabilities * chance])
        super().__init__(probabilities, ())
        self.missing = 0.0
        self._nodes = len(chances)

    def index(self, nodes: Sequence[int]) -> Ints:
        """Return for each state which of these nodes fail: bit i is the i-th of them."""
        bits = {node: 1 << bit for bit, node in enumerate(nodes)}
        index = np.zeros(1, dtype=np.intp)
        for node in range(self._nodes):
            index = np.concatenate([index, index + bits.get(node, 0)])
        return index

    def fails(self, node: int) -> Flags:
        """Return for each state whether a node fails."""
        flags: Flags = np.arange(len(self.chances)) >> node & 1 == 1
        return flags

    def add(self, figures: Floats, node: int, amount: float) -> None:
        """Add an amount to the figures of the states in which a node fails."""
        figures.reshape(-1, 2, 1 << node)[:, 1] += amount

    def sum_where(self, node: int, weights: Floats) -> float:
        """Return the sum of weights of the states in which a node fails."""
        return float(weights.reshape(-1, 2, 1 << node)[:, 1].sum())

    def sums(self, nodes: Sequence[int], weights: Floats) -> Floats:
        """Return the sum of weights of the states for each value of ``index``; ``nodes`` rise."""
        for node in reversed(range(self._nodes)):
            if node not in nodes:
                weights = weights.reshape(-1, 2, 1 << node).sum(axis=1)
        return weights.ravel()

    def spared(self, node: int) -> Floats:
        """Return the chances of the states if a node cannot fail."""
        chances = self.chances.copy().reshape(-1, 2, 1 << node)
        chances[:, 0] += chances[:, 1]
        chances[:, 1] = 0.0
        return chances.ravel()

    def weighed(self, weights: Sequence[Floats]) -> tuple[States, list[Floats]]:
        """Return all states: that is quicker than to choose."""
        return self, list(weights)


# -- few failures ----------------------------------------------------------------------------------------


def count_up_to(nodes: int, failures: int) -> int:
    """Return how many states have at most so many failures."""
    return sum(comb(nodes, k) for k in range(failures + 1))


def missing_beyond(chances: Sequence[float], most: int) -> list[float]:
    """Return the probabilities that more than 0, 1 … ``most`` nodes fail."""
    exactly = [1.0] + [0.0] * most
    for chance in chances:
        for k in range(most, 0, -1):
            exactly[k] = exactly[k] * (1 - chance) + exactly[k - 1] * chance
        exactly[0] *= 1 - chance
    return [max(0.0, 1 - sum(exactly[: k + 1])) for k in range(most + 1)]


def few_failures(chances: Sequence[float], most: int) -> States:
    """Return the states in which at most ``most`` nodes fail; what is certain to fail does not count."""
    open_nodes = [node for node, chance in enumerate(chances) if chance < 1]
    q = np.array([chances[node] for node in open_nodes])
    odds, sets = q / (1 - q), np.zeros((1, 0), dtype=np.intp)
    weights = [np.array([np.prod(1 - q)])]
    pairs: list[tuple[Ints, Ints]] = []
    start = 1
    for _ in range(min(most, len(q))):
        sets, rows, added = _one_more(sets, len(q))
        weights.append(weights[-1][rows] * odds[added])
        pairs += [(column, np.arange(start, start + len(sets))) for column in sets.T]
        start += len(sets)
    failed = [np.arange(start)] * len(chances)
    for node, states in zip(open_nodes, _by_node(pairs, len(q)), strict=True):
        failed[node] = states
    return States(np.concatenate(weights), failed)


def _one_more(sets: Ints, nodes: int) -> tuple[Ints, Ints, Ints]:
    """Return all sets that have one node more than the given ones, which set each extends, and with what."""
    last = sets[:, -1] if sets.shape[1] else np.full(1, -1)
    further = nodes - 1 - last
    rows = np.repeat(np.arange(len(sets)), further)
    before = np.cumsum(further) - further
    added = np.arange(len(rows)) - before[rows] + last[rows] + 1
    return np.column_stack([sets[rows], added]), rows, added


def _by_node(pairs: Sequence[tuple[Ints, Ints]], nodes: int) -> list[Ints]:
    """Return node -> states from pairs of both."""
    empty = np.zeros(0, dtype=np.intp)
    which = np.concatenate([node for node, _ in pairs] or [empty]).astype(np.int16)
    states = np.concatenate([state for _, state in pairs] or [empty])
    order = np.argsort(which, kind="stable")  # of small numbers: a radix sort
    return np.split(states[order], np.searchsorted(which[order], np.arange(1, nodes)))


# -- drawn -----------------------------------------------------------------------------------------------


def drawn_states(chances: Sequence[float]) -> States:
    """Return 4 × 2^16 states from scrambled Sobol points, the first nodes from the best dimensions.

    scipy gives the points whose number has one binary digit; every other point is a sum (exclusive or) of
    those. That is many times quicker than to ask for all, and in which order they come does not matter here.
    """
    from scipy.stats import qmc

    size = 1 << POINTS_LOG2
    limits = np.ceil(np.array(chances) * 2.0**_DIGITS).astype(np.uint32)
    failed: list[list[Ints]] = [[] for _ in chances]
    points = np.empty(size, dtype=np.uint32)
    for draw in range(DRAWS):
        first, digits = _digits(qmc.Sobol(len(limits), rng=draw))
        for node, limit in enumerate(limits):
            points[0] = first[node]
            for bit in range(POINTS_LOG2):
                half = 1 << bit
                np.bitwise_xor(points[:half], digits[bit, node], out=points[half : 2 * half])
            failed[node].append(np.flatnonzero(points < limit) + draw * size)
    even = np.full(DRAWS * size, 1 / (DRAWS * size))
    return States(even, [np.concatenate(states) for states in failed], DRAWS)


def _digits(sobol: "qmc.Sobol") -> tuple[Digits, Digits]:
    """Return the first point, and what each binary digit of a point's number adds (digits × dimensions)."""
    first, at = _point(sobol), 1
    digits = []
    for bit in range(POINTS_LOG2):
        wanted = (2 << bit) - 1  # its Gray code, by which scipy goes, has this digit alone
        if wanted > at:
            sobol.fast_forward(wanted - at)
        digits.append(_point(sobol) ^ first)
        at = wanted + 1
    return first, np.array(digits)


def _point(sobol: "qmc.Sobol") -> Digits:
    point: Digits = (sobol.random(1)[0] * 2.0**_DIGITS).astype(np.uint32)
    return point
