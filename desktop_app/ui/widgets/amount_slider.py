"""A slider over an amount: a line filled up to the handle, and a mark at a figure worth comparing with."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle

from desktop_app.ui import theme

LINE, HANDLE, MARK = 4, 16, 14


class AmountSlider(QSlider):
    """``valueChanged`` comes when the handle is let go, or with each key; ``sliderMoved`` before."""

    def __init__(self, most: int, step: int, mark: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._mark = mark
        self.is_known = True
        self.setRange(0, most)
        self.setSingleStep(step)
        self.setPageStep(10 * step)
        self.setTracking(False)
        self.setMinimumHeight(HANDLE + 6)

    def show_value(self, value: int | None) -> None:
        """Move the handle without a signal; None is unknown: a grey handle at the left."""
        self.is_known = value is not None
        self.blockSignals(True)
        self.setValue(value or 0)
        self.blockSignals(False)
        self.update()

    def place_of(self, value: int) -> float:
        """Return where a value stands, in pixels from the left."""
        room = self.width() - HANDLE
        return HANDLE / 2 + QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), value, room)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past must not change an amount."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, here = self.height() / 2, self.place_of(self.sliderPosition())
        painter.setPen(Qt.PenStyle.NoPen)
        filled = here if self.is_known else 0.0
        for role, end in (("faint", float(self.width())), ("accent", filled)):
            painter.setBrush(theme.colour(role))
            painter.drawRoundedRect(QRectF(0, middle - LINE / 2, end, LINE), LINE / 2, LINE / 2)
        painter.setPen(QPen(theme.colour("ink"), 1))
        mark = round(self.place_of(self._mark)) + 0.5
        painter.drawLine(QPointF(mark, middle - MARK / 2), QPointF(mark, middle + MARK / 2))
        lit = self.is_known or self.hasFocus()
        painter.setPen(QPen(theme.colour("accent" if lit else "mute"), 3 if self.hasFocus() else 2))
        painter.setBrush(theme.colour("page"))
        painter.drawEllipse(QPointF(here, middle), HANDLE / 2 - 1.5, HANDLE / 2 - 1.5)
