"""What the File menu does for the file itself: export, check, back up, restore; beside the window."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.ui import jobs, messages
from desktop_app.ui.document import Document
from desktop_app.ui.files import PORTFOLIOS, SUFFIX, ask_for_file

if TYPE_CHECKING:
    from desktop_app.domain.checkup import Checkup
    from desktop_app.figures.labels import Labels

KINDS = {
    ".json": "Portfolios for exchange (*.json)",
    ".csv": "Tables (*.csv)",
    ".ics": "Calendars (*.ics)",
}


class Upkeep(QObject):
    """Looks after the file of one window. ``done`` says what was written, ``told`` what has to be read."""

    done = Signal(str)
    told = Signal(str)

    def __init__(self, window: QWidget, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document

    @property
    def _path(self) -> Path:
        return self._document.path or paths.default_portfolio()

    # -- export --------------------------------------------------------------------------------------------

    def export(self, today: date, labels: "Labels") -> None:
        """Ask what to export and where to, and write it."""
        from desktop_app.ui.dialogs.export_dialog import ExportDialog

        dialog = ExportDialog(self._window, self._path.name)
        dialog.chosen.connect(partial(self._ask_where, today, labels))
        dialog.open()

    def export_dates(self, today: date, labels: "Labels") -> None:
        """Ask where to write the calendar, and write it."""
        self._ask_where(today, labels, ".ics", hide=False)

    def _ask_where(self, today: date, labels: "Labels", suffix: str, hide: bool) -> None:
        name = f"{self._path.stem}{'-anonymous' if hide else ''}{suffix}"
        write = partial(self._export, today, labels, suffix, hide)
        ask_for_file(self._window, "Export", KINDS[suffix], suffix, self._path.parent, write, name)

    def _export(self, today: date, labels: "Labels", suffix: str, hide: bool, path: Path) -> None:
        portfolio, log = self._document.portfolio, self._document.calendar()

        def work() -> tuple[str, ...]:
            from desktop_app.report import export as written

            if suffix == ".ics":
                as_of = portfolio.as_of or today
                return written.export_calendar(portfolio, path, as_of, labels, *log(), hide=hide)
            return written.export(portfolio, path, hide=hide)[:1]

        jobs.run(self, work, self._tell_of, topic="export")

    def _tell_of(self, sentences: tuple[str, ...]) -> None:
        written, *amiss = sentences
        self.done.emit(written)
        if amiss:
            self.told.emit(" ".join(amiss))

    # -- check ---------------------------------------------------------------------------------------------

    def check(self, today: date) -> None:
        """Look over the file and show what was found."""
        jobs.run(self, self._document.looking_over(today), self._show_check, topic="check")

    def _show_check(self, found: "Checkup") -> None:
        from desktop_app.ui.dialogs.check_result import CheckResult

        CheckResult(self._window, found, self._path.name).open()

    # -- backup and restore --------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Ask for a name and make a verified copy there."""
        name = f"{self._path.stem}-{datetime.now(UTC):%Y-%m-%d}{SUFFIX}"
        folder = self._path.parent
        ask_for_file(self._window, "Back up", PORTFOLIOS, SUFFIX, folder, self._back_up, name)

    def _back_up(self, target: Path) -> None:
        def tell(made: Path) -> None:
            self.done.emit(f"A verified copy is in “{made.name}”")

        jobs.run(self, self._document.backing_up(datetime.now(UTC), target), tell, topic="backup")

    def restore(self) -> None:
        """Ask for a backup, and put it in the place of the portfolio once it has proved sound."""
        ask_for_file(self._window, "Restore", PORTFOLIOS, "", self._path.parent, self._restore)

    def _restore(self, source: Path) -> None:
        if self._path == paths.default_portfolio():  # at the first start its folder is not there yet
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        put_back = partial(self._put_back, self._path, source)
        jobs.run(self, self._document.fetching(source), put_back, topic="restore")

    def _put_back(self, path: Path, source: Path, copy: Path) -> None:
        if self._path != path:  # another file was opened meanwhile
            copy.unlink(missing_ok=True)
            return
        try:
            aside = self._document.replace_with(copy, datetime.now(UTC))
        except UserError as error:
            messages.show_error(error)
            return
        kept = f"; what was shown before is kept as “{aside.name}”" if aside else ""
        self.told.emit(f"“{path.name}” is what “{source.name}” was{kept}.")
