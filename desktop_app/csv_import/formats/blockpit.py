"""Blockpit: its export and its template for imports."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import dates, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Export: rotki/rotki, rotkehlchen/data_import/importers/blockpit.py and its test data; template:
# hodgerpodger/staketaxcsv, common/ExporterTypes.py.
_FITS = layouts.ordered(
    "ledger",
    "Blockpit ID,Timestamp=time,Source Type,Source Name=account,Integration,Transaction Type=type,"
    "Outgoing Asset=sent_asset,Outgoing Amount=sent,Incoming Asset=received_asset,Incoming Amount=received,"
    "Fee Asset=fee_asset,Fee Amount=fee,Transaction ID,Note,Merge ID",
    "Date (UTC)=time,Integration Name=account,Label=type,Outgoing Asset=sent_asset,Outgoing Amount=sent,"
    "Incoming Asset=received_asset,Incoming Amount=received,Fee Asset (optional)=fee_asset,"
    "Fee Amount (optional)=fee,Comment (optional),Trx. ID (optional)",
)

_REWARDS = frozenset({"staking", "lending"})
_NEEDS = ledger.needs(
    both=("trade",),
    received=("deposit", "airdrop", "bounties", "nontaxablein", "margin_trading_profit", *_REWARDS),
    sent=("withdrawal", "nontaxableout", "margin_trading_loss"),
)


def _legs(line: Line) -> Sequence[Leg]:
    """Return what comes in, what goes out and the fee, at the source that the row names."""
    kind, account = line.word("type"), line.text("account")
    reward = kind in _REWARDS
    legs = ledger.sides(line, _NEEDS.get(kind, ()), may_be_zero=reward)
    if not legs:
        raise line.reject("quantity_missing", "received")
    return [leg._replace(account=account, reward=reward and leg.amount > 0) for leg in legs]


_RULES = Rules(_legs, moment=partial(dates.moment, order="dmy"), date_format="DD.MM.YYYY HH:MM")

FORMAT = Format("blockpit", "Blockpit", _FITS, partial(ledger.read, rules=_RULES))
