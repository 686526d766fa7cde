"""What the window remembers between two starts: its place, the theme, recent files."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings

from desktop_app import paths

MOST_RECENT = 8

T = TypeVar("T", str, bool, QByteArray)


def _store() -> QSettings:
    return QSettings(str(paths.data_folder() / "window.ini"), QSettings.Format.IniFormat)


def read(key: str, default: T) -> T:
    """Return a remembered value, or the default where there is none or it is of another kind."""
    value = _store().value(key, default, type(default))
    return value if isinstance(value, type(default)) else default


def write(key: str, value: str | bool | QByteArray) -> None:
    """Remember a value."""
    paths.data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    _store().setValue(key, value)


def recent_files() -> list[Path]:
    """Return the files opened last that still exist, newest first."""
    lines = read("recent", "").split("\n")
    return [path for line in lines if line and (path := Path(line)).is_file()]


def remember_file(path: Path) -> None:
    """Put a file at the head of the recent ones."""
    known = recent_files()
    if known[:1] == [path.absolute()]:
        return  # as at most starts: writing takes its time
    files = [path.absolute(), *(p for p in known if p != path.absolute())]
    write("recent", "\n".join(str(p) for p in files[:MOST_RECENT]))
