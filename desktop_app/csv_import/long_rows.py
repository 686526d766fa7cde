"""The rows of a long position table: one by one only where they are looked at, or are unlike the others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import compress
from operator import not_
from typing import TypeVar

from desktop_app.csv_import import cells
from desktop_app.csv_import.long_columns import LongColumns
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row
from desktop_app.csv_import.sparse_rows import SparseRows
from desktop_app.csv_import.tokens import rate_note
from desktop_app.domain import money

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LongRows(SparseRows):
    """The rows of a table. ``own`` are those that were read by themselves.

    All others are as the sample of their kind, but for what their cells say. ``amounts`` are columns of plain
    numbers, with a point whatever the file has for one; ``days`` and ``rates`` are what the cells of these
    columns mean. Rows of ``noting`` kinds are only held, which makes their rate a note.
    """

    columns: LongColumns
    at: Mapping[str, int]
    amounts: Mapping[str, Sequence[str]]
    kinds: Sequence[int]
    samples: Mapping[int, Row]
    own: Mapping[int, Row]
    days: Mapping[str, date | None]
    rates: Mapping[str, float | None]
    noting: frozenset[int]

    def __len__(self) -> int:
        return len(self.columns)

    def made(self, place: int) -> Row:
        """Return the row at a place, which is as the sample of its kind but for what its cells say."""
        sample = self.samples[self.kinds[place]]
        assert sample.holding is not None  # noqa: S101 - only rows with one are samples
        price = self._amount("price_usd", place)
        holding = replace(
            sample.holding,
            name=cells.free_text(self.text("name", place)).strip(),
            quantity=self._amount("quantity", place),
            unit_price=price,
            total_value=self._amount("value_usd", place) if price is None else None,
            opened_on=self.days[self.text("opened_on", place)],
            reward_rate=self.rate(place),
            notes=self.notes(place),
        )
        return replace(sample, line=self.columns.line + place, number=place + 1, holding=holding)

    def rate(self, place: int) -> float | None:
        """Return the rate of a row's position."""
        return None if self.kinds[place] in self.noting else self.rates[self.text("reward_apr", place)]

    def notes(self, place: int) -> str:
        """Return the notes of a row's position."""
        said = cells.free_text(self.text("notes", place))
        if self.kinds[place] not in self.noting:
            return said
        return with_note(said, self.rates[self.text("reward_apr", place)])

    def text(self, field: str, place: int) -> str:
        """Return a cell of a row, "" where there is no such column."""
        index = self.at.get(field)
        return "" if index is None else self.columns.cells[index][place]

    def column(self, field: str) -> Sequence[str] | None:
        """Return the cells of a field, None without such a column; those of ``own`` rows may be empty."""
        index = self.at.get(field)
        return None if index is None else self.columns.cells[index]

    def _amount(self, field: str, place: int) -> Decimal | None:
        text = self.amounts[field][place] if field in self.amounts else ""
        return Decimal(text) if text else None

    def sums(self) -> Iterator[tuple[Row, Decimal]]:
        """Yield for each kind a row of it, and the sum of the quantities of the rows that simply come in."""
        sums = dict.fromkeys(self.samples, Decimal(0))
        add = money.EXACT.add
        for kind, text in self.plain(zip(self.kinds, self.amounts["quantity"], strict=True)):
            sums[kind] = add(sums[kind], Decimal(text))
        yield from ((self.samples[kind], amount) for kind, amount in sums.items())

    def plain(self, items: Iterable[T]) -> Iterable[T]:
        """Return the items of the rows that simply come in, out of those of all rows."""
        if not self.own:
            return items
        return compress(items, map(not_, map(self.own.__contains__, range(len(self)))))

    def counts(self) -> Iterator[tuple[Row, int]]:
        """Yield each of the ``own`` rows, and for each kind a row of it with the number of its plain rows."""
        kinds = Counter(self.plain(self.kinds))
        found = [(row, 1) for row in self.own.values()]
        found.extend((row, kinds[kind]) for kind, row in self.samples.items())
        yield from sorted(found, key=lambda one: one[0].number)


def with_note(said: str, rate: float | None) -> str:
    """Return the notes of a position that is only held, although the file gives a rate."""
    return "\n".join(filter(None, (said, rate_note(rate or 0.0))))


def cells_of(row: Row, rows: Sequence[Row], records: Sequence[Record]) -> Sequence[str]:
    """Return the cells of one of the rows of a plan, as they stand in the file."""
    place = row.number - 1
    return rows.columns.record(place).cells if isinstance(rows, LongRows) else records[place].cells
