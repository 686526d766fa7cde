"""Movements to balances: running sums per slot, checked against zero and against the file's own balances."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from desktop_app.csv_import.entries import Entry, Move, Slot
from desktop_app.domain import money

_ZERO = Decimal(0)
_add, _subtract = money.EXACT.add, money.EXACT.subtract
_moment = attrgetter("moved_at")


class Gap(NamedTuple):
    """From ``line`` on the file's balances are higher than the sums by ``missing`` more than before.

    ``told`` is the file's balance before that line's moment. ``stretch`` counts the slot's stretches between
    what earlier files say of it; ``first``: no balance stands before it there, and ``missing`` may be zero.
    """

    line: int
    moment: datetime
    missing: Decimal
    told: Decimal
    stretch: int
    first: bool


@dataclass(slots=True)
class Folded:
    """What movements add up to: ``balances`` by slot, ``totals`` by position key.

    ``negative`` has the lines of the file on which a slot ends below zero, ``gaps`` where its balances begin
    and where they differ from the sums, ``opened`` the start of the current run of a positive total by
    position key, ``rewards`` the income by account and symbol, ``settled`` the amounts of stored openings.
    """

    balances: dict[Slot, Decimal] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)
    negative: dict[Slot, list[int]] = field(default_factory=dict)
    gaps: dict[Slot, list[Gap]] = field(default_factory=dict)
    opened: dict[str, datetime] = field(default_factory=dict)
    rewards: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    settled: dict[str, Decimal] = field(default_factory=dict)
    _offsets: dict[Slot, Decimal] = field(default_factory=dict)
    _stretches: Counter[Slot] = field(default_factory=Counter)

    def settle(self, opening: Entry, passed: Sequence[Decimal], told: Sequence[Decimal]) -> Decimal:
        """Return what a stored opening has to add: before a file's first row stands what that file said.

        Which rows of the same moment come before it, nobody says: ``passed`` are the balances that they have
        led through (the one before them first), ``told`` what their file says after each. Those that lead to
        the opening come before it, the others after it.
        """
        slot, said = opening.moves[0].slot, opening.balance or _ZERO
        self._offsets.pop(slot, None)
        self._stretches[slot] += 1
        reached = passed[0] if passed else self.balances.get(slot, _ZERO)
        if said in passed:
            reached = said
        elif said in told and len(told) < len(passed):
            reached = passed[len(passed) - len(told) + told.index(said)]
        amount = self.settled[opening.identity] = _subtract(said, reached)
        return amount

    def pass_alone(self, entry: Entry) -> None:
        """Add the only row of its moment, with one move: what nearly every entry is, the quick way."""
        moment, ((slot, amount, reward),), _, balance, _, line, _ = entry
        if reward:
            self.reward(slot, amount)
        if not slot.key:
            return
        key = slot.key
        now = self.balances[slot] = _add(self.balances.get(slot, _ZERO), amount)
        total = self.totals[key] = _add(self.totals.get(key, _ZERO), amount)
        if total <= _ZERO or now < _ZERO or key not in self.opened:
            self._look_at(slot, (line,), moment)
        if line and balance is not None:
            self._compare(slot, line, moment, _subtract(balance, now), _subtract(now, amount))

    def reward(self, slot: Slot, amount: Decimal) -> None:
        """Add income, unless it is money."""
        if not slot.money:
            income = (slot.account, slot.symbol)
            self.rewards[income] = _add(self.rewards.get(income, _ZERO), amount)

    def look(
        self,
        moment: datetime,
        lines: Mapping[Slot, list[int]],
        passed: Mapping[Slot, list[Decimal]],
        told: Mapping[Slot, list[Decimal]],
    ) -> None:
        """Look at what a moment leaves in the slots that rows on ``lines`` touched; the rest as in settle."""
        for slot, there in lines.items():
            self._look_at(slot, there, moment)
            if slot in told and all(there):  # beside stored rows of the same moment no balance can be placed
                offset = self._offsets.get(slot, _ZERO)
                now = _difference(passed[slot], told[slot], offset)
                self._compare(slot, there[-1], moment, now, passed[slot][0])

    def _look_at(self, slot: Slot, lines: Sequence[int], moment: datetime) -> None:
        if self.balances[slot] < 0 and any(lines):
            self.negative.setdefault(slot, []).extend(filter(None, lines))
        if self.totals[slot.key] > 0:
            self.opened.setdefault(slot.key, moment)
        else:
            self.opened.pop(slot.key, None)

    def _compare(self, slot: Slot, line: int, moment: datetime, now: Decimal, before: Decimal) -> None:
        """Note where the difference between the file's balance and the sum begins or changes.

        ``before``: the sum before that moment.
        """
        offset = self._offsets.get(slot)
        if now == offset:
            return
        missing = _subtract(now, offset or _ZERO)
        gap = Gap(line, moment, missing, _add(before, now), self._stretches[slot], first=offset is None)
        self.gaps.setdefault(slot, []).append(gap)
        self._offsets[slot] = now


def _difference(passed: Sequence[Decimal], told: Sequence[Decimal], offset: Decimal) -> Decimal:
    """Return how much higher a file's balance is than the sum at the end of a moment.

    Some files do not write the rows of one moment in their order: then the balance after the last of them may
    stand on any; ``offset`` is the difference before.
    """
    if len(told) == 1:
        return _subtract(told[0], passed[-1])
    differences = {_subtract(t, p) for t, p in zip(told, passed[1:], strict=False)}
    if len(differences) == 1:
        return _subtract(told[-1], passed[-1])
    if {
        _subtract(told[i - 1], told[i]) == _subtract(passed[i], passed[i - 1]) for i in range(1, len(told))
    } == {True}:
        return _subtract(told[0], passed[-1])
    ends = [_subtract(t, passed[-1]) for t in told]
    return offset if offset in ends else ends[-1]


def in_order(entries: Sequence[Entry], stored: Sequence[Entry] = ()) -> list[Entry]:
    """Return the entries of a file by time, before stored ones (by time already) of the same moment.

    Among equals a file's own order holds; one whose first row is newer than its last is read from its end.
    """
    newest_first = bool(entries) and entries[0].moved_at > entries[-1].moved_at
    return sorted([*(reversed(entries) if newest_first else entries), *stored], key=_moment)


def fold(entries: Sequence[Entry]) -> Folded:
    """Return what entries in order add up to; balances are looked at when a moment is over, not within it."""
    result = Folded()
    for moment, together in groupby(entries, _moment):
        first, *others = together
        if others or len(first.moves) != 1 or _is_opening(first):
            _fold_moment(result, moment, (first, *others))
        else:
            result.pass_alone(first)
    return result


def _fold_moment(result: Folded, moment: datetime, entries: Iterable[Entry]) -> None:
    lines: dict[Slot, list[int]] = {}
    passed: dict[Slot, list[Decimal]] = {}
    told: dict[Slot, list[Decimal]] = {}
    balances, totals = result.balances, result.totals
    for entry in entries:
        _, moves, _, balance, _, line, _ = entry
        if _is_opening(entry):
            slot = moves[0].slot
            amount = result.settle(entry, passed.get(slot, ()), told.get(slot, ()))
            moves, balance = (Move(slot, amount),), None
        for slot, amount, reward in moves:
            if reward:
                result.reward(slot, amount)
            if not slot.key:
                continue
            before = balances.get(slot, _ZERO)
            now = balances[slot] = _add(before, amount)
            totals[slot.key] = _add(totals.get(slot.key, _ZERO), amount)
            lines.setdefault(slot, []).append(line)
            passed.setdefault(slot, [before]).append(now)
        if balance is not None and moves:
            told.setdefault(moves[0].slot, []).append(balance)
    result.look(moment, lines, passed, told)


def _is_opening(entry: Entry) -> bool:
    """Tell whether an entry is what another file said was there before it."""
    return entry.line == 0 and entry.balance is not None


def openings(folded: Folded, *, trusts_balance: bool) -> list[Entry]:
    """Return what must have been there before for the file's balances to be right, also where it is nothing.

    The balance of such an entry is what the file told at its moment, before its own rows.
    A file that starts in the middle differs by the same amount from its first balance on. With
    ``trusts_balance`` every further difference is made up for too, where it begins.
    """
    result: list[Entry] = []
    for slot, gaps in folded.gaps.items():
        for _, stretch in groupby(gaps, attrgetter("stretch")):
            first, *others = stretch
            if not others or not first.missing or trusts_balance:
                made_up = (first, *others) if trusts_balance else (first,)
                result.extend(
                    Entry(gap.moment, (Move(slot, gap.missing),), balance=gap.told) for gap in made_up
                )
    return result
