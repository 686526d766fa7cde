"""Verified copies of a portfolio file: complete under their name or not there at all."""

import os
import sqlite3
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from desktop_app.errors import UserError
from desktop_app.storage.connections import driver


def keep_copy(engine: Engine, path: Path, mark: str) -> Path:
    """Copy the file to ``NAME.MARK.stakeout`` beside it (0600), or to the next free name; return the copy.

    A copy of exactly this content that is there already serves. The copy is verified before it gets its name.
    """
    new = path.with_name(f".{path.name}.copy")
    try:
        verified_copy(engine, new)
        target = _target(path, mark, new.read_bytes())
        new.rename(target)
        sync_folder(path.parent)
    except OSError as error:
        raise UserError(
            f"“{path.name}” could not be copied before the change: {error.strerror}; it was left as it is."
        ) from error
    finally:
        new.unlink(missing_ok=True)
    return target


def verified_copy(engine: Engine, new: Path) -> None:
    """Copy the file behind ``engine`` to ``new`` (0600), prove the copy sound and have it on the disk.

    Raises OSError or sqlite3.Error, and leaves ``new`` to the caller.
    """
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    copy = sqlite3.connect(new, isolation_level=None)
    try:
        with driver(engine) as source:
            source.backup(copy)
        copy.execute("PRAGMA trusted_schema = OFF")
        if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the copy is not sound")
    finally:
        copy.close()
    handle = os.open(new, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _target(path: Path, mark: str, content: bytes) -> Path:
    names = (f"{path.stem}.{mark}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in count(1))
    places = map(path.with_name, names)
    return next(p for p in places if not p.exists() or (p.is_file() and p.read_bytes() == content))


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
