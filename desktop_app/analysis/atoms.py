"""The loss of every stack under any shocks, exactly: one formula shared by all stacks (definitions.md 2).

Everything asked of a stack is ``1 − E[Π (1 − s_n)]`` over the set of nodes that a unit meets. Units are not
listed: what is reached surely multiplies; choices that can meet no common node multiply; of choices that can,
one is decided and the rest looked at again. Equal remainders, also of different stacks, are computed once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.evaluation import AnyOf, Evaluation, OneOf, Term
from desktop_app.analysis.graph import REST_TOLERANCE, Footing, Graph, Mask, bits
from desktop_app.analysis.sampling import Sample, draw

Floats = NDArray[np.float64]

MAX_ATOMS = 50_000
"""A part that takes more decisions than this is sampled; there are never more of them than atoms."""

MAX_CELLS = 4_000_000
"""How many numbers are held at once: more columns are worked off in slices."""


class TooManyAtomsError(Exception):
    """A part is too large to be worked out exactly; it never leaves this package."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a unit still has to decide, and which nodes in reach of that are met, or not to be counted."""

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
    """The shared formula: rows 0 … N−1 are the nodes of a finished graph, row N is "nothing", then the terms.

    A term rests on earlier rows only. ``stack`` adds the row of a stack; ``losses`` only reads. ``reached``:
    row -> the nodes below it; ``uncertain``: rows that rest on sampled units; ``footings``: row -> its stack.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.nothing = graph.size
        self.terms: list[Term] = []
        self.reached: list[Mask] = [1 << n for n in range(self.nothing)] + [0]
        self.uncertain: set[int] = set()
        self._evaluation: Evaluation | None = None
        self._parts: dict[_Rest, int] = {}
        self._stacks: dict[tuple[Footing, Mask], int] = {}
        self.footings: dict[int, tuple[Footing, Mask]] = {}
        self._mixtures: dict[tuple[int, int, float], int] = {}

    # -- writing the formula ------------------------------------------------------------------------------

    def stack(self, footing: Footing, hidden: Mask = 0) -> int:
        """Return the row of a stack, one for equal ones; ``hidden`` nodes are passed, but not counted."""
        key = (footing, hidden)
        if key not in self._stacks:
            rests = self._independent(footing.choices, footing.sure, hidden)
            rows = [*bits(footing.sure & ~hidden), *(self._part(rest) for rest in rests)]
            self._stacks[key] = self._any(rows)
            self.footings.setdefault(self._stacks[key], key)
        return self._stacks[key]

    def mixture(self, first: int, second: int, part: float) -> int:
        """Return the row of units of which ``part`` are of the second row, the others of the first."""
        if first == second or part >= 1 - REST_TOLERANCE:
            return second
        key = (first, second, part)
        if key not in self._mixtures:
            ways = [way for way in ((first, 1 - part), (second, part)) if way[0] != self.nothing]
            rows, weights = zip(*ways, strict=True) if ways else ((), ())
            self._mixtures[key] = self._append(OneOf(rows, weights), rows) if ways else self.nothing
        return self._mixtures[key]

    def _part(self, rest: _Rest) -> int:
        try:
            return self._exact(rest)
        except TooManyAtomsError:
            sample = draw(self.graph, rest.choices, rest.met, rest.hidden)
            self._parts[rest] = self._append(sample, sample.rows)
            return self._parts[rest]

    def _exact(self, start: _Rest) -> int:
        """Write the terms of a part, what it rests on first; leave nothing behind if it grows too large."""
        before = len(self.terms)
        fresh: list[_Rest] = []
        plans: dict[_Rest, list[_Outcome]] = {}
        todo = [start]
        while todo:
            rest = todo[-1]
            if rest in self._parts:
                todo.pop()
                continue
            if rest not in plans:
                plans[rest] = self._decide(rest)
            missing = [r for outcome in plans[rest] for r in outcome.rests if r not in self._parts]
            todo += missing
            if not missing:
                self._parts[rest] = self._one(plans.pop(rest))
                fresh.append(rest)
            if len(fresh) > MAX_ATOMS:
                self._forget(fresh, before)
                raise TooManyAtomsError
        return self._parts[start]

    def _forget(self, rests: list[_Rest], terms: int) -> None:
        for rest in rests:
            del self._parts[rest]
        del self.terms[terms:]
        del self.reached[self.nothing + 1 + terms :]
        self.uncertain = {row for row in self.uncertain if row < len(self.reached)}

    def _decide(self, rest: _Rest) -> list[_Outcome]:
        """Return the outcomes of one choice, of those left that which reaches furthest.

        What lies above is decided first, a position's own choices before all: what is left then is shared.
        """
        graph = self.graph
        above = rest.choices & graph.own_choices or rest.choices
        chosen = max(bits(above), key=lambda c: ((graph.choice_reach[c] & ~rest.met).bit_count(), -c))
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
        if others and stayed > REST_TOLERANCE:
            outcomes.append(_Outcome(stayed, 0, self._independent(others, rest.met, rest.hidden)))
        return outcomes

    def _independent(self, choices: Mask, met: Mask, hidden: Mask) -> tuple[_Rest, ...]:
        """Split choices into groups that can meet no common node; forget those that can meet nothing new."""
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
        ways = [(self._any([*bits(o.nodes), *(self._parts[r] for r in o.rests)]), o.weight) for o in outcomes]
        ways = [(row, weight) for row, weight in ways if row != self.nothing]
        if not ways:
            return self.nothing
        rows, weights = zip(*ways, strict=True)
        return self._append(OneOf(rows, weights), rows)

    def _any(self, rows: list[int]) -> int:
        if len(rows) <= 1:
            return rows[0] if rows else self.nothing
        return self._append(AnyOf(tuple(rows)), rows)

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

    def term(self, row: int) -> Term:
        """Return the term of a row that is not a node."""
        return self.terms[row - self.nothing - 1]

    # -- reading it ---------------------------------------------------------------------------------------

    def losses(self, rows: NDArray[np.intp], shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the expected loss (0 to 1) of each row for each column of shocks (nodes × columns, 0 to 1).

        ``scrambling`` takes one scrambling of the sampled parts instead of all of them.
        """
        if self._evaluation is None or self._evaluation.size != len(self.reached):
            self._evaluation = Evaluation(self.nothing + 1, self.terms)
        result = np.empty((len(rows), shocks.shape[1]))
        width = max(1, MAX_CELLS // len(self.reached))
        for start in range(0, shocks.shape[1], width):
            columns = slice(start, start + width)
            result[:, columns] = self._evaluation.values(shocks[:, columns], scrambling)[rows]
        return result
