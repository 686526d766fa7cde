"""Backups of a portfolio file, and a file put back from one: verified first, whole or not at all."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.storage.connections import file_engine
from desktop_app.storage.copies import sync_folder, verified_copy
from desktop_app.storage.locking import Lock
from desktop_app.storage.store import Store

FOLDER = "backups"


def back_up(path: Path, now: datetime, target: Path | None = None) -> Path:
    """Copy a portfolio to ``target``, else to a dated name in the folder ``backups`` beside it; return which.

    Also while it is open elsewhere. The copy is read back before it gets its name; no file is replaced.
    Raises UserError where the portfolio is not sound or the copy cannot be made.
    """
    Store.read(path)
    path = path.resolve()
    if target is None:
        folder = path.parent / FOLDER
        target = _free(folder / f"{path.stem}-{now:%Y-%m-%d-%H%M%S}{path.suffix}")
        with _told(folder, "made"):
            folder.mkdir(mode=0o700, exist_ok=True)
    if os.path.lexists(target):
        raise UserError(f"“{target}” exists already.", "Choose another name.")
    new = target.with_name(f".{target.name}.new")
    with _told(target, "written"):
        try:
            _copy(path, new)
            new.rename(target)
            sync_folder(target.parent)
        finally:
            new.unlink(missing_ok=True)
    return target


def restore(path: Path, source: Path, now: datetime) -> Path | None:
    """Make the portfolio at ``path`` the one of ``source``; return the name that the replaced file has now.

    Refuses while ``path`` is open elsewhere. On any failure the portfolio is what it was.
    """
    return swap(path, prepared(path, source), now)


def prepared(path: Path, source: Path) -> Path:
    """Copy ``source`` next to ``path``, read it back and return the copy: ``swap`` puts it in place."""
    Store.read(source)
    source, path = source.resolve(), path.resolve()
    if path.exists() and path.samefile(source):
        raise UserError(f"“{path.name}” is the portfolio itself.", "Name a backup of it.")
    if not path.parent.is_dir():
        raise UserError(f"There is no folder “{path.parent}”.", "Check its name, or make it first.")
    new = path.with_name(f".{path.name}.restored")
    with _told(path, "restored"):
        try:
            _copy(source, new)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    return new


def swap(path: Path, new: Path, now: datetime) -> Path | None:
    """Put ``new`` in the place of ``path``; return the name that the file there has now, None if none was."""
    path = path.resolve()
    try:
        lock = Lock(path)
        try:
            with _told(path, "restored"):
                aside = _set_aside(path, now) if path.exists() else None
                new.replace(path)
                sync_folder(path.parent)
        finally:
            lock.release()
    finally:
        new.unlink(missing_ok=True)
    return aside


def _set_aside(path: Path, now: datetime) -> Path:
    """Give a file that is going to be replaced a second name, under which it stays.

    What a killed process left unfinished is rolled back first, or SQLite would do so in the new file.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as old:
        old.execute("PRAGMA schema_version")
    aside = _free(path.with_name(f"{path.stem}.replaced-{now:%Y-%m-%d-%H%M%S}{path.suffix}"))
    try:
        os.link(path, aside)
    except OSError:  # a file system without links
        shutil.copy2(path, aside)
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        journal.rename(aside.with_name(f"{aside.name}-journal"))
    sync_folder(path.parent)
    return aside


def _copy(path: Path, new: Path) -> None:
    engine = file_engine(path, read_only=True)
    try:
        verified_copy(engine, new)
    finally:
        engine.dispose()
    Store.read(new)


def _free(path: Path) -> Path:
    """Return the first name like ``path`` that no file has."""
    names = (path, *(path.with_stem(f"{path.stem}-{n}") for n in range(2, 10)))
    return next((name for name in names if not os.path.lexists(name)), path)


@contextmanager
def _told(path: Path, done: str) -> Iterator[None]:
    """Turn an error of the system into a sentence that says what could not be done."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(
            f"“{path}” could not be {done}: {reason}.", "Choose another folder or make room."
        ) from error
    except sqlite3.Error as error:
        raise UserError(f"“{path}” could not be {done}: {error}.", "Check the disk and make room.") from error
