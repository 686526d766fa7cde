"""A report in each of its forms: what the window saves and the command line writes."""

from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.report.answers import Asked, to_json
from desktop_app.report.blocks import Report
from desktop_app.report.csv_text import to_csv
from desktop_app.report.files import spare_portfolios, write_folder, write_whole
from desktop_app.report.html import to_html
from desktop_app.report.inputs import read_bytes
from desktop_app.report.sections.subject import Subject
from desktop_app.report.tables import data_tables


def refuse_hidden(*, hidden: bool) -> None:
    """Raise UserError where amounts are hidden: JSON and CSV hold every digit."""
    if hidden:
        raise UserError("JSON and CSV hold exact amounts, and amounts are hidden.", "Show them first.")


def write_html(report: Report, path: Path, *, grey: bool = False) -> None:
    """Write the report as one page."""
    write_whole(path, to_html(report, grey=grey).encode("utf-8", "backslashreplace"))


def write_json(asked: Asked, path: Path) -> None:
    """Write the answers to all questions."""
    write_whole(path, to_json(asked.answer()).encode("utf-8", "backslashreplace"))


def write_tables(subject: Subject, folder: Path, read: Path) -> int:
    """Write one CSV file a table into a folder, sparing the portfolio that is ``read``; return how many.

    Tables of an earlier report are replaced, other files of the same names never: raises UserError.
    """
    tables = data_tables(subject)
    files = {f"{table.name}.csv": to_csv(table).encode("utf-8", "backslashreplace") for table in tables}
    for name, content in files.items():
        spare_portfolios(folder / name, read)
        _spare_others(folder / name, content)
    write_folder(folder, files)
    return len(files)


def _spare_others(path: Path, new: bytes) -> None:
    """Raise UserError where a file is none of our tables: it has another heading than the new one."""
    if path.is_file() and read_bytes(path).partition(b"\n")[0] != new.partition(b"\n")[0]:
        raise UserError(
            f"“{path}” is another file: the report would replace it.", "Name a folder that is not there yet."
        )
