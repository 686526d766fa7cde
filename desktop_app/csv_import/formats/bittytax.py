"""BittyTax: its transaction records, with the original rows to the right of them or without."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns and types: BittyTax/BittyTax (2026-07-17), conv/output_csv.py and bt_types.py.
_FITS = layouts.ordered(
    "ledger",
    "Type=type,Buy Quantity=received,Buy Asset=received_asset,Buy Value in {},Sell Quantity=sent,"
    "Sell Asset=sent_asset,Sell Value in {},Fee Quantity=fee,Fee Asset=fee_asset,Fee Value in {},"
    "Wallet=account,Timestamp=time,Note",
)

_STAKED = "staked"
_REWARDS = frozenset({"staking-reward", "staking", "interest"})
_NEEDS = ledger.needs(
    both=("trade", "swap"),
    received=("deposit", "unstake", "mining", "dividend", "income", "gift-received", "airdrop", *_REWARDS),
    sent=("withdrawal", "stake", "spend", "gift-sent", "gift-spouse", "charity-sent", "lost"),
)


def _legs(line: Line) -> Sequence[Leg]:
    """Return the legs of a record; what is staked stays, in a place that stakes."""
    kind, account = line.word("type"), line.text("account")
    found = ledger.sides(line, _NEEDS.get(kind, ()), may_be_zero=kind in _REWARDS)
    legs = [leg._replace(account=account) for leg in found]
    if not legs:
        raise line.reject("quantity_missing", "received")
    if kind in {"stake", "unstake"}:
        moved = legs[0]
        return [*legs, moved._replace(amount=-moved.amount, place=_STAKED, staked=True)]
    return [leg._replace(reward=leg.amount > 0 and kind in _REWARDS) for leg in legs]


_RULES = Rules(_legs)

FORMAT = Format("bittytax", "BittyTax", _FITS, partial(ledger.read, rules=_RULES))
