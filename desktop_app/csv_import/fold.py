"""Movements to balances: running sums per slot, checked against zero and against the file's own balances."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from desktop_app.csv_import.entries import Entry, Move, Slot
from desktop_app.domain import money

_ZERO = Decimal(0)
_moment = attrgetter("entry.moved_at")


class Step(NamedTuple):
    """An entry with the line of the file on which it stands, 0 for what is no row of it."""

    line: int
    entry: Entry


class Gap(NamedTuple):
    """From ``line`` on the file's balances are higher than the sums by ``missing`` more than before.

    ``first``: no balance of the slot stands before it.
    """

    line: int
    moment: datetime
    missing: Decimal
    first: bool


@dataclass(slots=True)
class Folded:
    """What movements add up to: ``balances`` by slot, ``totals`` by position key.

    ``negative`` has the lines of the file on which a slot ends below zero, ``gaps`` where its balances differ
    from the sums, ``opened`` the start of the current run of a positive total by position key, ``rewards``
    the income by account and symbol.
    """

    balances: dict[Slot, Decimal] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)
    negative: dict[Slot, list[int]] = field(default_factory=dict)
    gaps: dict[Slot, list[Gap]] = field(default_factory=dict)
    opened: dict[str, datetime] = field(default_factory=dict)
    rewards: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    _offsets: dict[Slot, Decimal] = field(default_factory=dict)

    def look(
        self, moment: datetime, touched: Mapping[Slot, list[int]], told: Mapping[Slot, list[Decimal]]
    ) -> None:
        """Look at what a moment leaves in the slots that it ``touched``; ``told`` are the file's balances."""
        for slot, lines in touched.items():
            balance = self.balances[slot]
            if balance < 0 and any(lines):
                self.negative.setdefault(slot, []).extend(filter(None, lines))
            if self.totals[slot.key] > 0:
                self.opened.setdefault(slot.key, moment)
            else:
                self.opened.pop(slot.key, None)
            if slot in told and all(lines):  # beside stored rows of the same moment no balance can be placed
                self._compare(slot, Gap(lines[-1], moment, _ZERO, first=False), balance, told[slot])

    def _compare(self, slot: Slot, gap: Gap, balance: Decimal, told: Sequence[Decimal]) -> None:
        offset = self._offsets.get(slot, _ZERO)
        if (money.EXACT.add(balance, offset) if offset else balance) not in told:
            now = money.EXACT.subtract(told[-1], balance)
            missing = money.EXACT.subtract(now, offset)
            first = slot not in self._offsets
            self.gaps.setdefault(slot, []).append(gap._replace(missing=missing, first=first))
            offset = now
        self._offsets[slot] = offset


def in_order(steps: Sequence[Step], others: Iterable[Step] = ()) -> list[Step]:
    """Return steps by time; among equals ``others`` come first, and steps in the order of their file.

    A file whose first row is newer than its last is read from its end.
    """
    newest_first = bool(steps) and steps[0].entry.moved_at > steps[-1].entry.moved_at
    return sorted([*others, *(reversed(steps) if newest_first else steps)], key=_moment)


def fold(steps: Iterable[Step]) -> Folded:
    """Return what steps in order add up to; balances are looked at when a moment is over, not within it."""
    result, add = Folded(), money.EXACT.add
    balances, totals, rewards = result.balances, result.totals, result.rewards
    touched: dict[Slot, list[int]] = {}
    told: dict[Slot, list[Decimal]] = {}
    moment = None
    for line, (moved_at, moves, _, balance, _) in steps:
        if moved_at != moment:
            if moment is not None:
                result.look(moment, touched, told)
                touched, told = {}, {}
            moment = moved_at
        for slot, amount, reward in moves:
            if reward and not slot.money:
                income = (slot.account, slot.symbol)
                rewards[income] = add(rewards.get(income, _ZERO), amount)
            if not slot.key:
                continue
            balances[slot] = add(balances.get(slot, _ZERO), amount)
            totals[slot.key] = add(totals.get(slot.key, _ZERO), amount)
            touched.setdefault(slot, []).append(line)
        if balance is not None and moves:
            told.setdefault(moves[0].slot, []).append(balance)
    if moment is not None:
        result.look(moment, touched, told)
    return result


def openings(folded: Folded, *, trusts_balance: bool) -> list[Step]:
    """Return what must have been there before for the file's balances to be right.

    A file that starts in the middle differs by the same amount from its first balance on. With
    ``trusts_balance`` every further difference is made up for too, where it begins.
    """
    return [
        Step(0, Entry(gap.moment, (Move(slot, gap.missing),)))
        for slot, gaps in folded.gaps.items()
        if trusts_balance or (len(gaps) == 1 and gaps[0].first)
        for gap in gaps
    ]
