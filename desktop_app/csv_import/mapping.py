"""Tables that no format knows: which column means what, guessed from names and values, settled by hand."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.csv_import import cells, dates, numbers
from desktop_app.csv_import.formats import generic
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.synonyms import SYNONYMS, plain
from desktop_app.errors import UserError

IGNORE = "ignore"
HEADER_SEARCH = 20
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Guess:
    """Where the header stands (an index of the records, None: nowhere) and which column holds which field."""

    header: int | None
    names: tuple[str, ...]
    columns: Mapping[str, int]
    doubled: tuple[str, ...] = ()

    def missing(self) -> tuple[str, ...]:
        """Return which of the two required fields no column can hold."""
        return tuple(field for field in ("asset", "quantity") if field not in self.columns)


def guess(records: Sequence[Record], is_token: Callable[[str], bool], header: int | None = None) -> Guess:
    """Return the best guess: by names, then, for asset and quantity, by values.

    ``header``: which record it is, None where that is to be found out.
    """
    header = _header(records) if header is None else header
    names = _names(records, header)
    normal = [cells.normal_name(name) for name in names]
    columns = _by_names(names)
    body = [r.cells for r in records[0 if header is None else header + 1 :][:_SAMPLE] if any(r.cells)]
    for field, fits in (("asset", is_token), ("quantity", _is_quantity)):
        if field not in columns:
            columns = _with_values(field, fits, columns, body, len(names))
    times = Counter(normal)
    doubled = tuple(dict.fromkeys(n.strip() for n in names if n.strip() and times[cells.normal_name(n)] > 1))
    return Guess(header, names, columns, doubled)


def mapped(guessed: Guess, column_map: Mapping[str, str]) -> Guess:
    """Return the guess with the columns that the user named (or numbered from 1) and the table's own names.

    Raises UserError for a column or field that does not exist, or a field given twice.
    """
    columns: dict[str, int] = {}
    taken = set()
    for column, field in column_map.items():
        index = _index(guessed, column)
        taken.add(index)
        if field == IGNORE:
            continue
        if field not in generic.FIELDS:
            raise UserError(
                f"“{field}” is not a field.", f"Choose one of {', '.join(generic.FIELDS)} or {IGNORE}."
            )
        if field in columns:
            raise UserError(f"Two columns are mapped to “{field}”.", "Map one of them to something else.")
        columns[field] = index
    normal = [cells.normal_name(name) for name in guessed.names]
    for field in generic.FIELDS:
        wanted = cells.normal_name(field)
        if field not in columns and normal.count(wanted) == 1 and normal.index(wanted) not in taken:
            columns[field] = normal.index(wanted)
    for field in ("asset", "quantity"):
        if field not in columns and guessed.columns.get(field) not in {None, *columns.values(), *taken}:
            columns[field] = guessed.columns[field]
    return Guess(guessed.header, guessed.names, columns)


def _header(records: Sequence[Record]) -> int | None:
    """Return which record is the header: most known names, else the first wide one without numbers."""
    words = {word for synonyms in SYNONYMS.values() for word in synonyms}
    known = [len(words & set(map(plain, r.cells))) for r in records[:HEADER_SEARCH]]
    if max(known, default=0):
        return known.index(max(known))
    wide = (i for i, r in enumerate(records[:HEADER_SEARCH]) if sum(map(bool, map(cells.clean, r.cells))) > 1)
    first = next(wide, None)
    if first is None or any(_is_quantity(cells.clean(c)) for c in records[first].cells):
        return None
    return first


def _names(records: Sequence[Record], header: int | None) -> tuple[str, ...]:
    if header is not None:
        return tuple(records[header].cells)
    width = max((len(r.cells) for r in records[:HEADER_SEARCH]), default=0)
    return tuple(f"column {number}" for number in range(1, width + 1))


def _by_names(names: Sequence[str]) -> dict[str, int]:
    normal = list(map(plain, names))
    found = {f: next(filter(normal.__contains__, SYNONYMS[f]), None) for f in generic.FIELDS}
    return {field: normal.index(word) for field, word in found.items() if word is not None}


def overlooked(names: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Return which field a column could hold by its name, of those that hold none, by their names."""
    found = _by_names(names)
    return {names[i]: f for f, i in found.items() if f not in columns and i not in columns.values()}


def _with_values(
    field: str, fits: Callable[[str], bool], columns: dict[str, int], body: list[list[str]], width: int
) -> dict[str, int]:
    """Return the columns with one whose values fit a field; if no other does, one that is called a name."""
    nameless = {f: index for f, index in columns.items() if f != "name"}
    for others in (columns, nameless):
        index = _by_values(body, fits, width, set(others.values()))
        if index is not None:
            return others | {field: index}
    return columns


def _by_values(body: list[list[str]], fits: Callable[[str], bool], width: int, taken: set[int]) -> int | None:
    """Return the first free column of which at least half of the given values fit."""
    for index in range(min(width, 200)):
        values = [
            v for row in body if index < len(row) and not cells.is_missing(v := cells.clean(row[index]))
        ]
        if index not in taken and values and sum(map(fits, values)) * 2 >= len(values):
            return index
    return None


def _is_quantity(text: str) -> bool:
    if dates.one_reading(text) or dates.orders(text):
        return False
    value = numbers.parse(text, ".")
    return (value if value is not None else numbers.parse(text, ",") or 0) > 0


def _index(guessed: Guess, column: str) -> int:
    normal = [cells.normal_name(name) for name in guessed.names]
    if normal.count(cells.normal_name(column)) == 1:
        return normal.index(cells.normal_name(column))
    if column.isdecimal() and 0 < int(column) <= len(normal):
        return int(column) - 1
    twice = cells.normal_name(column) in normal
    problem = "stands twice in this file; name it by its number" if twice else "is not in this file"
    offered = ", ".join(f"{i} {cells.shown(n)}" for i, n in enumerate(guessed.names[:20], 1))
    raise UserError(f"The column “{column}” {problem}.", f"Its columns are: {offered}.")
