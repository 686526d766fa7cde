"""Coinbase: its list of transactions, under a few lines about the user, which are not kept."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from desktop_app.csv_import import layouts, ledger, numbers
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Rows: dickwolff/Export-To-Ghostfolio, samples/coinbase-export.csv; types and older layouts:
# BittyTax/BittyTax, conv/parsers/coinbase.py.
_REQUIRED = ("Timestamp=time", "Transaction Type=type", "Asset=asset", "Quantity Transacted=amount")
_FITS = layouts.any_order(
    "ledger",
    (
        *_REQUIRED,
        "Notes=notes",
        "Price at Transaction|Spot Price at Transaction|{} Spot Price at Transaction=price",
    ),
    ("ID=id",),
)

_IN = frozenset(
    {
        *("buy", "receive", "staking income", "reward income", "rewards income", "inflation reward"),
        *("learning reward", "deposit", "advanced trade buy", "coinbase earn", "advance trade buy"),
    }
)
_OUT = frozenset({"sell", "send", "withdrawal", "advanced trade sell", "advance trade sell"})
_REWARDS = frozenset({"staking income", "reward income", "rewards income", "inflation reward"})
_INSIDE = frozenset({"retail staking transfer", "retail unstaking transfer", "vault withdrawal"})
_SIGNED = frozenset({"asset migration", "retail eth2 deprecation"})
_CONVERTED = re.compile(r"Converted (?P<sent>\S+) (?P<from>\S+) to (?P<received>\S+) (?P<to>\S+)")


def _legs(line: Line) -> Sequence[Leg]:
    """Return what a row moves by its type: the signs of the quantities are not reliable."""
    kind, written = line.word("type"), line.asset()
    asset, staked = ("ETH", True) if written == "ETH2" else (written, False)
    amount = line.amount(asset=written)
    if kind in _INSIDE:
        return []
    if kind in _SIGNED:
        return [Leg(asset, amount, staked=staked)]
    if kind not in _IN | _OUT | {"convert"}:
        raise line.reject("type_unknown", "type")
    if not amount and kind not in _REWARDS:
        raise line.reject("quantity_zero", "amount")
    if kind == "convert":
        return [Leg(asset, -abs(amount), staked=staked), _received(line)]
    sign = 1 if kind in _IN else -1
    return [Leg(asset, sign * abs(amount), staked=staked, reward=kind in _REWARDS)]


def _received(line: Line) -> Leg:
    """Return what a conversion brings in, which only its note tells."""
    match = _CONVERTED.search(line.text("notes"))
    amount: Decimal | None = numbers.parse(match["received"], ".") if match else None
    if match is None or amount is None:
        raise line.reject("type_unknown", "notes")
    if not amount:
        raise line.reject("quantity_zero", "notes")
    return Leg(match["to"], amount)


_RULES = Rules(_legs, date_format="YYYY-MM-DD HH:MM:SS UTC", identity=("id",))

FORMAT = Format("coinbase", "Coinbase", _FITS, partial(ledger.read, rules=_RULES), exchange=True)
