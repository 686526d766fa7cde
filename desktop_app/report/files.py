"""Writing files whole or not at all: beside the target, on the disk, then in their place."""

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from desktop_app.domain.interchange import SCHEMA
from desktop_app.errors import UserError
from desktop_app.report.inputs import read_bytes

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_DATABASE, _SCHEMA = b"SQLite format 3\0", SCHEMA.encode()


def spare_portfolios(path: Path, read: Path) -> None:
    """Raise UserError where writing ``path`` would replace the file that is ``read``, or any portfolio."""
    if not os.path.isfile(path):  # noqa: PTH113 - a name too long is no file, not an error
        return
    hint = "Choose another name."
    if read.exists() and path.samefile(read):
        raise UserError(f"“{path}” is the file that is read: the report would replace it.", hint)
    data = read_bytes(path)
    interchange = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and _SCHEMA in data
    if data.startswith(_DATABASE) or interchange:
        raise UserError(f"“{path}” is a portfolio: the report would replace it.", hint)


def spare_databases(path: Path) -> None:
    """Raise UserError where writing ``path`` would replace a portfolio file; an earlier export may go."""
    if os.path.isfile(path) and read_bytes(path).startswith(_DATABASE):  # noqa: PTH113 - as above
        raise UserError(f"“{path}” is a portfolio: the export would replace it.", "Choose another name.")


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, readable by its owner only; on any failure the old file stays as it was.

    A link at the target is replaced, not followed. Raises UserError where the file cannot be written.
    """
    try:
        _write(path, data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text = f"“{path.name}” could not be written in “{path.parent}”: {reason}."
        raise UserError(text, "Choose another folder or make room.") from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made if it is not there, for its owner only.

    All of them are on the disk before the first takes its place; a new folder appears whole. A link in
    place of a file is replaced, one in place of the folder refused. Raises UserError where that cannot be.
    """
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            what = "a link" if folder.is_symlink() else "a file"
            raise UserError(f"“{folder}” is {what}, not a folder.", "Name a folder, or a new one.")
        _write_all(folder, files)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text = f"The tables could not be written into “{folder}”: {reason}."
        raise UserError(text, "Choose another folder or make room.") from error


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    staging = _part(folder.absolute().parent)
    try:
        staging.mkdir(0o700)
        for name, data in files.items():
            _write(staging / name, data)
        if folder.exists():
            for name in files:
                (staging / name).replace(folder / name)
            _sync_folder(folder)
        else:
            staging.rename(folder)
            _sync_folder(folder.absolute().parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _part(folder: Path) -> Path:
    """Return a name that nothing has, known before there is a file: no interrupt leaves one behind."""
    return folder / f".stakeout-{secrets.token_hex(8)}.part"


def _write(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(None, "there is a folder of that name")
    part = _part(path.parent)
    try:
        with os.fdopen(os.open(part, _NEW, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; some systems have no way to do that, which loses nothing written."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
