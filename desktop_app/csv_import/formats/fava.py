"""fava (beancount): a query of positions, or the holdings report, with a column for each commodity."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop_app.csv_import import bookkeeping, cells, snapshots
from desktop_app.csv_import.format import Fit, Format, Reading, Table
from desktop_app.csv_import.judging import Judge, column_uses, price_cell
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row
from desktop_app.csv_import.snapshots import Wide
from desktop_app.domain.stacks import Holding

# Names: beancount/fava (2026-08-20), src/fava/util/excel.py, tests/data/example-balances.csv and the queries
# in frontend/src/reports/holdings/index.ts.
_WIDE = re.compile(r"(?P<base>.+?)\s*\((?P<commodity>[A-Z][A-Z0-9'._-]*)\)", re.ASCII | re.IGNORECASE)
_UNITS = re.compile(r"units|balance|(units|sum|[()])*position\)*", re.ASCII)


def fits(names: Sequence[str]) -> Fit | None:
    """Fit a header with columns of units, a commodity each; the account stands first, if there is one."""
    wide = _columns(names)
    has_account = tuple(names[:1]) == ("account",)
    if not wide or not (has_account or min(wide) == 0):
        return None
    columns = {"account": 0} if has_account else {}
    if "acquisitiondate" in names:
        columns["opened"] = names.index("acquisitiondate")
    columns.update({f"units {number}": at for number, at in enumerate(wide, 1)})
    return Fit("snapshot", columns, len(wide) + has_account)


def _columns(names: Sequence[str]) -> dict[int, str]:
    """Return the commodity by the index of its column of units."""
    found = ((at, _WIDE.fullmatch(name)) for at, name in enumerate(names))
    split = [(at, cells.normal_name(m["base"]), m["commodity"]) for at, m in found if m]
    base = next((base for _, base, _ in split if _UNITS.fullmatch(base)), "")
    return {at: commodity for at, of, commodity in split if of == base and base}


def read(table: Table) -> Reading:
    """Return the holdings of asset accounts."""
    judge = Judge(table)
    reader = _AccountReader(table, judge, snapshots.day_of(table.context))
    rows = judge.parts(reader.parts)
    return Reading(rows, column_uses(table, {}), tuple(reader.warnings))


class _AccountReader(Wide):
    """Reads one account after the other."""

    def __init__(self, table: Table, judge: Judge, day: date) -> None:
        self._commodities = _columns([cells.clean(name) for name in table.names])
        super().__init__(table, judge, day, self._commodities)
        own = table.context.currency.casefold()
        self._price = next(
            (i for i, n in enumerate(table.names) if n.strip().casefold() == f"price ({own})"), None
        )

    def parts(self, record: Record, number: int) -> list[Row]:
        """Return the holdings of a row. Raises Unfit where it cannot come in or holds no assets."""
        account = cells.word(record.cells[self.at["account"]]) if "account" in self.at else ""
        asked = ""
        if account:
            context = self.table.context
            asked = bookkeeping.asset_account(context, account, self.name("account"), record.line)
        rows = [self._row(record, number, account, at) for at in self.filled(record.cells)]
        return self.together(rows, asked)

    def _row(self, record: Record, number: int, account: str, at: int) -> Row:
        identity, held = self.held(record, at, account)
        if held is not None:
            held = self._priced(self.lot(held, record.cells), record.cells)
        return self.row_of(record, number, self._commodities[at], identity, held)

    def _priced(self, held: Holding, texts: list[str]) -> Holding:
        """Return a holding with its price, where the report has it in the portfolio's currency."""
        if self._price is None:
            return held
        price, _ = price_cell(self.numbers, texts[self._price], self.table.names[self._price])
        return held if price is None else replace(held, unit_price=price, priced_on=self.day(texts))


FORMAT = Format("fava", "fava", fits, read)
