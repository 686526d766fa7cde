"""A ledger into the portfolio: its movements are stored, its positions hold what they add up to."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from desktop_app.csv_import.booking import Booked
from desktop_app.csv_import.entries import Entry
from desktop_app.csv_import.rows import ADD
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.drafts import Draft
from desktop_app.domain.imports import Movement
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError


def posted(
    portfolio: Portfolio, catalogue: Catalogue, booked: Booked, import_id: str
) -> tuple[Portfolio, Iterator[Movement]]:
    """Return the portfolio with the positions that a ledger leads to, and its movements, still to come.

    Raises UserError if a position to be changed is not as it was.
    """
    draft = Draft(portfolio, catalogue)
    positions: dict[str, str] = {}
    for result in booked.results:
        if result.before is None or result.after is None:
            added = draft.add(result.holding, import_id=import_id, import_key=result.key)
            draft.positions[added.id] = replace(added, adjustment=Decimal(0))
            positions[result.key] = added.id
        elif portfolio.positions.get(result.before.id) != result.before:
            raise UserError("The portfolio has changed since this file was read.", "Read the file again.")
        else:
            draft.positions[result.before.id] = result.after
            positions[result.key] = result.before.id
    linked = (m._replace(position=positions[key]) for m, key in booked.loose if key in positions)
    after = draft.finished().with_movements(*linked, *booked.settled)
    return after, _movements(booked, import_id, positions)


def _movements(booked: Booked, import_id: str, positions: Mapping[str, str]) -> Iterator[Movement]:
    number = 0
    for moved_at, moves, identity, balance, cells, line, _ in _entries(booked):
        for slot, amount, reward in moves:
            if (amount or not line) and not slot.money:
                number += 1
                yield Movement(
                    f"{import_id}-{number}",
                    import_id,
                    slot.account,
                    slot.place,
                    slot.symbol,
                    amount,
                    moved_at,
                    identity,
                    line,
                    reward,
                    cells,
                    positions.get(slot.key, ""),
                    None if line else balance,
                )


def _entries(booked: Booked) -> Iterator[Entry]:
    """Yield what is stored: what was there before the file, on line 0, then its rows."""
    yield from booked.before
    own = booked.rows.own
    for place, entry in booked.rows.entries():
        if place not in own or own[place].verdict is ADD:
            yield entry
