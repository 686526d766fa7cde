"""What the commands print: the answer on standard output, progress and complaints on standard error."""

import io
import sys
from contextlib import suppress

from desktop_app.errors import UserError
from desktop_app.report.terminal import printable

DONE, TO_DO, WRONG_USAGE, QUESTIONS_OPEN = 0, 1, 2, 3
"""Exit statuses."""


def to_terminal(text: str) -> None:
    """Replace the line of the terminal that tells of progress."""
    sys.stderr.write(f"\r{text}\x1b[K")
    sys.stderr.flush()


def print_text(text: str) -> None:
    """Print for a person: what the terminal cannot show becomes a question mark."""
    _write(text, None, "replace")


def print_json(text: str) -> None:
    """Print for a program: always UTF-8; half a character, which UTF-8 cannot write, as its JSON escape."""
    _write(text, "utf-8", "backslashreplace")


def _write(text: str, encoding: str | None, errors: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors=errors)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough: typer ends in silence
        raise
    except OSError as error:
        with suppress(OSError):
            sys.stdout.close()  # or Python would try once more at the end, and tell of it
        reason = error.strerror or type(error).__name__
        raise UserError(
            f"The answer could not be written: {reason}.", "Make room or write it elsewhere."
        ) from error


def complain(text: str) -> None:
    """Say in one line what the user has to do."""
    sys.stderr.write(f"{printable(text)}\n")
