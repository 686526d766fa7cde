"""Binance: its statement, the one export that has everything; the others are refused with that advice."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Statement: rotki/rotki, rotkehlchen/tests/data/binance_history.csv, issues 7647 and 10979; the others:
# BittyTax/BittyTax, conv/parsers/binance.py.
_OTHERS = (
    "is another export of Binance, which has only a part of what happened; export the statement "
    "(Transaction History, all accounts) instead."
)
_FITS = layouts.either(
    layouts.ordered(
        "ledger",
        "User_ID,UTC_Time=time,Account=place,Operation=type,Coin=asset,Change=amount,Remark=remark",
        "UTC_Time=time,Account=place,Operation=type,Coin=asset,Change=amount,Remark=remark",
    ),
    layouts.ordered(
        "reference",
        "Date(UTC),Pair,Side,Price,Executed,Amount,Fee",
        "Date(UTC),Market,Type,Price,Amount,Total,Fee,Fee Coin",
        "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status",
        "Date(UTC),Coin,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status",
        refusal=_OTHERS,
    ),
)

_REWARDS = ("rewards", "interest", "pos savings interest", "eth 2.0 staking rewards")
_LOCKING = frozenset(
    {
        *("pos savings purchase", "pos savings redemption", "staking purchase", "staking redemption"),
        *("simple earn locked subscription", "simple earn locked redemption"),
        *("simple earn flexible subscription", "simple earn flexible redemption"),
    }
)


def _legs(line: Line) -> Sequence[Leg]:
    """Return the signed change of a coin in an account, whatever the operation is called."""
    kind, place = line.word("type"), line.text("place")
    asset = line.asset()
    amount = line.amount(asset=asset)
    return [
        Leg(
            asset,
            amount,
            place,
            staked=place.lower() in {"earn", "staking"},
            reward=amount > 0 and kind.endswith(_REWARDS),
            lock=kind in _LOCKING,
        )
    ]


_RULES = Rules(_legs, repeated_are_real=True)

FORMAT = Format("binance", "Binance", _FITS, partial(ledger.read, rules=_RULES), exchange=True)
