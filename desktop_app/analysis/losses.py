"""The fraction of each position that given shocks would take: one evaluator for every question of that kind."""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.atoms import MAX_CELLS, Formula
from desktop_app.analysis.graph import Graph
from desktop_app.analysis.leverage import Debts, debts_of, obstacle
from desktop_app.analysis.sampling import SCRAMBLINGS
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Side

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

FULLY = 1 - 1e-9
"""From here on a position depends on a node with all of its value."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What does not depend on prices: the formula, and position -> its rows (collateral side, equity side or None)."""

    graph: Graph
    formula: Formula
    sides: Mapping[str, tuple[int, int | None]]
    faults: Mapping[str, str]


_newest: list[tuple[tuple[object, ...], Compiled]] = []


def compiled(portfolio: Portfolio) -> Compiled:
    """Return the formula of a portfolio; the newest is kept, as every page asks about the same portfolio."""
    key = (portfolio.nodes, portfolio.edges, portfolio.groups, portfolio.positions)
    for kept, answer in _newest[:1]:
        if all(a is b for a, b in zip(kept, key, strict=True)):
            return answer
    answer = _compile(portfolio)
    _newest[:] = [(key, answer)]
    return answer


def _compile(portfolio: Portfolio) -> Compiled:
    graph = Graph(portfolio)
    formula = Formula(graph)
    faults: dict[str, str] = {}
    sides: dict[str, tuple[int, int | None]] = {}
    levered = []
    for position in portfolio.counted_positions():
        if fault := graph.fault(position.id):
            faults[position.id] = fault
        elif position.debt:
            levered.append(position.id)
            sides[position.id] = (formula.stack(graph.footing(position.id, Side.COLLATERAL)), None)
        else:
            sides[position.id] = (formula.stack(graph.footing(position.id)), None)
    if levered:
        rows = np.array([sides[p][0] for p in levered])
        certain = formula.losses(rows, np.eye(len(graph.ids))) >= FULLY
        for position_id, nodes in zip(levered, certain, strict=True):
            hidden = sum(1 << int(n) for n in np.flatnonzero(nodes))
            equity = formula.stack(graph.footing(position_id, Side.EQUITY), hidden)
            sides[position_id] = (sides[position_id][0], equity)
    return Compiled(graph, formula, sides, faults)


