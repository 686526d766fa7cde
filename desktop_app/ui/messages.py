"""Telling the user that something did not work: one call that shows the sentence and logs it."""

import logging

from PySide6.QtCore import QObject, Signal

from desktop_app.errors import UserError

logger = logging.getLogger(__name__)


class _Board(QObject):
    posted = Signal(str)


_board = _Board()
posted = _board.posted
"""A sentence to show to the user; the window shows it as its banner."""


def show(text: str) -> None:
    """Show a sentence to the user."""
    logger.warning("%s", text)
    posted.emit(text)


def show_error(error: UserError) -> None:
    """Show what the user can fix, with the way out."""
    show(str(error))
