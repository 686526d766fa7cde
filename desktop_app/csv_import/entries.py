"""Entries: what the rows of a ledger move, where, when, and how a row is known again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

HELD, STAKED = "held", "staked"


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """Where coins lie: one token in one place of one account. Made once for each, so compared as itself.

    ``asset`` is what a position holds (an address with its ``chain``), ``symbol`` the token's. ``layer`` is
    "staking" where what is staked can be staked by itself. ``key`` identifies the position that the slot
    counts to, "" where it counts to none: money, or income of which no file tells the balance. ``custody``:
    the account keeps the coins. ``waits``: the open question.
    """

    account: str
    place: str
    asset: str
    symbol: str
    staked: bool = False
    layer: str = ""
    chain: str = ""
    protocol: str = ""
    operator: str = ""
    custody: bool = False
    money: bool = False
    key: str = ""
    waits: str = ""


class Move(NamedTuple):
    """An amount into a slot, or out of it if negative."""

    slot: Slot
    amount: Decimal
    reward: bool = False


class Entry(NamedTuple):
    """What a row does: its moment (UTC), its moves, and the balance of the first move's slot after it.

    ``identity`` is the file's own; where it gives none, or equal rows may share it, ``cells`` is a digest of
    the row. ``line`` is the one of the file on which it stands, 0 for what is no row: a balance there is
    what another file says was there before it. ``asset`` is that of the first move, as written.
    """

    moved_at: datetime
    moves: tuple[Move, ...]
    identity: str = ""
    balance: Decimal | None = None
    cells: str = ""
    line: int = 0
    asset: str = ""

    @property
    def account(self) -> str:
        """Return the account of the first move, "" if nothing moves."""
        return self.moves[0].slot.account if self.moves else ""


@dataclass(frozen=True, slots=True)
class Book:
    """How the rows of a ledger are folded.

    ``tells_balance``: the file has a running balance. ``trusts_balance``: that counts, the rows only explain
    it. ``repeated_are_real``: equal rows are no doubt. ``slots`` are those that the rows name, ``spellings``
    the file's own by symbol.
    """

    tells_balance: bool
    repeated_are_real: bool
    trusts_balance: bool
    slots: Collection[Slot]
    spellings: Mapping[str, str]
