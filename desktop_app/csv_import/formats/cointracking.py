"""CoinTracking: its table of trades, with values or without, and its form for imports."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.csv_import import layouts, ledger, moments
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.moments import Moments

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

_REWARDS = frozenset({"staking", "masternode", "interest income", "lending income"})
_NEEDS = ledger.needs(
    both=("trade",),
    received=(
        *("deposit", "income", "mining", "airdrop", "gift/tip", "gift / tip", "reward/bonus"),
        *("reward / bonus", "receive lp token", *_REWARDS),
    ),
    sent=("withdrawal", "spend", "other fee", "donation", "lost", "stolen", "return lp token"),
)


def read(table: Table) -> Reading:
    """Return the rows; dates with points have the day first, the order of others is the user's setting."""
    days = moments.of(table, lambda text: "." in text[:3])
    rules = Rules(_Trades(days).legs, moment=days.read, date_format=days.date_format or "DD.MM.YYYY HH:MM:SS")
    return ledger.read(table, rules)


@dataclass(frozen=True)
class _Trades:
    days: Moments

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return what is bought and sold: both are net, a fee on top has a row of its own ("Other Fee")."""
        kind, account = line.word("type"), line.text("account")
        may_be_zero = kind in _REWARDS or kind == "other fee"
        legs = ledger.sides(line, _NEEDS.get(kind, ()), may_be_zero=may_be_zero, fee_is_extra=False)
        if not legs:
            raise line.reject("quantity_missing", "received")
        self.days.wait(line)
        return [leg._replace(account=account, reward=leg.amount > 0 and kind in _REWARDS) for leg in legs]


FORMAT = Format("cointracking", "CoinTracking", _FITS, read)
