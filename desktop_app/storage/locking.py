"""Exclusive use of a portfolio file by one process; whoever only reads needs no lock.

The lock is the operating system's, on a hidden file beside the portfolio: it ends with the process, however
that ends. It is not SQLite's own exclusive mode, which would keep out readers such as ``stakeout show``.
"""

import os
import sys
from pathlib import Path

from desktop_app.errors import UserError

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held from its creation to ``release``; raises UserError if another process (or window) holds it."""

    def __init__(self, portfolio: Path) -> None:
        self._path = portfolio.with_name(f".{portfolio.name}.lock")
        while not self._try(portfolio):
            pass

    def _try(self, portfolio: Path) -> bool:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self._handle = os.open(self._path, flags, 0o600)
        except OSError as error:
            text = f"“{portfolio.name}” cannot be changed: its folder does not let Stakeout write"
            there = os.path.exists(portfolio)  # noqa: PTH110 - a name too long is no file, not an error
            hint = "Copy the file to a folder of your own." if there else "Choose a folder of your own."
            raise UserError(f"{text} ({error.strerror}).", hint) from error
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise UserError(
                f"“{portfolio.name}” is open in another window of Stakeout.", "Close it there first."
            ) from error
        # The file may have been removed by its last holder between the two steps above.
        try:
            if os.path.samestat(self._path.lstat(), os.fstat(self._handle)):
                return True
        except FileNotFoundError:
            pass
        os.close(self._handle)
        return False

    def release(self) -> None:
        """Let others in; the lock's file goes."""
        if sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        os.close(self._handle)
