"""The reading of any ledger: a format says what a row moves, the rest is the same for all."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from desktop_app.csv_import import cells, dates, keys
from desktop_app.csv_import.entries import HELD, STAKED, Book, Entry, Move, Slot
from desktop_app.csv_import.exchanges import is_exchange
from desktop_app.csv_import.format import Reading, Table
from desktop_app.csv_import.judging import Judge, column_uses
from desktop_app.csv_import.ledger_rows import LedgerRows, ledger_rows
from desktop_app.csv_import.line import Line
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import ASK, Item, Row, Unfit, row_of
from desktop_app.csv_import.totals import note_spelling
from desktop_app.domain import money

__all__ = ["LOCKED", "UNKNOWN_STAKE", "Leg", "Line", "Rules", "net", "read", "sides"]

UNKNOWN_STAKE = "The file does not tell how much is delegated: name the staked part of each coin yourself."
LOCKED = "locked"
"""The place of coins that an exchange locks up without a row for it."""

_NOTHING = Decimal(0)
_EARLIEST = datetime.combine(dates.EARLIEST, time(), UTC)


class Leg(NamedTuple):
    """One thing that a row moves: ``amount`` of ``asset`` into a place, or out of it if negative.

    ``asset`` is the symbol as written; ``address`` (with ``chain``), where the file has it, beats it.
    ``place`` is a sub-account that the file names, ``staked`` says that it stakes; ``account`` is the file's
    own, if it has one. ``elsewhere``: income that goes where the file tells no balance of.
    ``at``: when it moves, if that is not the moment of the row. ``lock``: the exchange locks up what goes
    out, and may write no row for the way in.
    """

    asset: str
    amount: Decimal
    place: str = ""
    staked: bool = False
    reward: bool = False
    account: str = ""
    chain: str = ""
    address: str = ""
    protocol: str = ""
    operator: str = ""
    elsewhere: bool = False
    at: datetime | None = None
    lock: bool = False


_AT = attrgetter("at")
_WHERE = attrgetter(
    *("asset", "place", "staked", "account", "chain", "address", "protocol", "operator", "elsewhere")
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a format says of its rows.

    ``legs`` returns what a row moves (nothing: it is understood and neutral) or raises what ``Line.reject``
    and ``Line.skip`` return. ``moment`` reads the field "time". ``identity`` are the fields that together
    name a row for ever, if the first is filled; with ``nth`` several rows share them and are counted. A
    column of the field "balance" is the running balance of the first leg's place.
    ``repeated_are_real``: equal rows are no doubt. ``trusts_balance``: the running balance counts, whatever
    the rows add up to. ``holds`` is False for a file of rewards, which tells no balance.
    """

    legs: Callable[[Line], Sequence[Leg]]
    moment: Callable[[str], datetime | None] = dates.moment
    date_format: str = "YYYY-MM-DD HH:MM:SS"
    decimal: str = "."
    identity: tuple[str, ...] = ()
    nth: bool = False
    repeated_are_real: bool = False
    trusts_balance: bool = False
    holds: bool = True


def read(table: Table, rules: Rules) -> Reading:
    """Return the rows of a ledger with what each moves."""
    judge = Judge(table)
    ledger = _Ledger(table, rules)
    rows = ledger.locked_up(ledger_rows(judge.parts(ledger.items)))
    amounts = ("quantity", "amount", "received", "sent", "fee", "balance")
    written: dict[str, tuple[str | None, str | None]] = dict.fromkeys(amounts, (rules.decimal, None))
    written["time"] = (None, rules.date_format)
    tells = "balance" in table.fit.columns
    book = Book(
        tells_balance=tells,
        repeated_are_real=rules.repeated_are_real,
        trusts_balance=rules.trusts_balance,
        slots=ledger.slots(),
        spellings=ledger.spellings,
    )
    return Reading(rows, column_uses(table, written), tuple(ledger.line.warnings), book)


