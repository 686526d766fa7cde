"""Snapshots: each row is a balance on a day; of several days in one file the latest counts."""

from datetime import date
from decimal import Decimal

from desktop_app.csv_import.columns import DateColumn, NumberColumn
from desktop_app.csv_import.format import Table
from desktop_app.csv_import.judging import Judge, price_cell, quantity_cell, rounded_warning
from desktop_app.csv_import.rows import Unfit, Verdict


class Balances:
    """Reads day and amount of one row after the other. Formats build on it what else their rows say."""

    def __init__(self, table: Table, judge: Judge, dates: DateColumn) -> None:
        """``dates`` reads the field "date"; all numbers, as in "quantity", have a decimal point."""
        self.table = table
        self.at = table.fit.columns
        self.numbers = NumberColumn(".")
        self._dates = dates
        days = (dates.read(cell).value for _, cell in judge.values("date"))
        self._latest = max((day for day in days if day), default=None)
        self.warnings: dict[str, None] = {}

    def day(self, texts: list[str]) -> date:
        """Return the day of a row. Raises Unfit for none, or for one of an earlier snapshot."""
        cell = texts[self.at["date"]]
        day = self._dates.read(cell)
        if day.trouble:
            code = "date_out_of_range" if day.trouble == "range" else "date_invalid"
            raise Unfit(code, self.name("date"), cell)
        if day.value is None:
            raise Unfit("date_missing", self.name("date"), cell)
        if day.value != self._latest:
            raise Unfit("earlier_snapshot", self.name("date"), cell, Verdict.SKIP)
        return day.value

    def quantity(self, texts: list[str], asset: str, *, money: bool = False) -> Decimal:
        """Return what a row holds. Raises Unfit, also for nothing, unless it is money."""
        cell = texts[self.at["quantity"]]
        quantity = quantity_cell(self.numbers, cell, self.name("quantity"), asset) or Decimal(0)
        if not quantity and not money:
            raise Unfit("zero", self.name("quantity"), cell, Verdict.SKIP)
        if warning := rounded_warning(cell, self.name("quantity")):
            self.warn(warning)
        return quantity

    def price(self, texts: list[str], field: str) -> tuple[Decimal | None, str]:
        """Return a price or value and the currency that its cell names, if any. Raises Unfit."""
        return price_cell(self.numbers, texts[self.at[field]], self.name(field))

    def name(self, field: str) -> str:
        """Return the name of a field's column as it is written."""
        return self.table.names[self.at[field]]

    def warn(self, sentence: str) -> None:
        """Warn of something once."""
        self.warnings.setdefault(sentence)


def opening_note(day: date) -> str:
    """Return the note of a position whose opening day is only that of a snapshot."""
    return f"Opening day: that of the snapshot, {day.isoformat()}; it may have been earlier."
