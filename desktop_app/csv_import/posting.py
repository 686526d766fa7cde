"""A ledger into the portfolio: its movements are stored, its positions hold what they add up to."""

from collections.abc import Iterator

from desktop_app.csv_import.booking import Booked
from desktop_app.csv_import.entries import Entry
from desktop_app.csv_import.rows import Verdict
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.drafts import Draft
from desktop_app.domain.imports import Movement
from desktop_app.domain.portfolio import Portfolio


def posted(portfolio: Portfolio, catalogue: Catalogue, booked: Booked, import_id: str) -> Portfolio:
    """Return the portfolio with the movements of a ledger and the positions that they lead to."""
    draft = Draft(portfolio, catalogue)
    for result in booked.results:
        draft.add(result.holding, import_id=import_id, import_key=result.key)
    return draft.finished().with_movements(*_movements(booked, import_id))


def _movements(booked: Booked, import_id: str) -> Iterator[Movement]:
    number = 0
    for line, entry in _entries(booked):
        for slot, amount, reward in entry.moves:
            if amount and not slot.money:
                number += 1
                yield Movement(
                    id=f"{import_id}-{number}",
                    import_id=import_id,
                    account=slot.account,
                    place=slot.place,
                    asset=slot.symbol,
                    amount=amount,
                    moved_at=entry.moved_at,
                    identity=entry.identity,
                    line=line,
                    reward=reward,
                )


def _entries(booked: Booked) -> Iterator[tuple[int, Entry]]:
    """Yield what is stored: what was there before the file, on line 0, then its rows."""
    yield from booked.before
    for row in booked.rows:
        if row.verdict is Verdict.ADD and row.entry is not None:
            yield row.line, row.entry
