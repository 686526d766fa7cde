"""CoinTracking: its table of trades, with values or without, and its form for imports."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import dates, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Tables: rotki/rotki, rotkehlchen/tests/data/cointracking_trades_list.csv; dickwolff/Export-To-Ghostfolio,
# samples/cointracking-export.csv; BittyTax/BittyTax, conv/parsers/cointracking.py. What the fee means:
# hodgerpodger/staketaxcsv, common/Exporter.py.
_FITS = layouts.ordered(
    "ledger",
    "Type=type,Buy=received,Cur.=received_asset,Sell=sent,Cur.=sent_asset,Fee,Cur.,Exchange=account,Group,"
    "Comment,Date=time",
    "Type=type,Buy=received,Cur.=received_asset,Value in BTC,Value in {},Sell=sent,Cur.=sent_asset,"
    "Value in BTC,Value in {},Spread,Exchange=account,Group,Date=time",
    "Type=type,Buy Amount=received,Buy Currency=received_asset,Sell Amount=sent,Sell Currency=sent_asset,"
    "Fee,Fee Currency,Exchange=account,Trade-Group,Comment,Date=time",
)

_TYPES = frozenset(
    {
        *("trade", "deposit", "withdrawal", "staking", "masternode", "income", "mining", "airdrop", "spend"),
        *("gift/tip", "reward/bonus", "other fee", "gift", "donation", "lost", "stolen", "interest income"),
        *("lending income", "reward / bonus", "gift / tip", "provide liquidity", "receive lp token"),
        *("remove liquidity", "return lp token"),
    }
)
_REWARDS = frozenset({"staking", "masternode", "interest income", "lending income"})


def _legs(line: Line) -> Sequence[Leg]:
    """Return what is bought and sold: both are net, a fee on top has a row of its own ("Other Fee")."""
    kind = line.word("type")
    if kind not in _TYPES:
        raise line.reject("type_unknown", "type")
    legs = ledger.sides(line, fee_is_extra=False)
    if not legs:
        raise line.reject("quantity_missing", "received")
    account = line.text("account")
    return [leg._replace(account=account, reward=leg.amount > 0 and kind in _REWARDS) for leg in legs]


_RULES = Rules(_legs, moment=partial(dates.moment, order="dmy"), date_format="DD.MM.YYYY HH:MM:SS")

FORMAT = Format("cointracking", "CoinTracking", _FITS, partial(ledger.read, rules=_RULES))
