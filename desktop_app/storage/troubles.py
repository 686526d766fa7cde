"""What goes wrong around a portfolio file, told in one sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, NoResultFound, StatementError

from desktop_app.errors import UserError
from desktop_app.storage.columns import NotStorableError

_SENTENCES = (
    (
        "SQLITE_FULL",
        "The disk is full: the last change to {name} was not saved.",
        "Free some space and try again.",
    ),
    ("SQLITE_BUSY", "{name} is in use by another program.", "Close it there and try again."),
    (
        "SQLITE_READONLY",
        "{name} cannot be changed: it is write-protected.",
        "Change its permissions or copy it.",
    ),
    ("SQLITE_CANTOPEN", "{name} cannot be opened or its folder cannot be written.", "Check the permissions."),
    (
        "SQLITE_IOERR",
        "{name} could not be read or written: the disk reports an error.",
        "Check the disk and try again.",
    ),
    (
        "SQLITE_TOOBIG",
        "Something in the last change to {name} is too long to be stored; it was not saved.",
        "",
    ),
)

UNREADABLE = "a part of it cannot be read"

_NOT_STORABLE = (NotStorableError, UnicodeEncodeError, OverflowError)


def damaged(path: Path, detail: str) -> UserError:
    """Return the sentence for a file that holds something else than was written."""
    return UserError(
        f"The portfolio file “{path.name}” is damaged ({detail}); it was left as it is.",
        "Open a copy of it from before.",
    )


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what a damaged, locked or unreadable file does into UserError."""
    try:
        yield
    except DBAPIError as error:
        raise _sentence(path, error.orig) or damaged(path, UNREADABLE) from error
    except sqlite3.Error as error:
        raise _sentence(path, error) or damaged(path, UNREADABLE) from error
    except NoResultFound as error:
        raise damaged(path, "its settings are missing") from error
    except (ValueError, ArithmeticError, LookupError, TypeError) as error:
        raise damaged(path, "it holds a value that cannot be") from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a full disk, a lock or a value that cannot be stored into UserError; anything else is our bug."""
    try:
        yield
    except StatementError as error:
        cause = error.orig
        sentence = _sentence(path, cause)
        if sentence is None and isinstance(cause, _NOT_STORABLE):
            sentence = _not_storable(cause)
        if sentence is None:
            raise
        raise sentence from error
    except _NOT_STORABLE as error:
        raise _not_storable(error) from error


def _not_storable(error: Exception) -> UserError:
    if isinstance(error, UnicodeEncodeError):
        half = ascii(error.object[error.start])[1:-1]
        return UserError(
            f"The last change holds half a character ({half}), which cannot be stored; it was not saved.",
            "Correct that text.",
        )
    return UserError(f"The last change holds a value that cannot be stored ({error}); it was not saved.")


def _sentence(path: Path, error: BaseException | None) -> UserError | None:
    name = getattr(error, "sqlite_errorname", "")
    for start, text, hint in _SENTENCES:
        if name.startswith(start):
            return UserError(text.format(name=f"“{path.name}”"), hint)
    return None
