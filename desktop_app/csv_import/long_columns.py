"""A long position table by column: each kind of row once, and the cells in which rows of a kind differ.

A million rows hold few different accounts, assets and protocols. What follows from these is worked out once a
kind; only names, amounts, days and rates are kept row by row, as the texts of the file.
"""

import csv
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from desktop_app.csv_import import cells
from desktop_app.csv_import.columns import evidence_in
from desktop_app.csv_import.encoding import Text
from desktop_app.csv_import.header import Found
from desktop_app.csv_import.reader import Record, lines_of

KIND_FIELDS = ("account", "asset", "chain", "protocol", "layer", "operator", "services", "status")
REPEATING = ("opened_on", "reward_apr")
"""Fields of which a table holds few different cells, so that each is kept once."""

CHUNK = 4096
_HEAD = 1 << 18
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_END = "\0end of the file\0"
_NUMBERS = re.compile(r"(?>(?:[0-9]{1,40}+(?:\.[0-9]{1,60}+)?+)?+\n)*+")
_NUMBER = re.compile(r"(?:[0-9]{1,40}(?:\.[0-9]{1,60})?)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,12}(?:\.[0-9]{1,60})?")
_EITHER = re.compile(r"^[1-9][0-9]{0,2}\.[0-9]{3}$", re.MULTILINE)
_ZERO = re.compile(r"^[0.]*$", re.MULTILINE)
_TURNED = str.maketrans(",.", ".,")


class _Numbered(dict[tuple[str, ...], int]):
    """Gives each new key the next number."""

    def __missing__(self, key: tuple[str, ...]) -> int:
        number = self[key] = len(self)
        return number


@dataclass(slots=True)
class LongColumns:
    """The data rows of a table. ``kinds`` has the kind of each row, ``kind_cells`` the cells of each kind.

    ``kind_at`` are the indices of the columns that make a kind; ``cells`` has all others by index. ``odd``
    are the rows with more or fewer cells than the header; in the columns they are empty. The first row
    stands on line ``line``.
    """

    width: int
    line: int
    kind_at: tuple[int, ...]
    kinds: MutableSequence[int]
    kind_cells: list[tuple[str, ...]]
    cells: dict[int, list[str]]
    odd: dict[int, list[str]]

    def __len__(self) -> int:
        return len(self.kinds)

    def record(self, row: int) -> Record:
        """Return a row as it stands in the file."""
        texts = self.odd.get(row)
        if texts is None:
            texts = [""] * self.width
            for index, cell in zip(self.kind_at, self.kind_cells[self.kinds[row]], strict=True):
                texts[index] = cell
            for index, column in self.cells.items():
                texts[index] = column[row]
        return Record(self.line + row, texts)

    def different(self, index: int | None) -> set[str]:
        """Return the different cells of one of the columns that make a kind; "" where there is none."""
        if index is None:
            return {""}
        place = self.kind_at.index(index)
        return {texts[place] for texts in self.kind_cells}

    def set_aside(self, row: int) -> None:
        """Make a row an odd one."""
        self.odd[row] = self.record(row).cells
        for column in self.cells.values():
            column[row] = ""

    def contents(self) -> Iterator[tuple[object, ...]]:
        """Yield what tells a row from others that are not the same cell for cell."""
        for row, content in enumerate(zip(self.kinds, *self.cells.values(), strict=True)):
            yield tuple(self.odd[row]) if row in self.odd else content


def head(text: Text, long: int) -> Text | None:
    """Return the first lines of a long text that can be read by column, None for any other."""
    end = text.text.rfind("\n", 0, _HEAD) + 1
    if len(text.text) < long or not end or text.damaged or cells.has_control(text.text):
        return None
    is_hiding = not text.text.isascii() and _HIDDEN.search(text.text)
    return None if is_hiding else Text(text.text[:end], text.encoding)


