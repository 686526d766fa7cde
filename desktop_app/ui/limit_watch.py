"""Watching the limits: how many are broken is shown on the rail; what breaks and mends them is logged."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.portfolio import Portfolio
from desktop_app.ui import jobs
from desktop_app.ui.document import Document

Edit = tuple[str, Portfolio]
"""What one or several edits are called, and the portfolio before them."""


class LimitWatch(QObject):
    """Judges every edit beside the window, and lets the document note what is to be logged about it.

    ``counted`` carries how many limits are broken as of the day that is shown; the log is of ``today``.
    """

    counted = Signal(int)

    def __init__(self, parent: QObject, document: Document, today: Callable[[], date]) -> None:
        super().__init__(parent)
        self._document = document
        self._today = today
        self._seen: Portfolio | None = None
        self._edits: list[str] = []
        self._before: Portfolio | None = None

    def look(self, as_of: date) -> None:
        """Judge what is shown, as of a day."""
        portfolio = self._document.portfolio
        self._collect(portfolio)
        if not portfolio.limits and not portfolio.breaks:
            jobs.drop(self)
            self._forget()
            self.counted.emit(0)
            return
        edit = (", ".join(self._edits), self._before) if self._before is not None else None
        work = partial(_judged, portfolio, as_of, edit, self._today())
        jobs.run(self, work, partial(self._take, portfolio))

    def _collect(self, portfolio: Portfolio) -> None:
        """Remember the edits that have not been judged yet; what is undone or opened is none."""
        newest = self._document.newest
        if newest is None:
            self._forget()
            self._seen = None
        elif portfolio is not self._seen:
            text, before = newest
            self._edits.append(text)
            self._before = self._before or before
            self._seen = portfolio

    def _forget(self) -> None:
        self._edits, self._before = [], None

    def _take(self, portfolio: Portfolio, found: tuple[int, Portfolio]) -> None:
        count, noted = found
        self.counted.emit(count)
        self._forget()
        if noted is not portfolio and portfolio is self._document.portfolio:
            self._seen = noted
            self._document.note(noted)


def _judged(portfolio: Portfolio, as_of: date, edit: Edit | None, today: date) -> tuple[int, Portfolio]:
    """Return how many limits are broken on a day, and the portfolio with the log of an edit made today."""
    from desktop_app.analysis.limit_log import broken, log_edit, states_of

    states = states_of(portfolio, as_of)
    if edit is None:
        return len(broken(states)), portfolio
    day = portfolio.as_of or today
    now = states if day == as_of else states_of(portfolio, day)
    return len(broken(states)), log_edit(edit[1], portfolio, now, today, edit[0])
