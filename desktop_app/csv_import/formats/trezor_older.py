"""Trezor Suite, its older list: the transactions of one account, whose coin only the file's name tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from desktop_app.csv_import import cells, dates, layouts, ledger
from desktop_app.csv_import.columns import DateColumn, date_column
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.judging import Judge
from desktop_app.csv_import.ledger import Leg, Line, Rules
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
    name = table.names[table.fit.columns["time"]]
    values = ((line, _plain(cell)) for line, cell in Judge(table).values("time"))
    days = date_column(name, values, table.context.today, table.context.inquiry)
    named = _NAMED.search(table.context.file_name)
    rules = Rules(
        _Account(named[1].upper() if named else "", days).legs,
        moment=lambda cell: dates.moment(_plain(cell), days.order or "dmy"),
        date_format=", ".join(days.forms),
        identity=("id",),
        nth=True,
    )
    return ledger.read(table, rules)


def _plain(cell: str) -> str:
    """Return a moment without the comma that some languages put between day and clock."""
    return cells.clean(cell).replace(",", "")


@dataclass(frozen=True)
class _Account:
    coin: str
    days: DateColumn

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return the total of a row, signed, and the fee, which stands beside it and is the sender's."""
        kind = line.word("type")
        if kind not in {"recv", "sent", "self", "failed"}:
            raise line.reject("type_unknown", "type")
        coin = self.coin or line.ask(_question(), lambda text: bool(text.strip()))
        if self.days.question and dates.orders(_plain(line.text("time"))):
            line.waits.append(self.days.question)
        amount, fee = abs(line.amount("amount", coin or "")), line.fee("fee", coin or "")
        if not coin:
            return []
        leg = partial(Leg, coin.strip().upper())
        if kind == "recv":
            return [leg(abs(line.moving("amount", coin)))]
        return [leg(-out) for out in ([amount, fee] if kind == "sent" else [fee]) if out]


def _question() -> Question:
    return Question(
        "coin",
        "This older list of Trezor Suite does not say which coin it is of, nor does the file's name. Which "
        "is it?",
        choices=tuple(_COINS[:3]),
    )


FORMAT = Format("trezor_older", "Trezor Suite, older list", _FITS, read)
