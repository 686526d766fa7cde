"""Snapshots: each row is a balance on a day; of several days in one file the latest counts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.csv_import import cells, dates
from desktop_app.csv_import.columns import DateColumn, NumberColumn
from desktop_app.csv_import.entries import HELD, STAKED
from desktop_app.csv_import.exchanges import is_exchange
from desktop_app.csv_import.format import Context, Table
from desktop_app.csv_import.judging import Judge, price_cell, quantity_cell, rounded_warning
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row, Unfit, Verdict
from desktop_app.csv_import.tokens import Identity
from desktop_app.domain.stacks import Holding

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)


class Balances:
    """Reads day and amount of one row after the other. Formats build on it what else their rows say."""

    def __init__(self, table: Table, judge: Judge, days: DateColumn | date) -> None:
        """``days`` reads the field "date", or is the day of all; numbers, as in "quantity", have a point."""
        self.table = table
        self.at = table.fit.columns
        self.numbers = NumberColumn(".")
        self._days = days
        self._latest = None
        if isinstance(days, DateColumn):
            found = (days.read(cell).value for _, cell in judge.values("date"))
            self._latest = max((day for day in found if day), default=None)
        self.warnings: dict[str, None] = {}

    def day(self, texts: list[str]) -> date:
        """Return the day of a row. Raises Unfit for none, or for one of an earlier snapshot."""
        if isinstance(self._days, date):
            return self._days
        cell = texts[self.at["date"]]
        day = self._days.read(cell)
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

    @property
    def account(self) -> str:
        """Return the account of rows that name none."""
        return self.table.context.account or self.table.title

    def holding(self, identity: Identity, quantity: Decimal, day: date, account: str = "") -> Holding:
        """Return what every snapshot says of a balance; ``account`` is the row's own, if it has one."""
        own = account or self.account
        named = bool(self.table.context.account and not account)
        return Holding(
            asset=identity.asset,
            quantity=quantity,
            account=own,
            custody=named or any(map(is_exchange, own.split(":"))),
            layer=identity.layer,
            opened_on=day,
            notes=opening_note(day),
        )

    @staticmethod
    def row_of(record: Record, number: int, asset: str, identity: Identity, holding: Holding | None) -> Row:
        """Return the row of a holding, or of money (None), which is accepted and gives no position."""
        if holding is None:
            return Row(record.line, number, Verdict.ACCEPT, asset=asset)
        return Row(
            record.line,
            number,
            Verdict.ASK if identity.waits else Verdict.ADD,
            asset=asset,
            symbol=identity.symbol,
            holding=holding,
            place=STAKED if holding.layer == "staking" else HELD,
            waits=(identity.waits,) if identity.waits else (),
        )

    def lot(self, held: Holding, texts: list[str]) -> Holding:
        """Return a holding with the opening day in the field "opened", where the row has one."""
        opened = dates.iso_day(cells.clean(texts[self.at["opened"]])) if "opened" in self.at else None
        if opened is None or not dates.is_sane(opened.day, self.table.context.today):
            return held
        return replace(held, opened_on=opened.day, notes="")

    @staticmethod
    def together(rows: Iterable[Row], *questions: str) -> list[Row]:
        """Return the parts of one data row, counted; they wait for the questions ("" for none) too."""
        waits = tuple(filter(None, questions))
        parts = [replace(row, part=part, waits=(*waits, *row.waits)) for part, row in enumerate(rows)]
        return [replace(row, verdict=Verdict.ASK) if row.waits else row for row in parts]

    def name(self, field: str) -> str:
        """Return the name of a field's column as it is written."""
        return self.table.names[self.at[field]]

    def warn(self, sentence: str) -> None:
        """Warn of something once."""
        self.warnings.setdefault(sentence)


class Wide(Balances):
    """Reads rows with a column for each asset; ``wide`` is the asset by the index of its column."""

    def __init__(self, table: Table, judge: Judge, days: DateColumn | date, wide: Mapping[int, str]) -> None:
        super().__init__(table, judge, days)
        self._wide = wide
        self.warn(
            "The file's numbers were binary fractions: the last digits of some quantities may be wrong."
        )

    def filled(self, texts: list[str]) -> Iterator[int]:
        """Yield the columns in which a row holds something. Raises Unfit if there is none."""
        found = False
        for at in self._wide:
            if not cells.is_missing(cells.clean(texts[at])) and self.numbers.read(texts[at]).value != 0:
                found = True
                yield at
        if not found:
            raise Unfit("zero", verdict=Verdict.SKIP)

    def held(self, record: Record, at: int, account: str = "") -> tuple[Identity, Holding | None]:
        """Return what a column holds in a row, None of money. Raises Unfit."""
        identity = self.table.context.tokens.identify(self._wide[at], "", record.line)
        if identity.money:
            return identity, None
        cell, name = record.cells[at], self.table.names[at]
        quantity = quantity_cell(self.numbers, cell, name, self._wide[at]) or Decimal(0)
        return identity, self.holding(identity, quantity, self.day(record.cells), account)


def day_of(context: Context) -> date:
    """Return the day of a snapshot that has none: the one in the file's name, else the user's; or today."""
    named = (dates.iso_day(text) for text in _DAY.findall(context.file_name))
    day = next((found.day for found in named if found and dates.is_sane(found.day, context.today)), None)
    if day:
        return day
    today = context.today.isoformat()
    question = Question(
        "snapshot_date",
        f"The file does not say of which day its balances are; they are kept as those of today, {today}.",
        stops=False,
        choices=(today,),
        default=today,
    )
    answer = context.inquiry.settle(question, lambda text: _sane(text, context.today) is not None)
    return _sane(answer or "", context.today) or context.today


def _sane(text: str, today: date) -> date | None:
    found = dates.iso_day(text.strip())
    return found.day if found and dates.is_sane(found.day, today) else None


def opening_note(day: date) -> str:
    """Return the note of a position whose opening day is only that of a snapshot."""
    return f"Opening day: that of the snapshot, {day.isoformat()}; it may have been earlier."
