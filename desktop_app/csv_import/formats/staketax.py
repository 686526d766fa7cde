"""StakeTax: its default file of transactions on Cosmos chains, Solana, Algorand and others."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns and types: hodgerpodger/staketaxcsv (2025-12-17), common/Exporter.py and common/ExporterTypes.py.
_FITS = layouts.ordered(
    "ledger",
    "timestamp=time,tx_type=type,received_amount=received,received_currency=received_asset,sent_amount=sent,"
    "sent_currency=sent_asset,fee=fee,fee_currency=fee_asset,comment,txid=id,url,exchange=place,"
    "wallet_address=account",
)

_NEEDS = ledger.needs(
    both=("trade",),
    received=("staking", "airdrop", "income", "borrow"),
    sent=("spend", "repay"),
)


def _legs(line: Line) -> Sequence[Leg]:
    """Return what a transaction moves; one that only informs still costs its fee."""
    kind, account = line.word("type"), line.text("account")
    if kind.startswith("_staking_"):
        line.warn(ledger.UNKNOWN_STAKE)
    reward = kind == "staking"
    legs = ledger.sides(line, _NEEDS.get(kind, ()), may_be_zero=reward)
    if not legs and not kind.startswith("_"):
        raise line.reject("quantity_missing", "received")
    return [leg._replace(account=account, reward=reward and leg.amount > 0) for leg in legs]


_RULES = Rules(_legs)

FORMAT = Format("staketax", "StakeTax", _FITS, partial(ledger.read, rules=_RULES))
