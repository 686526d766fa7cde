"""The loop over the rows of a table: their shape, then a format's own reading; each gets one verdict."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from desktop_app.csv_import import cells, numbers
from desktop_app.csv_import.columns import NumberColumn, Values
from desktop_app.csv_import.format import ColumnUse, Table
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Item, Row, Unfit, Verdict, row_of
from desktop_app.csv_import.tokens import Identity
from desktop_app.domain.spreadsheet import unprotected

T = TypeVar("T", Row, Item)

_BEGINS_DATA = frozenset(map(chr, range(ord("!"), ord("~")))).difference("GgSsTt.")
"""Signs with which neither a blank row begins nor a sum."""
PROGRESS_EVERY = 500
MAX_SHOWN = 32
"""So much of asset and quantity is shown of a row that does not come in."""


class Judge:
    """Knows which rows of a table have the shape of the header; only these decide how a column is written."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._asset = table.fit.columns.get("asset")
        self._ended = False
        self._head = list(table.names)
        named = (i for i, name in enumerate(table.names, 1) if name.strip())
        self._width = max((*named, *(i + 1 for i in table.fit.columns.values())))
        self._shapes: list[Unfit | None] | None = None

    def values(self, field: str) -> Values:
        """Yield line and cell of a field's column, of all rows that have the right shape."""
        index = self._table.fit.columns.get(field)
        if index is None:
            return
        if self._shapes is None:
            self._shapes = list(map(self._shape, self._table.records))
        for record, shape in zip(self._table.records, self._shapes, strict=True):
            if shape is None:
                yield record.line, record.cells[index]

    def rows(self, read: Callable[[Record, int], Row]) -> list[Row]:
        """Return all rows with their verdicts; ``read`` gets those of the right shape and may raise Unfit."""
        return self.parts(lambda record, number: (read(record, number),))

    def parts(self, read: Callable[[Record, int], Sequence[T]]) -> list[T]:
        """Return all rows as ``rows`` does; ``read`` returns a row for each asset that a record holds."""
        progress, doubtful = self._table.context.progress, self._table.doubtful
        result: list[T] = []
        shapes = self._shapes
        for number, record in enumerate(self._table.records, 1):
            shape = self._shape(record) if shapes is None else shapes[number - 1]
            if progress and number % PROGRESS_EVERY == 0:
                progress(number)
            try:
                if record.line in doubtful:
                    result.extend(self._doubtful(read, record, number, shape))
                elif shape:
                    result.append(self._ended_row(shape, record, number))
                else:
                    result.extend(read(record, number))
            except Unfit as end:
                result.append(self._ended_row(end, record, number))
        return result

    def _ended_row(self, end: Unfit, record: Record, number: int) -> Row:
        """Return a row that does not come in, with asset, quantity and account as the file writes them."""
        row, at = end.row(record.line, number), self._table.fit.columns
        names = {field: self._table.names[i] for field, i in at.items() if i < len(self._table.names)}
        wrong = next((field for field, name in names.items() if end.column and name == end.column), "")
        wrong = "quantity" if wrong == "amount" else wrong
        asset, amount, whose = (
            self._cell(record, at.get(field))
            for field in ("asset", "quantity" if "quantity" in at else "amount", "account")
        )
        return replace(row, asset=row.asset or asset, amount=amount, whose=whose, wrong=wrong)

    @staticmethod
    def _cell(record: Record, index: int | None) -> str:
        cell = record.cells[index] if index is not None and index < len(record.cells) else ""
        return cells.shown(cells.clean(cell), MAX_SHOWN)

    def _doubtful(
        self, read: Callable[[Record, int], Sequence[Item]], record: Record, number: int, shape: Unfit | None
    ) -> Iterator[Row]:
        """Return a row whose very letters are in question: it waits, with what it seems to hold meanwhile."""
        waits = (self._table.doubtful[record.line],)
        nothing = (Row(record.line, number, Verdict.ASK),)
        try:
            found: Sequence[Item] = nothing if shape else read(record, number)
        except Unfit:
            found = nothing
        for item in found:
            seems = row_of(item, number)
            yield replace(seems, verdict=Verdict.ASK, waits=(*waits, *seems.waits))

    def _shape(self, record: Record) -> Unfit | None:
        row = record.cells
        is_usual = len(row) == self._width and row[0][:1] in _BEGINS_DATA and row != self._head
        return self._contents(row) if is_usual else self._unusual(row)

    def _unusual(self, row: list[str]) -> Unfit | None:
        first = row[0] if row and cells.clean(row[0]) else next(filter(cells.clean, row), None)
        if first is None:
            return Unfit("blank", verdict=Verdict.SKIP)
        if row == self._head:
            return Unfit("header", value=first, verdict=Verdict.SKIP)
        if cells.begins_sum(first) and self._names_no_asset(row, first):
            self._ended = True
            return Unfit("total", value=first, verdict=Verdict.SKIP)
        if len(row) < self._width:
            return Unfit("total", verdict=Verdict.SKIP) if self._ended else Unfit("row_short")
        if len(row) > self._width and any(cells.clean(cell) for cell in row[self._width :]):
            return Unfit("row_long", value=next(c for c in row[self._width :] if cells.clean(c)))
        return self._contents(row)

    def _contents(self, row: list[str]) -> Unfit | None:
        if len("".join(row)) > cells.MAX_CELL and max(map(len, row)) > cells.MAX_CELL:
            return Unfit("cell_too_long", self._column_of(row, lambda cell: len(cell) > cells.MAX_CELL))
        if self._table.suspicious and any(map(cells.has_control, row)):
            return Unfit("control_character", self._column_of(row, cells.has_control))
        return None

    def _names_no_asset(self, row: list[str], first: str) -> bool:
        if self._asset is None or self._asset >= len(row):
            return True
        return not cells.clean(row[self._asset]) or row[self._asset] is first

    def _column_of(self, row: list[str], is_bad: Callable[[str], bool]) -> str:
        index = next(i for i, cell in enumerate(row) if is_bad(cell))
        return self._table.names[index] if index < len(self._table.names) else ""


