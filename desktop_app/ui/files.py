"""What the File menu does: new, open, sample, recent, drop, print, PDF. Dialogs never block the program."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app import paths
from desktop_app.domain.catalogue import Catalogue
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.blocks import Report
from desktop_app.ui import jobs, messages, settings
from desktop_app.ui.document import Document

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

SUFFIX = ".stakeout"
PORTFOLIOS = f"Portfolios (*{SUFFIX})"


class Files(QObject):
    """Opens, makes and prints the files of one window. ``done`` says what was written or printed."""

    done = Signal(str)

    def __init__(self, window: QWidget, document: Document, catalogue: Catalogue) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._catalogue = catalogue
        self._printer: QPrinter | None = None
        document.path_changed.connect(self._remember)

    # -- portfolios ----------------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a name and start an empty portfolio there."""
        self._ask("New portfolio", PORTFOLIOS, SUFFIX, partial(self._attempt, self._document.create))

    def ask_and_open(self) -> None:
        """Ask for a portfolio file and open it."""
        self._ask("Open portfolio", PORTFOLIOS, "", self.open)

    def open(self, path: Path) -> bool:
        """Open a portfolio file; tell whether that worked."""
        return self._attempt(self._document.open, path)

    def start(self, path: Path | None) -> None:
        """Show a file, or without one the file of last time; at first, or in its stead, the user's own."""
        last = settings.recent_files()
        if path is None and last and last[0] != paths.default_portfolio() and self.open(last[0]):
            return
        own = path or paths.default_portfolio()
        if not own.exists() and path is None:
            self._document.start(own)
        elif not self.open(own):
            self._document.start(_free(paths.default_portfolio()))

    def open_own(self) -> None:
        """Show the user's own portfolio, which its first edit makes."""
        own = paths.default_portfolio()
        if own.exists():
            self.open(own)
        elif self._document.path != own:
            self._document.start(own)

    def open_sample(self) -> None:
        """Show the sample, a file of its own beside the user's portfolio."""
        path = paths.sample_portfolio()
        if path.exists():
            self.open(path)
        else:
            from desktop_app.shipped import sample_portfolio

            self._attempt(lambda: self._document.create(path, sample_portfolio()))

    def drop(self, path: Path) -> None:
        """Open a portfolio or import anything else."""
        if path.suffix.lower() == SUFFIX:
            self.open(path)
        else:
            self.import_file(path)

    def import_file(self, path: Path | None = None) -> None:
        """Show what a file would change, and import it when the user agrees."""
        from desktop_app.ui.dialogs.import_wizard import import_file

        import_file(self._window, self._document, self._catalogue, path)

    def fill_recent(self, menu: QMenu) -> None:
        """List the files opened last."""
        menu.clear()
        for path in settings.recent_files():
            menu.addAction(path.name.replace("&", "&&"), partial(self.open, path))
        menu.setEnabled(not menu.isEmpty())

    def _attempt(self, what: Callable[..., None], *arguments: Path) -> bool:
        try:
            what(*arguments)
        except UserError as error:
            messages.show_error(error)
            return False
        return True

    def _remember(self) -> None:
        """Put the shown file at the head of the recent ones, once there is one."""
        path = self._document.path
        if path is not None and path.exists():
            settings.remember_file(path)

    # -- paper ---------------------------------------------------------------------------------------------

    def save_pdf(self, as_of: date, labels: Labels) -> None:
        """Ask for a name and write the summary there."""
        self._ask("Save as PDF", "PDF (*.pdf)", ".pdf", partial(self._write_pdf, as_of, labels))

    def _write_pdf(self, as_of: date, labels: Labels, path: Path) -> None:
        make = self._summary(as_of, labels)

        def work() -> int:
            from desktop_app.ui.printing import write_pdf

            return write_pdf(make(), path)

        jobs.run(self, work, lambda pages: self.done.emit(f"Saved {path.name}, {pages} pages"), topic="pdf")

    def print_report(self, as_of: date, labels: Labels) -> None:
        """Ask for a printer and print the summary."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(lambda: self._print(printer, self._summary(as_of, labels)))
        dialog.finished.connect(dialog.deleteLater)
        self._printer = printer  # the dialog does not keep it alive
        dialog.setModal(True)
        dialog.show()

    def _print(self, printer: "QPrinter", make: Callable[[], Report]) -> None:
        def work() -> int:
            from desktop_app.ui.printing import print_report

            return print_report(make(), printer)

        jobs.run(self, work, lambda pages: self.done.emit(f"Printed {pages} pages"), topic="print")

    def _summary(self, as_of: date, labels: Labels) -> Callable[[], Report]:
        """Return what makes the report of the portfolio as it is now; to be called beside the window."""
        portfolio, path = self._document.portfolio, self._document.path

        def make() -> Report:
            from desktop_app.report.content import summary

            return summary(portfolio, as_of, path.name if path else "", labels)

        return make

    # -- asking for a name ---------------------------------------------------------------------------------

    def _ask(self, title: str, kind: str, suffix: str, chosen: Callable[[Path], object]) -> None:
        """Show the system's file dialog; ``suffix`` is given to a new file's name ("": an existing file)."""
        dialog = QFileDialog(self._window, title)
        dialog.setNameFilters([kind, "All files (*)"])
        folder = self._document.path.parent if self._document.path else paths.data_folder()
        dialog.setDirectory(str(folder))
        if suffix:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _free(path: Path) -> Path:
    """Return the first name like ``path`` that no file has."""
    number = 2
    while (other := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    return other
