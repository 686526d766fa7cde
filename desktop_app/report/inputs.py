"""Files that the user names on the command line, read whole or to the end of their first rows."""

import stat
from pathlib import Path

from desktop_app.domain.interchange import loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError

_QUOTED_LINES = 1000
"""So many lines a cell at the cut may have."""


def read_bytes(path: Path, most: int = -1) -> bytes:
    """Return the bytes of a file, or the first ``most``; raise UserError where there are none."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UserError(f"“{path}” is a folder.", "Name a file in it.")
        if not stat.S_ISREG(mode):  # reading a pipe or a device may never end
            raise UserError(f"“{path}” is a pipe or a device, not a file.", "Save what it gives as a file.")
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise UserError(f"There is no file “{path}”.", "Check its name.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"“{path}” cannot be read: {reason}.", "Name a file you may read.") from error


def file_size(path: Path) -> int:
    """Return the bytes of a file, 0 where there is none; what is wrong with it is said where it is read."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def first_lines(path: Path, most: int) -> bytes:
    """Return whole lines from the start of a file, at most ``most`` bytes; all of it if it has none.

    A line end inside quotes ends no line.
    """
    head = read_bytes(path, most)
    end = head.rfind(b"\n") + 1
    for _ in range(_QUOTED_LINES):
        if head.count(b'"', 0, end) % 2 == 0:
            break
        end = head.rfind(b"\n", 0, end - 1) + 1
    end += head[end : end + 1] == b"\0"  # the other half of a line end in UTF-16
    return head[:end] or read_bytes(path)


def utf8(data: bytes, path: Path) -> str:
    """Return the text of an interchange file."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"“{path.name}” is not text in UTF-8.", "Export it again.") from None


def interchange_file(path: Path) -> Portfolio:
    """Return the portfolio of an interchange file; raise UserError where it is none."""
    text = utf8(read_bytes(path), path)
    try:
        return loads(text)
    except UserError as error:
        raise UserError(f"“{path.name}” cannot be read. {error.text}", error.hint) from error
