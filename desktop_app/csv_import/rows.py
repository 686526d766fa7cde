"""A row of the file with its verdict: what comes in, what does not, and why, in one sentence."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from desktop_app.csv_import import numbers
from desktop_app.csv_import.cells import clean, shown
from desktop_app.csv_import.entries import Entry
from desktop_app.domain.stacks import Holding


class Verdict(StrEnum):
    """What happens to a row: ``accept`` changes no position (money), ``duplicate`` is stored already."""

    ADD = "add"
    UPDATE = "update"
    ACCEPT = "accept"
    SKIP = "skip"
    DUPLICATE = "duplicate"
    REJECT = "reject"
    ASK = "ask"


ACCEPT, ADD, ASK = Verdict.ACCEPT, Verdict.ADD, Verdict.ASK
"""Looked up once, for what is done with every row: a member of an enumeration is slow to find."""

ACCEPTED = frozenset({Verdict.ADD, Verdict.UPDATE, Verdict.ACCEPT})
SKIPPED = frozenset({Verdict.SKIP, Verdict.DUPLICATE})


class Change(NamedTuple):
    """A field in which a row differs from its position, in words: "status active → closed"."""

    field: str
    text: str


REASONS = {
    # rejected
    "account_missing": "The cell in “{column}” is empty: which account is it?",
    "asset_missing": "The cell in “{column}” is empty: which asset is it?",
    "asset_invalid": "“{value}” cannot be the symbol or address of an asset.",
    "quantity_missing": "The cell in “{column}” is empty: how much is it?",
    "quantity_invalid": "“{value}” in “{column}” is not a number.",
    "quantity_zero": "The quantity is zero; the row must hold or move something.",
    "quantity_negative": "The quantity “{value}” is negative; a holding must be positive.",
    "unit_contradicts": "“{value}” in “{column}” is in another unit than the asset of the row.",
    "decimal_minority": "“{value}” does not fit the decimal sign of column “{column}”.",
    "fee_invalid": "“{value}” in “{column}” is not a fee.",
    "price_invalid": "“{value}” in “{column}” is not a price.",
    "rate_invalid": "“{value}” in “{column}” is not a rate in per cent.",
    "date_missing": "The cell in “{column}” is empty: which day is it?",
    "date_invalid": "“{value}” in “{column}” is not a date.",
    "date_out_of_range": "“{value}” in “{column}” is in the future or before 2009-01-03.",
    "type_unknown": "“{value}” in “{column}” is not a kind of row that can be read.",
    "address_invalid": "“{value}” in “{column}” is not an address.",
    "not_own": "Neither side of the row is the file's own address.",
    "nothing_to_split": "“{value}” is split, but the rows before that day do not lead to any of it.",
    "status_unknown": "“{value}” is not one of active, pending, unbonding, withdrawable, closed.",
    "row_short": "The row has fewer cells than the header; it may be cut off.",
    "row_long": "The row has more cells than the header; a separator inside a cell needs quotes.",
    "cell_too_long": "A cell in “{column}” has more than 32,767 characters.",
    "control_character": "There is a control character in “{column}”.",
    # skipped
    "blank": "The row is blank.",
    "header": "It repeats the header.",
    "total": "This is the sum under the table, or stands below it.",
    "group": "It is a group or an account of money: no quantity stands in it.",
    "zero": "The amount is zero.",
    "not_settled": "It is not settled yet and comes again later.",
    "failed": "It failed and moved nothing.",
    "not_asset": "It is equity, income or expense, not a holding.",
    "liability": "It is a debt, not a holding.",
    "nft": "It is an NFT.",
    "not_crypto": "It is a stock or a fund.",
    "spam": "The file marks it as spam.",
    "earlier_snapshot": "It belongs to an earlier snapshot of the same file.",
    "stored": "It is stored already.",
    "repeated": "It repeats another row, and you chose to keep one.",
    "kept": "What is stored is kept, as you chose.",
    "left_out": "You left it out.",
}
_SAME_IDENTITY = "An earlier row of the file has the same identity, “{value}”."


@dataclass(frozen=True, slots=True)
class Row:
    """One data row. ``line`` is the physical line it starts on, ``number`` counts data rows, both from 1.

    A data row that holds several assets is several rows with the same number, their ``part`` counted from 0.

    ``code``, ``column`` and ``value`` say why it does not come in. ``asset`` is as written, ``symbol`` the
    token's. ``place`` is "staked" or "held" where the file tells the two apart. A row of a ledger has an
    ``entry`` in place of a ``holding``. ``by_name``: the holding's name alone tells it from the others of its
    account. ``waits`` holds the codes of the questions that stop it. A row that matches a stored position
    names it in ``position``, ``before`` is the quantity stored there, ``changes`` are further fields in which
    they differ. A row without a holding has its ``amount`` as written and the account that it is of
    (``whose``), and one that does not come in names in ``wrong`` the field that ``column`` is the column of.
    """

    line: int
    number: int
    verdict: Verdict
    code: str = ""
    column: str = ""
    value: str = ""
    asset: str = ""
    symbol: str = ""
    holding: Holding | None = None
    place: str = ""
    entry: Entry | None = None
    waits: tuple[str, ...] = ()
    position: str | None = None
    before: Decimal | None = None
    amount: str = ""
    whose: str = ""
    wrong: str = ""
    changes: tuple[Change, ...] = ()
    part: int = 0
    by_name: bool = False

    @property
    def quantity(self) -> Decimal | None:
        """Return the quantity that the row holds, of a ledger what its only move brings (or takes)."""
        if self.entry is not None and len(self.entry.moves) == 1:
            return self.entry.moves[0].amount
        return self.holding.quantity if self.holding else None

    @property
    def account(self) -> str:
        """Return the account that the row belongs to."""
        if self.entry is not None:
            return self.entry.account
        return self.holding.account if self.holding else self.whose

    @property
    def opened_on(self) -> date | None:
        """Return the opening day, for a snapshot its own day."""
        return self.holding.opened_on if self.holding else None

    @property
    def reason(self) -> str:
        """Return why the row does not simply come in, as one sentence; "" if it does."""
        if self.code == "quantity_invalid" and numbers.is_out_of_range(clean(self.value)):
            return f"“{shown(self.value)}” in “{shown(self.column)}” is too large or has too many digits."
        if self.code:
            again = self.code == "stored" and self.value
            return (_SAME_IDENTITY if again else REASONS[self.code]).format(
                column=shown(self.column), value=shown(self.value)
            )
        if self.waits:
            return f"It waits for an answer to “{shown(self.waits[0])}”."
        if self.verdict is Verdict.ACCEPT:
            if self.entry is not None and not any(move.slot.money for move in self.entry.moves):
                return "It changes no holding."
            return "It is money: understood, but no position."
        return ""


Item = Row | Entry
"""A row of a ledger as it is kept: the entry where it simply comes in, else the row itself."""


def row_of(item: Item, number: int) -> Row:
    """Return a row of a ledger that is the ``number``-th of the file."""
    if isinstance(item, Row):
        return item
    moves = any(move.amount and not move.slot.money for move in item.moves)
    return Row(item.line, number, ADD if moves else ACCEPT, asset=item.asset, entry=item)


def unticked(row: Row) -> Row:
    """Return a row that the user leaves out, if there is anything to leave."""
    if row.holding is None and row.entry is None:
        return row
    return replace(row, verdict=Verdict.SKIP, code="left_out", waits=())


class Unfit(Exception):  # noqa: N818 - a verdict on a row, not an error
    """Ends the reading of a row with a verdict; caught where rows are judged."""

    def __init__(
        self, code: str, column: str = "", value: str = "", verdict: Verdict = Verdict.REJECT
    ) -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.value = value
        self.verdict = verdict

    def row(self, line: int, number: int) -> Row:
        """Return the row that this verdict ends."""
        return Row(line, number, self.verdict, self.code, self.column, self.value)
