"""The rows of a ledger: those that simply come in are their entries, and nothing else is kept of them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.csv_import.entries import Entry
from desktop_app.csv_import.rows import Item, Row, row_of
from desktop_app.csv_import.sparse_rows import SparseRows


@dataclass(frozen=True, slots=True)
class LedgerRows(SparseRows):
    """The rows of a ledger in the order of the file.

    ``further`` are the places of the rows that are not the first of their data row.
    """

    items: Sequence[Item]
    own: Mapping[int, Row]
    further: Sequence[int]

    def __len__(self) -> int:
        return len(self.items)

    def made(self, place: int) -> Row:
        """Return the row of an entry that simply comes in."""
        return row_of(self.items[place], place + 1 - bisect_right(self.further, place))

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield the place and the entry of each row that has one."""
        for place, item in enumerate(self.items):
            if isinstance(item, Entry):
                yield place, item
            elif item.entry is not None:
                yield place, item.entry

    def with_rows(self, changed: Mapping[int, Row]) -> "LedgerRows":
        """Return the rows with others at some places."""
        if not changed:
            return self
        items = list(self.items)
        for place, row in changed.items():
            items[place] = row
        return ledger_rows(items)


def ledger_rows(items: Sequence[Item]) -> LedgerRows:
    """Return the rows of a ledger."""
    own = {place: item for place, item in enumerate(items) if isinstance(item, Row)}
    return LedgerRows(items, own, [place for place, row in own.items() if row.part])
