"""The fraction of each position that given shocks would take: one evaluator for every such question."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.atoms import MAX_CELLS, Formula
from desktop_app.analysis.distribution import Distribution
from desktop_app.analysis.freed import NOTHING, freed_parts, standing_row
from desktop_app.analysis.graph import Graph, bits
from desktop_app.analysis.leverage import Debts, debts_of, obstacle
from desktop_app.analysis.newest import Newest
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
    """What does not depend on prices: the formula, each sound position's rows, and what ails the others.

    ``freed``: position -> the part of it that nothing can slash any more, which its rows have in them;
    ``still``: the rows of the rest of these positions alone, the freed part standing on nothing.
    """

    graph: Graph
    formula: Formula
    standing: Mapping[str, Standing]
    faults: Mapping[str, str]
    freed: Mapping[str, float] = field(default_factory=dict)
    still: Mapping[str, Standing] = field(default_factory=dict)


_compiled: Newest[Compiled] = Newest()


def compiled(portfolio: Portfolio, as_of: date | None) -> Compiled:
    """Return the formula of a portfolio; the newest is kept, also while only assumptions or prices change."""
    graph = (portfolio.edges, portfolio.groups, portfolio.positions)
    names = tuple((node.id, node.name) for node in portfolio.nodes.values())  # which faults call by
    freed = freed_parts(portfolio, as_of)
    return _compiled.get(graph, (names, freed), lambda: compiled_anew(portfolio, freed))


def compiled_anew(
    portfolio: Portfolio, freed: Mapping[str, float] = NOTHING, *, passages: bool = False
) -> Compiled:
    """Return the formula of a portfolio, on request with the passages of ``Graph``; ``freed``: by position.

    The one place where a position is divided into what can still be slashed and what cannot (``freed``).
    """
    graph = Graph(portfolio, passages=passages)
    counted = portfolio.counted_positions()
    faults = {p.id: fault for p in counted if (fault := graph.fault(p.id))}
    sound = [p for p in counted if p.id not in faults]
    footings = {p.id: graph.footing(p.id, Side.COLLATERAL if p.debt else None) for p in sound}
    equities = {p.id: graph.footing(p.id, Side.EQUITY) for p in sound if p.debt}
    formula = Formula(graph)
    alike = {id(footing): footing for footing in footings.values()}  # quicker than by their bits
    stacks = {key: Standing(formula.stack(footing)) for key, footing in alike.items()}
    standing = {position: stacks[id(footing)] for position, footing in footings.items()}
    hidden = dict.fromkeys(equities, 0)
    if equities:
        rows = np.array([standing[position].collateral for position in equities])
        certain = formula.losses(rows, np.eye(graph.size)) >= FULLY
        for (position, footing), nodes in zip(equities.items(), certain, strict=True):
            hidden[position] = sum(1 << int(n) for n in np.flatnonzero(nodes))
            equity, passing = formula.stack(footing, hidden[position]), formula.stack(footing)
            standing[position] = Standing(standing[position].collateral, equity, passing)
    parts = {position: part for position, part in freed.items() if position in standing}
    still = {p: _mixed(formula, standing[p], part) for p, part in parts.items()}
    standing |= {p: _divided(formula, p, part, hidden.get(p)) for p, part in parts.items()}
    return Compiled(graph, formula, standing, faults, parts, still)


def _mixed(formula: Formula, whole: Standing, part: float) -> Standing:
    """Return the rows of a position a part of which stands on nothing."""
    rest = formula.mixture(whole.collateral, formula.nothing, part)
    if whole.equity is None or whole.passing is None:
        return Standing(rest)
    equity, passing = (formula.mixture(r, formula.nothing, part) for r in (whole.equity, whole.passing))
    return Standing(rest, equity, passing)


def _divided(formula: Formula, position: str, part: float, hidden: int | None) -> Standing:
    """Return the rows of a position a part of which is freed; ``hidden``: of its equity side, if any."""
    if hidden is None:
        return Standing(standing_row(formula, position, part))
    return Standing(
        standing_row(formula, position, part, side=Side.COLLATERAL),
        standing_row(formula, position, part, side=Side.EQUITY, hidden=hidden),
        standing_row(formula, position, part, side=Side.EQUITY),
    )


class Losses:
    """Losses of the positions that can be computed, as fractions of their V (with a debt, the equity).

    ``positions``: their ids, in the portfolio's order: the rows of every answer. ``values``: their V, 0 where
    unknown (``worth`` gives the known ones, see ``worths``). ``unavailable``: counted position -> why it is
    left out. ``nodes``: node id -> row in shocks.

    Positions that lose the same fraction of anything share a *stack*: those without debt on the same row of
    the formula, ``stack_rows``; then each position with a debt, alone. ``stacks``: position -> its stack;
    ``stack_values``: their V together. ``freed``: position -> the part of it that nothing can slash any more.
    """

    def __init__(self, portfolio: Portfolio, worth: Mapping[str, Decimal], known: Compiled) -> None:
        self._made_of = (portfolio, worth, known)
        self.formula, self.graph, self.freed = known.formula, known.graph, known.freed
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
        plain = np.ones(len(kept), dtype=np.bool_)
        plain[self.levered] = False
        self.stack_rows, places = np.unique(self.collateral[plain], return_inverse=True)
        self.stacks: Rows = np.empty(len(kept), dtype=np.intp)
        self.stacks[plain] = places
        self.stacks[self.levered] = len(self.stack_rows) + np.arange(len(self.levered))
        count = len(self.stack_rows) + len(self.levered)
        self.stack_values: Floats = np.bincount(self.stacks, self.values, count).astype(np.float64)
        order = np.argsort(self.stacks, kind="stable")
        ends = np.searchsorted(self.stacks[order], np.arange(1, count))
        self._members = np.split(order, ends) if count else []

    @cached_property
    def still(self) -> "Losses":
        """Return the losses of what can still be slashed: what is freed of a position stands on nothing."""
        portfolio, worth, known = self._made_of
        standing = {**known.standing, **known.still}
        return Losses(portfolio, worth, replace(known, standing=standing)) if known.still else self

    def members(self, stack: int) -> Rows:
        """Return the positions of a stack, in their order."""
        return self._members[stack]

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
        return self.by_stack(shocks, scrambling)[self.stacks]

    def by_stack(self, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the same for each stack."""
        plain = self.formula.losses(self.stack_rows, shocks, scrambling)
        if not self.levered.size:
            return plain
        sides = (self.collateral[self.levered], self.equity)
        return np.concatenate([plain, self.debts.losses(*(self.side(s, shocks, scrambling) for s in sides))])

    def totals(self, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the value lost for each column of ``shocks``."""
        total: Floats = self.stack_values @ self.by_stack(shocks, scrambling)
        return total

    def plain_totals(self, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the value that positions without debt lose for each column of ``shocks``."""
        values = self.stack_values[: len(self.stack_rows)]
        total: Floats = values @ self.formula.losses(self.stack_rows, shocks, scrambling)
        return total

    def by_position(self, taken: Floats) -> dict[str, float]:
        """Return priced position -> the value that these fractions (one for each position) are of it."""
        amounts = self.values * taken
        if self.priced.all():
            return dict(zip(self.positions, amounts.tolist(), strict=True))
        ids = itertools.compress(self.positions, self.priced.tolist())
        return dict(zip(ids, amounts[self.priced].tolist(), strict=True))

    def by_node(self, scrambling: int | None = None) -> Iterator[tuple[str, Floats]]:
        """Yield each node with ρ of every stack: what a shock of 1 on it takes (definitions.md 3)."""
        width = max(1, MAX_CELLS // max(1, len(self.stack_values)))
        for start in range(0, len(self.graph.ids), width):
            some = self.graph.ids[start : start + width]
            taken = self.by_stack(self.shocks({node: 1.0} for node in some), scrambling)
            yield from zip(some, taken.T, strict=True)

    def range(
        self, shocks: Mapping[str, float], scrambling: int | None = None
    ) -> tuple[Floats, Floats, bool]:
        """Return the least and the most of each stack: a unit's largest shock, and its sum capped at 1.

        The third answer tells whether units had to be drawn for them.
        """
        sides = (self.stack_rows, self.collateral[self.levered], self.equity)
        low = self._with_debts(*(self._lowest(rows, shocks, scrambling) for rows in sides))
        hit = {self.nodes[n]: s for n, s in shocks.items() if n in self.nodes and s > 0}
        sums = Distribution(self.formula, hit, _capped_sum, 0.0, scrambling)
        high = self._with_debts(*(_mean(sums, rows) for rows in sides))
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

    def _with_debts(self, plain: Floats, collateral: Floats, equity: Floats) -> Floats:
        """Return the fractions of all stacks, from those without debt and from both sides of the others."""
        return np.concatenate([plain, self.debts.losses(collateral, equity)]) if self.levered.size else plain

    def _lowest(self, rows: Rows, shocks: Mapping[str, float], scrambling: int | None) -> Floats:
        """Return E[largest shock met] as a column: the levels, each weighted with the chance to meet it."""
        levels = sorted({s for s in shocks.values() if s > 0})
        hit = self.shocks({n: 1.0 for n, s in shocks.items() if s >= level} for level in levels)
        column: Floats = self.side(rows, hit, scrambling) @ np.diff([0.0, *levels])[:, None]
        return column


_losses: Newest[Losses] = Newest()


def losses_of(portfolio: Portfolio, worth: Mapping[str, Decimal], as_of: date | None) -> Losses:
    """Return the losses of a portfolio's positions with these values on a day; the newest are kept."""
    known = compiled(portfolio, as_of)
    return _losses.get((known, worth, portfolio.positions), (), lambda: Losses(portfolio, worth, known))


def _mean(labels: Distribution[float], rows: Rows) -> Floats:
    """Return the expected label of each row as a column."""
    distinct, places = np.unique(rows, return_inverse=True)
    chances = labels.of(distinct.tolist())
    means = [sum(label * chance for label, chance in chances[row].items()) for row in distinct.tolist()]
    column: Floats = np.array(means, dtype=np.float64)[places][:, None]
    return column


def _capped_sum(first: float, second: float) -> float:
    return min(1.0, round(first + second, 15))
