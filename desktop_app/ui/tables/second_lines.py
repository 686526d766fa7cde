"""The second lines of two-line rows: painted over the cells, as they may run on into the next columns."""

from itertools import takewhile

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from desktop_app.ui import theme
from desktop_app.ui.tables.row_delegate import RowDelegate
from desktop_app.ui.tables.table_model import NOTE, SECOND_LINE

Align = Qt.AlignmentFlag


def paint_second_lines(painter: QPainter, view: QTableView, delegate: RowDelegate) -> None:
    """Paint the second lines of the rows that are seen."""
    painter.setFont(theme.font(theme.NOTE))
    header, last = view.horizontalHeader(), view.rowAt(view.viewport().height() - 1)
    order = [header.logicalIndex(place) for place in range(header.count())]
    shown = [column for column in order if not header.isSectionHidden(column)]
    rows = view.model().rowCount()
    for row in range(max(0, view.rowAt(0)) if rows else 0, (last if last >= 0 else rows - 1) + 1):
        _paint_row(painter, view, delegate, [view.model().index(row, column) for column in shown])


def _paint_row(painter: QPainter, view: QTableView, delegate: RowDelegate, cells: list[QModelIndex]) -> None:
    """Paint the second line of each cell; one at the left runs on over the next cells that have none."""
    texts = [(str(cell.data(SECOND_LINE)), str(cell.data(NOTE))) for cell in cells]
    for place, cell in enumerate(cells):
        if any(texts[place]):
            area = QRect(view.visualRect(cell))
            right = bool(cell.data(Qt.ItemDataRole.TextAlignmentRole) & Align.AlignRight.value)
            following = range(place + 1, len(cells))
            for other in [] if right else takewhile(lambda i: not any(texts[i]), following):
                area = area.united(view.visualRect(cells[other]))
            _, box = delegate.line_rects(area)
            _paint_line(painter, box, *texts[place], right=right)


def _paint_line(painter: QPainter, box: QRect, text: str, note: str, *, right: bool) -> None:
    """Paint text in grey and the note behind it in ochre; the text is cut before the note is."""
    metrics = QFontMetrics(painter.font())
    comma = ", " if text and note else ""
    room = box.width() - metrics.horizontalAdvance(comma + note)
    side = Align.AlignRight if right else Align.AlignLeft
    for words, role, most in ((text, "text2", room), (comma, "text2", room), (note, "warn", box.width())):
        if words and most > 0:
            painter.setPen(theme.colour(role))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, min(most, box.width()))
            painter.drawText(box, side | Align.AlignVCenter, shown)
            box = box.adjusted(metrics.horizontalAdvance(shown), 0, 0, 0)
