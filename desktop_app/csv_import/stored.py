"""What earlier imports of a ledger left: which rows are stored already, what the new ones add to."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from desktop_app.csv_import.entries import Book, Entry, Move, Slot
from desktop_app.csv_import.ledger_rows import LedgerRows
from desktop_app.csv_import.rows import Row, Verdict
from desktop_app.domain import ledgers, money
from desktop_app.domain.imports import Movement
from desktop_app.domain.portfolio import Portfolio

_Place = tuple[str, str, str]


class StoredLedger:
    """The movements of earlier imports of the same format, as far as the file's positions are concerned.

    ``entries`` are the movements in order, ``positions`` those that the file's slots count to, by key, and
    ``loose`` movements of no position, with the key that they count to.
    """

    def __init__(self, portfolio: Portfolio, format_name: str, book: Book) -> None:
        imports = {i for i, record in portfolio.imports.items() if record.format == format_name}
        found = {slot.key for slot in book.slots if slot.key}
        self.loose: list[tuple[Movement, str]] = []
        self.positions = {
            p.import_key: p
            for p in portfolio.positions.values()
            if p.import_id in imports and p.import_key in found
        }
        self._keys = {p.id: p.import_key for p in self.positions.values()}
        self._slots: dict[tuple[str, _Place], Slot] = {}
        self._places: dict[_Place, Slot] = {}
        for slot in book.slots:
            place = _place(slot.account, slot.place, slot.symbol)
            self._slots[slot.key, place] = slot
            self._places.setdefault(place, slot)
        self._movements: list[Movement] = []
        self._slots_of: dict[str, Slot] = {}
        self._identities: dict[str, set[str]] = {}
        self._contents: dict[tuple[str, str], set[tuple[str, int]]] = {}
        for movement in portfolio.movements.values():
            if movement.import_id in imports:
                self._take(movement)
        self.entries = list(self._in_order())

    def _take(self, m: Movement) -> None:
        account = m.account.casefold()
        if m.identity:
            self._identities.setdefault(account, set()).add(m.identity)
        elif m.cells:
            self._contents.setdefault((account, m.cells), set()).add((m.import_id, m.line))
        slot = self._slot(m)
        if slot is None:
            return
        if slot.key and not m.position:
            self.loose.append((m, slot.key))
        self._movements.append(m)
        self._slots_of[m.id] = slot

    def _slot(self, m: Movement) -> Slot | None:
        """Return the slot of a movement; None if the file has nothing to do with its position."""
        place = _place(m.account, m.place, m.asset)
        if not m.position:
            return self._places.get(place)
        key = self._keys.get(m.position)
        if key is None:
            return None
        slot = self._slots.get((key, place))
        if slot is None:
            slot = self._slots[key, place] = Slot(m.account, m.place, m.asset, m.asset, key=key)
        return slot

    def marked(self, rows: LedgerRows, anyway: Container[int]) -> LedgerRows:
        """Return the rows; those that are stored, or stand on an earlier line, are there already.

        A row is known by its own identity, without one by all its cells, each stored row once. Rows on the
        lines ``anyway`` are as they were.
        """
        seen = defaultdict(set, {account: set(found) for account, found in self._identities.items()})
        left = Counter({content: len(lines) for content, lines in self._contents.items()})
        changed: dict[int, Row] = {}
        for place, entry in rows.entries():
            account = entry.account.casefold()
            there, again = False, ""
            if entry.identity:
                known = seen[account]
                there = entry.identity in known
                again = "" if entry.identity in self._identities.get(account, ()) else entry.identity
                known.add(entry.identity)
            elif left and left[account, entry.cells] > 0:
                there = True
                left[account, entry.cells] -= 1
            if there and entry.line not in anyway:
                changed[place] = replace(
                    rows[place], verdict=Verdict.DUPLICATE, code="stored", value=again, waits=()
                )
        return rows.with_rows(changed)

    def _in_order(self) -> Iterator[Entry]:
        """Yield the stored movements by time; what was there before a file has the balance that this said."""
        balances: dict[Slot, Decimal] = {}
        for m in ledgers.in_order(self._movements):
            slot = self._slots_of[m.id]
            balance = balances[slot] = money.EXACT.add(balances.get(slot, Decimal(0)), m.amount)
            move = (Move(slot, m.amount, m.reward),)
            said = balance if m.told is None else m.told
            yield Entry(m.moved_at, move) if m.line else Entry(m.moved_at, move, m.id, said)

    def settled(self, amounts: Mapping[str, Decimal]) -> list[Movement]:
        """Return the stored openings whose amounts are others now."""
        there = {m.id: m for m in self._movements if not m.line}
        return [there[i]._replace(amount=a) for i, a in amounts.items() if a != there[i].amount]


def _place(account: str, place: str, symbol: str) -> _Place:
    return account.casefold(), place, symbol
