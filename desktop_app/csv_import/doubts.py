"""What is in doubt about a ledger: less than nothing, balances that do not follow from the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.entries import Entry, Slot
from desktop_app.csv_import.fold import Folded, Gap
from desktop_app.csv_import.ledger_rows import LedgerRows
from desktop_app.csv_import.matching import KEEP, NEW
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.rows import Row, Verdict
from desktop_app.domain.money import amount_text, total
from desktop_app.domain.positions import Position

GO_ON = "go_on"
_NAMED = 5


def negative(slot: Slot, lines: Sequence[int]) -> Question:
    """Return the question about a slot out of which more goes than has come in."""
    return Question(
        f"balance_negative:{slot.symbol}",
        f"The rows take more {shown(slot.symbol)} out of {_where(slot)} than has come in: the file is not "
        "whole, or something in it was read wrongly. Go on with it as it is?",
        lines=tuple(lines),
        choices=(GO_ON,),
        default=GO_ON,
    )


def another_quantity(position: Position, symbol: str, quantity: Decimal, lines: Sequence[int]) -> Question:
    """Return the question about a position that another kind of file gave a quantity."""
    before = "none" if position.quantity is None else amount_text(position.quantity)
    return Question(
        f"changed_quantity:{symbol}",
        f"{shown(symbol)} in {shown(position.account)} is stored with another quantity: {before} → "
        f"{amount_text(quantity)}. Take the new one?",
        lines=tuple(lines),
        choices=(NEW, KEEP),
        default=NEW,
    )


def waiting(rows: LedgerRows, codes: Mapping[int, Iterable[str]]) -> LedgerRows:
    """Return the rows; those on lines with codes wait for the answers to them."""
    if not codes:
        return rows
    places = [place for place, entry in rows.entries() if entry.line in codes]
    return rows.with_rows({place: _waiting(rows[place], codes) for place in places})


def _waiting(row: Row, codes: Mapping[int, Iterable[str]]) -> Row:
    return replace(row, verdict=Verdict.ASK, waits=tuple(dict.fromkeys((*row.waits, *codes[row.line]))))


def opening_warnings(before: Sequence[Entry]) -> list[str]:
    """Return one sentence on what must have been there before the file, or none."""
    moves = [entry.moves[0] for entry in before]
    if not moves:
        return []
    found = [f"{amount_text(m.amount)} {shown(m.slot.symbol)} in {_where(m.slot)}" for m in moves[:_NAMED]]
    more = f" and {len(moves) - _NAMED} more" if len(moves) > _NAMED else ""
    listed = f"{', '.join(found)}{more}"
    return [f"The file starts in the middle; what was there before is taken from its own balances: {listed}."]


def gap_warnings(folded: Folded) -> list[str]:
    """Return a sentence for each slot whose balances do not follow from the rows."""
    differing = {slot: [gap for gap in gaps if gap.missing] for slot, gaps in folded.gaps.items()}
    return [_gap_warning(slot, gaps) for slot, gaps in differing.items() if gaps][:_NAMED]


def rebasing_warnings(symbols: Iterable[str]) -> list[str]:
    """Return one sentence on tokens whose balance grows without a transfer, or none."""
    found = ", ".join(dict.fromkeys(map(shown, symbols)))
    if not found:
        return []
    return [f"The balance of {found} grows without a transfer: what the file gives is the least you hold."]


def _gap_warning(slot: Slot, gaps: Sequence[Gap]) -> str:
    missing = amount_text(total(gap.missing for gap in gaps))
    return (
        f"From line {gaps[0].line} on the balances of {shown(slot.symbol)} in {_where(slot)} do not follow "
        f"from the rows; at the end they differ by {missing}. A row is missing or was rejected."
    )


def _where(slot: Slot) -> str:
    return shown(slot.place or slot.account)