def needs(
    *, both: Sequence[str] = (), received: Sequence[str] = (), sent: Sequence[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Return for each type of row the fields of the two sides that it cannot lack."""
    fields = {("received", "sent"): both, ("received",): received, ("sent",): sent}
    return {kind: sides for sides, kinds in fields.items() for kind in kinds}


def sides(
    line: Line, needed: Sequence[str] = (), *, may_be_zero: bool = False, fee_is_extra: bool = True
) -> list[Leg]:
    """Return the legs of the usual two-sided row: "received" +, "sent" −, "fee" −, each with its asset.

    The fields are these and ``received_asset``, ``sent_asset``, ``fee_asset``. Raises Unfit where an amount
    has no asset, is missing although it is ``needed``, or is zero, unless it ``may_be_zero`` (a reward); a
    row with nothing at all moves nothing.
    """
    legs = []
    for field in ("received", "sent"):
        amount = line.amount_if(field, line.text(f"{field}_asset"))
        if amount is None:
            if field in needed or line.text(f"{field}_asset"):
                raise line.reject("quantity_missing", field)
            continue
        asset = line.asset(f"{field}_asset")
        if not amount and not may_be_zero:
            raise line.reject("quantity_zero", field)
        legs.append(Leg(asset, abs(amount) if field == "received" else -abs(amount)))
    fee = line.fee(asset=line.text("fee_asset")) if fee_is_extra else _NOTHING
    if fee or (not legs and fee_is_extra and line.text("fee") and line.text("fee_asset")):
        legs.append(Leg(line.asset("fee_asset"), -abs(fee)))
    return legs


class _Ledger:
    """Reads rows into entries; knows every slot that they name."""

    def __init__(self, table: Table, rules: Rules) -> None:
        self.line = Line(table, rules.decimal)
        self.spellings: dict[str, str] = {}
        self._table = table
        self._rules = rules
        self._at = table.fit.columns
        self._time = self._at["time"]
        self._known: dict[tuple[object, ...], Slot] = {}
        self._slots: dict[tuple[str, ...], Slot] = {}
        self._last: tuple[str, datetime] | None = None
        tomorrow = table.context.today + timedelta(days=1)
        self._tomorrow = datetime.combine(tomorrow, time(), UTC)
        self._times: Counter[str] = Counter()
        self._locks: list[tuple[int, Leg, Slot, datetime]] = []

    def slots(self) -> list[Slot]:
        """Return the slots that the rows name."""
        return list(self._slots.values())

    def items(self, record: Record, number: int) -> Sequence[Item]:
        """Return what a row does, or rows for each moment at which it moves something. Raises Unfit."""
        line = self.line
        line.turn_to(record)
        legs = self._rules.legs(line)
        moment = self._moment(record.cells[self._time])
        identity = self._identity() if self._rules.identity else ""
        if not any(map(_AT, legs)):
            entry, waits = self._entry(record, 0, moment, legs, identity)
            return (_row(entry, waits, number) if waits else entry,)
        by_moment: dict[datetime, list[Leg]] = {moment: []}
        for leg in legs:
            by_moment.setdefault(leg.at or moment, []).append(leg)
        return [
            _row(*self._entry(record, part, at, found, identity), number, part)
            for part, (at, found) in enumerate(by_moment.items())
        ]

    def _entry(
        self, record: Record, part: int, moment: datetime, legs: Sequence[Leg], identity: str
    ) -> tuple[Entry, tuple[str, ...]]:
        """Return what legs do at one moment, and the codes of the questions for which that waits."""
        line = self.line
        moves, waits = [], tuple(line.waits)
        for leg in legs:
            move = self._move(leg, record.line)
            moves.append(move)
            if leg.lock:
                self._locks.append((record.line, leg, move.slot, moment))
            if move.slot.waits and move.slot.waits not in waits:
                waits = (*waits, move.slot.waits)
        asset = legs[0].asset if legs else ""
        balance = line.amount_if("balance", asset) if legs and not part else None
        digest = "" if identity and not self._rules.nth else keys.digest(record.cells)
        if part:
            identity, digest = (text and f"{text} {part}" for text in (identity, digest))
        return Entry(moment, tuple(moves), identity, balance, digest, record.line, asset), waits

    def _moment(self, cell: str) -> datetime:
        if self._last and cell == self._last[0]:
            return self._last[1]
        found = self._rules.moment(cell) or self._rules.moment(cells.clean(cell).removeprefix("'"))
        if found is None or not _EARLIEST <= found < self._tomorrow:
            missing = cells.is_missing(cells.clean(cell))
            code = "date_missing" if missing else "date_invalid" if found is None else "date_out_of_range"
            raise Unfit(code, self._table.names[self._time], cell)
        self._last = (cell, found)
        return found

    def _identity(self) -> str:
        texts = list(map(self.line.text, self._rules.identity))
        if not texts[0]:
            return ""
        text = "|".join(texts)
        if self._rules.nth:
            self._times[text] += 1
            text = f"{text}#{self._times[text]}"
        return text

    def _move(self, leg: Leg, line: int) -> Move:
        where = _WHERE(leg)
        slot = self._known.get(where)
        if slot is None:
            slot = self._known[where] = self._slot(leg, line)
        elif slot.waits:
            self._table.context.inquiry.add_lines(slot.waits, (line,))
        return Move(slot, leg.amount, leg.reward)

    def _slot(self, leg: Leg, line: int) -> Slot:
        """Return the slot of a leg. Raises Unfit for what cannot be an asset or was left out."""
        context = self._table.context
        try:
            identity = context.tokens.identify_at(leg.asset, leg.address, leg.chain, line)
        except Unfit as end:
            end.column = end.column or self._name_of_asset()
            raise
        note_spelling(self.spellings, identity.symbol, leg.asset)
        account = leg.account or context.account or self._table.title
        custody = self._table.exchange or is_exchange(account) or bool(context.account and not leg.account)
        staked = leg.staked or identity.layer == "staking"
        words = (
            account,
            identity.symbol,
            leg.chain,
            leg.protocol,
            leg.operator,
            "",
            STAKED if staked else HELD,
        )
        counts = self._rules.holds and not leg.elsewhere and not identity.money
        slot = Slot(
            account=account,
            place=leg.place,
            asset=identity.asset,
            symbol=identity.symbol,
            layer="staking" if staked and context.tokens.can_stake(identity.asset, leg.chain) else "",
            staked=staked,
            chain=leg.chain,
            protocol=leg.protocol,
            operator=leg.operator,
            custody=custody,
            money=identity.money,
            key=keys.text(keys.key(words)) if counts else "",
            waits=identity.waits,
        )
        return self._slots.setdefault((*words, leg.place, slot.key), slot)

    def _name_of_asset(self) -> str:
        index = self._at.get("asset")
        return "" if index is None else self._table.names[index]

    # -- one-legged locks ----------------------------------------------------------------------------------

    def locked_up(self, rows: LedgerRows) -> LedgerRows:
        """Return the rows with a way into the place "locked", and out of it, where the file has but one leg.

        That is so if no leg of the opposite sign moves the same amount of the coin at the same time.
        """
        if not self._locks:
            return rows
        moments = {moment for _, _, _, moment in self._locks}
        entries = (entry for _, entry in rows.entries() if entry.moved_at in moments)
        there = Counter((m.slot.symbol, e.moved_at, m.amount) for e in entries for m in e.moves)
        lines = {line for line, _, _, _ in self._locks}
        places: dict[int, int] = {}
        for place, entry in rows.entries():
            if entry.line in lines:
                places.setdefault(entry.line, place)
        items = list(rows.items)
        for line, leg, slot, moment in self._locks:
            other = (slot.symbol, moment, -leg.amount)
            if there[other] > 0:
                there[other] -= 1
            elif line in places:
                into = leg._replace(amount=-leg.amount, place=LOCKED, staked=True)
                items[places[line]] = _with_move(items[places[line]], self._move(into, line))
        return ledger_rows(items)


def _row(entry: Entry, waits: tuple[str, ...], number: int, part: int = 0) -> Row:
    """Return the row of an entry that waits, or is a part of its data row."""
    row = replace(row_of(entry, number), waits=waits, part=part)
    return replace(row, verdict=ASK) if waits else row


def _with_move(item: Item, move: Move) -> Item:
    entry = item.entry if isinstance(item, Row) else item
    if entry is None:
        return item
    entry = entry._replace(moves=(*entry.moves, move))
    return replace(item, entry=entry) if isinstance(item, Row) else entry


def ticker(text: str) -> str:
    """Return the symbol of "SOL (Solana)": what stands before the name in brackets."""
    return text.partition(" (")[0].strip() if text.endswith(")") else text


def net(amount: Decimal, fee: Decimal) -> Decimal:
    """Return an amount less the fee that is taken from it."""
    return money.EXACT.subtract(amount, fee) if fee else amount
