"""Tables as CSV (RFC 4180): text can never act as a formula, numbers stay numbers."""

from decimal import Decimal

from desktop_app.domain.money import MAX_TEXT, amount_text
from desktop_app.domain.spreadsheet import protected
from desktop_app.report.tables import Cell, DataTable


def to_csv(table: DataTable) -> str:
    """Return a table as CSV: all text quoted, numbers bare with a decimal point, what is not known empty."""
    lines = [",".join(map(_quoted, table.columns)), *(",".join(map(_cell, row)) for row in table.rows)]
    return "".join(f"{line}\r\n" for line in lines)


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            # Products of amounts may be longer than any amount that can be recorded.
            return amount_text(value) if abs(value.adjusted()) <= MAX_TEXT else str(value)
        case int() | float():
            return repr(value)
        case _:
            return _quoted(protected(str(value).replace("\0", "")))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
