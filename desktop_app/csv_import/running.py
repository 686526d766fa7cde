"""Running balances: what a file says was there before each of its rows."""

from decimal import Decimal

from desktop_app.csv_import import cells, dates
from desktop_app.csv_import.columns import NumberColumn
from desktop_app.csv_import.format import Table


def balances_before(table: Table, asset: str, of: str = "") -> dict[int, Decimal]:
    """Return the balance before each row by its line, where the row before it tells one.

    Rows of different values in the field ``of`` have balances of their own. A file whose first row is newer
    than its last is read from its end.
    """
    at, numbers = table.fit.columns, NumberColumn(".")
    balance, time, whose = at["balance"], at["time"], at.get(of, at["time"])
    whole = [r for r in table.records if len(r.cells) > max(balance, time, whose)]
    dated = [(moment, r) for r in whole if (moment := dates.moment(cells.clean(r.cells[time])))]
    rows = [r for _, r in dated]
    if dated and dated[0][0] > dated[-1][0]:
        rows.reverse()
    newest: dict[str, Decimal] = {}
    result = {}
    for line, texts in rows:
        key = texts[whose] if of in at else ""
        if key in newest:
            result[line] = newest[key]
        value = numbers.read(texts[balance], asset).value
        if value is not None:
            newest[key] = value
    return result
