"""A ledger against what is stored: the rows that are new, the positions they lead to, what is in doubt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.csv_import import totals
from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.entries import Book, Slot
from desktop_app.csv_import.fold import Folded, Step, fold, in_order, openings
from desktop_app.csv_import.questions import Inquiry, Question
from desktop_app.csv_import.rows import Row, Verdict
from desktop_app.domain.holdings import Holding
from desktop_app.domain.money import amount_text, total

GO_ON = "go_on"
_NAMED = 5
_REBASING = frozenset({"stETH", "eETH"})
_LEAST = (
    "At least: the balance of this token grows without a transfer, which a list of transfers cannot show."
)


@dataclass(frozen=True, slots=True)
class Result:
    """A position that a ledger leads to: what it holds afterwards, and how much of that was earned."""

    key: str
    holding: Holding
    symbol: str
    rewards: Decimal


@dataclass(frozen=True, slots=True)
class Booked:
    """The rows with their verdicts, the positions that they lead to, what must have been there before.

    ``holdings`` and ``rewards`` are by the file's own symbols.
    """

    rows: list[Row]
    results: tuple[Result, ...]
    before: tuple[Step, ...]
    holdings: dict[str, Decimal]
    rewards: dict[str, Decimal]
    warnings: tuple[str, ...]


class Booking:
    """Folds the rows of one file."""

    def __init__(self, book: Book, inquiry: Inquiry) -> None:
        self._book = book
        self._inquiry = inquiry
        self._warnings: list[str] = []

    def booked(self, rows: list[Row]) -> Booked:
        """Return what the rows of a file lead to."""
        steps = in_order(list(self._steps(rows)))
        folded = fold(steps)
        before = openings(folded, trusts_balance=self._book.trusts_balance)
        if before:
            folded = fold(in_order(steps, before))
            self._say_opening(before)
        self._say_gaps(folded)
        rows = self._asked(rows, folded)
        results = tuple(self._results(folded))
        held = [(result.symbol, result.holding.quantity or Decimal(0)) for result in results]
        earned = [(symbol, amount) for (_, symbol), amount in folded.rewards.items()]
        return Booked(
            rows=rows,
            results=results,
            before=tuple(before),
            holdings=totals.by_name(held, self._book.spellings),
            rewards=totals.by_name(earned, self._book.spellings),
            warnings=tuple(self._warnings),
        )

    def _steps(self, rows: Iterable[Row]) -> Iterator[Step]:
        """Yield the rows that come in, or would if their questions are answered as is assumed."""
        for row in rows:
            if row.entry is not None and totals.comes_in(row, self._inquiry):
                yield Step(row.line, row.entry)

    # -- what is in doubt ----------------------------------------------------------------------------------

    def _asked(self, rows: list[Row], folded: Folded) -> list[Row]:
        """Return the rows; those that leave less than nothing wait until the user says to go on."""
        waiting: dict[int, list[str]] = {}
        for slot, lines in folded.negative.items():
            question = _negative(slot, lines)
            if self._inquiry.settle(question) is None:
                for line in lines:
                    waiting.setdefault(line, []).append(question.code)
        if not waiting:
            return rows
        return [
            replace(row, verdict=Verdict.ASK, waits=tuple(dict.fromkeys((*row.waits, *waiting[row.line]))))
            if row.line in waiting
            else row
            for row in rows
        ]

    def _say_opening(self, before: Sequence[Step]) -> None:
        moves = [step.entry.moves[0] for step in before]
        found = [
            f"{amount_text(m.amount)} {shown(m.slot.symbol)} in {_where(m.slot)}" for m in moves[:_NAMED]
        ]
        more = f" and {len(moves) - _NAMED} more" if len(moves) > _NAMED else ""
        self._warnings.append(
            "The file starts in the middle: what it does not explain is taken from its own balances, "
            f"{', '.join(found)}{more}."
        )

    def _say_gaps(self, folded: Folded) -> None:
        for slot, gaps in list(folded.gaps.items())[:_NAMED]:
            missing = total(gap.missing for gap in gaps)
            self._warnings.append(
                f"From line {gaps[0].line} on the balances of {shown(slot.symbol)} in {_where(slot)} do not "
                f"follow from the rows; at the end the file says {amount_text(missing)} more. "
                "A row is missing or was rejected."
            )

    # -- what comes out ------------------------------------------------------------------------------------

    def _results(self, folded: Folded) -> Iterator[Result]:
        by_key: dict[str, list[Slot]] = {}
        for slot in folded.balances:
            if slot.key:
                by_key.setdefault(slot.key, []).append(slot)
        staked = {(s.account, s.symbol) for s in folded.balances if s.staked and folded.totals[s.key] > 0}
        for key, slots in by_key.items():
            quantity, slot = folded.totals[key], slots[0]
            if quantity <= 0:
                continue
            earns = slot.staked or (slot.account, slot.symbol) not in staked
            rewards = folded.rewards.get((slot.account, slot.symbol), Decimal(0)) if earns else Decimal(0)
            least = slot.symbol in _REBASING and not slot.custody and not self._book.tells_balance
            yield Result(key, _holding(slots, quantity, folded, least=least), slot.symbol, rewards)


def _holding(slots: Sequence[Slot], quantity: Decimal, folded: Folded, *, least: bool) -> Holding:
    slot = slots[0]
    places = dict.fromkeys(s.place for s in slots if s.place and folded.balances[s])
    notes = []
    if slot.staked and places:
        notes.append(f"In {', '.join(places)} at {slot.account}.")
    if least:
        notes.append(_LEAST)
    return Holding(
        asset=slot.asset,
        quantity=quantity,
        name=f"Staked {slot.symbol}" if slot.staked else "",
        account=slot.account,
        custody=slot.custody,
        chain=slot.chain,
        protocol=slot.protocol,
        layer=slot.layer,
        operators=(slot.operator,) if slot.operator else (),
        opened_on=folded.opened[slot.key].date() if slot.key in folded.opened else None,
        notes="\n".join(notes),
    )


def _where(slot: Slot) -> str:
    return shown(slot.place or slot.account)


def _negative(slot: Slot, lines: Sequence[int]) -> Question:
    return Question(
        f"balance_negative:{slot.symbol}",
        f"The rows take more {shown(slot.symbol)} out of {_where(slot)} than has come in: the file is not "
        "whole, or something in it was read wrongly. Go on with it as it is?",
        lines=tuple(lines),
        choices=(GO_ON,),
        default=GO_ON,
    )
