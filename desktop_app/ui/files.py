"""What the File menu does with portfolios: new, open, sample, recent, drop. Dialogs never block."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app import paths
from desktop_app.domain.catalogue import Catalogue
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.ui import messages, settings
from desktop_app.ui.document import Document

SUFFIX = ".stakeout"
PORTFOLIOS = f"Portfolios (*{SUFFIX})"


class Files(QObject):
    """Opens and makes the portfolios of one window."""

    def __init__(self, window: QWidget, document: Document, catalogue: Catalogue) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._catalogue = catalogue
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
            self._attempt(self._document.start, own)

    def open_sample(self) -> None:
        """Show the sample, a file of its own beside the user's portfolio."""
        path = paths.sample_portfolio()
        if path.exists():
            self.open(path)
        else:
            from desktop_app.shipped import sample_portfolio

            self._attempt(lambda: self._document.create(path, sample_portfolio()))

    def drop(self, *paths: Path) -> None:
        """Open portfolios or import anything else, one file after the other."""
        for number, path in enumerate(paths, 1):
            if path.suffix.lower() != SUFFIX:
                self.import_file(path, *paths[number:])
                return
            self.open(path)

    def import_file(self, path: Path | None = None, *following: Path) -> None:
        """Show what a file would change, and import it when the user agrees; then the files that follow.

        What is the user's own does not come into the sample, but into the own portfolio, which is shown;
        a copy of the sample, on which changes are tried, may take it.
        """
        if self._document.path == paths.sample_portfolio() and not self._document.is_trying:
            self.open_own()
        from desktop_app.ui.dialogs.import_wizard import import_file

        dialog = import_file(self._window, self._document, self._catalogue, path, following)
        dialog.finished.connect(lambda: self.drop(*dialog.following))

    def show_imports(self, labels: Labels) -> None:
        """Show what was imported; one import can be taken back there."""
        from desktop_app.ui.dialogs.import_history import ImportHistory

        ImportHistory(self._window, self._document, self._catalogue, labels).open()

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

    def _ask(self, title: str, kind: str, suffix: str, chosen: Callable[[Path], object]) -> None:
        folder = self._document.path.parent if self._document.path else paths.data_folder()
        ask_for_file(self._window, title, kind, suffix, folder, chosen)


def ask_for_file(
    window: QWidget,
    title: str,
    kind: str,
    suffix: str,
    folder: Path,
    chosen: Callable[[Path], object],
    name: str = "",
) -> None:
    """Show the system's file dialog; ``suffix`` is given to a new file's name ("": an existing file).

    ``name`` is offered for a new file.
    """
    dialog = QFileDialog(window, title)
    dialog.setNameFilters([kind, "All files (*)"])
    if suffix:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _show(dialog, folder, chosen)
    if name:
        dialog.selectFile(name)


def ask_for_folder(window: QWidget, title: str, folder: Path, chosen: Callable[[Path], object]) -> None:
    """Show the system's dialog for a folder that is there; it can make one."""
    dialog = QFileDialog(window, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _show(dialog, folder, chosen)


def _show(dialog: QFileDialog, folder: Path, chosen: Callable[[Path], object]) -> None:
    dialog.setDirectory(str(folder))
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _free(path: Path) -> Path:
    """Return the first name like ``path`` that no file has."""
    number = 2
    while (other := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    return other
