"""The open portfolio: its file, the snapshot that is shown, and undo. Nothing else in ui knows storage."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.domain.calendar_log import CalendarLog
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.stamped import Stamped
from desktop_app.errors import UserError
from desktop_app.storage.store import Store

__all__ = ["Document", "Store"]

if TYPE_CHECKING:
    from desktop_app.domain.checkup import Checkup


class Document(QObject):
    """One open portfolio. Every edit goes through :meth:`edit`; it is on disk when ``changed`` is emitted.

    ``changed`` carries the new portfolio; ``failed`` a sentence when an edit could not be saved (nothing has
    changed then); ``path_changed`` says that another file is open.

    Between :meth:`try_out` and :meth:`apply` or :meth:`drop` edits are made on a copy: nothing of them is
    saved, and they are undone on a stack of their own. ``trial_begun`` (True: the copy is to be compared at
    once with what is saved; then it is told again of a trial that goes on) and ``trial_ended`` tell of it.
    """

    changed = Signal(object)
    failed = Signal(str)
    path_changed = Signal()
    trial_begun = Signal(bool)
    trial_ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.trial_stack = QUndoStack(self)
        self._portfolio = Portfolio()
        self._saved: Portfolio | None = None
        self._newest: _Change | None = None
        self._is_saving = False
        self._path: Path | None = None
        self._store: Store | None = None
        self._at_work = Lock()

    # -- asking --------------------------------------------------------------------------------------------

    @property
    def portfolio(self) -> Portfolio:
        """The snapshot that is shown, and saved unless it is a copy on which changes are tried."""
        return self._portfolio

    @property
    def saved(self) -> Portfolio:
        """The snapshot that is on the disk."""
        return self._portfolio if self._saved is None else self._saved

    @property
    def is_trying(self) -> bool:
        """Tell whether edits are made on a copy."""
        return self._saved is not None

    @property
    def stack(self) -> QUndoStack:
        """What is undone and redone now."""
        return self.trial_stack if self.is_trying else self.undo_stack

    @property
    def tried(self) -> list[str]:
        """The names of the edits that were made on the copy, and not undone."""
        return [self.trial_stack.text(i) for i in range(self.trial_stack.index())]

    @property
    def path(self) -> Path | None:
        """The file; it may not exist before the first edit."""
        return self._path

    # -- files ---------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Show the portfolio of a file; raises UserError and keeps the open one where that cannot be."""
        if self._store is not None and path.resolve() == self._store.path:
            return
        self._check_trial()
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
        self._check_trial()
        portfolio = portfolio or Portfolio()
        self._show(path, Store.create(path, portfolio), portfolio)

    def start(self, path: Path) -> None:
        """Start empty; the file is made by the first edit. Raises UserError while changes are tried."""
        self._check_trial()
        self._show(path, None, Portfolio())

    # -- looking after the file: the first four return what is to be called beside the window --------------

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

    def calendar(self) -> "Callable[[], tuple[CalendarLog, Callable[[CalendarLog], None]]]":
        """Return what looks up what calendars have told, and what keeps what another has; beside the window.

        What a calendar has told is no edit: nothing is shown of it, and undo leaves it.
        """
        store = self._store

        def keep(before: CalendarLog, after: CalendarLog) -> None:
            with self._at_work:
                if store is None or store is not self._store:
                    raise UserError("Another file is open, or none yet.")
                store.keep_calendar(before, after)

        def look_up() -> tuple[CalendarLog, Callable[[CalendarLog], None]]:
            log = CalendarLog() if store is None else Store.read_calendar(store.path)
            return log, partial(keep, log)

        return look_up

    def replace_with(self, copy: Path, now: datetime) -> Path | None:
        """Put a fetched copy in the place of the file and show it; return where the replaced file is now."""
        from desktop_app.storage.backups import swap

        self._check_trial()
        path = self._file()
        self.close()
        try:
            return swap(path, copy, now)
        finally:
            self.open(path)

    def _check_trial(self) -> None:
        if self.is_trying:
            raise UserError("You are trying changes on a copy.", "Apply or drop them first.")

    def _file(self) -> Path:
        if self._path is None:
            raise UserError("No portfolio is open.", "Open one first.")
        return self._path

    def close(self) -> None:
        """Let go of the file, once what is being saved is on the disk."""
        with self._at_work:
            if self._store is not None:
                self._store.close()
                self._store = None

    def _show(self, path: Path, store: Store | None, portfolio: Portfolio) -> None:
        self.close()
        self._newest = None
        self._path, self._store, self._portfolio = path, store, portfolio
        self.undo_stack.clear()
        self.path_changed.emit()
        self.changed.emit(portfolio)

    # -- edits ---------------------------------------------------------------------------------------------

    def edit(self, text: str, after: Portfolio) -> None:
        """Make ``after`` the portfolio, as one step of undo named ``text`` ("Delete 3 positions")."""
        if after is not self._portfolio:
            self._push(_Change(text, self._portfolio, after))

    def saving(self, after: Portfolio) -> Callable[[], Store | None]:
        """Return what saves a large edit beside the window; ``take`` its answer.

        No other edit may come between. It raises UserError, with nothing changed, where it cannot be saved.
        """
        if self.is_trying:
            store = self._store
            return lambda: store
        return self._saving(self._portfolio, after)

    @property
    def has_place(self) -> bool:
        """Tell whether edits come into a file, now or by the first of them, as ``adding`` needs it."""
        return self._path is not None and not self.is_trying

    def adding(self, portfolio: Portfolio, stamped: Stamped) -> Callable[[], tuple[Portfolio, Store]]:
        """Return what saves a portfolio and positions by column beside the window; ``take`` its answer.

        All of it is read again then. As with ``saving``, no other edit may come between, and nothing has
        changed where it raises UserError.
        """
        before, old, path, at_work = self._portfolio, self._store, self._file(), self._at_work
        self._is_saving = True

        def add() -> tuple[Portfolio, Store]:
            try:
                with at_work:
                    if old is not None:
                        old.save(before, portfolio, stamped)
                    store = old or Store.create(path, portfolio, stamped)
                    return store.load(), store
            except BaseException:
                self._is_saving = False
                raise

        return add

    def take(self, text: str, after: Portfolio, store: Store | None) -> None:
        """Show an edit that ``saving`` or ``adding`` has put on the disk, as one step of undo."""
        self._is_saving = False
        is_new, self._store = store is not self._store, store
        self._push(_Change(text, self._portfolio, after), saved=True)
        if is_new:
            self.path_changed.emit()

    def _saving(self, before: Portfolio, after: Portfolio) -> Callable[[], Store | None]:
        store, path, at_work = self._store, self._path, self._at_work
        self._is_saving = True

        def save() -> Store | None:
            try:
                with at_work:
                    if store is not None:
                        store.save(before, after)
                        return store
                    return Store.create(path, after) if path is not None else None
            except BaseException:
                self._is_saving = False
                raise

        return save

    def _push(self, change: "_Change", *, saved: bool = False) -> None:
        self._newest = change
        self.stack.push(_Edit(change, self, saved=saved))

    @property
    def newest(self) -> tuple[str, Portfolio] | None:
        """The newest edit by name, and the portfolio before it; None unless its result is shown and saved."""
        change = self._newest
        if change is None or self.is_trying or change.after is not self._portfolio:
            return None
        return change.text, change.before

    def note(self, after: Portfolio) -> None:
        """Save what was found out about the result of the newest edit as a part of that edit.

        It is no step of undo of its own. Nothing happens where another edit has come, or is being saved, or
        where it cannot be saved: it will be found out again after the next edit.
        """
        change = self._newest
        if change is None or self.newest is None or self._is_saving:
            return
        try:
            self._save(self._portfolio, after)
        except UserError:
            return
        change.after = after
        self.show(after)

    # -- trying --------------------------------------------------------------------------------------------

    def try_out(self, *, compare: bool = False) -> None:
        """Make edits on a copy from now on; ``compare``: the next one is to be looked at."""
        if self._saved is None:
            self._saved = self._portfolio
            self.trial_begun.emit(compare)
        elif compare:
            self.trial_begun.emit(compare)

    def drop(self) -> None:
        """Forget what was tried and show what is saved."""
        if self._saved is not None:
            before = self._end_trial(self._saved)
            self.trial_ended.emit()
            self.changed.emit(before)

    def applying(self) -> Callable[[], Store | None]:
        """Return what saves all that was tried, beside the window; ``apply`` its answer.

        No edit may come between. It raises UserError, with nothing changed, where it cannot be saved.
        """
        return self._saving(self.saved, self._portfolio)

    def apply(self, store: Store | None) -> None:
        """Show as one step of undo what ``applying`` has put on the disk."""
        if self._saved is not None:
            after, names = self._portfolio, self.tried
            self._end_trial(self._saved)
            self.trial_ended.emit()
            self.take(names[0] if len(names) == 1 else f"Apply {len(names)} tried changes", after, store)

    def _end_trial(self, saved: Portfolio) -> Portfolio:
        self._portfolio, self._saved = saved, None
        self._newest = None
        self.trial_stack.clear()
        return saved

    # -- for the undo command only -------------------------------------------------------------------------

    def show(self, after: Portfolio) -> None:
        """Show what is on the disk already. For the undo command only."""
        self._portfolio = after
        self.changed.emit(after)

    def swap(self, before: Portfolio, after: Portfolio) -> bool:
        """Save the difference, then show ``after``; tell whether that worked. For the undo command only."""
        try:
            if not self.is_trying:
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
            with self._at_work:
                self._store.save(before, after)
        elif self._path is not None:
            self._store = Store.create(self._path, after)
            self.path_changed.emit()


@dataclass(slots=True)
class _Change:
    """The snapshots before and after an edit; what is noted about it later changes ``after``."""

    text: str
    before: Portfolio
    after: Portfolio


class _Edit(QUndoCommand):
    """The one kind of command. Never raises; is dropped where it fails.

    ``saved``: the first time it is done it stands on the disk already, or is on a copy.
    """

    def __init__(self, change: _Change, document: Document, *, saved: bool) -> None:
        super().__init__(change.text)
        self._saved = saved
        self._document = document
        self._change = change

    def redo(self) -> None:
        before, after = self._change.before, self._change.after
        if self._saved:
            self._saved = False
            self._document.show(after)
        else:
            self.setObsolete(not self._document.swap(before, after))

    def undo(self) -> None:
        self.setObsolete(not self._document.swap(self._change.after, self._change.before))
