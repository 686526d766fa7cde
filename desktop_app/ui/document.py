"""The open portfolio: its file, the snapshot that is shown, and undo. Nothing else in ui knows storage."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage.store import Store

__all__ = ["Document", "Store"]

if TYPE_CHECKING:
    from desktop_app.domain.checkup import Checkup


class Document(QObject):
    """One open portfolio. Every edit goes through :meth:`edit`; it is on disk when ``changed`` is emitted.

    ``changed`` carries the new portfolio; ``failed`` a sentence when an edit could not be saved (nothing has
    changed then); ``path_changed`` says that another file is open.
    """

    changed = Signal(object)
    failed = Signal(str)
    path_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._portfolio = Portfolio()
        self._path: Path | None = None
        self._store: Store | None = None
        self._at_work = Lock()

    # -- asking --------------------------------------------------------------------------------------------

    @property
    def portfolio(self) -> Portfolio:
        """The snapshot that is shown and saved."""
        return self._portfolio

    @property
    def path(self) -> Path | None:
        """The file; it may not exist before the first edit."""
        return self._path

    # -- files ---------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Show the portfolio of a file; raises UserError and keeps the open one where that cannot be."""
        if self._store is not None and path.resolve() == self._store.path:
            return
        store = Store.open(path)
        try:
            portfolio = store.load()
        except BaseException:
            store.close()
            raise
        self._show(path, store, portfolio)

    @staticmethod
    def read(path: Path) -> Portfolio:
        """Return the portfolio of another file, which stays as it is; raises UserError."""
        return Store.read(path)

    def create(self, path: Path, portfolio: Portfolio | None = None) -> None:
        """Start a new file with a portfolio in it; raises UserError where that cannot be."""
        portfolio = portfolio or Portfolio()
        self._show(path, Store.create(path, portfolio), portfolio)

    def start(self, path: Path) -> None:
        """Start empty; the file is made by the first edit."""
        self._show(path, None, Portfolio())

    # -- looking after the file: the first three return what is to be called beside the window -------------

    def looking_over(self, today: date) -> "Callable[[], Checkup]":
        """Return what looks over the file."""
        from desktop_app.storage.inspection import inspect

        return partial(inspect, self._file(), today)

    def backing_up(self, now: datetime, target: Path) -> Callable[[], Path]:
        """Return what copies the file to ``target``."""
        from desktop_app.storage.backups import back_up

        return partial(back_up, self._file(), now, target)

    def fetching(self, source: Path) -> Callable[[], Path]:
        """Return what copies and verifies a backup; ``replace_with`` takes the copy."""
        from desktop_app.storage.backups import prepared

        return partial(prepared, self._file(), source)

    def replace_with(self, copy: Path, now: datetime) -> Path | None:
        """Put a fetched copy in the place of the file and show it; return where the replaced file is now."""
        from desktop_app.storage.backups import swap

        path = self._file()
        self.close()
        try:
            return swap(path, copy, now)
        finally:
            self.open(path)

    def _file(self) -> Path:
        if self._path is None:
            raise UserError("No portfolio is open.", "Open one first.")
        return self._path

    def close(self) -> None:
        """Let go of the file, once what is being saved is on the disk."""
        with self._at_work:
            pass
        if self._store is not None:
            self._store.close()
            self._store = None

    def _show(self, path: Path, store: Store | None, portfolio: Portfolio) -> None:
        self.close()
        self._path, self._store, self._portfolio = path, store, portfolio
        self.undo_stack.clear()
        self.path_changed.emit()
        self.changed.emit(portfolio)

    # -- edits ---------------------------------------------------------------------------------------------

    def edit(self, text: str, after: Portfolio) -> None:
        """Make ``after`` the portfolio, as one step of undo named ``text`` ("Delete 3 positions")."""
        if after is not self._portfolio:
            self.undo_stack.push(_Edit(text, self, self._portfolio, after))

    def saving(self, after: Portfolio) -> Callable[[], Store | None]:
        """Return what saves a large edit beside the window; ``take`` its answer.

        No other edit may come between. It raises UserError, with nothing changed, where it cannot be saved.
        """
        store, path, before, at_work = self._store, self._path, self._portfolio, self._at_work

        def save() -> Store | None:
            with at_work:
                if store is not None:
                    store.save(before, after)
                    return store
                return Store.create(path, after) if path is not None else None

        return save

    def take(self, text: str, after: Portfolio, store: Store | None) -> None:
        """Show an edit that ``saving`` has put on the disk, as one step of undo."""
        is_new, self._store = store is not self._store, store
        self.undo_stack.push(_Edit(text, self, self._portfolio, after, saved=True))
        if is_new:
            self.path_changed.emit()

    def show(self, after: Portfolio) -> None:
        """Show what is on the disk already. For the undo command only."""
        self._portfolio = after
        self.changed.emit(after)

    def swap(self, before: Portfolio, after: Portfolio) -> bool:
        """Save the difference, then show ``after``; tell whether that worked. For the undo command only."""
        try:
            self._save(before, after)
        except UserError as error:
            self.failed.emit(str(error))
            return False
        except Exception:  # noqa: BLE001 - our bug; raised through Qt it would leave the command on the stack
            sys.excepthook(*sys.exc_info())
            return False
        self.show(after)
        return True

    def _save(self, before: Portfolio, after: Portfolio) -> None:
        if self._store is not None:
            self._store.save(before, after)
        elif self._path is not None:
            self._store = Store.create(self._path, after)
            self.path_changed.emit()


class _Edit(QUndoCommand):
    """The one kind of command: the snapshots before and after. Never raises; is dropped where it fails.

    ``saved``: the first time it is done it stands on the disk already.
    """

    def __init__(
        self, text: str, document: Document, before: Portfolio, after: Portfolio, *, saved: bool = False
    ) -> None:
        super().__init__(text)
        self._saved = saved
        self._document = document
        self._before = before
        self._after = after

    def redo(self) -> None:
        if self._saved:
            self._saved = False
            self._document.show(self._after)
        else:
            self.setObsolete(not self._document.swap(self._before, self._after))

    def undo(self) -> None:
        self.setObsolete(not self._document.swap(self._after, self._before))
