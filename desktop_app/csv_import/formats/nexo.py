"""Nexo: its list of transactions, with input and output, before with one signed amount."""

from collections.abc import Sequence
from datetime import datetime

from desktop_app.csv_import import dates, layouts, ledger, numbers
from desktop_app.csv_import.cells import normal_name
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Layouts, types, codes of coins and the zone of older files: BittyTax/BittyTax, conv/parsers/nexo.py.
_SIDES = (
    "Transaction=id,Type=type,Input Currency=sent_asset,Input Amount=sent,Output Currency=received_asset,"
    "Output Amount=received,USD Equivalent,Details=details,"
)
_FITS = layouts.ordered(
    "ledger",
    f"{_SIDES}Date / Time|Date / Time (UTC)=time",
    f"{_SIDES}Outstanding Loan,Date / Time=time",
    "Transaction=id,Type=type,Currency=asset,Amount=amount,USD Equivalent,Details=details,Outstanding Loan,"
    "Date / Time=time",
    "Transaction=id,Type=type,Currency=asset,Amount=amount,Details=details,Outstanding Loan,Date / Time=time",
)

_COINS = {"NEXONEXO": "NEXO", "NEXOBNB": "NEXO", "NEXOBEP2": "NEXO", "BNBN": "BNB", "USDTERC": "USDT"}
_REWARDS = frozenset({"interest", "fixedterminterest", "interestadditional"})
_IN = frozenset(
    {
        *("deposit", "exchangedepositedon", "topupcrypto", "dividend", "referralbonus", "cashback"),
        *("exchangecashback", "bonus", "assimilation"),
    }
)
_OUT = frozenset(
    {
        *("withdrawal", "withdrawexchanged", "liquidation", "repayment", "manualrepayment"),
        "manualsellorder",
    }
)
_TRADES = frozenset({"exchange", "creditcardstatus", "exchangecollateral"})
_LOANS = frozenset({"withdrawalcredit", "loanwithdrawal"})
_INSIDE = frozenset(
    {
        *("administrator", "deposittoexchange", "exchangetowithdraw", "lockingtermdeposit"),
        *("unlockingtermdeposit", "transferin", "transferout"),
    }
)


def read(table: Table) -> Reading:
    """Return the rows; only the newer files give their times in UTC."""
    in_utc = normal_name(table.names[table.fit.columns["time"]]).endswith("(utc)")
    moment = dates.moment if in_utc else _in_zurich
    return ledger.read(table, Rules(_legs, moment=moment, identity=("id",), nth=True))


def _in_zurich(text: str) -> datetime | None:
    return dates.zoned(f"{text} Europe/Zurich")


def _legs(line: Line) -> Sequence[Leg]:
    """Return what a transaction moves; one that was rejected moves nothing."""
    details = line.word("details")
    if details.startswith("rejected"):
        raise line.skip("failed", "details")
    if details.startswith("pending"):
        raise line.skip("not_settled", "details")
    kind = line.word("type").replace(" ", "")
    if kind in _INSIDE:
        return []
    if kind in _LOANS:
        raise line.skip("liability", "type")
    if kind in _TRADES:
        return _trade(line)
    if kind in _REWARDS:
        return [_one(line, "received", reward=True)]
    if kind in _IN:
        leg = _one(line, "received")
        return [leg._replace(amount=abs(leg.amount))]
    if kind in _OUT:
        leg = _one(line, "sent")
        return [leg._replace(amount=-abs(leg.amount))]
    raise line.reject("type_unknown", "type")


def _one(line: Line, field: str, *, reward: bool = False) -> Leg:
    """Return a leg of one side, of older files of their only amount; interest on a loan is negative."""
    single = line.has("asset")
    asset = line.asset("asset" if single else f"{field}_asset")
    amount = line.moving("amount" if single else field, asset)
    return Leg(_COINS.get(asset, asset), amount, reward=reward and amount > 0)


def _trade(line: Line) -> list[Leg]:
    """Return both sides of an exchange, in older files "BTC/ETH" and "-0.1 / +2.5"."""
    if not line.has("asset"):
        sent, received = _one(line, "sent"), _one(line, "received")
        return [sent._replace(amount=-abs(sent.amount)), received._replace(amount=abs(received.amount))]
    coins, amounts = line.asset().split("/"), line.text("amount").split("/")
    values = [numbers.parse(amount.strip(), ".") for amount in amounts]
    if len(coins) != 2 or len(values) != 2 or None in values:
        raise line.reject("quantity_invalid", "amount")
    signed = zip(coins, (-1, 1), values, strict=True)
    return [Leg(_COINS.get(c, c), sign * abs(value)) for c, sign, value in signed if value is not None]


FORMAT = Format("nexo", "Nexo", _FITS, read, exchange=True)
