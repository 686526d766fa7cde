"""Totals of a file under the names that it uses itself."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from desktop_app.csv_import import matching
from desktop_app.csv_import.long_rows import LongRows
from desktop_app.csv_import.questions import Inquiry
from desktop_app.csv_import.rows import ACCEPTED, ADD, ASK, Row
from desktop_app.csv_import.sparse_rows import noted
from desktop_app.domain import money

_SLUG = re.compile(r"(?!0x)[a-z0-9]+(-[a-z0-9]+)*")


def of_rows(rows: Sequence[Row], inquiry: Inquiry) -> dict[str, Decimal]:
    """Return what the rows hold that come in, or would if their questions are answered as is assumed."""
    amounts = []
    spellings: dict[str, str] = {}
    for row in noted(rows):
        if row.quantity is not None and comes_in(row, inquiry):
            note_spelling(spellings, row.symbol, row.asset)
            amounts.append((row.symbol, row.quantity))
    for row, amount in rows.sums() if isinstance(rows, LongRows) else ():
        note_spelling(spellings, row.symbol, row.asset)
        amounts.append((row.symbol, amount))
    return by_name(amounts, spellings)


def by_name(amounts: Iterable[tuple[str, Decimal]], spellings: Mapping[str, str]) -> dict[str, Decimal]:
    """Return sums by the file's spelling of each symbol.

    Several spellings of a token, codes and addresses come under its symbol; a plain other name
    ("staked-ether") is kept.
    """
    sums: dict[str, Decimal] = {}
    for symbol, amount in amounts:
        sums[symbol] = money.EXACT.add(sums.get(symbol, Decimal(0)), amount)
    return {_label(spellings.get(symbol, symbol), symbol): amount for symbol, amount in sums.items()}


def note_spelling(spellings: dict[str, str], symbol: str, written: str) -> None:
    """Note how a symbol is written; where there are several ways, it is the symbol itself."""
    if spellings.setdefault(symbol, written) != written:
        spellings[symbol] = symbol


def comes_in(row: Row, inquiry: Inquiry) -> bool:
    """Tell whether a row comes in, or would if its questions are answered as is assumed."""
    if row.verdict is ADD:  # most of them: the quick way
        return True
    if row.verdict is not ASK:
        return row.verdict in ACCEPTED
    defaults = [inquiry.default(code) for code in row.waits]
    return None not in defaults and matching.LEAVE not in defaults


def _label(written: str, symbol: str) -> str:
    same = written.casefold() == symbol.casefold()
    return written if same or _SLUG.fullmatch(written) else symbol
