"""Portfolio Performance: its statement of assets, in English and in German, with what columns it has."""

from dataclasses import replace
from decimal import Decimal
from itertools import chain

from desktop_app.csv_import import cells, layouts, snapshots, tickers
from desktop_app.csv_import.columns import number_column
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.judging import Judge, asset_cell, column_uses
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row, Unfit, Verdict
from desktop_app.csv_import.snapshots import Balances

# Columns and rows: portfolio-performance/portfolio (2026-08-08), ui/views/StatementOfAssetsViewer.java and
# ui/util/TableViewerCSVExporter.java; only coins and securities have a quantity there.
_FITS = layouts.any_order(
    "snapshot",
    ("Shares|Bestand=quantity", "Name=name", "Market Value|Marktwert=value"),
    (
        "Symbol|Ticker Symbol|Ticker-Symbol=asset",
        "Quote|Kurs=price",
        "Share in %|Anteil in %=share",
        "ISIN=isin",
        "WKN=wkn",
    ),
)


def read(table: Table) -> Reading:
    """Return the balances; the values, always with two decimals, tell the decimal sign of the whole file."""
    judge = Judge(table)
    reader = _AssetReader(table, judge, snapshots.day_of(table.context))
    written = chain(judge.values("value"), judge.values("share"), judge.values("quantity"))
    name = table.names[table.fit.columns["quantity"]]
    reader.numbers = number_column(name, written, table.context.inquiry)
    rows = judge.rows(reader.row)
    uses = column_uses(table, {"quantity": (reader.numbers.decimal or None, None)})
    return Reading(rows, uses, tuple(reader.warnings))


class _AssetReader(Balances):
    """Reads one row after the other; groups and accounts of money have no quantity."""

    def row(self, record: Record, number: int) -> Row:
        """Return the holding of a row. Raises Unfit where it cannot come in or is no holding."""
        texts, ticker = record.cells, self._text(record, "asset")
        if not ticker and not self._text(record, "quantity"):
            raise Unfit("group", self.name("name"), self._text(record, "name"), Verdict.SKIP)
        if tickers.is_security(self._text(record, "isin"), self._text(record, "wkn")):
            raise Unfit("not_crypto", verdict=Verdict.SKIP)
        field = "asset" if ticker else "name"
        asset = tickers.coin(asset_cell(texts[self.at[field]], self.name(field)))
        identity = self.table.context.tokens.identify(asset, "", record.line)
        if waits := self.numbers.question if not self.numbers.decimal else "":
            return Row(
                record.line,
                number,
                Verdict.ASK,
                asset=asset,
                symbol=identity.symbol,
                waits=(waits,),
                amount=cells.shown(self._text(record, "quantity")),
                whose=self.account,
            )
        day = self.day(texts)
        held = self.holding(identity, self.quantity(texts, asset), day)
        price = self._price(texts)
        priced_on = None if price is None else day
        held = replace(held, unit_price=price, priced_on=priced_on)
        return self.row_of(record, number, asset, identity, held)

    def _text(self, record: Record, field: str) -> str:
        text = cells.clean(record.cells[self.at[field]]) if field in self.at else ""
        return "" if cells.is_missing(text) else text

    def _price(self, texts: list[str]) -> Decimal | None:
        """Return the price if its cell names the portfolio's currency; the program leaves its own out."""
        if "price" not in self.at:
            return None
        price, currency = self.price(texts, "price")
        if price is not None and currency != self.table.context.currency:
            self.warn("Some prices do not name the portfolio's currency; they are left empty.")
            return None
        return price


FORMAT = Format("portfolio_performance_assets", "Portfolio Performance's assets", _FITS, read)
