"""Which format a file is, on which line its header stands, what its columns mean; or why it holds nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.csv_import import cells, formats, mapping
from desktop_app.csv_import.format import ColumnUse, Fit, Format
from desktop_app.csv_import.questions import Inquiry, Question
from desktop_app.csv_import.reader import Record, Sheet
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.stacks import resolve
from desktop_app.errors import UserError

GENERIC = "generic"
MOST_COLUMNS = 16_384
"""A spreadsheet's limit."""
_SHOWN, _EXAMPLES = 50, 3
_LOOKED_AT = 1000
_TAKES_AWAY = frozenset(
    {
        *("sell", "sold", "sale", "send", "sent", "withdraw", "withdrawal", "withdrawn", "out", "outgoing"),
        *("spend", "debit", "verkauf", "auszahlung", "ausgang", "vente", "retrait", "venta", "retiro"),
    }
)
"""What a row says of itself that takes away from a balance."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the data rows begin (an index of the records) and what their columns mean.

    ``known`` is False for a table mapped by hand, which ``format`` reads like a generic one; ``is_open`` says
    that the user has not agreed to that mapping yet.
    """

    format: Format
    fit: Fit
    names: tuple[str, ...]
    first: int
    header_line: int | None
    known: bool = True
    is_open: bool = False

    @property
    def format_name(self) -> str | None:
        """Return the format's name, None for a table mapped by hand."""
        return self.format.name if self.known else None


def find(
    sheet: Sheet, catalogue: Catalogue, inquiry: Inquiry, wanted: str | None, column_map: Mapping[str, str]
) -> Found | str:
    """Return what a file is, or why it holds nothing, as the rest of a sentence.

    ``wanted`` is the only format to try; ``column_map`` (column → field) makes it a table mapped by hand.
    Raises UserError for a format, column or field that does not exist.
    """
    candidates = _wanted(wanted)
    if problem := _too_wide(sheet):
        return problem
    line = _header_line(inquiry)
    if not column_map:
        known = _known(sheet, candidates, line)
        if known is not None:
            return known
        if wanted not in (None, GENERIC):
            return f"does not have the columns of {candidates[0].title}."
    return _mapped(sheet, catalogue, inquiry, wanted, column_map)


def _too_wide(sheet: Sheet) -> str | None:
    """Return why a file with more cells on a line than a table can have is refused, or None."""
    for record in sheet.records[: mapping.HEADER_SEARCH]:
        if len(record.cells) > MOST_COLUMNS:
            width = len(record.cells)
            return f"has {width:,} cells on line {record.line}; a table has at most {MOST_COLUMNS:,}."
    return None


def _wanted(wanted: str | None) -> Sequence[Format]:
    known = formats.known()
    if wanted is None:
        return list(known.values())
    if wanted not in known:
        raise UserError(f"There is no format “{wanted}”.", f"Known are: {', '.join(sorted(known))}.")
    return [known[wanted]]


def _header_line(inquiry: Inquiry) -> int | None:
    """Return the physical line of the header that the user named, None where it is to be found out."""
    given = inquiry.given("header_line")
    if given is None:
        return None
    if not given.isdecimal() or int(given) == 0:
        raise UserError(f"“{given}” is not the number of a line.", "Name the line of the header, from 1.")
    return int(given)


def _known(sheet: Sheet, candidates: Sequence[Format], line: int | None) -> Found | None:
    """Return the header that a format fits with most names in common: on a line, or among the first."""
    best: Found | None = None
    searched = sheet.records if line else sheet.records[: mapping.HEADER_SEARCH]
    for index, record in enumerate(searched):
        if line not in (None, record.line):
            continue
        normal = [cells.normal_name(cell) for cell in record.cells]
        for candidate in candidates:
            fit = candidate.fits(normal)
            if fit is not None and (best is None or fit.common > best.fit.common):
                best = Found(candidate, fit, tuple(record.cells), index + 1, record.line)
    return best


