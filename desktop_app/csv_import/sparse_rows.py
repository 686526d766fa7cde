"""Rows of which most simply come in: these are made only when they are looked at."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import overload

from desktop_app.csv_import.rows import Row


class SparseRows(Sequence[Row]):
    """The rows of a long file. ``own`` are those that do not simply come in, by their place from 0.

    Making any other takes its time each time.
    """

    __slots__ = ()
    own: Mapping[int, Row]

    @abstractmethod
    def made(self, place: int) -> Row:
        """Return the row at a place, which simply comes in."""

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        return self.own.get(place) or self.made(place)

    def plain_count(self) -> int:
        """Return how many rows simply come in."""
        return len(self) - len(self.own)


def noted(rows: Sequence[Row]) -> Iterable[Row]:
    """Return the rows of which there is something to say, if only that they are not of a long file."""
    return rows.own.values() if isinstance(rows, SparseRows) else rows