def read(
    text: str, delimiter: str, found: Found, progress: Callable[[int], None] | None
) -> LongColumns | None:
    """Return the rows under a header, in one pass; None where a row takes several lines, or ends within one.

    ``progress`` hears how many rows are read.
    """
    fields, width, header_line = found.fit.columns, len(found.names), found.header_line
    if header_line is None:
        return None
    rows = csv.reader(chain(lines_of(text, None), [_END]), delimiter=delimiter)
    while rows.line_num < header_line:
        next(rows)
    kind_at = tuple(fields[field] for field in KIND_FIELDS if field in fields)
    repeating = {fields[field] for field in REPEATING if field in fields}
    numbered = _Numbered()
    result = LongColumns(
        width=width,
        line=header_line + 1,
        kind_at=kind_at,
        kinds=array("l"),
        kind_cells=[],
        cells={index: [] for index in range(width) if index not in kind_at},
        odd={},
    )
    seen: dict[str, str] = {}
    while chunk := list(islice(rows, CHUNK)):
        _add(result, chunk, numbered, seen, repeating)
        if progress:
            progress(rows.line_num - header_line - 1)
    if rows.line_num != header_line + len(result) or result.odd.pop(len(result) - 1, None) != [_END]:
        return None
    result.kind_cells = list(numbered)
    _drop_end(result)
    return result


def _add(
    found: LongColumns,
    chunk: list[list[str]],
    numbered: _Numbered,
    seen: dict[str, str],
    repeating: set[int],
) -> None:
    start, width = len(found), found.width
    if set(map(len, chunk)) != {width}:
        for i, row in enumerate(chunk):
            if len(row) != width:
                found.odd[start + i] = row
                chunk[i] = [""] * width
    columns = list(zip(*chunk, strict=True))
    found.kinds.extend(map(numbered.__getitem__, zip(*(columns[i] for i in found.kind_at), strict=True)))
    for index, column in found.cells.items():
        new = columns[index]
        column.extend(map(seen.setdefault, new, new) if index in repeating else new)


def _drop_end(found: LongColumns) -> None:
    """Take away the end of the file, and blank lines before it."""
    end = len(found) - 1
    while end and found.odd.get(end - 1) == []:
        end -= 1
        del found.odd[end]
    del found.kinds[end:]
    for column in found.cells.values():
        del column[end:]


def zeros(column: Sequence[str]) -> Iterator[int]:
    """Yield the rows of a column of amounts that hold nothing, or zero."""
    for start in range(0, len(column), CHUNK):
        part = column[start : start + CHUNK]
        if _ZERO.search("\n".join(part)):
            yield from (start + i for i, cell in enumerate(part) if not cell.strip("0."))


class Amounts(NamedTuple):
    """A column of amounts: ``texts`` without groups and with a point, whatever the file has for one.

    ``decimal`` is the sign that the file seems to have, ``votes`` what all cells say of it. ``others`` are
    the rows in which there is more than digits, with or without groups and the sign.
    """

    decimal: str
    texts: Sequence[str]
    votes: Counter[str]
    others: list[int]


def amounts(column: Sequence[str]) -> Amounts:
    """Return a column as one of amounts, with the decimal sign that most of its first rows end with."""
    signs = [cell.rfind(",") - cell.rfind(".") for cell in column[:CHUNK]]
    decimal = "," if sum(sign > 0 for sign in signs) > sum(sign < 0 for sign in signs) else "."
    texts = column if decimal == "." else [cell.translate(_TURNED) for cell in column]
    votes: Counter[str] = Counter()
    others: list[int] = []
    grouped: dict[int, str] = {}
    for start in range(0, len(texts), CHUNK):
        part = texts[start : start + CHUNK]
        joined = "\n".join([*part, ""])
        if not _NUMBERS.fullmatch(joined):
            strange = [start + i for i, cell in enumerate(part) if not _NUMBER.fullmatch(cell)]
            votes.update(filter(None, (evidence_in(column[i]) for i in strange)))
            grouped |= {i: texts[i].replace(",", "") for i in strange if _GROUPED.fullmatch(texts[i])}
            others.extend(i for i in strange if i not in grouped)
            joined = "\n".join(cell for cell in part if _NUMBER.fullmatch(cell))
        either = len(_EITHER.findall(joined))
        votes.update({"?": either, decimal: joined.count(".") - either})
    if grouped:
        texts = [grouped.get(i, cell) for i, cell in enumerate(texts)]
    return Amounts(decimal, texts, votes, others)
