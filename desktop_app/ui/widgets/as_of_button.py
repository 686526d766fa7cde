"""The button "As of 24 Nov 2026": a calendar drops down under it."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.drop_button import DropButton


class AsOfButton(DropButton):
    """``chosen`` carries the day; None asks for today."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("As of")
        self.popup = _Popup(self)
        self.clicked.connect(self._drop_down)
        self.popup.calendar.clicked.connect(self._choose)
        self.popup.calendar.activated.connect(self._choose)
        self.popup.today.clicked.connect(self._choose_today)

    def show_day(self, day: date, text: str) -> None:
        """Show a day, written as ``text``."""
        self.setText(f"As of {text}")
        self.popup.calendar.setSelectedDate(QDate(day.year, day.month, day.day))

    def _drop_down(self) -> None:
        self.popup.adjustSize()
        corner = self.mapToGlobal(self.rect().bottomRight())
        self.popup.move(corner.x() - self.popup.width() + 1, corner.y() + 3)
        self.popup.show()
        self.popup.calendar.setFocus()

    def _choose(self, day: QDate) -> None:
        if self.popup.isVisible():
            self.popup.hide()
            self.chosen.emit(date(day.year(), day.month(), day.day()))

    def _choose_today(self) -> None:
        self.popup.hide()
        self.chosen.emit(None)


class _Popup(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFont(theme.font())
        self.today = QPushButton("Today")
        self._recolour()
        theme.changed.connect(self._recolour)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)
        column.addWidget(self.today, 0, Qt.AlignmentFlag.AlignRight)

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