class Losses:
    """Losses of the positions that can be computed, as fractions of their V (of the equity where there is a debt).

    ``positions``: their ids, in the portfolio's order: the rows of every answer. ``values``: their V, 0 where
    unknown (``worth`` gives the known ones, see ``worths``). ``unavailable``: counted position -> why it is left out. ``nodes``: node id -> row in shocks.
    """

    def __init__(self, portfolio: Portfolio, worth: Mapping[str, Decimal]) -> None:
        known = compiled(portfolio)
        self.formula, self.graph = known.formula, known.graph
        self.unavailable = dict(known.faults)
        counted = [p for p in portfolio.counted_positions() if p.id in known.sides]
        for position in counted:
            if position.debt and (reason := obstacle(position, worth.get(position.id))):
                self.unavailable[position.id] = reason
        kept = [p for p in counted if p.id not in self.unavailable]
        self.positions = tuple(p.id for p in kept)
        self.priced = np.array([p.id in worth for p in kept], dtype=np.bool_)
        self.values: Floats = np.array([float(worth.get(p.id, 0)) for p in kept])
        self.nodes = self.graph.index
        self.collateral: Rows = np.array([known.sides[p.id][0] for p in kept], dtype=np.intp)
        equity = [known.sides[p.id][1] for p in kept]
        self.levered: Rows = np.array([i for i, row in enumerate(equity) if row is not None], dtype=np.intp)
        self.equity: Rows = np.array([row for row in equity if row is not None], dtype=np.intp)
        self.debts: Debts = debts_of((kept[i], worth[kept[i].id]) for i in self.levered)

    @property
    def uncertain(self) -> bool:
        """Tell whether any number rests on sampled parts."""
        return not self.formula.uncertain.isdisjoint([*self.collateral.tolist(), *self.equity.tolist()])

    def shocks(self, columns: Iterable[Mapping[str, float]]) -> Floats:
        """Return the matrix (nodes × columns) of shocks; nodes that nothing knows are left out."""
        listed = list(columns)
        matrix = np.zeros((len(self.graph.ids), len(listed)))
        for column, shocks in enumerate(listed):
            for node, fraction in shocks.items():
                if node in self.nodes:
                    matrix[self.nodes[node], column] = fraction
        return matrix

    def of(self, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the expected fraction lost (positions × columns of ``shocks``), definitions.md 5 and 5.1."""
        return self._with_debts(
            self._side(self.collateral, shocks, scrambling), self._side(self.equity, shocks, scrambling)
        )

    def by_node(self, scrambling: int | None = None) -> Iterator[tuple[str, Floats]]:
        """Yield each node with ρ of every position: what a shock of 1 on it alone takes (definitions.md 3)."""
        width = max(1, MAX_CELLS // max(1, len(self.positions)))
        for start in range(0, len(self.graph.ids), width):
            some = self.graph.ids[start : start + width]
            taken = self.of(self.shocks({node: 1.0} for node in some), scrambling)
            yield from zip(some, taken.T, strict=True)

    def range(self, shocks: Mapping[str, float]) -> tuple[Floats, Floats]:
        """Return the least and the most that shocks take: a unit's largest one, and its sum capped at 1."""
        low, high = (self._lowest(self.collateral, shocks), self._highest(self.collateral, shocks))
        low_equity, high_equity = self._lowest(self.equity, shocks), self._highest(self.equity, shocks)
        return self._with_debts(low, low_equity)[:, 0], self._with_debts(high, high_equity)[:, 0]

    def touches(self, row: int, node: str) -> bool:
        """Tell whether any unit of the position in this row meets the node."""
        place = np.flatnonzero(self.levered == row)
        rows = [int(self.collateral[row]), *self.equity[place].tolist()]
        return any(self.formula.reached[r] >> self.nodes[node] & 1 for r in rows)

    def met_sets(self, row: int, nodes: list[str]) -> tuple[Mapping[int, float], Mapping[int, float]]:
        """Return, for the two sides of a position with debt, set of ``nodes`` met (bit i: node i) -> probability."""
        place = int(np.flatnonzero(self.levered == row)[0])
        sides = (int(self.collateral[row]), int(self.equity[place]))
        labels = {self.nodes[node]: 1 << i for i, node in enumerate(nodes)}
        met, _ = self.formula.met_together(sides, labels, operator.or_)
        return met[sides[0]], met[sides[1]]

    def error(self, figures: Callable[[int], Floats]) -> Floats:
        """Return the spread (standard deviation) of figures over the scramblings of the sampled parts."""
        spread: Floats = np.std([figures(scrambling) for scrambling in range(SCRAMBLINGS)], axis=0, ddof=1)
        return spread

    # -- sides ---------------------------------------------------------------------------------------------

    def _side(self, rows: Rows, shocks: Floats, scrambling: int | None = None) -> Floats:
        distinct, places = np.unique(rows, return_inverse=True)
        return self.formula.losses(distinct, shocks, scrambling)[places]

    def _with_debts(self, collateral: Floats, equity: Floats) -> Floats:
        if self.levered.size:
            collateral = collateral.copy()
            collateral[self.levered] = self.debts.losses(collateral[self.levered], equity)
        return collateral

    def _lowest(self, rows: Rows, shocks: Mapping[str, float]) -> Floats:
        """Return E[largest shock met] as a column: a sum over the levels, each weighted with the chance to meet it."""
        levels = sorted({s for s in shocks.values() if s > 0})
        met = self._side(rows, self.shocks({n: 1.0 for n, s in shocks.items() if s >= level} for level in levels))
        return met @ np.diff([0.0, *levels])[:, None]

    def _highest(self, rows: Rows, shocks: Mapping[str, float]) -> Floats:
        """Return E[min(1, sum of shocks met)] as a column."""
        hit = {self.nodes[n]: s for n, s in shocks.items() if n in self.nodes and s > 0}
        distinct, places = np.unique(rows, return_inverse=True)
        met, _ = self.formula.met_together(distinct.tolist(), hit, _capped_sum)
        sums = [sum(label * chance for label, chance in met[row].items()) for row in distinct.tolist()]
        column: Floats = np.array(sums, dtype=np.float64)[places][:, None]
        return column


def _capped_sum(first: float, second: float) -> float:
    return min(1.0, round(first + second, 15))
