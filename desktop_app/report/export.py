"""The recorded portfolio as a file for other programs: the interchange format or a table of positions."""

from pathlib import Path

from desktop_app.domain.anonymous import anonymous
from desktop_app.domain.interchange import dumps
from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.files import spare_databases, write_whole
from desktop_app.report.position_csv import positions_csv

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
    rows = len(shown.positions)
    many = "1 position is" if rows == 1 else f"{rows} positions are"
    return (f"{many} in “{path.name}”{', with other names and amounts' if hide else ''}.", *notes)
