"""Which format a file is, and on which line its header stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.csv_import import cells, formats
from desktop_app.csv_import.format import Fit, Format
from desktop_app.csv_import.mapping import HEADER_SEARCH
from desktop_app.csv_import.reader import Record
from desktop_app.errors import UserError


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: its index among the records and how the format fits it."""

    index: int
    names: tuple[str, ...]
    format: Format
    fit: Fit


def find(records: Sequence[Record], wanted: str | None = None) -> Header | None:
    """Return the header among the first records that a format fits with most names in common, None if none does.

    ``wanted`` is the name of the only format to try; an unknown name raises UserError.
    """
    candidates = _wanted(formats.known(), wanted)
    best: Header | None = None
    for index, record in enumerate(records[:HEADER_SEARCH]):
        normal = [cells.normal_name(cell) for cell in record.cells]
        for candidate in candidates:
            fit = candidate.fits(normal)
            if fit is not None and (best is None or fit.common > best.fit.common):
                best = Header(index, tuple(record.cells), candidate, fit)
    return best


def _wanted(known: Mapping[str, Format], wanted: str | None) -> list[Format]:
    if wanted is None:
        return list(known.values())
    if wanted not in known:
        raise UserError(f"There is no format “{wanted}”.", f"Known are: {', '.join(sorted(known))}.")
    return [known[wanted]]
