"""Wealthfolio: its holdings file, a snapshot (the latest day counts)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.csv_import import cells
from desktop_app.csv_import.columns import DateColumn
from desktop_app.csv_import.format import Fit, Format, Reading, Table
from desktop_app.csv_import.judging import Judge, asset_cell, column_uses, identity_of
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row
from desktop_app.csv_import.snapshots import Balances

# Names and order: afadil/wealthfolio (2026-04-27), sample-holdings-import.csv in apps/frontend/public.
_HOLDINGS = ("date", "symbol", "quantity", "price", "currency")
_WITH_COST = ("date", "symbol", "quantity", "avgcost", "currency")
_COST = (
    "Wealthfolio's own help calls this column the average cost: prices of this file may be what was paid, "
    "not what it is worth."
)


def fits(names: Sequence[str]) -> Fit | None:
    """Fit the ordered names of a holdings file, further columns after them."""
    head = tuple(names[: len(_HOLDINGS)])
    columns = {"date": 0, "asset": 1, "quantity": 2, "currency": 4}
    if head == _HOLDINGS:
        return Fit("snapshot", {**columns, "price": 3}, len(head))
    if head == _WITH_COST:
        return Fit("snapshot", {**columns, "cost": 3}, len(head))
    return None


def read(table: Table) -> Reading:
    """Return the rows of the latest day; those of earlier days are skipped."""
    judge = Judge(table)
    reader = _HoldingReader(table, judge, DateColumn(table.context.today, iso_only=True))
    rows = judge.rows(reader.row)
    written: dict[str, tuple[str | None, str | None]] = {
        "quantity": (".", None),
        "price": (".", None),
        "date": (None, "YYYY-MM-DD"),
    }
    return Reading(rows, column_uses(table, written), tuple(reader.warnings))


class _HoldingReader(Balances):
    """Reads one row after the other; the sheet fixes the decimal point and the form of the date."""

    def row(self, record: Record, number: int) -> Row:
        """Return the holding of a row. Raises Unfit where it cannot come in or belongs to an earlier day."""
        texts = record.cells
        day = self.day(texts)
        asset = asset_cell(texts[self.at["asset"]], self.name("asset"))
        identity = identity_of(self.table, asset, "", record.line)
        quantity = self.quantity(texts, asset, money=identity.money)
        price = self._price_of(texts)
        holding = replace(
            self.holding(identity, quantity, day),
            unit_price=price,
            priced_on=None if price is None else day,
        )
        return self.row_of(record, number, asset, identity, None if identity.money else holding)

    def _price_of(self, texts: list[str]) -> Decimal | None:
        """Return the price if it is one (no average cost) in the portfolio's currency, else None and warn."""
        if "price" not in self.at:
            self.warn("This file has the average cost instead of the price; prices are left empty.")
            return None
        price, sign = self.price(texts, "price")
        if price is None:
            return None
        own = self.table.context.currency
        currency = cells.clean(texts[self.at["currency"]]).upper() or sign
        if currency != own or sign not in ("", currency):
            self.warn(f"Some prices are not in {own}, the portfolio's currency; they are left empty.")
            return None
        self.warn(_COST)
        return price


FORMAT = Format("wealthfolio", "Wealthfolio", fits, read)