def _mapped(
    sheet: Sheet, catalogue: Catalogue, inquiry: Inquiry, wanted: str | None, column_map: Mapping[str, str]
) -> Found | str:
    line = _header_line(inquiry)
    header = next((i for i, record in enumerate(sheet.records) if record.line == line), None)
    guessed = mapping.guess(sheet.records, lambda text: resolve(catalogue, text) is not None, header)
    if column_map:
        guessed = mapping.mapped(guessed, column_map)
    if missing := guessed.missing():
        return _what_is_missing(guessed, missing)
    at = guessed.header
    return Found(
        format=formats.known()[GENERIC],
        fit=Fit("generic_positions", guessed.columns, len(guessed.columns)),
        names=guessed.names,
        first=0 if at is None else at + 1,
        header_line=None if at is None else sheet.records[at].line,
        known=wanted == GENERIC,
        is_open=not column_map and inquiry.settle(_question(guessed, sheet)) is None,
    )


def overlooked(found: Found) -> tuple[str, ...]:
    """Return in sentences which columns of a known position table are left aside, but sound like a field."""
    if found.format_name != GENERIC:
        return ()
    sounds = mapping.overlooked(found.names, found.fit.columns)
    return tuple(
        f"“{cells.shown(name)}” is left aside; if it stands for “{field}”, map it to that."
        for name, field in sounds.items()
    )


def columns_of(sheet: Sheet, catalogue: Catalogue) -> tuple[ColumnUse, ...]:
    """Return the columns of a table that no format fits, with what they could hold; none of too many."""
    if _too_wide(sheet):
        return ()
    guessed = mapping.guess(sheet.records, lambda text: resolve(catalogue, text) is not None)
    fields = {index: field for field, index in guessed.columns.items()}
    uses = tuple(ColumnUse(index, name, fields.get(index, "")) for index, name in enumerate(guessed.names))
    return with_examples(uses, sheet.records[0 if guessed.header is None else guessed.header + 1 :])


def with_examples(columns: Sequence[ColumnUse], records: Sequence[Record]) -> tuple[ColumnUse, ...]:
    """Return the columns with the first values in them."""
    body = [record.cells for record in records[:_SHOWN]]
    found = ([row[c.index] for row in body if c.index < len(row) and row[c.index].strip()] for c in columns)
    return tuple(replace(c, examples=tuple(f[:_EXAMPLES])) for c, f in zip(columns, found, strict=True))


def movement_warnings(found: Found, records: Sequence[Record]) -> list[str]:
    """Return one sentence on a table mapped by hand whose first rows say that some of them take away."""
    if found.known:
        return []
    aside = set(range(len(found.names))).difference(found.fit.columns.values())
    for line, row in records[:_LOOKED_AT]:
        for index in aside.intersection(range(len(row))):
            if (word := cells.clean(row[index])).casefold() in _TAKES_AWAY:
                said = f"“{cells.shown(found.names[index])}” says “{word}” on line {line}"
                return [f"{said}: a list of movements is not added up here; each row would be a holding."]
    return []


def _question(guessed: mapping.Guess, sheet: Sheet) -> Question:
    parts = [f"“{cells.shown(guessed.names[index])}” is {name}" for name, index in guessed.columns.items()]
    twice = f" The name “{cells.shown(guessed.doubled[0])}” stands twice." if guessed.doubled else ""
    return Question(
        "columns",
        f"No known format has these columns. A guess: {', '.join(parts)}.{twice} Is that right?",
        lines=() if guessed.header is None else (sheet.records[guessed.header].line,),
        choices=("guess",),
        default="guess",
    )


def _what_is_missing(guessed: mapping.Guess, missing: Sequence[str]) -> str:
    wanted = {"asset": "could name an asset", "quantity": "could hold a quantity"}
    given = ", ".join(f"“{cells.shown(name, 30)}”" for name in guessed.names[:12])
    lacking = " and no column ".join(wanted[field] for field in missing)
    return f"cannot be read as holdings: no column {lacking}; its columns are {given}."
