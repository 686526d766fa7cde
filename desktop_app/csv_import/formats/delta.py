"""Delta: its list of transactions, of coins and of stocks."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from desktop_app.csv_import import dates, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns and ways: support.delta.app, article 8001646; rows: dickwolff/Export-To-Ghostfolio,
# samples/delta-export.csv.
_FITS = layouts.ordered(
    "ledger",
    "Date=time,Way=type,Base amount=amount,Base currency (name)=asset,Base type=class,Quote amount=quote,"
    "Quote currency=quote_asset,Exchange,Sent/Received from=from,Sent to,Fee amount=fee,"
    "Fee currency (name)=fee_asset,Broker,Notes",
)

_SIGNS = {"buy": 1, "deposit": 1, "sell": -1, "withdraw": -1}
_STOCKS = frozenset({"stock", "fund", "index", "commodity"})


_ZONED = re.compile(r"(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})$")
_WEEKDAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ")
_LOCAL = "Some times of this file are local and name no zone; they are read as UTC."


def _legs(line: Line) -> Sequence[Leg]:
    """Return what the base and the quote move, all in one place, and the fee."""
    kind = line.word("type")
    if line.word("class") in _STOCKS:
        raise line.skip("not_crypto", "class")
    if kind not in {*_SIGNS, "transfer", "dividend"}:
        raise line.reject("type_unknown", "type")
    if not _ZONED.search(line.text("time")):
        line.warn(_LOCAL)
    asset = ledger.ticker(line.asset())
    legs = []
    if kind in _SIGNS:
        reward = kind == "deposit" and line.word("from") == "dividends"
        amount = abs(line.amount(asset=asset) if reward else line.moving(asset=asset))
        legs.append(Leg(asset, _SIGNS[kind] * amount, reward=reward))
        if kind in {"buy", "sell"}:
            paid = line.moving("quote", line.text("quote_asset"))
            legs.append(Leg(ledger.ticker(line.asset("quote_asset")), -_SIGNS[kind] * abs(paid)))
    if fee := line.fee("fee", line.text("fee_asset")):
        legs.append(Leg(ledger.ticker(line.asset("fee_asset")), -abs(fee)))
    return legs


def _moment(text: str) -> datetime | None:
    """Return a moment in ISO 8601, or as mails have it: "Thu, 01 Jun 2023 19:31:54 +0000"."""
    return dates.moment(_WEEKDAY.sub("", text))


_RULES = Rules(_legs, moment=_moment, date_format="YYYY-MM-DD HH:MM:SS±HH:MM")

FORMAT = Format("delta", "Delta", _FITS, partial(ledger.read, rules=_RULES))
