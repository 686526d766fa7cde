"""The loss of every stack under any shocks, exactly: one formula shared by all stacks (definitions.md 2).

Everything asked of a stack is ``1 − E[Π (1 − s_n)]`` over the set of nodes that a unit meets. The units are not
listed. What is reached surely multiplies; choices that can meet no common node multiply; of choices that can,
one is decided and the rest looked at again. Equal remainders, also of different stacks, are computed once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.graph import Footing, Graph, Mask, bits
from desktop_app.analysis.sampling import Sample, draw

Floats = NDArray[np.float64]
L = TypeVar("L", float, int)

MAX_ATOMS = 50_000
"""A part that takes more decisions than this (never more than its atoms) is sampled."""

MAX_CELLS = 4_000_000
"""How many numbers are held at once: more columns are worked off in slices."""


class TooManyAtomsError(Exception):
    """A part is too large to be worked out exactly; it never leaves this package."""


@dataclass(frozen=True, slots=True)
class Any:
    """What meets at least one of independent ``rows`` (nodes or earlier terms)."""

    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class One:
    """What meets exactly one of exclusive ``rows``, each with its weight; with the remaining weight none."""

    weights: Floats
    rows: tuple[int, ...]


Term = Any | One | Sample


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a unit still has to decide: the choices, the nodes met so far that matter for them, those not to count."""

    choices: Mask
    met: Mask
    hidden: Mask


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One way a choice can go: its weight, the nodes newly met, and the independent rests that follow."""

    weight: float
    nodes: Mask
    rests: tuple[_Rest, ...]


class Formula:
    """The shared formula: rows 0 … N−1 are the nodes of the (finished) graph, row N is "nothing", then the terms in order.

    Stacks are added with ``stack`` and are then a row like any other; ``losses`` and ``spread`` only read.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.nothing = graph.size
        self.terms: list[Term] = []
        self.reached: list[Mask] = [1 << n for n in range(self.nothing)] + [0]
        self.uncertain: set[int] = set()
        self._drawn: dict[int, Sample] = {}
        self._parts: dict[_Rest, int] = {}
        self._stacks: dict[tuple[Footing, Mask], int] = {}
        self._footings: dict[int, tuple[Footing, Mask]] = {}

    # -- writing the formula ------------------------------------------------------------------------------

    def stack(self, footing: Footing, hidden: Mask = 0) -> int:
        """Return the row of a stack, the same for equal ones; ``hidden`` nodes are passed through, not counted."""
        key = (footing, hidden)
        if key not in self._stacks:
            rests = self._independent(footing.choices, footing.sure, hidden)
            rows = [*bits(footing.sure & ~hidden), *(self._part(rest) for rest in rests)]
            self._stacks[key] = self._any(rows)
            self._footings.setdefault(self._stacks[key], key)
        return self._stacks[key]

    def _part(self, rest: _Rest) -> int:
        try:
            return self._exact(rest)
        except TooManyAtomsError:
            sample = draw(self.graph, rest.choices, rest.met, rest.hidden)
            self._parts[rest] = self._append(sample, sample.rows)
            return self._parts[rest]

    def _exact(self, start: _Rest) -> int:
        """Write the terms of a part, what it rests on first; leave nothing behind where it grows too large."""
        before, fresh = len(self.terms), []
        plans: dict[_Rest, list[_Outcome]] = {}
        todo = [start]
        while todo:
            rest = todo[-1]
            if rest in self._parts:
                todo.pop()
                continue
            if rest not in plans:
                plans[rest] = self._decide(rest)
            missing = [r for o in plans[rest] for r in o.rests if r not in self._parts]
            if missing:
                todo.extend(missing)
                continue
            self._parts[rest] = self._one(plans.pop(rest))
            fresh.append(rest)
            if len(fresh) > MAX_ATOMS:
                for done in fresh:
                    del self._parts[done]
                del self.terms[before:]
                del self.reached[self.nothing + 1 + before :]
                raise TooManyAtomsError
        return self._parts[start]

    def _decide(self, rest: _Rest) -> list[_Outcome]:
        """Return the outcomes of the choice that reaches furthest: what lies above is decided first."""
        graph = self.graph
        chosen = max(bits(rest.choices), key=lambda c: ((graph.choice_reach[c] & ~rest.met).bit_count(), -c))
        choice, others = graph.choices[chosen], rest.choices & ~(1 << chosen)
        outcomes = []
        for weight, target in zip(choice.weights, choice.targets, strict=True):
            nodes = graph.closure[target] & ~rest.met
            pending = others
            for node in bits(nodes):
                pending |= graph.owned[node]
            rests = self._independent(pending, rest.met | nodes, rest.hidden)
            outcomes.append(_Outcome(weight, nodes & ~rest.hidden, rests))
        stayed = 1 - sum(choice.weights)
        if others and stayed > 0:
            outcomes.append(_Outcome(stayed, 0, self._independent(others, rest.met, rest.hidden)))
        return outcomes

    def _independent(self, choices: Mask, met: Mask, hidden: Mask) -> tuple[_Rest, ...]:
        """Split choices into groups that can meet no common node, and forget those that can meet nothing new."""
        groups: list[tuple[Mask, Mask]] = []
        covered = 0
        for choice in bits(choices):
            ahead = self.graph.choice_reach[choice] & ~met
            if not ahead:
                continue
            members = 1 << choice
            if ahead & covered:
                touching = [g for g in groups if g[1] & ahead]
                groups = [g for g in groups if not g[1] & ahead]
                for other, reach in touching:
                    members |= other
                    ahead |= reach
            covered |= ahead
            groups.append((members, ahead))
        return tuple(self._rest(members, met, hidden) for members, _ in groups)

    def _rest(self, choices: Mask, met: Mask, hidden: Mask) -> _Rest:
        reach = 0
        for choice in bits(choices):
            reach |= self.graph.choice_reach[choice]
        return _Rest(choices, met & reach, hidden & reach)

    def _one(self, outcomes: Iterable[_Outcome]) -> int:
        weights, rows = [], []
        for outcome in outcomes:
            row = self._any([*bits(outcome.nodes), *(self._parts[r] for r in outcome.rests)])
            if row != self.nothing:
                weights.append(outcome.weight)
                rows.append(row)
        return self._append(One(np.array(weights), tuple(rows)), rows)

    def _any(self, rows: list[int]) -> int:
        if len(rows) <= 1:
            return rows[0] if rows else self.nothing
        return self._append(Any(tuple(rows)), rows)

    def _append(self, term: Term, rows: Iterable[int]) -> int:
        reached = 0
        for row in rows:
            reached |= self.reached[row]
        self.terms.append(term)
        self.reached.append(reached)
        row = self.nothing + len(self.terms)
        if isinstance(term, Sample) or not self.uncertain.isdisjoint(rows):
            self.uncertain.add(row)
        return row

    # -- reading it ---------------------------------------------------------------------------------------

    def losses(self, rows: NDArray[np.intp], shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the expected loss (0 to 1) of each row for each column of ``shocks`` (nodes × columns, 0 to 1).

        ``scrambling`` takes one scrambling of the sampled parts instead of all of them.
        """
        result = np.empty((len(rows), shocks.shape[1]))
        width = max(1, MAX_CELLS // (self.nothing + 1 + len(self.terms)))
        for start in range(0, shocks.shape[1], width):
            columns = slice(start, start + width)
            result[:, columns] = self._values(shocks[:, columns], scrambling)[rows]
        return result

    def _values(self, shocks: Floats, scrambling: int | None) -> Floats:
        values = np.zeros((self.nothing + 1 + len(self.terms), shocks.shape[1]))
        values[: self.nothing] = shocks
        for row, term in enumerate(self.terms, self.nothing + 1):
            match term:
                case Any(rows):
                    value = values[row]
                    value[:] = values[rows[0]]
                    for other in rows[1:]:
                        value += values[other] * (1 - value)
                case One(weights, rows):
                    values[row] = weights @ values[list(rows)]
                case Sample(rows):
                    values[row] = term.losses(values[list(rows)], scrambling)
        return values

    def met_together(
        self,
        rows: Iterable[int],
        labels: Mapping[int, L],
        join: Callable[[L, L], L],
        scrambling: int | None = None,
    ) -> tuple[dict[int, dict[L, float]], bool]:
        """Return, for each row, label -> probability, where a unit's label joins those of the nodes that it meets.

        ``labels``: node index -> label; with nothing met the label is 0. Only what tells labels apart is
        enumerated. The second answer tells whether anything was drawn by chance.
        """
        asked = set(rows)
        marked = sum(1 << node for node in labels)
        found: dict[int, dict[L, float] | None] = {}
        for row in self._needed(asked, marked):
            found[row] = self._labels(row, labels, join, found, scrambling)
        drawn = any(row in self.uncertain for row in found)
        result = {}
        for row in asked:
            exact = found.get(row, {join(0, 0): 1.0})
            drawn = drawn or exact is None
            result[row] = (
                _joined(self._whole(row).met(labels, scrambling), labels, join) if exact is None else exact
            )
        return result, drawn

    def _needed(self, asked: Iterable[int], marked: Mask) -> list[int]:
        """Return the rows below those asked for that meet a marked node, what others rest on first."""
        needed: set[int] = set()
        todo = list(asked)
        while todo:
            row = todo.pop()
            if row not in needed and self.reached[row] & marked:
                needed.add(row)
                if row > self.nothing:
                    todo.extend(self.terms[row - self.nothing - 1].rows)
        return sorted(needed)

    def _labels(
        self,
        row: int,
        labels: Mapping[int, L],
        join: Callable[[L, L], L],
        found: Mapping[int, dict[L, float] | None],
        scrambling: int | None,
    ) -> dict[L, float] | None:
        """Return the labels of one row from those of the rows it rests on; None where there are too many."""
        if row < self.nothing:
            return {labels[row]: 1.0}
        term = self.terms[row - self.nothing - 1]
        if isinstance(term, Sample):
            return _joined(term.met(labels, scrambling), labels, join)
        parts = [found[r] for r in term.rows if r in found]
        if isinstance(term, One):
            weights = [w for w, r in zip(term.weights.tolist(), term.rows, strict=True) if r in found]
            return _mixed(parts, weights, join(0, 0))
        result: dict[L, float] | None = {join(0, 0): 1.0}
        for part in parts:
            result = _added(result, part, join)
        return result

    def _whole(self, row: int) -> Sample:
        """Return units of a whole stack, drawn by chance."""
        if row not in self._drawn:
            footing, hidden = self._footings[row]
            sample = draw(self.graph, footing.choices, footing.sure, hidden)
            sure = tuple(bits(footing.sure & ~hidden))
            always = np.ones((*sample.units.shape[:2], len(sure)), dtype=np.bool_)
            self._drawn[row] = Sample(sample.rows + sure, np.concatenate([sample.units, always], axis=2))
        return self._drawn[row]


def _joined(
    met: Mapping[tuple[int, ...], float], labels: Mapping[int, L], join: Callable[[L, L], L]
) -> dict[L, float]:
    result: dict[L, float] = {}
    for nodes, chance in met.items():
        label = reduce(join, (labels[n] for n in nodes), join(0, 0))
        result[label] = result.get(label, 0.0) + chance
    return result


def _mixed(parts: list[dict[L, float] | None], weights: list[float], nothing: L) -> dict[L, float] | None:
    result = {nothing: 0.0}
    for part, weight in zip(parts, weights, strict=True):
        if part is None:
            return None
        for label, chance in part.items():
            result[label] = result.get(label, 0.0) + weight * chance
    result[nothing] += max(0.0, 1 - sum(weights))
    return result if len(result) <= MAX_ATOMS else None


def _added(
    first: dict[L, float] | None, second: dict[L, float] | None, join: Callable[[L, L], L]
) -> dict[L, float] | None:
    if first is None or second is None or len(first) * len(second) > MAX_ATOMS * 20:
        return None
    result: dict[L, float] = {}
    for a, chance_a in first.items():
        for b, chance_b in second.items():
            label = join(a, b)
            result[label] = result.get(label, 0.0) + chance_a * chance_b
    return result if len(result) <= MAX_ATOMS else None
