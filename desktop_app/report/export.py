"""The recorded portfolio as a file for other programs: interchange format, table of positions, calendar."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.anonymous import anonymous
from desktop_app.domain.interchange import dumps
from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.files import spare_databases, write_whole
from desktop_app.report.position_csv import positions_csv

if TYPE_CHECKING:
    from desktop_app.figures.labels import Labels

KINDS = (".json", ".csv")


def export(portfolio: Portfolio, path: Path, *, hide: bool = False) -> tuple[str, ...]:
    """Write a portfolio to ``path`` in the format that its ending names (``KINDS``).

    Return what was written, and what of the portfolio the format has no room for, in sentences. ``hide``:
    with other amounts and names. An earlier export is replaced, a portfolio file never. Raises UserError
    where the file cannot be written.
    """
    spare_databases(path)
    shown = anonymous(portfolio) if hide else portfolio
    text, notes = (dumps(shown), ()) if path.suffix.lower() == ".json" else positions_csv(shown)
    write_whole(path, text.encode("utf-8", "backslashreplace"))
    return (_told(len(shown.positions), "position", path, hide=hide), *notes)


def export_calendar(
    portfolio: Portfolio, path: Path, as_of: date, labels: "Labels", *, hide: bool = False
) -> tuple[str, ...]:
    """Write the dates of a portfolio to ``path`` as a calendar.

    Otherwise like ``export``. Raises UserError where there is no date.
    """
    from desktop_app.report.calendar import calendar_file

    spare_databases(path)
    shown = anonymous(portfolio) if hide else portfolio
    data, count = calendar_file(shown, as_of, labels, datetime.now(UTC))
    write_whole(path, data)
    return (_told(count, "date", path, hide=hide),)


def _told(count: int, word: str, path: Path, *, hide: bool) -> str:
    many = f"1 {word} is" if count == 1 else f"{count} {word}s are"
    return f"{many} in “{path.name}”{', with other names and amounts' if hide else ''}."
