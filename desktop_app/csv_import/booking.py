"""A ledger against what is stored: what its new rows add up to, position by position."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.csv_import import doubts, matching, totals
from desktop_app.csv_import.entries import Book, Entry, Slot
from desktop_app.csv_import.fold import Folded, fold, in_order, openings
from desktop_app.csv_import.ledger_rows import LedgerRows
from desktop_app.csv_import.questions import Inquiry
from desktop_app.csv_import.rows import Row
from desktop_app.csv_import.stored import StoredLedger
from desktop_app.domain import ledgers, money
from desktop_app.domain.holdings import Holding
from desktop_app.domain.imports import Movement
from desktop_app.domain.positions import Position

_ZERO = Decimal(0)
_REBASING = frozenset({"stETH", "eETH"})
_LEAST = (
    "At least: the balance of this token grows without a transfer, which a list of transfers cannot show."
)


@dataclass(frozen=True, slots=True)
class Result:
    """A position that a ledger leads to: what the movements say of it, and how much of that was earned.

    ``before`` is the stored position, ``after`` what becomes of it; both None for a new one.
    """

    key: str
    symbol: str
    holding: Holding
    rewards: Decimal
    before: Position | None = None
    after: Position | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """The rows with their verdicts and the positions that they lead to.

    ``before``: what must have been there before the file. ``settled``: the same of other files, now that this
    one explains some of it. ``loose``: movements of no position, with the key that they count to.
    ``holdings`` and ``rewards`` are by the file's own symbols.
    """

    rows: LedgerRows
    results: tuple[Result, ...]
    before: tuple[Entry, ...]
    settled: tuple[Movement, ...]
    loose: tuple[tuple[Movement, str], ...]
    holdings: Mapping[str, Decimal]
    rewards: Mapping[str, Decimal]
    warnings: tuple[str, ...]


class Booking:
    """Folds the rows of one file together with what earlier files left."""

    def __init__(self, book: Book, stored: StoredLedger, inquiry: Inquiry) -> None:
        self._book = book
        self._stored = stored
        self._inquiry = inquiry
        self._waits: dict[int, list[str]] = {}

    def booked(self, rows: LedgerRows) -> Booked:
        """Return what the rows of a file lead to."""
        new = [entry for place, entry in rows.entries() if self._comes_in(rows.own.get(place))]
        entries = in_order(new, self._stored.entries)
        folded = fold(entries)
        before = openings(folded, trusts_balance=self._book.trusts_balance)
        made_up = [entry._replace(balance=None) for entry in before if entry.moves[0].amount]
        if made_up:
            folded = fold(in_order(made_up, entries))
        self._ask_negative(folded)
        slots = {move.slot for entry in new for move in entry.moves}
        results = tuple(self._results(folded, new, slots))
        held = [(result.symbol, result.holding.quantity or _ZERO) for result in results]
        moved = {(slot.account, slot.symbol) for slot in slots}
        earned = [(income[1], amount) for income, amount in folded.rewards.items() if income in moved]
        return Booked(
            rows=doubts.waiting(rows, self._waits),
            results=results,
            before=tuple(before),
            settled=tuple(self._stored.settled(folded.settled)),
            loose=tuple(self._stored.loose),
            holdings=totals.by_name([(s, a) for s, a in held if a > 0], self._book.spellings),
            rewards=totals.by_name(earned, self._book.spellings),
            warnings=(
                *doubts.opening_warnings(made_up),
                *doubts.gap_warnings(folded),
                *doubts.rebasing_warnings(r.symbol for r in results if _LEAST in r.holding.notes),
            ),
        )

    def _comes_in(self, own: Row | None) -> bool:
        return own is None or totals.comes_in(own, self._inquiry)

    def _ask_negative(self, folded: Folded) -> None:
        for slot, lines in folded.negative.items():
            question = doubts.negative(slot, lines)
            if self._inquiry.settle(question) is None:
                self._wait(lines, question.code)

    def _wait(self, lines: Iterable[int], code: str) -> None:
        for line in lines:
            self._waits.setdefault(line, []).append(code)

    # -- positions -----------------------------------------------------------------------------------------

    def _results(self, folded: Folded, new: Sequence[Entry], moved: Iterable[Slot]) -> Iterator[Result]:
        """Yield the positions to which new rows count; ``moved`` are the slots of these."""
        keys = {slot.key for slot in moved}
        slots: dict[str, list[Slot]] = {}
        for slot in folded.balances:
            slots.setdefault(slot.key, []).append(slot)
        staked = {(s.account, s.symbol) for s in folded.balances if s.staked and folded.totals[s.key] > 0}
        opened = fold(self._stored.entries).opened
        for key in filter(keys.__contains__, slots):
            slot = slots[key][0]
            income = (slot.account, slot.symbol)
            earns = slot.staked or income not in staked
            result = Result(
                key=key,
                symbol=slot.symbol,
                holding=self._holding(slots[key], folded),
                rewards=folded.rewards.get(income, _ZERO) if earns else _ZERO,
                before=self._stored.positions.get(key),
            )
            if result.before is not None:
                adjustment = self._adjustment(result, result.before, new)
                moments = opened.get(key), folded.opened.get(key)
                after = ledgers.folded(result.before, folded.totals[key], adjustment, *moments)
                yield replace(result, after=after)
            elif folded.totals[key] > 0:
                yield result

    def _adjustment(self, result: Result, position: Position, new: Sequence[Entry]) -> Decimal:
        """Return what the user has added to the sum of a stored position's movements.

        Where its quantity came from another kind of file, that and the sum are two words for one thing.
        """
        quantity, now = position.quantity, result.holding.quantity or _ZERO
        if quantity is None:
            return _ZERO
        if position.adjustment is not None:
            return position.adjustment
        if quantity == now:
            return _ZERO
        counting = (entry.line for entry in new if any(m.slot.key == result.key for m in entry.moves))
        lines = list(dict.fromkeys(counting))
        question = doubts.another_quantity(position, result.symbol, now, lines)
        answer = self._inquiry.settle(question)
        if answer is None:
            self._wait(lines, question.code)
        return money.difference(quantity, now) if answer == matching.KEEP else _ZERO

    def _holding(self, slots: Sequence[Slot], folded: Folded) -> Holding:
        slot = next((s for s in slots if s.asset), slots[0])
        places = dict.fromkeys(s.place for s in slots if s.place and folded.balances[s])
        notes = [f"In {', '.join(places)} at {slot.account}."] if slot.staked and places else []
        if slot.symbol in _REBASING and not slot.custody and not self._book.tells_balance:
            notes.append(_LEAST)
        opened = folded.opened.get(slot.key)
        return Holding(
            asset=slot.asset,
            quantity=folded.totals[slot.key],
            name=f"{slot.symbol}, {slot.place or 'staked'}" if slot.staked and not slot.layer else "",
            account=slot.account,
            custody=slot.custody,
            chain=slot.chain,
            protocol=slot.protocol,
            layer=slot.layer,
            operators=(slot.operator,) if slot.operator else (),
            opened_on=None if opened is None else opened.date(),
            notes="\n".join(notes),
        )
