"""Wealthfolio: its list of activities."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns and types: afadil/wealthfolio (2026-04-27), apps/frontend/public/sample-import.csv and
# src/lib/constants.ts.
_FITS = layouts.ordered(
    "ledger",
    "date=time,type=type,symbol=asset,instrumentType=class,quantity=quantity,unit_price,currency,fee,amount,"
    "comment,fxRate,subtype=subtype",
    "date=time,type=type,symbol=asset,instrumentType=class,quantity=quantity,unit_price,currency,fee,amount",
)

_SIGNS = {"buy": 1, "deposit": 1, "transfer_in": 1, "sell": -1, "withdrawal": -1, "transfer_out": -1}
_NEUTRAL = frozenset({"dividend", "interest", "fee", "tax", "credit"})
_STOCKS = frozenset({"equity", "stock", "etf", "fund", "mutualfund", "bond", "option", "metal"})


def _legs(line: Line) -> Sequence[Leg]:
    """Return what an activity moves; a staking reward is interest that raises the quantity."""
    kind = line.word("type")
    reward = kind == "interest" and line.word("subtype") == "staking_reward"
    if kind not in _SIGNS and kind not in _NEUTRAL:
        raise line.reject("type_unknown", "type")
    if line.word("class") in _STOCKS:
        raise line.skip("not_crypto", "class")
    if (kind in _NEUTRAL and not reward) or line.text("asset").startswith("$CASH"):
        return []
    asset = line.asset()
    amount = abs(line.moving("quantity", asset))
    return [Leg(asset, amount if reward else _SIGNS[kind] * amount, reward=reward)]


_RULES = Rules(_legs, date_format="YYYY-MM-DD")

FORMAT = Format("wealthfolio_activities", "Wealthfolio activities", _FITS, partial(ledger.read, rules=_RULES))
