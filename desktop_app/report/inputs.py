"""Files that the user names on the command line, read whole."""

from pathlib import Path

from desktop_app.errors import UserError


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raise UserError where there are none to have."""
    try:
        if path.is_char_device() or path.is_block_device():
            raise UserError(f"“{path}” is a device, not a file.", "Name a file.")
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