def asset_cell(cell: str, column: str) -> str:
    """Return the cleaned text of an asset cell. Raises Unfit for none, or one that runs backwards."""
    if cells.has_override(cell):
        raise Unfit("control_character", column, cell)
    text = unprotected(cells.clean(cell))
    if cells.is_missing(text):
        raise Unfit("asset_missing", column, cell)
    return text


def quantity_cell(rule: NumberColumn, cell: str, column: str, asset: str) -> Decimal | None:
    """Return a quantity of zero or more, None while the decimal sign is in question. Raises Unfit."""
    if cells.has_override(cell):
        raise Unfit("control_character", column, cell)
    number = rule.read(cell, asset)
    if number.trouble == "ask":
        return None
    if number.trouble:
        raise Unfit("decimal_minority" if number.trouble == "minority" else "quantity_invalid", column, cell)
    if number.unit and number.unit.casefold() != asset.casefold():
        raise Unfit("unit_contradicts", column, cell)
    if number.value is None:
        raise Unfit("quantity_missing", column, cell)
    if number.value < 0:
        raise Unfit("quantity_negative", column, cell)
    return number.value


def rounded_warning(cell: str, column: str) -> str:
    """Return the warning about a quantity whose last digits a spreadsheet has cut off, "" if it is whole."""
    if not numbers.loses_digits(cells.clean(cell)):
        return ""
    return f"Some numbers in “{cells.shown(column)}” were rounded by a spreadsheet, as “{cells.shown(cell)}”."


def price_cell(rule: NumberColumn, cell: str, column: str) -> tuple[Decimal | None, str]:
    """Return a price (None: not given, or in question) and the currency in the cell, if any. Raises Unfit."""
    number = rule.read(cell)
    if number.trouble and number.trouble != "ask":
        raise Unfit("decimal_minority" if number.trouble == "minority" else "price_invalid", column, cell)
    if number.value is not None and number.value < 0:
        raise Unfit("price_invalid", column, cell)
    return number.value, number.unit


def identity_of(table: Table, asset: str, chain: str, line: int) -> Identity:
    """Return what an asset stands for. Raises Unfit for what cannot be one or was left out."""
    try:
        return table.context.tokens.identify(asset, chain, line)
    except Unfit as end:
        end.column = table.names[table.fit.columns["asset"]]
        raise


def column_uses(table: Table, written: dict[str, tuple[str | None, str | None]]) -> tuple[ColumnUse, ...]:
    """Return what each column was read as; ``written`` has decimal sign and date format by field."""
    fields = {index: field for field, index in table.fit.columns.items()}
    return tuple(
        ColumnUse(index, name, fields.get(index, ""), *written.get(fields.get(index, ""), (None, None)))
        for index, name in enumerate(table.names)
    )
