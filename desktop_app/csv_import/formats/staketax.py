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


def _legs(line: Line) -> Sequence[Leg]:
    """Return what a transaction moves; one that only informs still costs its fee."""
    account, reward = line.text("account"), line.word("type") == "staking"
    if line.word("type").startswith("_staking_"):
        line.warn(ledger.UNKNOWN_STAKE)
    legs = ledger.sides(line)
    return [leg._replace(account=account, reward=reward and leg.amount > 0) for leg in legs]


_RULES = Rules(_legs)

FORMAT = Format("staketax", "StakeTax", _FITS, partial(ledger.read, rules=_RULES))
