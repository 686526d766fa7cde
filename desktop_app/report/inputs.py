"""Files that the user names on the command line, read whole."""

import stat
from pathlib import Path

from desktop_app.errors import UserError


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raise UserError where there are none to have."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UserError(f"“{path}” is a folder.", "Name a file in it.")
        if not stat.S_ISREG(mode):  # reading a pipe or a device may never end
            raise UserError(f"“{path}” is a pipe or a device, not a file.", "Save what it gives as a file.")
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file “{path}”.", "Check its name.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"“{path}” cannot be read: {reason}.", "Name a file you may read.") from error


def utf8(data: bytes, path: Path) -> str:
    """Return the text of an interchange file."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"“{path.name}” is not text in UTF-8.", "Export it again.") from None
