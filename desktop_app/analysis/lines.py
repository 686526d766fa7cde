"""What each stack adds to the losses of a year's states, and which of them it makes worse (6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_app.analysis.failures import Ints, States
from desktop_app.analysis.leverage import Debts
from desktop_app.analysis.losses import Floats, Losses
from desktop_app.analysis.tables import Tables, places


@dataclass(frozen=True, slots=True)
class Line:
    """Positions that lose the same fraction in every state: one stack, or one position with a debt.

    ``value``: together, in the portfolio's currency. ``row`` and ``equity``: rows of the formula.
    """

    positions: Ints
    value: float
    row: int
    equity: int | None = None
    debt: Debts | None = None


class Lines:
    """The lines of a portfolio with their losses in states of the nodes of ``severities`` (id -> λ).

    Lines that lose nothing in any state are left out. ``only``: one position with a debt (a row of
    ``losses``); ``scrambling``: one of the samples alone.
    """

    def __init__(
        self,
        losses: Losses,
        severities: Mapping[str, float],
        *,
        only: int | None = None,
        scrambling: int | None = None,
    ) -> None:
        self._tables = Tables(
            losses.formula, {losses.nodes[node]: x for node, x in severities.items()}, scrambling
        )
        lines = _lines(losses) if only is None else [_levered(losses, only)]
        self.lines = [line for line in lines if self.nodes(line)]

    def nodes(self, line: Line) -> tuple[int, ...]:
        """Return the numbers of the nodes that can fail below a line."""
        found = self._tables.nodes(line.row)
        return found if line.equity is None else tuple(sorted({*found, *self._tables.nodes(line.equity)}))

    def grouped(self, states: States) -> tuple[dict[tuple[int, ...], list[Line]], list[Line]]:
        """Return the lines that have a table, by the nodes that can fail below, and those that have none."""
        groups: dict[tuple[int, ...], list[Line]] = {}
        large = []
        for line in self.lines:
            nodes = self.nodes(line)
            if self._tables.small(nodes, states):
                groups.setdefault(nodes, []).append(line)
            else:
                large.append(line)
        return groups, large

    def table(self, line: Line) -> Floats:
        """Return the fraction that a line loses for each set of its nodes that fails."""
        lost = self._tables.table(line.row)
        if line.equity is None or line.debt is None:
            return lost
        nodes = self.nodes(line)
        equity = self._tables.table(line.equity)[places(nodes, self._tables.nodes(line.equity))]
        return line.debt.alone(lost[places(nodes, self._tables.nodes(line.row))], equity)

    def fractions(self, line: Line, states: States, known: dict[int, Floats]) -> Floats:
        """Return the fraction that a line loses in each state; ``known``: see ``Tables.losses``."""
        lost = self._tables.losses(line.row, states, known)
        if line.equity is None or line.debt is None:
            return lost
        return line.debt.alone(lost, self._tables.losses(line.equity, states, known))

    def total(self, states: States) -> Floats:
        """Return what all lose in each state."""
        groups, large = self.grouped(states)
        total = np.zeros(len(states.chances))
        for nodes, lines in groups.items():
            total += self._amounts(lines)[states.index(nodes)]
        known: dict[int, Floats] = {}
        for line in large:
            total += line.value * self.fractions(line, states, known)
        return total

    def sums(self, states: States, weights: Sequence[Floats]) -> Iterator[tuple[Line, list[float]]]:
        """Yield each line with the weighted sums of the fractions that it loses."""
        groups, large = self.grouped(states)
        for nodes, lines in groups.items():
            by_set = [states.sums(nodes, w) for w in weights]
            for line in lines:
                table = self.table(line)
                yield line, [float(table @ w) for w in by_set]
        known: dict[int, Floats] = {}
        for line in large:
            lost = self.fractions(line, states, known)
            yield line, [float(lost @ w) for w in weights]

    def savings(self, states: States) -> tuple[Floats, list[Floats]]:
        """Return what all lose, and node -> what less they would lose without it in states where it fails."""
        groups, large = self.grouped(states)
        total, saved = np.zeros(len(states.chances)), [np.zeros(len(found)) for found in states.failed]
        for nodes, lines in groups.items():
            amounts, index = self._amounts(lines), states.index(nodes)
            total += amounts[index]
            for bit, node in enumerate(nodes):
                failing = index[states.failed[node]]
                saved[node] += amounts[failing] - amounts[failing ^ (1 << bit)]
        known: dict[int, Floats] = {}
        for line in large:
            total += line.value * self.fractions(line, states, known)
        for node in {node for line in large for node in self.nodes(line)}:
            saved[node] += self._saved(states, node, [line for line in large if node in self.nodes(line)])
        return total, saved

    def _saved(self, states: States, node: int, lines: Sequence[Line]) -> Floats:
        failing = states.only(states.failed[node])
        spared = States(failing.chances, [x if i != node else x[:0] for i, x in enumerate(failing.failed)])
        before: dict[int, Floats] = {}
        after: dict[int, Floats] = {}
        saved = np.zeros(len(failing.chances))
        for line in lines:
            lost = self.fractions(line, failing, before) - self.fractions(line, spared, after)
            saved += line.value * lost
        return saved

    def _amounts(self, lines: Sequence[Line]) -> Floats:
        amounts: Floats = np.sum([line.value * self.table(line) for line in lines], axis=0)
        return amounts


def _lines(losses: Losses) -> Iterator[Line]:
    """Yield a line for each stack with a value, and one for each position with a debt."""
    plain = losses.values > 0
    plain[losses.levered] = False
    counted = np.flatnonzero(plain)
    rows, back = np.unique(losses.collateral[counted], return_inverse=True)
    order = np.argsort(back, kind="stable")
    ends = np.searchsorted(back[order], np.arange(1, len(rows)))
    for row, places_ in zip(rows.tolist(), np.split(order, ends) if len(rows) else (), strict=True):
        positions = counted[places_]
        yield Line(positions, float(losses.values[positions].sum()), row)
    for position in losses.levered.tolist():
        if losses.values[position] > 0:
            yield _levered(losses, position)


def _levered(losses: Losses, position: int) -> Line:
    """Return the line of a position with a debt."""
    place = int(np.flatnonzero(losses.levered == position)[0])
    return Line(
        np.array([position]),
        float(losses.values[position]),
        int(losses.collateral[position]),
        int(losses.equity[place]),
        losses.debts.take(place),
    )
