"""The small square of a colour role, beside a name in a dialog."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui import theme

SIZE = 9


class Swatch(QWidget):
    """Says nothing on its own: the word always stands with it."""

    def __init__(self, role: str = "page") -> None:
        super().__init__()
        self._role = role
        self.setFixedWidth(SIZE)
        self.setMinimumHeight(SIZE)
        theme.changed.connect(self.update)

    def show_role(self, role: str) -> None:
        """Take the colour of another role."""
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, (self.height() - SIZE) // 2, SIZE, SIZE, theme.colour(self._role))
