"""Wealthfolio: its holdings file is a snapshot (the latest day counts); its activities file is a ledger."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.csv_import import cells
from desktop_app.csv_import.columns import DateColumn, NumberColumn
from desktop_app.csv_import.format import Fit, Format, Reading, Table
from desktop_app.csv_import.judging import (
    Judge,
    asset_cell,
    column_uses,
    identity_of,
    price_cell,
    quantity_cell,
    rounded_warning,
)
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row, Unfit, Verdict
from desktop_app.domain.stacks import Holding

# Names and order: afadil/wealthfolio (2026-04-27), sample-holdings-import.csv and sample-import.csv in
# apps/frontend/public.
_HOLDINGS = ("date", "symbol", "quantity", "price", "currency")
_WITH_COST = ("date", "symbol", "quantity", "avgcost", "currency")
_ACTIVITIES = (
    "date",
    "type",
    "symbol",
    "instrumenttype",
    "quantity",
    "unitprice",
    "currency",
    "fee",
    "amount",
)

_COST = (
    "Wealthfolio's own help calls this column the average cost: prices of this file may be what was paid, "
    "not what it is worth."
)


def fits(names: Sequence[str]) -> Fit | None:
    """Fit the ordered names of a holdings file, further columns after them; activities fit to be refused."""
    head = tuple(names[: len(_HOLDINGS)])
    columns = {"date": 0, "asset": 1, "quantity": 2, "currency": 4}
    if head == _HOLDINGS:
        return Fit("snapshot", {**columns, "price": 3}, len(head))
    if head == _WITH_COST:
        return Fit("snapshot", {**columns, "cost": 3}, len(head))
    if tuple(names[: len(_ACTIVITIES)]) == _ACTIVITIES:
        refusal = (
            "is a list of activities from Wealthfolio, which cannot be read yet; export the holdings instead."
        )
        return Fit("ledger", {"asset": 2, "quantity": 4}, len(_ACTIVITIES), refusal)
    return None


def read(table: Table) -> Reading:
    """Return the rows of the latest day; those of earlier days are skipped."""
    judge = Judge(table)
    reader = _HoldingReader(table, judge)
    rows = judge.rows(reader.row)
    written: dict[str, tuple[str | None, str | None]] = {
        "quantity": (".", None),
        "price": (".", None),
        "date": (None, "YYYY-MM-DD"),
    }
    return Reading(rows, column_uses(table, written), tuple(reader.warnings))


class _HoldingReader:
    """Reads one row after the other; the sheet fixes the decimal point and the form of the date."""

    def __init__(self, table: Table, judge: Judge) -> None:
        self._table = table
        self._at = table.fit.columns
        self._numbers = NumberColumn(".")
        self._dates = DateColumn(table.context.today, iso_only=True)
        days = (self._dates.read(cell).value for _, cell in judge.values("date"))
        self._latest = max((day for day in days if day), default=None)
        self.warnings: dict[str, None] = {}

    def row(self, record: Record, number: int) -> Row:
        """Return the holding of a row. Raises Unfit where it cannot come in or belongs to an earlier day."""
        texts, context = record.cells, self._table.context
        day = self._day(texts)
        asset = asset_cell(texts[self._at["asset"]], self._name("asset"))
        identity = identity_of(self._table, asset, "", record.line)
        cell = texts[self._at["quantity"]]
        quantity = quantity_cell(self._numbers, cell, self._name("quantity"), asset)
        price = self._price(texts)
        if identity.money:
            return Row(record.line, number, Verdict.ACCEPT, asset=asset)
        if not quantity:
            raise Unfit("zero", self._name("quantity"), cell, Verdict.SKIP)
        if warning := rounded_warning(cell, self._name("quantity")):
            self._warn(warning)
        holding = Holding(
            asset=identity.asset,
            quantity=quantity,
            unit_price=price,
            priced_on=day if price is not None else None,
            account=context.account or self._table.title,
            custody=bool(context.account),
            layer=identity.layer,
            opened_on=day,
            notes=f"Opening day: that of the snapshot, {day.isoformat()}; it may have been earlier.",
        )
        waits = (identity.waits,) if identity.waits else ()
        verdict = Verdict.ASK if waits else Verdict.ADD
        return Row(
            record.line, number, verdict, asset=asset, symbol=identity.symbol, holding=holding, waits=waits
        )

    def _day(self, texts: list[str]) -> date:
        cell = texts[self._at["date"]]
        day = self._dates.read(cell)
        if day.trouble:
            raise Unfit(
                "date_out_of_range" if day.trouble == "range" else "date_invalid", self._name("date"), cell
            )
        if day.value is None:
            raise Unfit("date_missing", self._name("date"), cell)
        if day.value != self._latest:
            raise Unfit("earlier_snapshot", self._name("date"), cell, Verdict.SKIP)
        return day.value

    def _price(self, texts: list[str]) -> Decimal | None:
        """Return the price if it is one (no average cost) in the portfolio's currency, else None and warn."""
        if "price" not in self._at:
            self._warn("This file has the average cost instead of the price; prices are left empty.")
            return None
        price, sign = price_cell(self._numbers, texts[self._at["price"]], self._name("price"))
        if price is None:
            return None
        currency = cells.clean(texts[self._at["currency"]]).upper() or sign
        if currency != self._table.context.currency or sign not in ("", currency):
            own = self._table.context.currency
            self._warn(f"Some prices are not in {own}, the portfolio's currency; they are left empty.")
            return None
        self._warn(_COST)
        return price

    def _name(self, field: str) -> str:
        return self._table.names[self._at[field]]

    def _warn(self, sentence: str) -> None:
        self.warnings.setdefault(sentence)


FORMAT = Format("wealthfolio", "Wealthfolio", fits, read)
