"""The foot of a table: how many rows, their sums; a second line for the rows that are chosen."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.report.words import capital, counted
from desktop_app.ui import theme
from desktop_app.ui.tables.row_delegate import PADDING
from desktop_app.ui.tables.table_view import TableView

LINE = 21


class SumRow(QWidget):
    """Stands under a table and follows its columns; ``noun`` is what one row is called."""

    def __init__(self, view: TableView, noun: str) -> None:
        super().__init__()
        self._view = view
        self._noun = noun
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.arranged.connect(self.update)
        view.selectionModel().selectionChanged.connect(self.update)
        view.horizontalScrollBar().valueChanged.connect(self.update)
        theme.changed.connect(self.update)

    def count_text(self) -> str:
        """Return "12 positions", or "3 of 12 positions" where the filter leaves some out."""
        model = self._view.rows_model
        shown, hidden = len(model.rows), model.hidden_rows
        if hidden:
            return f"{model.labels.number(shown)} of {model.labels.number(shown + hidden)} {self._noun}s"
        if shown == 1:
            return capital(counted(1, self._noun))
        return f"{model.labels.number(shown)} {self._noun}s"

    def chosen_text(self) -> str:
        """Return "2 selected", or nothing."""
        chosen = len(self._view.selectionModel().selectedRows())
        return f"{self._view.rows_model.labels.number(chosen)} selected" if chosen else ""

    def _line(self) -> int:
        return max(LINE, QFontMetrics(theme.font()).height() + 4)

    def sizeHint(self) -> QSize:
        return QSize(200, 2 * self._line() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rule = "text2" if theme.current() == "dark" else "ink"
        painter.fillRect(0, 0, self.width(), 1, theme.colour(rule))
        model, header = self._view.rows_model, self._view.horizontalHeader()
        chosen = self._view.chosen_rows()
        self._text(painter, self._box(header.logicalIndex(0), 0), self.count_text(), "text2", bold=False)
        self._text(painter, self._box(header.logicalIndex(0), 1), self.chosen_text(), "text2", bold=False)
        for i, column in enumerate(model.columns):
            if column.total and not header.isSectionHidden(i):
                self._sum(painter, self._box(i, 0), model.total(i), bold=True)
                if chosen:
                    self._sum(painter, self._box(i, 1), model.total_of(i, chosen), bold=False)

    def _box(self, column: int, line: int) -> QRect:
        header = self._view.horizontalHeader()
        left = header.sectionViewportPosition(column)
        return QRect(left, 4 + line * self._line(), header.sectionSize(column), self._line())

    def _sum(self, painter: QPainter, box: QRect, text: str, *, bold: bool) -> None:
        role = "warn" if text.endswith("?") or text == "unknown" else "ink" if bold else "text2"
        self._text(painter, box, text, role, bold=bold, align=Qt.AlignmentFlag.AlignRight)

    @staticmethod
    def _text(
        painter: QPainter,
        box: QRect,
        text: str,
        role: str,
        *,
        bold: bool,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        font = theme.font(bold=bold)
        painter.setFont(font)
        painter.setPen(theme.colour(role))
        box = box.adjusted(PADDING, 0, -PADDING, 0)
        width = max(box.width(), QFontMetrics(font).horizontalAdvance(text))
        left = box.right() + 1 - width if align is Qt.AlignmentFlag.AlignRight else box.x()
        place = QRect(left, box.y(), width, box.height())
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, text)
