"""One portfolio in one SQLite file: created, opened, loaded, saved, closed."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

from desktop_app.domain.calendar_log import CalendarLog
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.stamped import More
from desktop_app.errors import UserError
from desktop_app.storage import differences, stamping
from desktop_app.storage.connections import file_engine, memory_copy, transaction
from desktop_app.storage.copies import sync_folder
from desktop_app.storage.locking import Lock
from desktop_app.storage.tables import APPLICATION_ID, SCHEMA_VERSION
from desktop_app.storage.troubles import UNREADABLE, damaged, reading, writing
from desktop_app.storage.upgrade import migrate, upgrade

T = TypeVar("T")

_CACHE_KIB = 1 << 16
_MAGIC = b"SQLite format 3\0"


class Store:
    """An open portfolio file, held by this process alone until ``close``.

    Every ``save`` is one transaction: it is on the disk when the call returns, or nothing has changed.
    """

    def __init__(self, path: Path, lock: Lock, engine: Engine) -> None:
        self.path = path
        self._lock = lock
        self._engine = engine

    @classmethod
    def create(cls, path: Path, portfolio: Portfolio | None = None, more: More = ()) -> "Store":
        """Create the file (0600, a new folder 0700) with a portfolio in it and open it; never replace one.

        ``more`` are further positions or movements, which need nothing but what is in the portfolio.
        """
        path = _resolved(path)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"The folder {path.parent} cannot be created: {error.strerror}.") from error
        lock = Lock(path)
        try:
            _write_new(path, portfolio or Portfolio(), more)
            return cls(path, lock, file_engine(path))
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open a file for changes; raise UserError, leaving it untouched, if it is not a sound portfolio.

        One of an older version is brought to this one; a copy of it as it was stays beside it.
        """
        path = _resolved(path)
        check_header(path)
        lock = Lock(path)
        try:
            return cls(path, lock, _current(path))
        except BaseException:
            lock.release()
            raise

    @staticmethod
    def read(path: Path) -> Portfolio:
        """Return the portfolio of a file without changing it, also while another process has it open."""
        return _read(path, differences.read)

    @staticmethod
    def read_calendar(path: Path) -> CalendarLog:
        """Return what calendar files have told of a portfolio, without changing it."""
        return _read(path, differences.read_calendar)

    def load(self) -> Portfolio:
        """Return everything that is stored."""
        return _load(self._engine, self.path, differences.read)

    def calendar(self) -> CalendarLog:
        """Return what calendar files have told."""
        return _load(self._engine, self.path, differences.read_calendar)

    def keep_calendar(self, before: CalendarLog, after: CalendarLog) -> None:
        """Write which entries another file has told of; ``before`` is what ``calendar`` returned."""
        with writing(self.path), transaction(self._engine) as connection:
            differences.write_calendar(connection, before, after)

    def save(self, before: Portfolio, after: Portfolio, more: More = ()) -> None:
        """Write what differs; ``before`` is what was loaded or saved last. An error changes nothing.

        ``more`` is as in ``create``.
        """
        if before is after:
            return
        try:
            self._write(before, after, more)
        except UserError:
            self._take_back(before)
            raise

    def _write(self, before: Portfolio, after: Portfolio, more: More = ()) -> None:
        with writing(self.path), transaction(self._engine) as connection:
            differences.write(connection, before, after)
            stamping.write(connection, more)

    def _take_back(self, before: Portfolio) -> None:
        """Undo a save that failed in its very last step, when the file already held what was to be saved."""
        with suppress(UserError):
            if before != (held := self.load()):
                self._write(held, before)

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()
        self._lock.release()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def check_header(path: Path) -> int:
    """Return the version of a portfolio file; raise UserError unless its first bytes say that we know it.

    SQLite must not see the file before: it takes an empty file for an empty database.
    """
    header = _header(path)
    application, version = (int.from_bytes(header[at : at + 4], "big") for at in (68, 60))
    if not header:
        raise UserError(f"“{path.name}” is an empty file, not a portfolio.", "It was left as it is.")
    if not header.startswith(_MAGIC):
        raise UserError(f"“{path.name}” is not a portfolio of Stakeout.", "It was left as it is.")
    if len(header) < 100:
        raise damaged(path, "it ends within its first lines")
    if application != APPLICATION_ID:
        raise UserError(
            f"“{path.name}” is a database of another program, not a portfolio.", "It was left as it is."
        )
    if version > SCHEMA_VERSION:
        raise UserError(
            f"“{path.name}” was written by a newer Stakeout (file version {version}, this program knows "
            f"{SCHEMA_VERSION}).",
            "Update Stakeout to open it.",
        )
    if version < 1:
        raise damaged(path, "it has no version")
    return version


