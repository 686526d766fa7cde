"""Ghostfolio: its list of activities."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import dates, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.questions import Question

# Names: ghostfolio/ghostfolio (2026-08-22), apps/client/src/app/services/import-activities.service.ts;
# actions, dates and rewards as buys for nothing: test/import and issue 872.
_FITS = layouts.any_order(
    "ledger",
    (
        "Date|TradeDate=time",
        "Code|Symbol|Ticker=asset",
        "DataSource=source",
        "Quantity|Qty|Shares|Units=quantity",
        "Action|Type|Buy/Sell=type",
        "UnitPrice|Price|TradePrice|Value=price",
    ),
    ("Account|AccountId=account", "Currency|Ccy=currency", "Fee|Commission|IbCommission=fee"),
)


def _legs(line: Line) -> Sequence[Leg]:
    """Return what a purchase or sale moves; signs carry no meaning in this format."""
    kind = line.word("type")
    if kind in {"fee", "interest", "dividend", "liability", "item"}:
        return []
    if kind not in {"buy", "sell"}:
        raise line.reject("type_unknown", "type")
    asset = line.asset()
    amount = abs(line.moving("quantity", asset))
    price = line.amount_if("price", code="price_invalid")
    reward = kind == "buy" and price == 0 and _is_reward(line)
    return [Leg(asset, amount if kind == "buy" else -amount, reward=reward, account=line.text("account"))]


def _is_reward(line: Line) -> bool:
    """Tell whether what was bought for nothing is a reward: the quantity grows in any case."""
    answer = line.context.inquiry.settle(
        Question(
            "zero_price_buy",
            "Some purchases have the price 0. Ghostfolio's users enter staking rewards so: are they rewards?",
            lines=(line.number,),
            stops=False,
            choices=("reward", "purchase"),
            default="reward",
        )
    )
    return answer != "purchase"


_RULES = Rules(
    _legs,
    moment=partial(dates.moment, order="dmy"),
    date_format="DD-MM-YYYY",
)

FORMAT = Format("ghostfolio", "Ghostfolio", _FITS, partial(ledger.read, rules=_RULES))
