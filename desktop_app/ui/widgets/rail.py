"""The rail: the names of the pages at the left, text only; the chosen one bold, with a bar."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui import theme

WIDTH = 168
"""At a font of 13 pixels; it grows with the font."""
ROW = 30
TOP = 10
BAR = 3
LEFT = 16


def rail_width() -> int:
    """Return the width of the rail in the system's font."""
    return round(WIDTH * max(1.0, theme.pixels() / 13))


class Rail(QWidget):
    """``chosen`` carries the key of the page that the user chose."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        """``entries``: (key, name) from top to bottom."""
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(rail_width())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Pages")
        self._entries = tuple(entries)
        self._current = self._entries[0][0]
        self._numbers: dict[str, tuple[str, str]] = {}
        self._over = ""
        self._by_keys = False
        theme.changed.connect(self.update)

    def select(self, key: str) -> None:
        """Mark the page that is shown."""
        self._current = key
        self.setAccessibleDescription(dict(self._entries)[key])
        self.update()

    def show_number(self, key: str, number: str, role: str = "text2") -> None:
        """Show how much waits on a page, at the right of its entry ("": nothing); in ``alarm`` it is bold."""
        self._numbers[key] = (number, role)
        self.update()

    def number(self, key: str) -> str:
        """Return the number that an entry shows, "" for none."""
        return self._numbers.get(key, ("", ""))[0]

    def row_rect(self, key: str) -> QRect:
        """Return where an entry stands."""
        height = max(ROW, self.fontMetrics().height() + 8)
        index = [k for k, _ in self._entries].index(key)
        return QRect(0, TOP + index * height, self.width() - 1, height)

    def sizeHint(self) -> QSize:
        return QSize(rail_width(), TOP + len(self._entries) * ROW)

    def _at(self, event: QMouseEvent) -> str:
        point = event.position().toPoint()
        return next((key for key, _ in self._entries if self.row_rect(key).contains(point)), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("rule"))
        for key, name in self._entries:
            box = self.row_rect(key)
            current = key == self._current
            if current or key == self._over:
                painter.fillRect(box, theme.colour("sel" if current else "hover"))
            if current:
                painter.fillRect(0, box.y(), BAR, box.height(), theme.colour("accent"))
            if current and self._by_keys and self.hasFocus():
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))
            painter.setFont(theme.font(bold=current))
            painter.setPen(theme.colour("ink"))
            painter.drawText(box.adjusted(LEFT, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, name)
            number, role = self._numbers.get(key, ("", "text2"))
            painter.setFont(theme.font(bold=role == "alarm"))
            painter.setPen(theme.colour(role))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box.adjusted(LEFT, 0, -12, 0), right, number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self._at(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = ""
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if key := self._at(event):
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [key for key, _ in self._entries]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        index = keys.index(self._current) + step
        if 0 <= index < len(keys):
            self.chosen.emit(keys[index])
