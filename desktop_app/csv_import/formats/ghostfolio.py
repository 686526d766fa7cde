"""Ghostfolio: its list of activities."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import dates, layouts, ledger, moments
from desktop_app.csv_import.format import Fit, Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.questions import Question

# Names: ghostfolio/ghostfolio (2026-08-22), apps/client/src/app/services/import-activities.service.ts;
# actions, dates and rewards as buys for nothing: test/import and issue 872.
_NAMES = (
    "Date|TradeDate=time",
    "Code|Symbol|Ticker=asset",
    "Quantity|Qty|Shares|Units=quantity",
    "Action|Type|Buy/Sell=type",
    "UnitPrice|Price|TradePrice|Value=price",
)
_MONEY = ("Currency|Ccy=currency", "Fee|Commission|IbCommission=fee")
_ACCOUNT = ("Account|AccountId=account",)
_WITH_SOURCE = layouts.any_order("ledger", (*_NAMES, "DataSource=source"), (*_ACCOUNT, *_MONEY))
_WITHOUT = layouts.any_order("ledger", (*_NAMES, *_MONEY), (*_ACCOUNT, "Comment|Note=note"))


def fits(names: Sequence[str]) -> Fit | None:
    """Fit a header that names the data source, or one that has none but the names the program looks for."""
    bare = _WITHOUT(names)
    return _WITH_SOURCE(names) or (bare if bare and len(bare.columns) == len(names) else None)


def read(table: Table) -> Reading:
    """Return the rows; only a file that names its data source is surely the program's, with the day first."""
    if "source" in table.fit.columns:
        moment, date_format = partial(dates.moment, order="dmy"), "DD-MM-YYYY"
        return ledger.read(table, Rules(_legs, moment=moment, date_format=date_format))
    days = moments.of(table)

    def legs(line: Line) -> Sequence[Leg]:
        days.wait(line)
        return _legs(line)

    return ledger.read(table, Rules(legs, moment=days.read, date_format=days.date_format))


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


FORMAT = Format("ghostfolio", "Ghostfolio", fits, read)
