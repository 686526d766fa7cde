"""CoinLedger: its export, one row for each leg of a transaction."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns: rotki/rotki, rotkehlchen/data_import/importers/coinledger.py and its test data.
_FITS = layouts.ordered(
    "ledger",
    "Timestamp (UTC)=time,Type=type,Internal Id,Platform=platform,Account Name=account,Platform Id,"
    "Blockchain Id,Record Type=record,Asset=asset,Amount=amount,Description",
)


def _legs(line: Line) -> Sequence[Leg]:
    """Return the one leg of a row, whose amount is signed."""
    if line.word("record") not in {"credit", "debit", "platform fee"}:
        raise line.reject("type_unknown", "record")
    asset = line.asset()
    names = dict.fromkeys(filter(None, (line.text("platform"), line.text("account"))))
    amount = line.amount(asset=asset)
    reward = amount > 0 and line.word("type") in {"staking", "interest"}
    return [Leg(asset, amount, reward=reward, account=" ".join(names))]


_RULES = Rules(_legs, date_format="YYYY-MM-DDTHH:MM:SS.000")

FORMAT = Format("coinledger", "CoinLedger", _FITS, partial(ledger.read, rules=_RULES))
