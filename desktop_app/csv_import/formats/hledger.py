"""hledger: its balance report in three layouts, and its holdings report."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from desktop_app.csv_import import bookkeeping, cells, dates, layouts, numbers, snapshots
from desktop_app.csv_import.columns import NumberColumn
from desktop_app.csv_import.format import Fit, Format, Reading, Table
from desktop_app.csv_import.judging import Judge, column_uses, price_cell, quantity_cell
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row, Unfit, Verdict
from desktop_app.csv_import.snapshots import Balances
from desktop_app.domain.stacks import Holding

# Layouts: simonmichael/hledger (2026-08-22), hledger/test/balance/layout.test and hledger/test/holdings.test,
# where it also stands that amounts have no grouping signs: a comma is the decimal sign of a commodity.
_TABLES = layouts.ordered(
    "snapshot",
    "account=account,period=period,start_date,end_date=date,commodity=asset,value=quantity",
    "account=account,commodity=asset,date=opened,age=age,units=quantity,unitcost,price=price",
    "account=account,commodity=asset,date=opened,age=age,quantity=quantity,unitcost,cost,price=price",
)
_PERIOD = re.compile(r"(?:\d{4,8}\.\.)?(?P<end>\d{8}|\d{6}|\d{4}|\d{4}[qw]\d{1,2})", re.ASCII)
_AMOUNT = re.compile(
    r'(?P<left>"[^"]+"|[^\d\s",;+\-.]+)?\s*(?P<number>[+-]?[\d.,]*\d\.?(?:[Ee][+-]?\d+)?)'
    r'\s*(?P<right>"[^"]+"|[^\d\s",;+\-.]+)?(?:, |$)',
    re.ASCII,
)
_MONTHS_OF_YEAR = 12


def fits(names: Sequence[str]) -> Fit | None:
    """Fit the holdings report and the balance report, whose balances stand under "balance" or a period each.

    Of several periods the last one counts, or the total of them all.
    """
    if found := _TABLES(names):
        return found
    if tuple(names[:1]) != ("account",):
        return None
    has_commodity = tuple(names[1:2]) == ("commodity",)
    first = 2 if has_commodity else 1
    last = next((i for i in range(first, len(names)) if not _PERIOD.fullmatch(names[i])), len(names))
    if last == first:
        if tuple(names[first : first + 1]) != ("balance",):
            return None
        last += 1
    elif tuple(names[last : last + 1]) == ("total",):
        last += 1
    field = "quantity" if has_commodity else "list"
    commodity = {"asset": 1} if has_commodity else {}
    return Fit("snapshot", {"account": 0, **commodity, field: last - 1}, last)


def read(table: Table) -> Reading:
    """Return the balances of asset accounts at the end of the last period."""
    judge = Judge(table)
    reader = _AccountReader(table, judge, _day(table, judge))
    rows = judge.parts(reader.parts)
    return Reading(rows, column_uses(table, {"quantity": (".", None)}), tuple(reader.warnings))


def _day(table: Table, judge: Judge) -> date:
    """Return the day of the balances: of the last period, or on which the lots have their age; or asked."""
    today = table.context.today
    ages = zip(judge.values("opened"), judge.values("age"), strict=False)
    lots = ((dates.iso_day(day), age) for (_, day), (_, age) in ages if age.isdecimal() and len(age) < 6)
    found = next((opened.day + timedelta(int(age)) for opened, age in lots if opened), None)
    names = [cells.normal_name(name) for name in table.names]
    if "date" in table.fit.columns:
        names = [cells.normal_name(cell) for _, cell in judge.values("date")]
    ends = [end for name in names if (end := _end(name))]
    day = found or max(ends, default=None)
    return min(day, today) if day else snapshots.day_of(table.context)


def _end(name: str) -> date | None:
    """Return the last day of a period: "2014-10-11", "2014-10", "2014", "2012-01-01..2014-10-11"."""
    match = _PERIOD.fullmatch(name)
    text = match["end"] if match else ""
    if not text.isdecimal():
        return None
    year, month, day = int(text[:4]), int(text[4:6] or _MONTHS_OF_YEAR), text[6:]
    try:
        if day:
            return date(year, month, int(day))
        following = date(year + month // _MONTHS_OF_YEAR, month % _MONTHS_OF_YEAR + 1, 1)
    except ValueError:
        return None
    return following - timedelta(days=1)


class _AccountReader(Balances):
    """Reads one account, or one commodity of it, after the other."""

    def __init__(self, table: Table, judge: Judge, day: date) -> None:
        super().__init__(table, judge, day)
        self._amount = self.at.get("list", self.at.get("quantity", 0))
        ends = (dates.iso_day(cells.clean(cell)) for _, cell in judge.values("date"))
        self._last = max((end.day for end in ends if end), default=None)
        self._periods = self._in_doubt({cells.clean(cell) for _, cell in judge.values("period")})

    def _in_doubt(self, periods: set[str]) -> str:
        """Return the question whether the numbers of several periods are balances, "" if there is none."""
        names = [cells.normal_name(name) for name in self.table.names]
        heads = [name for name in names if _PERIOD.fullmatch(name)]
        days = all(name.isdecimal() and len(name) == len("20241231") for name in heads)
        if len(periods) < 2 and (len(heads) < 2 or days or names[self._amount] == "total"):
            return ""
        question = Question(
            "periods",
            "The report has several periods. Made with --historical, its numbers are the balances at their "
            "ends; without, they are only what changed. Take the last period as the balance?",
            choices=("balances",),
            default="balances",
        )
        return "" if self.table.context.inquiry.settle(question) else question.code

    def parts(self, record: Record, number: int) -> list[Row]:
        """Return the holdings of a row. Raises Unfit where it cannot come in or holds no assets."""
        texts, line = record.cells, record.line
        account = cells.word(texts[self.at["account"]])
        asked = bookkeeping.asset_account(self.table.context, account, self.name("account"), line)
        if "date" in self.at:
            self._check_period(texts[self.at["date"]])
        rows = [self._row(record, number, account, *amount) for amount in self._amounts(texts)]
        if not rows:
            raise Unfit("zero", self.table.names[self._amount], texts[self._amount], Verdict.SKIP)
        return self.together(rows, asked, self._periods)

    def _check_period(self, cell: str) -> None:
        end = dates.iso_day(cells.clean(cell))
        if end is None:
            raise Unfit("date_invalid", self.name("date"), cell)
        if end.day != self._last:
            raise Unfit("earlier_snapshot", self.name("date"), cell, Verdict.SKIP)

    def _amounts(self, texts: list[str]) -> Iterator[tuple[str, str]]:
        """Yield commodity and number of every amount that is not zero. Raises Unfit."""
        cell = cells.clean(texts[self._amount])
        if "list" not in self.at:
            commodity = cells.clean(texts[self.at["asset"]]).strip('"')
            found = [(commodity, cell)]
        else:
            found = list(self._listed(cell))
        for commodity, number in found:
            value = _numbers(number).read(number).value
            if value == 0:
                continue
            if not commodity:
                raise Unfit("asset_missing", self.table.names[self._amount], cell)
            yield numbers.SIGNS.get(commodity, commodity), number

    def _listed(self, cell: str) -> Iterator[tuple[str, str]]:
        """Yield the parts of "70.00 GLD, $5120.50, 1.05 "PT-weETH-26DEC2024""."""
        at = 0
        while at < len(cell):
            match = _AMOUNT.match(cell, at)
            if match is None or bool(match["left"]) + bool(match["right"]) > 1:
                raise Unfit("quantity_invalid", self.table.names[self._amount], cell)
            yield (match["left"] or match["right"] or "").strip('"'), match["number"]
            at = match.end()

    def _row(self, record: Record, number: int, account: str, commodity: str, cell: str) -> Row:
        identity = self.table.context.tokens.identify(commodity, "", record.line)
        if identity.money:
            return self.row_of(record, number, commodity, identity, None)
        quantity = quantity_cell(_numbers(cell), cell, self.table.names[self._amount], commodity) or Decimal(
            0
        )
        held = self.holding(identity, quantity, self.day(record.cells), account.partition(":{")[0])
        held = self._priced(self.lot(held, record.cells), record.cells)
        return self.row_of(record, number, commodity, identity, held)

    def _priced(self, held: Holding, texts: list[str]) -> Holding:
        """Return a holding with its price, where the report has it in the portfolio's currency."""
        if "price" not in self.at:
            return held
        cell = texts[self.at["price"]]
        price, currency = price_cell(_numbers(cell), cell, self.name("price"))
        if price is None or currency != self.table.context.currency:
            return held
        return replace(held, unit_price=price, priced_on=self.day(texts))


def _numbers(cell: str) -> NumberColumn:
    return NumberColumn("," if "," in cell else ".")


FORMAT = Format("hledger", "hledger", fits, read)
