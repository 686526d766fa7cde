"""A button that drops something down: its text and a chevron at the right."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from desktop_app.ui import theme

RIGHT = 17
SIZE = 3.5


class DropButton(QPushButton):
    """Looks like a button with a menu, whatever it drops down."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("drop", True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("ink" if self.isEnabled() else "text3"), 1.3))
        x, y = self.width() - RIGHT, self.height() / 2
        corners = [QPointF(x - SIZE, y - SIZE / 2), QPointF(x, y + SIZE / 2), QPointF(x + SIZE, y - SIZE / 2)]
        painter.drawPolyline(corners)
