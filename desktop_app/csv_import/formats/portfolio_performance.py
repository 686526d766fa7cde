"""Portfolio Performance: the transactions of one of its accounts, in English and in German."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath

from desktop_app.csv_import import layouts, ledger, tickers
from desktop_app.csv_import.columns import number_column
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.judging import Judge
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.questions import Question

# Columns: portfolio-performance/portfolio (2026-08-08), datatransfer/csv/exporter/CSVExporter.java (later
# with an ex-date), messages.properties and messages_de.properties; types: model/labels_de.properties.
_REST = (
    "Type|Typ=type,Value|Wert=value,Transaction Currency|Buchungswährung,Gross Amount|Bruttobetrag,"
    "Currency Gross Amount|Währung Bruttobetrag,Exchange Rate|Wechselkurs,Fees|Gebühren,Taxes|Steuern,"
    "Shares|Stück=amount,ISIN=isin,WKN=wkn,Ticker Symbol|Ticker-Symbol=asset,"
    "Security Name|Wertpapiername=name,Note|Notiz=note"
)
_FITS = layouts.ordered("ledger", f"Date|Datum=time,{_REST}", f"Date|Datum=time,{{}},{_REST}")

_BUYS = frozenset({"buy", "kauf"})
_IN = frozenset({"delivery (inbound)", "einlieferung", "transfer (inbound)", "umbuchung (eingang)"})
_SELLS = frozenset({"sell", "verkauf"})
_OUT = frozenset({"delivery (outbound)", "auslieferung", "transfer (outbound)", "umbuchung (ausgang)"})
_MONEY = frozenset(
    (
        *("deposit", "removal", "dividend", "fees", "fees refund", "interest", "interest charge", "taxes"),
        *("tax refund", "einlage", "entnahme", "dividende", "gebühren", "gebührenerstattung", "zinsen"),
        *("zinsbelastung", "steuern", "steuerrückerstattung"),
    )
)
_REWARD = re.compile(r"\b(stak(e|ed|ing)|rewards?|belohnung(en)?|ertr(ag|äge))\b", re.IGNORECASE)
_CASH = (
    "Some rows are those of an account of money, where a purchase is a payment: the coins stand in the file "
    "of the securities account."
)


def read(table: Table) -> Reading:
    """Return the rows of an account; its values, always with two decimals, tell the decimal sign of all."""
    judge, at = Judge(table), table.fit.columns
    numbers = chain(judge.values("value"), judge.values("amount"))
    rule = number_column(table.names[at["amount"]], numbers, table.context.inquiry)
    legs = _Account(rule.question if not rule.decimal else "").legs
    return ledger.read(table, Rules(legs, date_format="YYYY-MM-DDTHH:MM", decimal=rule.decimal or "."))


@dataclass(frozen=True)
class _Account:
    waits: str
    """The question about the decimal sign, while it is open."""

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return what a row moves; quantities are always positive, the type tells the direction."""
        kind = line.word("type")
        if kind in _MONEY or (kind in _IN | _OUT and not line.text("amount") and not line.text("name")):
            return []
        if kind not in _BUYS | _IN | _SELLS | _OUT:
            raise line.reject("type_unknown", "type")
        if tickers.is_security(line.text("isin"), line.text("wkn")):
            raise line.skip("not_crypto", "isin")
        asset = tickers.coin(line.text("asset")) or line.asset("name")
        if self.waits:
            line.waits.append(self.waits)
            return []
        value = line.amount_if("value", code="price_invalid") or 0
        if (kind in _BUYS and value < 0) or (kind in _SELLS and value > 0):
            line.warn(_CASH)
            return []
        amount = abs(line.moving())
        return [Leg(asset, amount if kind in _BUYS | _IN else -amount, reward=kind in _IN and _earned(line))]


def _earned(line: Line) -> bool:
    """Tell whether a delivery is a reward, of which only the note speaks."""
    if not _REWARD.search(line.text("note")):
        return False
    question = Question(
        "delivery_reward",
        "The notes of some deliveries speak of staking or rewards: are these rewards?",
        stops=False,
        choices=("reward", "delivery"),
        default="reward",
    )
    return line.ask(question) == "reward"


def _account(file_name: str) -> str:
    """Return the account: the program writes one file for each, under its name."""
    return PurePath(file_name).stem.strip()


FORMAT = Format("portfolio_performance", "Portfolio Performance", _FITS, read, account_in=_account)
