"""A calendar that drops down under what was clicked."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme


class CalendarPopup(QFrame):
    """``chosen`` carries the day; None asks for today."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._under = parent
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFont(theme.font())
        self.today = QPushButton("Today")
        self._recolour()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)
        column.addWidget(self.today, 0, Qt.AlignmentFlag.AlignRight)
        theme.changed.connect(self._recolour)
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)
        self.today.clicked.connect(self._choose_today)

    def show_day(self, day: date) -> None:
        """Mark a day as the present one."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))

    def drop_down(self) -> None:
        """Show the calendar under the lower right corner of its parent."""
        self.adjustSize()
        corner = self._under.mapToGlobal(self._under.rect().bottomRight())
        self.move(corner.x() - self.width() + 1, corner.y() + 3)
        self.show()
        self.calendar.setFocus()

    def _choose(self, day: QDate) -> None:
        if self.isVisible():
            self.hide()
            self.chosen.emit(date(day.year(), day.month(), day.day()))

    def _choose_today(self) -> None:
        self.hide()
        self.chosen.emit(None)

    def _recolour(self) -> None:
        """Weekends are days like any other: red means something else here."""
        words = QTextCharFormat()
        words.setForeground(theme.colour("ink"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, words)
        heads = QTextCharFormat()
        heads.setForeground(theme.colour("text2"))
        heads.setBackground(theme.colour("page"))
        self.calendar.setHeaderTextFormat(heads)
