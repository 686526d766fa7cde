"""Trezor Suite, its older list: the transactions of one account, whose coin only the file's name tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from desktop_app.csv_import import layouts, ledger, moments, numbers
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.moments import Moments
from desktop_app.csv_import.questions import Question

# Columns, types, and that the file's name tells the coin ("export-btc-20210213.csv"): BittyTax/BittyTax,
# conv/parsers/trezorsuite.py. The coins are those that Trezor Suite knew then.
_FITS = layouts.ordered(
    "ledger", "Date & Time=time,Type=type,Transaction ID=id,Addresses,Fee=fee,Total=amount"
)
_COINS = ["BTC", "ETH", "LTC", "ETC", "XRP", "BCH", "BTG", "DASH", "DGB", "DOGE", "NMC", "VTC", "ZEC", "ADA"]
_NAMED = re.compile(rf"(?:^|[-_ ])({'|'.join(_COINS)})(?=[-_. ])", re.IGNORECASE)


def read(table: Table) -> Reading:
    """Return the rows of an account; the order of day and month is decided from all of them."""
    days = moments.of(table)
    named = _NAMED.search(table.context.file_name)
    rules = Rules(
        _Account(named[1].upper() if named else "", days).legs,
        moment=days.read,
        date_format=days.date_format,
        identity=("id",),
        nth=True,
    )
    return ledger.read(table, rules)


@dataclass(frozen=True)
class _Account:
    coin: str
    days: Moments

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return the total of a row, signed, and the fee, which stands beside it and is the sender's."""
        kind = line.word("type")
        if kind not in {"recv", "sent", "self", "failed"}:
            raise line.reject("type_unknown", "type")
        coin = self.coin or _unit(line) or line.ask(_question(), lambda text: bool(text.strip()))
        self.days.wait(line)
        amount, fee = abs(line.amount("amount", coin or "")), line.fee("fee", coin or "")
        if not coin:
            return []
        leg = partial(Leg, coin.strip().upper())
        if kind == "recv":
            return [leg(abs(line.moving("amount", coin)))]
        return [leg(-out) for out in ([amount, fee] if kind == "sent" else [fee]) if out]


def _unit(line: Line) -> str:
    """Return the coin that stands beside the amount, "" for a bare number."""
    split = numbers.without_unit(line.text("amount"))
    return split[1] if split else ""


def _question() -> Question:
    return Question(
        "coin",
        "This older list of Trezor Suite does not say which coin it is of, nor does the file's name. Which "
        "is it?",
        choices=tuple(_COINS[:3]),
    )


FORMAT = Format("trezor_older", "Trezor Suite, older list", _FITS, read)
