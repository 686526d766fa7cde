"""A figure as a plain widget: painted at the widget's width, with hover, click, keyboard and tooltips."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.figures.shapes import Figure, Target, Text
from desktop_app.ui import theme
from desktop_app.ui.charts.painting import measure, paint_figure, paint_focus
from desktop_app.ui.charts.walking import is_step, next_target, target_at
from desktop_app.ui.widgets.tooltip import plain_tooltip

TOOLTIP_AFTER = 700
"""Milliseconds that the pointer must rest."""

Build = Callable[[float], Figure]
"""Width in pixels -> the figure."""


def figure_of(widget: "FigureWidget") -> Figure:
    """Return what a widget shows now."""
    return widget.figure


class FigureWidget(QWidget):
    """Shows a figure that is built for the width it has; as high as the figure, one stop for the focus.

    ``pointed`` carries the id under the pointer or the focus ("" = none), ``chosen`` the one clicked or
    entered; ``released`` comes with Esc.
    """

    pointed = Signal(str)
    chosen = Signal(str)
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = Figure(0, 0, ())
        self._build: Build | None = None
        self._hovered = ""
        self._focused: Target | None = None
        self._where = QPoint()
        self._timer = QTimer(self, singleShot=True, interval=TOOLTIP_AFTER)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer.timeout.connect(self._show_tooltip)
        theme.changed.connect(self.update)

    def show_figure(self, build: Build) -> None:
        """Show what ``build`` returns for the width of the widget, now and whenever the width changes."""
        self._build = build
        self._rebuild()

    def _rebuild(self) -> None:
        if self._build is None or self.width() <= 0:
            return
        self.figure = self._build(float(self.width()))
        self.setFixedHeight(max(1, round(self.figure.height)))
        self.setAccessibleName(self.figure.headline)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.figure.targets else Qt.FocusPolicy.NoFocus)
        focused = self._focused.id if self._focused else ""
        self._focused = next((t for t in self.figure.targets if t.id == focused), None)
        self.update()

    # -- Qt ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(200, max(1, round(self.figure.height)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._rebuild()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_figure(painter, self.figure, theme.current(), event.rect().toRectF())
        if self._focused is not None and self.hasFocus():
            paint_focus(painter, self._focused, theme.current(), self.rect().toRectF())
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._where = event.position().toPoint()
        if not self._hovered and self._text_under_pointer():
            self._timer.start()
        self._point(target_at(self.figure.targets, event.position().x(), event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target = target_at(self.figure.targets, event.position().x(), event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and target is not None:
            self._focused = target
            self.update()
            self.chosen.emit(target.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if is_step(key) and self.figure.targets:
            self._focus(next_target(self.figure.targets, self._focused, key))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._focused is not None:
            self.chosen.emit(self._focused.id)
        elif key == Qt.Key.Key_Escape and self._focused is not None:
            self._focus(None)
            self.released.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._focused is None and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._focus(self.figure.targets[0] if self.figure.targets else None)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- pointing ------------------------------------------------------------------------------------------

    @property
    def focused(self) -> str:
        """The id of the target that was clicked or has the focus ring; "" for none."""
        return self._focused.id if self._focused else ""

    def focus_on(self, target_id: str) -> None:
        """Put the focus ring on a target, without choosing it."""
        self._focus(next((t for t in self.figure.targets if t.id == target_id), None))

    def _focus(self, target: Target | None) -> None:
        self._focused = target
        self.setAccessibleDescription(target.name if target else "")
        self.pointed.emit(target.id if target else "")
        self.update()

    def _point(self, target: Target | None) -> None:
        name = target.id if target else ""
        if name == self._hovered:
            return
        self._hovered = name
        self.setCursor(Qt.CursorShape.PointingHandCursor if target else Qt.CursorShape.ArrowCursor)
        QToolTip.hideText()
        if target is not None and target.tooltip:
            self._timer.start()
        else:
            self._timer.stop()
        self.pointed.emit(name)

    def _show_tooltip(self) -> None:
        target = target_at(self.figure.targets, self._where.x(), self._where.y())
        words = target.tooltip if target is not None else self._text_under_pointer()
        if words:
            QToolTip.showText(self.mapToGlobal(self._where), plain_tooltip(words), self, QRect())

    def _text_under_pointer(self) -> str:
        """Return the whole text where one that was cut or shortened lies under the pointer."""
        x, y = self._where.x(), self._where.y()
        for text in self.figure.shapes:
            if isinstance(text, Text) and text.tooltip and text.y - text.size <= y <= text.y + 4:
                width = measure(text.text, text.size, text.bold)
                left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
                if left <= x <= left + width:
                    return text.tooltip
        return ""
