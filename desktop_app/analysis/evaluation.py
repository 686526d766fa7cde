"""The formula worked out for many columns of shocks at once, terms of one height together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.sampling import Sample

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What meets at least one of independent ``rows`` (nodes or earlier terms)."""

    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """What meets exactly one of exclusive ``rows``, each with its weight; with the remaining weight none."""

    rows: tuple[int, ...]
    weights: tuple[float, ...]


Term = AnyOf | OneOf | Sample


@dataclass(frozen=True, slots=True)
class _Anys:
    """Terms ``AnyOf`` of one height, most rows first; ``columns[j]``: the j-th row of those that have one."""

    targets: Rows
    columns: tuple[Rows, ...]

    def fill(self, values: Floats, scrambling: int | None) -> None:
        """Set the values of these rows: a or b is a + b (1 − a), which keeps the digits of small losses."""
        del scrambling
        block = values[self.columns[0]]
        for rows in self.columns[1:]:
            part = block[: len(rows)]
            part += values[rows] * (1 - part)
        values[self.targets] = block


@dataclass(frozen=True, slots=True)
class _Ones:
    """Terms ``OneOf`` of one height: their rows and weights on end, and where each term starts."""

    targets: Rows
    rows: Rows
    weights: Floats
    starts: Rows

    def fill(self, values: Floats, scrambling: int | None) -> None:
        """Set the values of these rows: weighted sums."""
        del scrambling
        values[self.targets] = np.add.reduceat(values[self.rows] * self.weights[:, None], self.starts, axis=0)


@dataclass(frozen=True, slots=True)
class _Sampled:
    target: int
    sample: Sample

    def fill(self, values: Floats, scrambling: int | None) -> None:
        """Set the value of this row from its drawn units."""
        values[self.target] = self.sample.losses(values[list(self.sample.rows)], scrambling)


class Evaluation:
    """The order in which the terms of a formula are worked out; ``first`` is the row of the first one.

    Rows below are nodes, but for the last of them, which is always 0.
    """

    def __init__(self, first: int, terms: Sequence[Term]) -> None:
        self.first = first
        self.size = first + len(terms)
        self._steps: list[_Anys | _Ones | _Sampled] = []
        heights = [0] * self.size
        levels: dict[int, list[int]] = {}
        for row, term in enumerate(terms, first):
            heights[row] = 1 + max(heights[r] for r in term.rows)
            levels.setdefault(heights[row], []).append(row)
        for _, rows in sorted(levels.items()):
            self._add({row: terms[row - first] for row in rows})

    def _add(self, level: dict[int, Term]) -> None:
        anys = {row: term.rows for row, term in level.items() if isinstance(term, AnyOf)}
        ones = {row: term for row, term in level.items() if isinstance(term, OneOf)}
        self._steps += [_Sampled(row, term) for row, term in level.items() if isinstance(term, Sample)]
        if anys:
            self._steps.append(_together(anys))
        if ones:
            lengths = [len(term.rows) for term in ones.values()]
            self._steps.append(
                _Ones(
                    targets=np.array(list(ones), dtype=np.intp),
                    rows=np.array([r for term in ones.values() for r in term.rows], dtype=np.intp),
                    weights=np.array([w for term in ones.values() for w in term.weights]),
                    starts=np.cumsum([0, *lengths[:-1]], dtype=np.intp),
                )
            )

    def values(self, shocks: Floats, scrambling: int | None = None) -> Floats:
        """Return the expected loss of every row for each column of shocks (nodes × columns)."""
        values = np.zeros((self.size, shocks.shape[1]))
        values[: len(shocks)] = shocks
        for step in self._steps:
            step.fill(values, scrambling)
        return values


def _together(anys: dict[int, tuple[int, ...]]) -> _Anys:
    longest_first = sorted(anys, key=lambda row: -len(anys[row]))
    columns = []
    for place in range(len(anys[longest_first[0]])):
        having = [anys[row][place] for row in longest_first if len(anys[row]) > place]
        columns.append(np.array(having, dtype=np.intp))
    return _Anys(np.array(longest_first, dtype=np.intp), tuple(columns))
