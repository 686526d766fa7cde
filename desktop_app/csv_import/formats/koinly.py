"""Koinly: its universal and simple templates, the tax export and the file for bulk edits."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Templates: support.koinly.io, article 9489976; the tax export and its tags: BittyTax/BittyTax,
# conv/parsers/koinly.py; the date column under other names: hodgerpodger/staketaxcsv,
# common/ExporterTypes.py.
_DATES = ("Date", "Koinly Date", "Date (UTC)")
_FITS = layouts.ordered(
    "ledger",
    *(
        f"{date}=time,Sent Amount=sent,Sent Currency=sent_asset,Received Amount=received,"
        "Received Currency=received_asset,Fee Amount=fee,Fee Currency=fee_asset,Net Worth Amount,"
        "Net Worth Currency,Label=label,Description,TxHash"
        for date in _DATES
    ),
    *(f"{date}=time,Amount=amount,Currency=asset,Label=label,TxHash" for date in _DATES),
    *(
        f"{date}=time,Type=type,{label}=label,Sending Wallet=from,Sent Amount=sent,"
        "Sent Currency=sent_asset,Sent Cost Basis,Receiving Wallet=to,Received Amount=received,Received "
        "Currency=received_asset,"
        "Received Cost Basis,Fee Amount=fee,Fee Currency=fee_asset,Gain ({}),Net Value ({}),"
        "Fee Value ({}),TxSrc,TxDest,TxHash,Description"
        for label in ("Tag", "Label")
        for date in _DATES
    ),
    "ID (read-only)=id,Parent ID (read-only),Date (UTC)=time,Type=type,Tag=label,"
    "From Wallet (read-only)=from,From Wallet ID,From Amount=sent,From Currency=sent_asset,To Wallet "
    "(read-only)=to,To Wallet ID,"
    "To Amount=received,To Currency=received_asset,Fee Amount=fee,Fee Currency=fee_asset",
)

_REWARDS = frozenset({"reward", "staking", "staking reward"})
_NEEDS = ledger.needs(
    both=("exchange", "trade", "transfer"),
    received=("crypto_deposit", "fiat_deposit", "deposit", "buy"),
    sent=("crypto_withdrawal", "fiat_withdrawal", "withdrawal", "sell"),
)


def _legs(line: Line) -> Sequence[Leg]:
    """Return what is received, sent and paid as a fee, each at the wallet that the file names."""
    reward = line.word("label") in _REWARDS
    if line.has("amount"):
        amount = line.amount() if reward else line.moving()
        return [Leg(_coin(line.asset()), amount, reward=reward and amount > 0)]
    legs = [
        leg._replace(
            asset=_coin(leg.asset),
            account=_wallet(line, received=leg.amount > 0),
            reward=reward and leg.amount > 0,
        )
        for leg in ledger.sides(line, _NEEDS.get(line.word("type"), ()), may_be_zero=reward)
    ]
    if not legs:
        raise line.reject("quantity_missing", "received")
    return legs


def _coin(text: str) -> str:
    """Return the symbol of a currency: the bulk edit writes "WFLR;9546698" or "Flare (FLR);flare"."""
    name = text.partition(";")[0].strip()
    return name[name.rindex("(") + 1 : -1] if name.endswith(")") and "(" in name else name


def _wallet(line: Line, *, received: bool) -> str:
    """Return the wallet of a leg; a fee is paid by the wallet that sends, if there is one."""
    from_wallet, to_wallet = line.text("from"), line.text("to")
    return (to_wallet or from_wallet) if received else (from_wallet or to_wallet)


_RULES = Rules(_legs, date_format="YYYY-MM-DD HH:MM:SS UTC", identity=("id",))

FORMAT = Format("koinly", "Koinly", _FITS, partial(ledger.read, rules=_RULES))
