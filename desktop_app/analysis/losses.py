"""The fraction of each position that given shocks would take: one evaluator for every such question."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.atoms import MAX_CELLS, Formula
from desktop_app.analysis.distribution import Distribution
from desktop_app.analysis.graph import Graph, bits
from desktop_app.analysis.leverage import Debts, debts_of, obstacle
from desktop_app.analysis.sampling import SCRAMBLINGS
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Side

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

FULLY = 1 - 1e-9
"""From here on a position depends on a node with all of its value."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Rows of a position in the formula; the equity side (definitions.md 5.1) only where there is a debt.

    ``equity`` leaves out the nodes that the whole collateral stands on; ``passing``, for flows, does not.
    """

    collateral: int
    equity: int | None = None
    passing: int | None = None

    @property
    def rows(self) -> tuple[int, ...]:
        """Return the rows of everything the position stands on."""
        return (self.collateral,) if self.passing is None else (self.collateral, self.passing)


@dataclass(frozen=True, slots=True)
class Compiled:
    """What does not depend on prices: the formula, each sound position's rows, and what ails the others."""

    graph: Graph
    formula: Formula
    standing: Mapping[str, Standing]
    faults: Mapping[str, str]


_newest: list[tuple[tuple[object, ...], Compiled]] = []


def compiled(portfolio: Portfolio) -> Compiled:
    """Return the formula of a portfolio; the newest is kept, as every page asks about the same portfolio."""
    key = (portfolio.nodes, portfolio.edges, portfolio.groups, portfolio.positions)
    for kept, answer in _newest[:1]:
        if all(a is b for a, b in zip(kept, key, strict=True)):
            return answer
    answer = compiled_anew(portfolio)
    _newest[:] = [(key, answer)]
    return answer


def compiled_anew(portfolio: Portfolio, *, passages: bool = False) -> Compiled:
    """Return the formula of a portfolio, on request with the passages of ``Graph``."""
    graph = Graph(portfolio, passages=passages)
    counted = portfolio.counted_positions()
    faults = {p.id: fault for p in counted if (fault := graph.fault(p.id))}
    sound = [p for p in counted if p.id not in faults]
    footings = {p.id: graph.footing(p.id, Side.COLLATERAL if p.debt else None) for p in sound}
    equities = {p.id: graph.footing(p.id, Side.EQUITY) for p in sound if p.debt}
    formula = Formula(graph)
    standing = {position: Standing(formula.stack(footing)) for position, footing in footings.items()}
    if equities:
        rows = np.array([standing[position].collateral for position in equities])
        certain = formula.losses(rows, np.eye(graph.size)) >= FULLY
        for (position, footing), nodes in zip(equities.items(), certain, strict=True):
            hidden = sum(1 << int(n) for n in np.flatnonzero(nodes))
            equity, passing = formula.stack(footing, hidden), formula.stack(footing)
            standing[position] = Standing(standing[position].collateral, equity, passing)
    return Compiled(graph, formula, standing, faults)


