"""Bitpanda: its list of transactions, under several lines of preamble."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Layouts and types: BittyTax/BittyTax, conv/parsers/bitpanda.py, also for the list of before, which names no
# asset of a fee: it is that of a withdrawal, and money of a trade. Staking has types of its own, whose names
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
    "ID=id,Type=type,In/Out=direction,Amount Fiat=money_amount,Fee=fee,Fiat=money,Amount Asset=amount,"
    "Asset=asset,Status=status,Created at=time",
)
_FITS = layouts.either(_NOW, _BEFORE)

_FAILED = frozenset({"canceled", "cancelled", "failed", "error"})
_METALS = frozenset({"XAU", "XAG", "XPD", "XPT"})
_STOCKS = frozenset({"stock (derivative)", "stock", "etf (derivative)", "etf", "metal", "commodity"})


def _legs(line: Line) -> Sequence[Leg]:
    """Return what a row moves and the fee; rows of money alone have no asset."""
    is_before = line.has("status")
    if is_before and line.word("status") != "finished":
        raise line.skip("failed" if line.word("status") in _FAILED else "not_settled", "status")
    kind = line.word("type")
    if kind not in {"buy", "sell", "deposit", "withdrawal"}:
        raise line.reject("type_unknown", "type")
    if line.word("class") in _STOCKS:
        raise line.skip("not_crypto", "class")
    if is_before and line.text("asset").upper() in _METALS:
        raise line.skip("not_crypto", "asset")
    if _is_money(line, kind, zero=is_before):
        return []
    amount = abs(line.moving(asset=line.text("asset") or line.text("money")))
    legs = [Leg(line.asset(), amount if kind in {"buy", "deposit"} else -amount)]
    of_fee = "fee_asset" if not is_before else "asset" if kind == "withdrawal" else ""
    if of_fee and (fee := line.fee("fee", line.text(of_fee))):
        legs.append(Leg(line.asset(of_fee), -abs(fee)))
    return legs


def _is_money(line: Line, kind: str, *, zero: bool) -> bool:
    """Tell whether a row moves money alone, which a trade cannot; ``zero``: the amount may then be 0."""
    of_money = line.word("class") == "fiat" or not line.text("amount")
    if of_money and kind in {"buy", "sell"}:
        raise line.reject("quantity_missing", "amount")
    return of_money or (zero and kind in {"deposit", "withdrawal"} and line.amount("amount") == 0)


_RULES = Rules(_legs, date_format="YYYY-MM-DDTHH:MM:SS±HH:MM", identity=("id",), nth=True)

FORMAT = Format("bitpanda", "Bitpanda", _FITS, partial(ledger.read, rules=_RULES), exchange=True)
