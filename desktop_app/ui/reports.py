"""Printing and saving the report as it was chosen on its page: beside the window, whole or not at all."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app import paths
from desktop_app.domain.catalogue import Catalogue
from desktop_app.figures.labels import Labels
from desktop_app.ui import jobs
from desktop_app.ui.document import Document
from desktop_app.ui.files import ask_for_file

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop_app.report.blocks import Report
    from desktop_app.report.choices import Choices, Sheet

Kind = Literal["pdf", "html", "json"]


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
        """Ask for a name and write the report there."""
        path = self._document.path
        folder = path.parent if path else paths.data_folder()
        write = partial(self._write, kind, as_of, labels)
        name = kind.upper()
        ask_for_file(self._window, f"Save as {name}", f"{name} (*.{kind})", f".{kind}", folder, write)

    def _write(self, kind: Kind, as_of: date, labels: Labels, path: Path) -> None:
        made = self._maker(as_of, labels)
        portfolio = self._document.portfolio

        def work() -> str:
            from desktop_app.report.files import spare_portfolios, write_whole

            spare_portfolios(path, self._document.path or path)
            if kind == "json":
                from desktop_app.report.answers import answers, to_json

                write_whole(
                    path, to_json(answers(portfolio, "all", as_of)).encode("utf-8", "backslashreplace")
                )
                return ""
            report, choices = made(None)
            if kind == "html":
                from desktop_app.report.html import to_html

                write_whole(path, to_html(report, grey=choices.grey).encode("utf-8", "backslashreplace"))
                return ""
            from desktop_app.ui.printing import write_pdf

            return f", {_pages(write_pdf(report, path, grey=choices.grey))}"

        jobs.run(self, work, lambda more: self.done.emit(f"Saved {path.name}{more}"), topic=kind)

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
        made = self._maker(as_of, labels)

        def work() -> int:
            from desktop_app.ui.printing import print_report, sheet_of

            report, choices = made(sheet_of(printer.pageLayout()))
            return print_report(report, printer, grey=choices.grey)

        jobs.run(self, work, lambda pages: self.done.emit(f"Printed {_pages(pages)}"), topic="print")

    def _maker(self, as_of: date, labels: Labels) -> Callable[["Sheet | None"], "tuple[Report, Choices]"]:
        """Return what makes the report of the portfolio as it is now; to be called beside the window."""
        portfolio, path = self._document.portfolio, self._document.path

        def made(sheet: "Sheet | None") -> "tuple[Report, Choices]":
            from desktop_app.report.content import summary
            from desktop_app.ui import report_choices

            choices = report_choices.load()
            name = path.name if path else ""
            return summary(portfolio, as_of, name, labels, self._catalogue, choices, sheet), choices

        return made


def _pages(count: int) -> str:
    return "one page" if count == 1 else f"{count} pages"
