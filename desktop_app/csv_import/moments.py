"""Moments of a ledger whose format leaves open whether day or month stands first: decided by the column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop_app.csv_import import cells, dates
from desktop_app.csv_import.columns import DateColumn, date_column
from desktop_app.csv_import.format import Table
from desktop_app.csv_import.judging import Judge
from desktop_app.csv_import.line import Line


@dataclass(frozen=True, slots=True)
class Moments:
    """Reads the field "time"; ``column`` knows the order, or the question about it while that is open."""

    column: DateColumn
    is_day_first: Callable[[str], bool]

    @property
    def date_format(self) -> str:
        """Return the forms in which the column writes its dates."""
        return ", ".join(self.column.forms)

    def read(self, cell: str) -> datetime | None:
        """Return the moment in a cell, meanwhile with the day first where the order is in question."""
        text = plain(cell)
        return dates.moment(text, "dmy" if self.is_day_first(text) else self.column.order or "dmy")

    def wait(self, line: Line) -> None:
        """Let a row wait whose moment is in question."""
        text = plain(line.text("time"))
        if self.column.question and not self.is_day_first(text) and dates.orders(text):
            line.waits.append(self.column.question)


def of(table: Table, is_day_first: Callable[[str], bool] = lambda _: False) -> Moments:
    """Return how the moments of a table are to be read; of a text that ``is_day_first`` is no doubt."""
    name = table.names[table.fit.columns["time"]]
    values = ((line, plain(cell)) for line, cell in Judge(table).values("time"))
    open_ones = ((line, text) for line, text in values if not is_day_first(text))
    return Moments(date_column(name, open_ones, table.context.today, table.context.inquiry), is_day_first)


def plain(cell: str) -> str:
    """Return a moment without the comma that some languages put between day and clock."""
    return cells.clean(cell).removeprefix("'").replace(",", "")
