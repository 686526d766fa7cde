"""Printing and saving the report as it was chosen on its page: beside the window, whole or not at all."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app import paths
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import StoppedError, UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.progress import Progress
from desktop_app.ui import jobs, messages
from desktop_app.ui.document import Document
from desktop_app.ui.files import ask_for_file, ask_for_folder

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop_app.report.blocks import Report
    from desktop_app.report.choices import Choices, Sheet
    from desktop_app.report.sections.subject import Subject

Kind = Literal["pdf", "html", "csv", "json"]


class Reports(QObject):
    """Writes the report of one window's document.

    ``done`` says what was written or printed, and how far it is; ``busy`` whether anything is under way.
    """

    done = Signal(str)
    busy = Signal(bool)
    _heard = Signal(int, str)

    def __init__(self, window: QWidget, document: Document, catalogue: Catalogue) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._catalogue = catalogue
        self._printer: QPrinter | None = None
        self._stops: dict[int, Event] = {}
        self._numbers = count()
        self._heard.connect(self._tell)

    def stop(self) -> None:
        """Let everything that is under way end before it writes or prints anything."""
        for stop in self._stops.values():
            stop.set()
            self.done.emit("Stopping …")

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
        order, read = self._order(as_of, labels), self._document.path or path
        self._run(
            f"Writing {path.name}",
            lambda progress: _WRITERS[kind](order, path, read, progress),
            lambda more: f"Saved {path.name}{more}",
            f"“{path.name}” was not written",
        )

    def _run(
        self,
        deed: str,
        work: Callable[[Progress], str],
        said: Callable[[str], str],
        not_done: str,
    ) -> None:
        """Do something beside the window that tells how far it is, and can be stopped until it is done."""
        number, stop = next(self._numbers), Event()
        self._stops[number] = stop

        def progress(words: str) -> None:
            if stop.is_set():
                raise StoppedError(f"Stopped: {not_done[:1].lower()}{not_done[1:]}.")
            self._heard.emit(number, f"{deed}: {words} …")

        def end(text: str) -> None:
            del self._stops[number]
            self.done.emit(text)
            self.busy.emit(bool(self._stops))

        def fail(error: UserError) -> None:
            if isinstance(error, StoppedError):
                end(error.text)
            else:
                end(f"{not_done}.")
                messages.show_error(error)

        self.busy.emit(True)
        self._tell(number, f"{deed} …")
        jobs.run(self, lambda: work(progress), lambda more: end(said(more)), fail, topic=str(number))

    def _tell(self, number: int, text: str) -> None:
        """Say how far something is, unless it is over or to be stopped."""
        if number in self._stops and not self._stops[number].is_set():
            self.done.emit(text)

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
        order, read = self._order(as_of, labels), self._document.path

        def work(progress: Progress) -> str:
            from desktop_app.report.files import spare_portfolios
            from desktop_app.ui.printing import print_report, print_to_file, sheet_of

            report = order.report(progress, sheet_of(printer.pageLayout(), order.choices.margin))
            target, grey = printer.outputFileName(), order.choices.grey
            if not target:
                _, printed = print_report(report, printer, grey=grey, progress=progress)
                return _pages(len(printed))
            path = Path(target)
            spare_portfolios(path, read or path)
            return _pages(print_to_file(report, printer, path, grey=grey, progress=progress))

        self._run("Printing", work, lambda pages: f"Printed {pages}", "Nothing was printed")

    def _order(self, as_of: date, labels: Labels) -> "_Order":
        from desktop_app.ui import report_choices

        path = self._document.path
        return _Order(
            self._document.portfolio,
            as_of,
            path.name if path else "",
            labels,
            self._catalogue,
            report_choices.load(),
            report_choices.load_since(path),
        )


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked for, as it was then; worked out beside the window."""

    portfolio: Portfolio
    as_of: date
    name: str
    labels: Labels
    catalogue: Catalogue
    choices: "Choices"
    since: Path | None

    def compared(self) -> "Choices":
        """Return the choices with the earlier file read; raises UserError where it cannot be."""
        from desktop_app.ui.latest import earlier_of

        if self.since is None:
            return self.choices
        return replace(self.choices, earlier=earlier_of(self.since, self.portfolio, self.as_of))

    def report(self, progress: Progress, sheet: "Sheet | None" = None) -> "Report":
        """Return the report on the paper chosen, or on another."""
        from desktop_app.report.content import summary
        from desktop_app.ui.latest import asked_of

        asked = asked_of(self.portfolio, self.as_of)
        return summary(asked, self.name, self.labels, self.catalogue, self.compared(), sheet, progress)

    def subject(self) -> "Subject":
        """Return what the tables are made from; raises UserError where amounts are to be hidden."""
        from desktop_app.report.content import subject_of
        from desktop_app.report.exports import refuse_hidden
        from desktop_app.ui.latest import asked_of

        refuse_hidden(hidden=self.labels.hide_amounts or self.choices.hide_amounts)
        asked = copy(asked_of(self.portfolio, self.as_of))  # an answer is put together in one thread
        return subject_of(asked, self.labels, self.catalogue, self.compared())


def _write_pdf(order: _Order, path: Path, read: Path, progress: Progress) -> str:
    from desktop_app.report.files import spare_portfolios
    from desktop_app.ui.printing import write_pdf

    spare_portfolios(path, read)
    report = order.report(progress)
    return f", {_pages(write_pdf(report, path, grey=order.choices.grey, progress=progress))}"


def _write_html(order: _Order, path: Path, read: Path, progress: Progress) -> str:
    from desktop_app.report.exports import write_html
    from desktop_app.report.files import spare_portfolios

    spare_portfolios(path, read)
    report = order.report(progress)
    progress("the page")
    write_html(report, path, grey=order.choices.grey)
    return ""


def _write_json(order: _Order, path: Path, read: Path, progress: Progress) -> str:
    from desktop_app.report.exports import write_json
    from desktop_app.report.files import spare_portfolios

    spare_portfolios(path, read)
    asked = order.subject().asked
    progress("every answer")
    asked.answer()
    progress("the file")
    write_json(asked, path)
    return ""


def _write_csv(order: _Order, path: Path, read: Path, progress: Progress) -> str:
    from desktop_app.report.exports import write_tables

    subject = order.subject()
    progress("every answer")
    subject.asked.answer()
    progress("the tables")
    return f", {write_tables(subject, path, read)} files"


_WRITERS: dict[str, Callable[[_Order, Path, Path, Progress], str]] = {
    "pdf": _write_pdf,
    "html": _write_html,
    "json": _write_json,
    "csv": _write_csv,
}


def _pages(count: int) -> str:
    return "one page" if count == 1 else f"{count} pages"
