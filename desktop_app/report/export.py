"""The recorded portfolio as a file for other programs: interchange format, table of positions, calendar."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.anonymous import anonymous
from desktop_app.domain.calendar_log import CalendarLog
from desktop_app.domain.interchange import dumps
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
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
    portfolio: Portfolio,
    path: Path,
    as_of: date,
    labels: "Labels",
    log: CalendarLog,
    keep: Callable[[CalendarLog], None],
    *,
    hide: bool = False,
) -> tuple[str, ...]:
    """Write the dates of a portfolio to ``path`` as a calendar, and ``keep`` what was told.

    Otherwise like ``export``. Raises UserError where there is no date. Where nothing can be kept, that is
    said. With other names it is for others: it calls nothing off, and nothing of it is kept.
    """
    from desktop_app.report.calendar import calendar_file

    spare_databases(path)
    shown, known = (anonymous(portfolio), replace(log, told={})) if hide else (portfolio, log)
    made = calendar_file(shown, as_of, labels, datetime.now(UTC), known)
    write_whole(path, made.data)
    told = _told(made.dates, "date", path, hide=hide)
    if made.called_off:
        told += f" {_many(made.called_off, 'earlier date')} called off."
    if hide:
        return (told,)
    try:
        keep(made.log)
    except UserError as error:
        return told, f"The next calendar cannot call off what only this one has: {error.text}"
    return (told,)


def _told(count: int, word: str, path: Path, *, hide: bool) -> str:
    return f"{_many(count, word)} in “{path.name}”{', with other names and amounts' if hide else ''}."


def _many(count: int, word: str) -> str:
    return f"1 {word} is" if count == 1 else f"{count} {word}s are"
