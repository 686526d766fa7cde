"""A report in each of its forms: what the window saves and the command line writes."""

from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.report.answers import Asked, to_json
from desktop_app.report.blocks import Report
from desktop_app.report.csv_text import to_csv
from desktop_app.report.files import spare_portfolios, write_folder, write_whole
from desktop_app.report.html import to_html
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
    """Write one CSV file a table into a folder, sparing the portfolio that is ``read``; return how many."""
    tables = data_tables(subject)
    files = {f"{table.name}.csv": to_csv(table).encode("utf-8", "backslashreplace") for table in tables}
    for name in files:
        spare_portfolios(folder / name, read)
    write_folder(folder, files)
    return len(files)
