"""How a row of a table looks: one or two lines, a hairline under it; selected: a bar, a bold first cell."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.tables.table_model import SWATCH
from desktop_app.ui.widgets.tooltip import plain_tooltip

PADDING = 8
BAR = 3
BOX = 14
SQUARE, SQUARE_ROOM = 9, 15
CHECK = ((3, 6.7), (5.5, 9.2), (10, 4.1))
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints cells by role names. ``hovered`` is the row under the pointer; ``two_lines`` makes room for two.

    The second lines are painted by the view, because they may run on into the next columns.
    """

    def __init__(self, view: QTableView, *, two_lines: bool) -> None:
        super().__init__(view)
        self._view = view
        self.two_lines = two_lines
        self.hovered = -1

    def row_height(self) -> int:
        """Return the height of a row in the system's font."""
        first = QFontMetrics(theme.font()).height()
        if not self.two_lines:
            return max(24, first + 8)
        return max(40, first + QFontMetrics(theme.font(theme.NOTE)).height() + 8)

    def line_rects(self, cell: QRect) -> tuple[QRect, QRect]:
        """Return where the first and the second line of a cell stand (the same without a second line)."""
        box = cell.adjusted(PADDING, 0, -PADDING, -1)
        if not self.two_lines:
            return box, box
        first = QFontMetrics(theme.font()).height()
        second = QFontMetrics(theme.font(theme.NOTE)).height()
        top = box.y() + (box.height() - first - second + 1) // 2
        return QRect(box.x(), top, box.width(), first), QRect(box.x(), top + first - 1, box.width(), second)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(theme.font(bold=True))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return QSize(metrics.horizontalAdvance(text) + 2 * PADDING + 2, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        first = self._view.horizontalHeader().visualIndex(index.column()) == 0
        painter.save()
        if selected or index.row() == self.hovered:
            painter.fillRect(cell, theme.colour("sel" if selected else "hover"))
        painter.fillRect(cell.x(), cell.bottom(), cell.width(), 1, theme.colour("rule"))
        if selected and first:
            painter.fillRect(cell.x(), cell.y(), BAR, cell.height(), theme.colour("accent"))
        box, _ = self.line_rects(cell)
        if (ticked := index.data(Qt.ItemDataRole.CheckStateRole)) is not None:
            self._paint_box(painter, box, ticked)
        if swatch := index.data(SWATCH):
            top = box.y() + (box.height() - SQUARE) // 2
            painter.fillRect(box.x(), top, SQUARE, SQUARE, theme.colour(swatch))
            box.setLeft(box.left() + SQUARE_ROOM)
        if index.flags() & Qt.ItemFlag.ItemIsEditable and (selected or index.row() == self.hovered):
            current = selected and index.column() == self._view.currentIndex().column()
            self._paint_field(painter, cell, current=current)
        font = theme.font(bold=(selected and first) or index.data(Qt.ItemDataRole.FontRole).bold())
        painter.setFont(font)
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole), text)
        painter.restore()

    def _paint_field(self, painter: QPainter, cell: QRect, *, current: bool) -> None:
        """Paint the edge of a field around what can be typed over."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if current else "field"), 1))
        painter.drawRoundedRect(QRectF(cell).adjusted(2.5, 1.5, -2.5, -2.5), 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("cell", True)
        editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        heading = self._view.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(heading))
        return editor

    def _paint_box(self, painter: QPainter, place: QRect, ticked: Qt.CheckState) -> None:
        """Paint a check box like those of the dialogs: filled with the accent where it is ticked."""
        on = ticked is Qt.CheckState.Checked
        box = QRectF(place.x() + 0.5, place.y() + (place.height() - BOX) // 2 + 0.5, BOX - 1, BOX - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent" if on else "field"))
        painter.setBrush(theme.colour("accent" if on else "page"))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            painter.setPen(QPen(theme.colour("on accent"), 1.7))
            painter.drawPolyline(
                [box.topLeft() + QPointF(x, y) for x, y in ((3, 6.7), (5.5, 9.2), (10, 4.1))]
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the tooltip as the plain text that it is, whatever signs a name may hold."""
        text = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else ""
        if event.type() is not QEvent.Type.ToolTip or not text:
            QToolTip.hideText()
            return False
        QToolTip.showText(event.globalPos(), plain_tooltip(str(text)), view)
        return True