def _header(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserError(f"“{path}” is not a file.", "Name a portfolio file.")
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError as error:
        raise UserError(
            f"There is no portfolio at {path}.", "Check the name, or import into a new one."
        ) from error
    except OSError as error:
        raise UserError(f"“{path}” cannot be read: {error.strerror}.", "Check its permissions.") from error


def _resolved(path: Path) -> Path:
    """Return one name for a file that may be named in several ways, so that all share one lock."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise UserError(f"“{path}” is not a usable file name.") from error


def _write_new(path: Path, portfolio: Portfolio, more: More) -> None:
    """Write a whole file under another name first: however this ends, there is a complete file or none."""
    if path.exists():
        raise UserError(f"“{path}” exists already.", "Open it, or choose another name.")
    new = path.with_name(f".{path.name}.new")
    try:
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _fill(new, portfolio, more)
        new.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise UserError(f"“{path}” cannot be created: {error.strerror}.") from error
    finally:
        new.unlink(missing_ok=True)


def _fill(path: Path, portfolio: Portfolio, more: More) -> None:
    engine = file_engine(path)
    try:
        with writing(path), transaction(engine) as connection:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            SQLModel.metadata.create_all(connection)
            differences.write(connection, None, portfolio)
            stamping.write(connection, more)
    finally:
        engine.dispose()


def _opened(path: Path, *, read_only: bool = False) -> Engine:
    engine = file_engine(path, read_only=read_only)
    try:
        with reading(path), engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            foreign = _foreign(connection)
        if found != "ok" or orphan is not None:
            raise damaged(path, UNREADABLE if found != "ok" else "a part is missing")
        if foreign is not None:
            raise UserError(
                f"“{path.name}” holds something that Stakeout has not made: “{foreign[:60]}”.",
                "It was left as it is: remove that, or open a copy from before.",
            )
    except BaseException:
        engine.dispose()
        raise
    return engine


def _current(path: Path) -> Engine:
    """Return an engine over a sound file of this version, which an older one becomes."""
    engine = _opened(path)
    try:
        if _is_older(path):
            upgrade(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _is_older(path: Path) -> bool:
    """Tell whether an opened file is of an older version (before, it may be half of a killed change)."""
    return check_header(path) < SCHEMA_VERSION


def _foreign(connection: Connection) -> str | None:
    """Return the name of a trigger, view or table that is not ours: it could change what is read or saved."""
    objects = connection.exec_driver_sql("SELECT type, name, rootpage FROM sqlite_schema")
    for kind, name, page in objects:
        ours = kind == "table" and (name in SQLModel.metadata.tables or name.startswith("sqlite_"))
        if kind != "index" and (not ours or not page):  # a virtual table has no page
            return str(name)
    return None


def _read(path: Path, what: Callable[[Connection], T]) -> T:
    """Return something of a file that stays as it is; of one of an older version through a copy in memory."""
    path = _resolved(path)
    check_header(path)
    engine = _opened(path, read_only=True)
    try:
        return _load_older(engine, path, what) if _is_older(path) else _load(engine, path, what)
    finally:
        engine.dispose()


def _load(engine: Engine, path: Path, what: Callable[[Connection], T]) -> T:
    with reading(path), transaction(engine) as connection:
        return what(connection)


def _load_older(engine: Engine, path: Path, what: Callable[[Connection], T]) -> T:
    """Return something of a file of an older version; what is brought to this version is a copy."""
    with reading(path):
        copy = memory_copy(engine)
        try:
            with transaction(copy) as connection:
                migrate(connection, path)
            return _load(copy, path, what)
        finally:
            copy.dispose()
