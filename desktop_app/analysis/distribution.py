"""Which of some nodes the units of a stack meet together: only what tells them apart is enumerated."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Generic, TypeVar

import numpy as np

from desktop_app.analysis.atoms import MAX_ATOMS, Formula
from desktop_app.analysis.evaluation import OneOf
from desktop_app.analysis.graph import bits
from desktop_app.analysis.sampling import Sample, draw

L = TypeVar("L", bound=float)
Chances = dict[L, float]
"""Label -> probability."""


class Distribution(Generic[L]):
    """Chances of the labels of a unit: the labels of the nodes that it meets, joined (sums, or sets as bits).

    ``labels``: node index -> label; nothing met is ``nothing``. With too many labels the whole stack is drawn
    by chance, and ``drawn`` says so afterwards. ``scrambling``: one of the samples alone.
    """

    def __init__(
        self,
        formula: Formula,
        labels: Mapping[int, L],
        join: Callable[[L, L], L],
        nothing: L,
        scrambling: int | None = None,
    ) -> None:
        self.drawn = False
        self._formula = formula
        self._labels: Mapping[int, L] = labels
        self._join: Callable[[L, L], L] = join
        self._nothing: L = nothing
        self._scrambling = scrambling

    def of(self, rows: Iterable[int]) -> dict[int, Chances[L]]:
        """Return, for each row of the formula, label -> probability."""
        asked = set(rows)
        found: dict[int, Chances[L] | None] = {}
        for row in self._needed(asked):
            found[row] = self._row(row, found)
        result: dict[int, Chances[L]] = {}
        for row in asked:
            chances = found.get(row, {self._nothing: 1.0})
            self.drawn = self.drawn or chances is None
            result[row] = self._of_whole(row) if chances is None else chances
        return result

    def _of_whole(self, row: int) -> Chances[L]:
        """Return the chances of drawn units of a stack, or of those that are mixed in the row."""
        if row in self._formula.footings:
            return self._sampled(self._whole(row))
        term = self._formula.term(row)
        ways = list(zip(term.rows, term.weights, strict=True)) if isinstance(term, OneOf) else []
        result: Chances[L] = {self._nothing: max(0.0, 1 - sum(weight for _, weight in ways))}
        for below, weight in ways:
            for label, chance in self._of_whole(below).items():
                result[label] = result.get(label, 0.0) + weight * chance
        return result

    def _needed(self, asked: Iterable[int]) -> list[int]:
        """Return the rows below those asked for that meet a labelled node, what others rest on first."""
        labelled = sum(1 << node for node in self._labels)
        needed: set[int] = set()
        todo = list(asked)
        while todo:
            row = todo.pop()
            if row not in needed and self._formula.reached[row] & labelled:
                needed.add(row)
                if row > self._formula.nothing:
                    todo.extend(self._formula.term(row).rows)
        return sorted(needed)

    def _row(self, row: int, found: Mapping[int, Chances[L] | None]) -> Chances[L] | None:
        """Return the labels of one row from those of the rows it rests on; None where there are too many."""
        if row < self._formula.nothing:
            return {self._labels[row]: 1.0}
        term = self._formula.term(row)
        if isinstance(term, Sample):
            return self._sampled(term)
        if isinstance(term, OneOf):
            ways = zip(term.rows, term.weights, strict=True)
            return self._mixed([(found[r], weight) for r, weight in ways if r in found])
        result: Chances[L] | None = {self._nothing: 1.0}
        for part in (found[r] for r in term.rows if r in found):
            result = self._joined(result, part)
        return result

    def _mixed(self, ways: list[tuple[Chances[L] | None, float]]) -> Chances[L] | None:
        result = {self._nothing: max(0.0, 1 - sum(weight for _, weight in ways))}
        for part, weight in ways:
            if part is None:
                return None
            for label, chance in part.items():
                result[label] = result.get(label, 0.0) + weight * chance
        return result if len(result) <= MAX_ATOMS else None

    def _joined(self, first: Chances[L] | None, second: Chances[L] | None) -> Chances[L] | None:
        if first is None or second is None or len(first) * len(second) > 20 * MAX_ATOMS:
            return None
        result: Chances[L] = {}
        for a, chance_a in first.items():
            for b, chance_b in second.items():
                label = self._join(a, b)
                result[label] = result.get(label, 0.0) + chance_a * chance_b
        return result if len(result) <= MAX_ATOMS else None

    def _sampled(self, sample: Sample) -> Chances[L]:
        result: Chances[L] = {}
        for nodes, chance in sample.met(self._labels, self._scrambling).items():
            label = reduce(self._join, (self._labels[n] for n in nodes), self._nothing)
            result[label] = result.get(label, 0.0) + chance
        return result

    def _whole(self, row: int) -> Sample:
        """Return units of a whole stack."""
        footing, hidden = self._formula.footings[row]
        sample = draw(self._formula.graph, footing.choices, footing.sure, hidden)
        sure = tuple(bits(footing.sure & ~hidden))
        always = np.ones((*sample.units.shape[:2], len(sure)), dtype=np.bool_)
        return Sample(sample.rows + sure, np.concatenate([sample.units, always], axis=2))
