"""Delta: its list of transactions, of coins and of stocks."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns and ways: support.delta.app, article 8001646; rows: dickwolff/Export-To-Ghostfolio,
# samples/delta-export.csv.
_FITS = layouts.ordered(
    "ledger",
    "Date=time,Way=type,Base amount=amount,Base currency (name)=asset,Base type=class,Quote amount=quote,"
    "Quote currency=quote_asset,Exchange=account,Sent/Received from=from,Sent to,Fee amount=fee,"
    "Fee currency (name)=fee_asset,Broker,Notes",
)

_SIGNS = {"buy": 1, "deposit": 1, "sell": -1, "withdraw": -1}
_STOCKS = frozenset({"stock", "fund", "index", "commodity"})


def _legs(line: Line) -> Sequence[Leg]:
    """Return what the base and the quote move, all at the exchange of the row, and the fee."""
    kind = line.word("type")
    if line.word("class") in _STOCKS:
        raise line.skip("not_crypto", "class")
    if kind not in {*_SIGNS, "transfer", "dividend"}:
        raise line.reject("type_unknown", "type")
    asset, account = ledger.ticker(line.asset()), line.text("account")
    legs = []
    if kind in _SIGNS:
        amount = abs(line.moving(asset=asset))
        reward = kind == "deposit" and line.word("from") == "dividends"
        legs.append(Leg(asset, _SIGNS[kind] * amount, reward=reward, account=account))
        if kind in {"buy", "sell"}:
            legs.extend(_quote(line, -_SIGNS[kind], account))
    if fee := line.fee("fee", line.text("fee_asset")):
        legs.append(Leg(ledger.ticker(line.asset("fee_asset")), -abs(fee), account=account))
    return legs


def _quote(line: Line, sign: int, account: str) -> list[Leg]:
    """Return what the other side of a trade moves, which a row may leave out."""
    amount: Decimal | None = line.amount_if("quote", line.text("quote_asset"))
    if not amount:
        return []
    return [Leg(ledger.ticker(line.asset("quote_asset")), sign * abs(amount), account=account)]


_RULES = Rules(_legs, date_format="YYYY-MM-DD HH:MM:SS±HH:MM")

FORMAT = Format("delta", "Delta", _FITS, partial(ledger.read, rules=_RULES))
