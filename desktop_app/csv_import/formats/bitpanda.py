"""Bitpanda: its list of transactions, under several lines of preamble."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Layouts and types: BittyTax/BittyTax, conv/parsers/bitpanda.py. Staking has types of its own, whose names
# no source confirms: they are rejected by name.
_NOW = layouts.any_order(
    "ledger",
    (
        "Transaction ID=id",
        "Timestamp=time",
        "Transaction Type=type",
        "In/Out=direction",
        "Amount Asset=amount",
        "Asset=asset",
        "Asset class=class",
        "Fee=fee",
        "Fee asset=fee_asset",
    ),
    ("Amount Fiat=money_amount", "Fiat=money"),
)
_BEFORE = layouts.ordered(
    "ledger",
    "ID,Type,In/Out,Amount Fiat,Fee,Fiat,Amount Asset,Asset,Status,Created at",
    refusal="is Bitpanda's older list with several tables in one file; export it from Bitpanda again.",
)
_FITS = layouts.either(_NOW, _BEFORE)

_STOCKS = frozenset({"stock (derivative)", "stock", "etf (derivative)", "etf", "metal", "commodity"})


def _legs(line: Line) -> Sequence[Leg]:
    """Return what a row moves and the fee; rows of money alone have no asset."""
    kind = line.word("type")
    if kind not in {"buy", "sell", "deposit", "withdrawal"}:
        raise line.reject("type_unknown", "type")
    if line.word("class") in _STOCKS:
        raise line.skip("not_crypto", "class")
    asset = line.text("asset") or line.text("money")
    if line.word("class") == "fiat" or not line.text("amount"):
        if kind in {"buy", "sell"}:
            raise line.reject("quantity_missing", "amount")
        return []
    amount = abs(line.moving(asset=asset))
    legs = [Leg(line.asset(), amount if kind in {"buy", "deposit"} else -amount)]
    if fee := line.fee("fee", line.text("fee_asset")):
        legs.append(Leg(line.asset("fee_asset"), -abs(fee)))
    return legs


_RULES = Rules(_legs, date_format="YYYY-MM-DDTHH:MM:SS±HH:MM", identity=("id",), nth=True)

FORMAT = Format("bitpanda", "Bitpanda", _FITS, partial(ledger.read, rules=_RULES), exchange=True)
