"""Kraken: its ledgers, one row for each change of one coin in one wallet."""

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Layouts: BittyTax/BittyTax, conv/parsers/kraken.py, and rows quoted in its issues 153, 416 and 469.
_FITS = layouts.ordered(
    "ledger",
    "txid=id,refid=ref,time=time,type=type,subtype=subtype,aclass,asset=asset,amount=amount,fee=fee,"
    "balance=balance",
    "txid=id,refid=ref,time=time,type=type,subtype=subtype,aclass,asset=asset,wallet=wallet,amount=amount,"
    "fee=fee,balance=balance",
    "txid=id,refid=ref,time=time,type=type,subtype=subtype,aclass,subclass,asset=asset,wallet=wallet,"
    "amount=amount,fee=fee,balance=balance",
)

_SPOT = "spot / main"
_CODE = re.compile(r"(?P<coin>ETH2|[A-Z]+|[A-Z0-9]+?)(?:\d{0,3}(?P<ending>\.(?:S|M|P|F|B|HOLD)))?", re.ASCII)
_COINS = {
    "XBT": "BTC",
    "XXBT": "BTC",
    "XDG": "DOGE",
    "XXDG": "DOGE",
    **{f"X{coin}": coin for coin in ("ETH", "ETC", "LTC", "MLN", "REP", "XLM", "XMR", "XRP", "ZEC")},
}

_TYPES = frozenset(
    {
        *("deposit", "withdrawal", "trade", "spend", "receive", "transfer", "adjustment", "invite bonus"),
        *("staking", "dividend"),
    }
)
_EARN = frozenset({"reward", "allocation", "deallocation", "autoallocation", "migration"})
_TRANSFERS = frozenset(
    {"", "spottostaking", "spotfromstaking", "stakingtospot", "stakingfromspot", "spotfromfutures"}
)


class _Kind(NamedTuple):
    """What the words of a row say: which coin it is of, where that lies, and what happens to it."""

    asset: str
    place: str
    staked: bool
    reward: bool
    moves: bool


def _legs(line: Line) -> Sequence[Leg]:
    """Return the one leg of a row: its amount less the fee, which is Kraken's own cut of a reward."""
    if not line.text("id") and not line.text("balance"):
        raise line.skip("not_settled", "id")
    asset, place, staked, reward, moves = line.once(_kind, ("type", "subtype", "asset", "wallet"))
    if asset == "KFEE":
        return []
    amount = line.moving(asset=asset) if moves else line.amount(asset=asset)
    return [Leg(asset, ledger.net(amount, line.fee(asset=asset)), place, staked, reward)]


def _kind(line: Line) -> _Kind:
    kind, subtype = line.word("type"), line.word("subtype")
    if kind == "earn":
        known = subtype in _EARN
    else:
        known = kind in _TYPES and (kind != "transfer" or subtype in _TRANSFERS)
    if not known:
        raise line.reject("type_unknown", "subtype" if kind in ("earn", "transfer") else "type")
    place = _place(line.asset(), line.text("wallet"))
    reward = kind == "staking" or subtype == "reward"
    return _Kind(*place, reward, kind in ("deposit", "withdrawal"))


def _place(code: str, wallet: str) -> tuple[str, str, bool]:
    """Return the coin of a code, where it lies, and whether that is staked.

    Before there were wallets the code itself told what was staked: "DOT28.S", "ETH2".
    """
    match = _CODE.fullmatch(code)
    if match is None or (code == match["coin"] and code != "ETH2"):
        return _COINS.get(code, code), wallet or _SPOT, wallet.startswith("earn")
    coin = "ETH" if match["coin"] == "ETH2" else match["coin"]
    staked = wallet.startswith("earn") or coin != match["coin"] or match["ending"] in (".S", ".B")
    return _COINS.get(coin, coin), f"{wallet} {code}".strip(), staked


_RULES = Rules(_legs, identity=("id",))

FORMAT = Format("kraken", "Kraken", _FITS, partial(ledger.read, rules=_RULES), exchange=True)
