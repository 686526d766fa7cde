"""Tables that no format knows: which column means what, guessed from names and values, settled by hand."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.csv_import import cells, dates, numbers
from desktop_app.csv_import.formats import generic
from desktop_app.csv_import.reader import Record
from desktop_app.errors import UserError

IGNORE = "ignore"
HEADER_SEARCH = 20
_SAMPLE = 50

# What other trackers accept (ghostfolio/ghostfolio apps/client/…/services/import-activities.service.ts), then
# the same words in German, French and Spanish. The most telling come first; the guess is always asked about.
# "value" is left out: taken for the price of one unit, a row's total would count many times over.
SYNONYMS = {
    "asset": ("asset", "symbol", "code", "ticker", "token", "coin", "commodity", "currency", "währung"),
    "quantity": (
        "quantity",
        "qty",
        "shares",
        "units",
        "amount",
        "balance",
        "menge",
        "anzahl",
        "bestand",
        "quantité",
        "cantidad",
    ),
    "opened_on": ("openedon", "date", "tradedate", "timestamp", "time", "kaufdatum", "datum", "fecha"),
    "price_usd": ("priceusd", "price", "unitprice", "tradeprice", "kurs", "preis", "prix", "precio"),
    "account": (
        "account",
        "accountid",
        "wallet",
        "exchange",
        "location",
        "portfolio",
        "konto",
        "börse",
        "compte",
        "cuenta",
    ),
    "notes": ("notes", "note", "comment", "description", "notiz", "notizen", "bemerkung", "nota"),
}


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
    columns = _by_names(normal)
    body = [r.cells for r in records[0 if header is None else header + 1 :][:_SAMPLE] if any(r.cells)]
    for field, fits in (("asset", is_token), ("quantity", _is_quantity)):
        if field not in columns:
            index = _by_values(body, fits, len(names), set(columns.values()))
            if index is not None:
                columns[field] = index
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
    known = [len(words & {cells.normal_name(c) for c in r.cells}) for r in records[:HEADER_SEARCH]]
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


def _by_names(normal: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for field in generic.FIELDS:
        words = SYNONYMS.get(field, (cells.normal_name(field),))
        found = next((normal.index(word) for word in words if word in normal), None)
        if found is not None:
            columns[field] = found
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
