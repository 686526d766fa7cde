"""One row of a ledger as its format sees it: cells by field, read with the right verdict where they fail."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter
from typing import Any, TypeVar

from desktop_app.csv_import import cells, numbers
from desktop_app.csv_import.columns import NumberColumn
from desktop_app.csv_import.format import Table
from desktop_app.csv_import.judging import asset_cell, rounded_warning
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Unfit, Verdict

_NOTHING = Decimal(0)
_WORDS, _WORD = 2000, 16  # so many different cells of at most that length are remembered as cleaned
_AS_IT_IS = re.compile(r"[0-9A-Za-z][!-~]{3,}")  # what most other cells are, and cleaning leaves alone

T = TypeVar("T")


class Line:
    """One row as a format sees it: its cells by field. The same object serves one row after the other."""

    def __init__(self, table: Table, decimal: str) -> None:
        self.context = table.context
        self.names = table.names
        self.title = table.title
        self.warnings: dict[str, None] = {}
        self._at = table.fit.columns
        self._numbers = NumberColumn(decimal)
        self._has_point = decimal == "."
        self._words: dict[str, str] = {}
        self._assets: dict[str, str] = {}
        self._found: dict[object, tuple[Callable[[list[str]], object], dict[object, Any]]] = {}
        self.number = 0
        self.waits: list[str] = []
        self._cells: list[str] = []

    def turn_to(self, record: Record) -> None:
        """Become the next row, which starts on the physical line ``number``."""
        self.number, self._cells = record
        self.waits = []

    def has(self, field: str) -> bool:
        """Tell whether the file has a column for a field."""
        return field in self._at

    def text(self, field: str) -> str:
        """Return what a cell holds, "" for nothing or for a column that is not there."""
        index = self._at.get(field)
        if index is None:
            return ""
        cell = self._cells[index]
        text = self._words.get(cell)
        if text is None:
            if _AS_IT_IS.fullmatch(cell):
                return cell
            text = cells.clean(cell)
            text = "" if cells.is_missing(text) else cells.free_text(text)
            if len(cell) <= _WORD and len(self._words) < _WORDS:
                self._words[cell] = text
        return text

    def once(self, read: Callable[["Line"], T], fields: Sequence[str]) -> T:
        """Return what ``read`` finds in a row, once for all rows with the same cells in these fields.

        It must look at no others, ask nothing and warn of nothing, but may raise Unfit.
        """
        if read not in self._found:
            self._found[read] = itemgetter(*(self._at[field] for field in fields if field in self._at)), {}
        pick, known = self._found[read]
        key = pick(self._cells)
        found = known.get(key)
        if found is None:
            found = read(self)
            if len(known) < _WORDS:
                known[key] = found
        return found

    def word(self, field: str) -> str:
        """Return a word that decides what the row is, in lower case."""
        return self.text(field).lower()

    def asset(self, field: str = "asset") -> str:
        """Return the symbol in a cell. Raises Unfit for none."""
        index = self._at[field]
        cell = self._cells[index]
        asset = self._assets.get(cell)
        if asset is None:
            asset = asset_cell(cell, self.names[index])
            if len(self._assets) < _WORDS:
                self._assets[cell] = asset
        return asset

    def amount(self, field: str = "amount", asset: str = "") -> Decimal:
        """Return the number in a cell, with its sign. Raises Unfit for none."""
        found = self.amount_if(field, asset)
        if found is None:
            raise self.reject("quantity_missing", field)
        return found

    def moving(self, field: str = "amount", asset: str = "") -> Decimal:
        """Return the number of a row that must move something. Raises Unfit also for zero."""
        found = self.amount(field, asset)
        if not found:
            raise self.reject("quantity_zero", field)
        return found

    def amount_if(self, field: str, asset: str = "", code: str = "quantity_invalid") -> Decimal | None:
        """Return the number in a cell, None if it holds none. Raises Unfit with ``code`` for another text."""
        index = self._at.get(field)
        if index is None:
            return None
        cell = self._cells[index]
        if cell == "0":
            return _NOTHING
        if self._has_point and numbers.SIGNED.fullmatch(cell):  # nearly all: the quick way
            return Decimal(cell)
        if cells.has_override(cell):
            raise self.reject("control_character", field)
        number = self._numbers.read(cell, asset)
        if number.trouble:
            raise self.reject("decimal_minority" if number.trouble == "minority" else code, field)
        if number.unit and number.unit.casefold() != asset.casefold():
            raise self.reject("unit_contradicts", field)
        if number.value is not None and "e" in cell.lower() and (warning := rounded_warning(cell, field)):
            self.warn(warning)
        return number.value

    def fee(self, field: str = "fee", asset: str = "") -> Decimal:
        """Return a fee, 0 for none. Raises Unfit for what is no number."""
        return self.amount_if(field, asset, "fee_invalid") or _NOTHING

    def reject(self, code: str, field: str) -> Unfit:
        """Return the verdict that the row cannot come in, to be raised."""
        return Unfit(code, *self._cell(field))

    def skip(self, code: str, field: str) -> Unfit:
        """Return the verdict that the row holds nothing to take in, to be raised."""
        return Unfit(code, *self._cell(field), Verdict.SKIP)

    def ask(self, question: Question, fits: Callable[[str], bool] | None = None) -> str | None:
        """Return the answer to a question, meanwhile its default; if it stops the import, the row waits."""
        asked = replace(question, lines=(self.number,))
        inquiry = self.context.inquiry
        answer = inquiry.settle(asked, fits) if fits else inquiry.settle(asked)
        if answer is None and question.stops:
            self.waits.append(question.code)
        return question.default if answer is None else answer

    def warn(self, sentence: str) -> None:
        """Warn of something once."""
        self.warnings.setdefault(sentence)

    def _cell(self, field: str) -> tuple[str, str]:
        index = self._at.get(field)
        return (field, "") if index is None else (self.names[index], self._cells[index])
