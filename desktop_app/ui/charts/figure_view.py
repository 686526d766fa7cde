"""A figure that can be zoomed and moved: wheel, drag, fit, keyboard walk; the ground of the large charts."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QToolTip,
    QWidget,
)

from desktop_app.figures.colours import colour
from desktop_app.figures.shapes import Figure, Target
from desktop_app.ui import theme
from desktop_app.ui.charts.figure_widget import TOOLTIP_AFTER
from desktop_app.ui.charts.painting import paint_figure, paint_focus
from desktop_app.ui.charts.prepared import PreparedFigure
from desktop_app.ui.charts.walking import Links, is_step, next_target, target_at
from desktop_app.ui.widgets.tooltip import plain_tooltip

_AROUND = 3.0
FEW = 400
"""Shapes that are painted anew with every move; more are prepared as pictures."""


class _FigureItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph ships no types
    """Paints a figure in its own coordinates, and the ring around the focused target."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = Figure(0, 0, ())
        self.focused: Target | None = None
        self.prepared = PreparedFigure(self)
        self.prepared.ready.connect(self.update)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.figure.width, self.figure.height).adjusted(
            -_AROUND, -_AROUND, _AROUND, _AROUND
        )

    def seen(self) -> QRectF:
        """Return the part that is in sight."""
        box = self.getViewBox()
        return box.viewRect() if box is not None else self.boundingRect()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if len(self.figure.shapes) > FEW:
            self.prepared.paint(painter, self.figure, self.seen(), theme.current())
        else:
            paint_figure(painter, self.figure, theme.current(), option.exposedRect)
        if self.focused is not None:
            paint_focus(painter, self.focused, theme.current())


class FigureView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph ships no types
    """Shows a figure at its size until the user zooms or moves it; one stop for the focus.

    ``pointed`` carries the id under the pointer or the focus ("" = none), ``chosen`` the one clicked or
    entered; ``released`` comes with Esc, ``resized`` when there is another room to build a figure for.
    """

    pointed = Signal(str)
    chosen = Signal(str)
    released = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._links: Links = {}
        self._hovered = ""
        self._moved = False
        self._pressed = QPoint()
        self._where = QPoint()
        self._item = _FigureItem()
        self._box = pg.ViewBox(enableMenu=False, invertY=True, lockAspect=True, defaultPadding=0)
        self._timer = QTimer(self, singleShot=True, interval=TOOLTIP_AFTER)
        self._box.disableAutoRange()
        self._box.addItem(self._item)
        self.setCentralItem(self._box)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._recolour()
        self._box.sigRangeChangedManually.connect(self._keep_range)
        self._timer.timeout.connect(self._show_tooltip)
        theme.changed.connect(self._recolour)

    # -- figure --------------------------------------------------------------------------------------------

    @property
    def figure(self) -> Figure:
        """The figure shown."""
        return self._item.figure

    def show_figure(self, figure: Figure, links: Links | None = None) -> None:
        """Show a figure; where the user has zoomed or moved the old one, the view stays."""
        focused = self._item.focused
        self._item.prepareGeometryChange()
        self._item.figure = figure
        self._item.focused = next((t for t in figure.targets if focused and t.id == focused.id), None)
        self._links = links or {}
        self.setAccessibleName(figure.headline)
        if not self._moved:
            self.show_actual_size()
        self._item.update()

    def room(self) -> tuple[float, float]:
        """Return width and height of the figure that fills the view, in its own pixels (font of 13)."""
        scale = self._natural()
        return self.viewport().width() / scale - 2 * _AROUND, self.viewport().height() / scale - 2 * _AROUND

    def show_actual_size(self) -> None:
        """Show the figure from its top left corner, as large as the system's font asks for.

        Where a large font makes it wider than the view, it shrinks again, down to a font of 13 pixels.
        """
        self._moved = False
        self._show(max(1.0, min(self.figure.width / self.room()[0], self._natural())))

    def fit(self) -> None:
        """Show the whole figure; at most at its natural size."""
        width, height = self.room()
        wanted = max(self.figure.width / width, self.figure.height / height, 1.0)
        self._moved = wanted > 1
        self._show(wanted)

    def _show(self, scale: float) -> None:
        """Show so many times the room, from the top left corner, with space for a focus ring at the edges."""
        width, height = ((side + 2 * _AROUND) * scale for side in self.room())
        self._box.setRange(QRectF(-_AROUND, -_AROUND, width, height), padding=0)

    def _natural(self) -> float:
        return theme.pixels() / 13

    def _recolour(self) -> None:
        self.setBackground(QColor(colour("page", theme.current())))
        self._item.update()

    def _keep_range(self) -> None:
        self._moved = True

    # -- Qt ------------------------------------------------------------------------------------------------

    def close(self) -> bool:
        """Close as any widget: pyqtgraph's own way clears the scene under living items, and that crashes."""
        return QGraphicsView.close(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_box"):  # pyqtgraph resizes before we are made
            self.show_actual_size()
            self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        target = self._target(event.position())
        if (
            event.button() is Qt.MouseButton.LeftButton
            and moved < QApplication.startDragDistance()
            and target is not None
        ):
            self._focus(target)
            self.chosen.emit(target.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self._target(event.position()) is None:
            self.fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._where = event.position().toPoint()
        if event.buttons() is Qt.MouseButton.NoButton:
            self._point(self._target(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, focused = event.key(), self._item.focused
        if is_step(key) and self.figure.targets:
            self._focus(next_target(self.figure.targets, focused, key, self._links))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and focused is not None:
            self.chosen.emit(focused.id)
        elif key == Qt.Key.Key_Escape:
            self._focus(None)
            self.released.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom(0.8 if key != Qt.Key.Key_Minus else 1.25)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if keyboard and self._item.focused is None and self.figure.targets:
            self._focus(self.figure.targets[0])

    # -- pointing ------------------------------------------------------------------------------------------

    def focused(self) -> str:
        """Return the id of the target with the focus ring, "" without one."""
        return self._item.focused.id if self._item.focused else ""

    def focus_on(self, target_id: str) -> None:
        """Put the focus ring on a target and bring it into sight, without choosing it."""
        self._focus(next((t for t in self.figure.targets if t.id == target_id), None))

    def _focus(self, target: Target | None) -> None:
        self._item.focused = target
        self.setAccessibleDescription(target.name if target else "")
        if target is not None:
            self._reveal(target)
        self._item.update()
        self.pointed.emit(target.id if target else "")

    def _reveal(self, target: Target) -> None:
        """Move the view as far as it takes to see a target."""
        seen = self._box.viewRect().adjusted(_AROUND - 1, _AROUND - 1, 1 - _AROUND, 1 - _AROUND)
        right = max(0.0, target.x + target.width - seen.right()) or min(0.0, target.x - seen.left())
        down = max(0.0, target.y + target.height - seen.bottom()) or min(0.0, target.y - seen.top())
        if right or down:
            self._moved = True
            self._box.translateBy(x=right, y=down)

    def _zoom(self, factor: float) -> None:
        self._moved = True
        self._box.scaleBy((factor, factor))

    def _target(self, where: QPointF) -> Target | None:
        place = self._box.mapSceneToView(self.mapToScene(where.toPoint()))
        return target_at(self.figure.targets, place.x(), place.y())

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
        target = next((t for t in self.figure.targets if t.id == self._hovered), None)
        if target is not None:
            QToolTip.showText(self.mapToGlobal(self._where), plain_tooltip(target.tooltip), self, QRect())