class Losses:
    """Losses of the positions that can be computed, as fractions of their V (with a debt, the equity).

    ``positions``: their ids, in the portfolio's order: the rows of every answer. ``values``: their V, 0 where
    unknown (``worth`` gives the known ones, see ``worths``). ``unavailable``: counted position -> why it is
    left out. ``nodes``: node id -> row in shocks.
    """

    def __init__(
        self, portfolio: Portfolio, worth: Mapping[str, Decimal], known: Compiled | None = None
    ) -> None:
        known = known or compiled(portfolio)
        self.formula, self.graph = known.formula, known.graph
        self.unavailable = dict(known.faults)
        counted = [p for p in portfolio.counted_positions() if p.id in known.standing]
        for position in counted:
            if position.debt and (reason := obstacle(position, worth.get(position.id))):
                self.unavailable[position.id] = reason
        kept = [p for p in counted if p.id not in self.unavailable]
        standing = [known.standing[p.id] for p in kept]
        self.positions = tuple(p.id for p in kept)
        self.priced = np.array([p.id in worth for p in kept], dtype=np.bool_)
        self.values: Floats = np.array([float(worth.get(p.id, 0)) for p in kept], dtype=np.float64)
        self.nodes = self.graph.index
        self.collateral: Rows = np.array([s.collateral for s in standing], dtype=np.intp)
        self.levered: Rows = np.array(
            [i for i, s in enumerate(standing) if s.equity is not None], dtype=np.intp
        )
        self.equity: Rows = np.array([s.equity for s in standing if s.equity is not None], dtype=np.intp)
        self.passing: Rows = np.array([s.passing for s in standing if s.passing is not None], dtype=np.intp)
        self.debts: Debts = debts_of((kept[i], worth[kept[i].id]) for i in self.levered)

    @property
    def uncertain(self) -> bool:
        """Tell whether any number rests on sampled parts."""
        return not self.formula.uncertain.isdisjoint([*self.collateral.tolist(), *self.equity.tolist()])

    def reached(self, *, by_value: bool = False) -> list[str]:
        """Return the nodes that some position meets, on request only those that some value meets."""
        counted = self.values > 0 if by_value else np.ones(len(self.positions), dtype=np.bool_)
        met = 0
        for row in {*self.collateral[counted].tolist(), *self.passing[counted[self.levered]].tolist()}:
            met |= self.formula.reached[row]
        return [self.graph.ids[n] for n in bits(met) if n < len(self.graph.ids)]

    def shocks(self, columns: Iterable[Mapping[str, float]]) -> Floats:
        """Return the matrix (nodes × columns) of shocks; nodes that nothing knows are left out."""
        listed = list(columns)
        matrix = np.zeros((self.graph.size, len(listed)))
        for column, shocks in enumerate(listed):
            for node, fraction in shocks.items():
                if node in self.nodes:
                    matrix[self.nodes[node], column] = fraction
        return matrix

    def of(self, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the expected fraction lost (positions × columns of ``shocks``), definitions.md 5 and 5.1."""
        return self.with_debts(
            self.side(self.collateral, shocks, scrambling), self.side(self.equity, shocks, scrambling)
        )

    def totals(self, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the value lost for each column of ``shocks``, stack by stack."""
        total = self.plain_totals(shocks, scrambling)
        if self.levered.size:
            sides = (self.collateral[self.levered], self.equity)
            lost = self.debts.losses(*(self.side(rows, shocks, scrambling) for rows in sides))
            total = total + self.values[self.levered] @ lost
        return total

    def plain_totals(self, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the same for the positions without debt."""
        plain = self.values.copy()
        plain[self.levered] = 0.0
        rows, places = np.unique(self.collateral, return_inverse=True)
        amounts = np.bincount(places, weights=plain, minlength=len(rows))
        total: Floats = amounts @ self.formula.losses(rows, shocks, scrambling)
        return total

    def by_position(self, taken: Floats) -> dict[str, float]:
        """Return priced position -> the value that these fractions (one for each position) are of it."""
        amounts = (self.values * taken)[self.priced]
        ids = (position for position, priced in zip(self.positions, self.priced, strict=True) if priced)
        return dict(zip(ids, amounts.tolist(), strict=True))

    def by_node(self, scrambling: int | None = None) -> Iterator[tuple[str, Floats]]:
        """Yield each node with ρ of every position: what a shock of 1 on it takes (definitions.md 3)."""
        width = max(1, MAX_CELLS // max(1, len(self.positions)))
        for start in range(0, len(self.graph.ids), width):
            some = self.graph.ids[start : start + width]
            taken = self.of(self.shocks({node: 1.0} for node in some), scrambling)
            yield from zip(some, taken.T, strict=True)

    def range(
        self, shocks: Mapping[str, float], scrambling: int | None = None
    ) -> tuple[Floats, Floats, bool]:
        """Return the least and the most that shocks take: a unit's largest one, and its sum capped at 1.

        The third answer tells whether units had to be drawn for them.
        """
        sides = (self.collateral, self.equity)
        low = self.with_debts(*(self._lowest(rows, shocks, scrambling) for rows in sides))
        hit = {self.nodes[n]: s for n, s in shocks.items() if n in self.nodes and s > 0}
        sums = Distribution(self.formula, hit, _capped_sum, 0.0, scrambling)
        high = self.with_debts(*(_mean(sums, rows) for rows in sides))
        return low[:, 0], high[:, 0], sums.drawn or self.uncertain

    def touches(self, row: int, node: str) -> bool:
        """Tell whether any unit of the position in this row meets the node."""
        place = np.flatnonzero(self.levered == row)
        rows = [int(self.collateral[row]), *self.equity[place].tolist()]
        return any(self.formula.reached[r] >> self.nodes[node] & 1 for r in rows)

    def error(self, figures: Callable[[int], Floats]) -> Floats:
        """Return the spread (standard deviation) of figures over the scramblings; 0 for what is exact."""
        drawn = np.array([figures(scrambling) for scrambling in range(SCRAMBLINGS)])
        spread = np.std(drawn, axis=0, ddof=1)
        exact = spread <= 1e-12 * np.abs(drawn).max(axis=0)
        return np.where(exact, 0.0, spread)

    # -- sides ---------------------------------------------------------------------------------------------

    def side(self, rows: Rows, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the expected fraction lost of each of these rows of the formula."""
        distinct, places = np.unique(rows, return_inverse=True)
        return self.formula.losses(distinct, shocks, scrambling)[places]

    def with_debts(self, collateral: Floats, equity: Floats) -> Floats:
        """Return the fractions lost, amplified for positions with debt (``equity``: rows of those)."""
        if self.levered.size:
            collateral = collateral.copy()
            collateral[self.levered] = self.debts.losses(collateral[self.levered], equity)
        return collateral

    def _lowest(self, rows: Rows, shocks: Mapping[str, float], scrambling: int | None) -> Floats:
        """Return E[largest shock met] as a column: the levels, each weighted with the chance to meet it."""
        levels = sorted({s for s in shocks.values() if s > 0})
        hit = self.shocks({n: 1.0 for n, s in shocks.items() if s >= level} for level in levels)
        column: Floats = self.side(rows, hit, scrambling) @ np.diff([0.0, *levels])[:, None]
        return column


def _mean(labels: Distribution[float], rows: Rows) -> Floats:
    """Return the expected label of each row as a column."""
    distinct, places = np.unique(rows, return_inverse=True)
    chances = labels.of(distinct.tolist())
    means = [sum(label * chance for label, chance in chances[row].items()) for row in distinct.tolist()]
    column: Floats = np.array(means, dtype=np.float64)[places][:, None]
    return column


def _capped_sum(first: float, second: float) -> float:
    return min(1.0, round(first + second, 15))
