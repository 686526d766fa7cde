"""Printing and saving the report as it was chosen on its page: beside the window, whole or not at all."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app import paths
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.ui import jobs
from desktop_app.ui.document import Document
from desktop_app.ui.files import ask_for_file, ask_for_folder

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop_app.report.blocks import Report
    from desktop_app.report.choices import Choices, Sheet
    from desktop_app.report.sections.subject import Subject

Kind = Literal["pdf", "html", "csv", "json"]


class Reports(QObject):
    """Writes the report of one window's document. ``done`` says what was written or printed."""

    done = Signal(str)

    def __init__(self, window: QWidget, document: Document, catalogue: Catalogue) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._catalogue = catalogue
        self._printer: QPrinter | None = None

    def save(self, kind: Kind, as_of: date, labels: Labels) -> None:
        """Ask for a name and write the report there; for CSV, ask for the place of a folder of tables."""
        path = self._document.path
        folder = path.parent if path else paths.data_folder()
        write = partial(self.write, kind, as_of, labels)
        if kind == "csv":
            name = f"{path.stem if path else 'stakeout'} tables"
            ask_for_folder(
                self._window, f"Where to put the folder “{name}”", folder, lambda chosen: write(chosen / name)
            )
        else:
            word = kind.upper()
            ask_for_file(self._window, f"Save as {word}", f"{word} (*.{kind})", f".{kind}", folder, write)

    def write(self, kind: Kind, as_of: date, labels: Labels, path: Path) -> None:
        """Write the report in one of its forms to a file, or its tables into a folder."""
        self.done.emit(f"Writing {path.name} …")
        write = partial(_WRITERS[kind], self._order(as_of, labels), path, self._document.path or path)
        jobs.run(self, write, lambda more: self.done.emit(f"Saved {path.name}{more}"), topic=kind)

    def print_on_paper(self, as_of: date, labels: Labels) -> None:
        """Ask for a printer, set to the paper chosen, and print the report."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop_app.ui import report_choices
        from desktop_app.ui.printing import page_layout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(report_choices.load().sheet))
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(lambda: self._print(printer, as_of, labels))
        dialog.finished.connect(dialog.deleteLater)
        self._printer = printer  # the dialog does not keep it alive
        dialog.setModal(True)
        dialog.show()

    def _print(self, printer: "QPrinter", as_of: date, labels: Labels) -> None:
        order = self._order(as_of, labels)

        def work() -> int:
            from desktop_app.ui.printing import print_report, sheet_of

            return print_report(
                order.report(sheet_of(printer.pageLayout())), printer, grey=order.choices.grey
            )

        jobs.run(self, work, lambda pages: self.done.emit(f"Printed {_pages(pages)}"), topic="print")

    def _order(self, as_of: date, labels: Labels) -> "_Order":
        from desktop_app.ui import report_choices

        path = self._document.path
        name = path.name if path else ""
        return _Order(self._document.portfolio, as_of, name, labels, self._catalogue, report_choices.load())


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked for, as it was then; worked out beside the window."""

    portfolio: Portfolio
    as_of: date
    name: str
    labels: Labels
    catalogue: Catalogue
    choices: "Choices"

    def report(self, sheet: "Sheet | None" = None) -> "Report":
        """Return the report on the paper chosen, or on another."""
        from desktop_app.report.content import summary
        from desktop_app.ui.latest import asked_of

        asked = asked_of(self.portfolio, self.as_of)
        return summary(asked, self.name, self.labels, self.catalogue, self.choices, sheet)

    def subject(self) -> "Subject":
        """Return what the tables are made from; raises UserError where amounts are to be hidden."""
        from desktop_app.report.content import subject_of
        from desktop_app.report.exports import refuse_hidden
        from desktop_app.ui.latest import asked_of

        refuse_hidden(hidden=self.labels.hide_amounts or self.choices.hide_amounts)
        asked = copy(asked_of(self.portfolio, self.as_of))  # an answer is put together in one thread
        return subject_of(asked, self.labels, self.catalogue, self.choices)


def _write_pdf(order: _Order, path: Path, read: Path) -> str:
    from desktop_app.report.files import spare_portfolios
    from desktop_app.ui.printing import write_pdf

    spare_portfolios(path, read)
    return f", {_pages(write_pdf(order.report(), path, grey=order.choices.grey))}"


def _write_html(order: _Order, path: Path, read: Path) -> str:
    from desktop_app.report.exports import write_html
    from desktop_app.report.files import spare_portfolios

    spare_portfolios(path, read)
    write_html(order.report(), path, grey=order.choices.grey)
    return ""


def _write_json(order: _Order, path: Path, read: Path) -> str:
    from desktop_app.report.exports import write_json
    from desktop_app.report.files import spare_portfolios

    spare_portfolios(path, read)
    write_json(order.subject().asked, path)
    return ""


def _write_csv(order: _Order, path: Path, read: Path) -> str:
    from desktop_app.report.exports import write_tables

    return f", {write_tables(order.subject(), path, read)} files"


_WRITERS: dict[str, Callable[[_Order, Path, Path], str]] = {
    "pdf": _write_pdf,
    "html": _write_html,
    "json": _write_json,
    "csv": _write_csv,
}


def _pages(count: int) -> str:
    return "one page" if count == 1 else f"{count} pages"
