"""CoinTracker: its template and its export of transactions."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import dates, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Template: support.cointracker.io, article 4413071299729; the export and its types: BittyTax/BittyTax,
# conv/parsers/cointracker.py.
_FITS = layouts.either(
    layouts.ordered(
        "ledger",
        "Date=time,Received Quantity=received,Received Currency=received_asset,Sent Quantity=sent,"
        "Sent Currency=sent_asset,Fee Amount=fee,Fee Currency=fee_asset,Tag=tag",
    ),
    layouts.any_order(
        "ledger",
        (
            "Date=time",
            "Type=type",
            "Transaction ID=id",
            "Received Quantity=received",
            "Received Currency=received_asset",
            "Received Wallet=to",
            "Sent Quantity=sent",
            "Sent Currency=sent_asset",
            "Sent Wallet=from",
            "Fee Amount=fee",
            "Fee Currency=fee_asset",
        ),
        ("Ignored=ignored",),
    ),
)

_REWARDS = frozenset({"staking_reward", "staked", "staking", "interest_payment"})
_NEEDS = ledger.needs(
    both=("buy", "sell", "trade", "transfer"),
    received=("receive", "income", "airdrop", *_REWARDS),
    sent=("send",),
)


def _legs(line: Line) -> Sequence[Leg]:
    """Return what is received, sent and paid as a fee, each at its wallet; spam is left out."""
    kind = line.word("type") or line.word("tag")
    if kind == "spam" or line.word("ignored") in {"true", "yes"}:
        raise line.skip("spam", "type")
    legs = ledger.sides(line, _NEEDS.get(kind, ()), may_be_zero=kind in _REWARDS)
    if not legs:
        raise line.reject("quantity_missing", "received")
    sender = line.text("from") or line.text("to")
    receiver = line.text("to") or line.text("from")
    return [
        leg._replace(
            account=receiver if leg.amount > 0 else sender, reward=leg.amount > 0 and kind in _REWARDS
        )
        for leg in legs
    ]


_RULES = Rules(
    _legs,
    moment=partial(dates.moment, order="mdy"),
    date_format="MM/DD/YYYY HH:MM:SS",
    identity=("id",),
    nth=True,
)

FORMAT = Format("cointracker", "CoinTracker", _FITS, partial(ledger.read, rules=_RULES))
