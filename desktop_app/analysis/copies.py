"""Rows of formulas worked out each with shocks of its own, all at once: each row gets a copy of its terms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.atoms import Formula
from desktop_app.analysis.evaluation import AnyOf, Evaluation, OneOf, Term

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


class Copies:
    """Copies of the terms below some rows; ``cells`` are their inputs: (owner, node) -> place.

    An owner is whatever shares its shocks: rows added with the same owner read the same cells. Nodes that
    ``asked`` does not name lose nothing, and what rests on them alone is not copied.
    """

    def __init__(self, asked: Mapping[int, Sequence[str]]) -> None:
        self.cells = {(owner, node): i for i, (owner, node) in enumerate(_pairs(asked))}
        self._nothing = len(self.cells)
        self._terms: list[Term] = []
        self._evaluation: Evaluation | None = None

    def add(self, formula: Formula, row: int, owner: int) -> int:
        """Return the copy of a row with the shocks of its owner."""
        copied: dict[int, int] = {}
        todo = [row]
        while todo:
            here = todo[-1]
            below = () if here <= formula.nothing else formula.term(here).rows
            missing = [r for r in below if r not in copied]
            if missing:
                todo += missing
                continue
            todo.pop()
            if here not in copied:
                copied[here] = self._copy(formula, here, owner, copied)
        return copied[row]

    def _copy(self, formula: Formula, row: int, owner: int, copied: Mapping[int, int]) -> int:
        if row < formula.nothing:
            node = formula.graph.ids[row] if row < len(formula.graph.ids) else ""
            return self.cells.get((owner, node), self._nothing)
        if row == formula.nothing:
            return self._nothing
        term = formula.term(row)
        rows = tuple(copied[r] for r in term.rows)
        if all(r == self._nothing for r in rows):
            return self._nothing
        if isinstance(term, AnyOf):
            kept = tuple(r for r in rows if r != self._nothing)
            return kept[0] if len(kept) == 1 else self._append(AnyOf(kept))
        if isinstance(term, OneOf):
            ways = [(r, w) for r, w in zip(rows, term.weights, strict=True) if r != self._nothing]
            kept, weights = zip(*ways, strict=True)
            return self._append(OneOf(kept, weights))
        return self._append(replace(term, rows=rows))

    def _append(self, term: Term) -> int:
        self._terms.append(term)
        return self._nothing + len(self._terms)

    def values(self, shocks: Floats, rows: Ints) -> Floats:
        """Return the losses of some copies for shocks of all cells (cells × columns)."""
        if self._evaluation is None or self._evaluation.size != self._nothing + 1 + len(self._terms):
            self._evaluation = Evaluation(self._nothing + 1, self._terms)
        values: Floats = self._evaluation.values(shocks)[rows]
        return values


def _pairs(asked: Mapping[int, Sequence[str]]) -> list[tuple[int, str]]:
    return [(owner, node) for owner, nodes in asked.items() for node in nodes]
