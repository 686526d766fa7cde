"""A quiet message of the system on the day on which something falls due; off until it is switched on."""

import sys
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon

from desktop_app import paths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.ui import jobs, messages, settings
from desktop_app.ui.document import Document

HOUR = 3_600_000
"""Milliseconds between two looks: a window may stay open over midnight."""

SHOWN = 20_000
"""Milliseconds that a message stays in the tray, where the system leaves that to the program."""

NOT_HERE = (
    "This system has neither a notification service nor a tray, so nothing can be told on the day; the "
    "calendar file (File, Export) has reminders of its own."
)

_ON, _TOLD = "remind", "reminded"

Due = tuple[str, str]
"""The identity of what is due, and its words."""


class Notices(QObject):
    """The system's own messages, without a sound: by a Linux desktop's notification service, else the tray.

    There it has a sign from its first message on.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None

    @staticmethod
    def is_there() -> bool:
        """Tell whether the system can show a message."""
        if sys.platform == "linux":
            from desktop_app.ui import session_bus

            if session_bus.is_there():
                return True
        return _has_tray()

    def tell(self, title: str, text: str) -> None:
        """Show a message."""
        if sys.platform == "linux":
            from desktop_app.ui import session_bus

            told = partial(self._tell_in_the_tray, title, text)
            jobs.run(self, partial(session_bus.tell, title, text), told, topic="tell")
        else:
            self._tell_in_the_tray(title, text)

    def _tell_in_the_tray(self, title: str, text: str, is_told: bool = False) -> None:
        if is_told or not _has_tray():
            return
        if self._icon is None:
            sign = QApplication.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxInformation)
            self._icon = QSystemTrayIcon(sign, self)
            self._icon.setToolTip(title)
        self._icon.show()
        self._icon.showMessage(title, text, QSystemTrayIcon.MessageIcon.NoIcon, SHOWN)


def _has_tray() -> bool:
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


class Reminders(QObject):
    """Tells of each date once, on its day, while the program is open; never of the sample's.

    ``today`` gives the day; ``tell`` shows a title and a text, ``can_tell`` says whether the system does.
    """

    def __init__(
        self,
        parent: QObject,
        document: Document,
        today: Callable[[], date],
        tell: Callable[[str, str], None] | None = None,
        can_tell: Callable[[], bool] = Notices.is_there,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._today = today
        self._tell = tell or Notices(self).tell
        self._can_tell = can_tell
        self._clock = QTimer(self, interval=HOUR)
        self._clock.timeout.connect(self.look)
        document.path_changed.connect(self.look)
        if self.are_on:
            self._clock.start()

    @property
    def are_on(self) -> bool:
        """Whether the user has switched them on."""
        return settings.read(_ON, False)

    def switch(self, on: bool) -> bool:
        """Switch them on or off; return whether they are on now, which not every system allows."""
        if on and not self._can_tell():
            messages.show(NOT_HERE)
            on = False
        settings.write(_ON, on)
        if on:
            self._clock.start()
            self.look()
        else:
            self._clock.stop()
        return on

    def look(self) -> None:
        """Look for what falls due today, and tell of what is not told yet."""
        if self.are_on and self._document.path != paths.sample_portfolio():
            today = self._today()
            work = partial(_due, self._document.saved, str(self._document.path), today)
            jobs.run(self, work, partial(self._tell_of, today), topic="remind")

    def _tell_of(self, today: date, due: list[Due]) -> None:
        day, *told = settings.read(_TOLD, "").split("\n")
        if day != today.isoformat():
            told = []
        if new := [(ident, words) for ident, words in due if ident not in told]:
            settings.write(_TOLD, "\n".join([today.isoformat(), *told, *(ident for ident, _ in new)]))
            self._tell("Due today", "\n".join(words for _, words in new))


def _due(portfolio: Portfolio, path: str, today: date) -> list[Due]:
    """Return what falls on today, in the zone of the system; what counts from today would on every day."""
    from desktop_app.analysis.agenda import agenda
    from desktop_app.analysis.withdrawals import withdrawals
    from desktop_app.figures.labels import Labels
    from desktop_app.report.agenda_words import day_of, title
    from desktop_app.report.calendar import identity

    as_of, here = portfolio.as_of or today, Labels(zone=None)
    return [
        (
            identity(path, dated.kind, dated.position, dated.part),
            title(dated, portfolio.positions[dated.position].name),
        )
        for dated in agenda(portfolio, withdrawals(portfolio, as_of), as_of)
        if day_of(dated, as_of, here) == today and (dated.is_fixed or portfolio.as_of is not None)
    ]
