"""The table of every page: hairlines, rows chosen by mouse and keys, remembered columns, exact copies."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from desktop_app.figures.labels import Labels
from desktop_app.ui import settings, theme
from desktop_app.ui.tables.row_delegate import RowDelegate
from desktop_app.ui.tables.table_model import NOTE, SECOND_LINE, Column, Row, TableModel

MEASURED_ROWS = 300
"""So many rows decide how wide a column is at first."""
HEADING_ROOM = 18
WIDEST = 420
Select = QItemSelectionModel.SelectionFlag
Order = Qt.SortOrder


class TableView(QTableView):
    """Rows with an id. ``opened`` carries the id of a row (Enter, double click); ``picked`` the chosen ids.

    Order, widths and sorting are remembered under ``name``; ``sorted_by`` is a column, at first.
    """

    opened = Signal(str)
    picked = Signal(list)
    arranged = Signal()
    """Rows, filter or columns have changed."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        two_lines: bool = False,
        sorted_by: int = -1,
        accessible_name: str = "",
    ) -> None:
        super().__init__()
        self.name = name
        self.rows_model = TableModel(columns, self)
        self.delegate = RowDelegate(self, two_lines=two_lines)
        self._restoring = False
        self._by_keys = False
        self._kept: list[str] = []
        self._fitted = False
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self._set_up()
        self._set_up_header(sorted_by)
        self._connect()

    def _set_up(self) -> None:
        self.setModel(self.rows_model)
        self.setItemDelegate(self.delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setMinimumSectionSize(16)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(self.delegate.row_height())

    def _set_up_header(self, sorted_by: int) -> None:
        header = self.horizontalHeader()
        header.setFont(theme.font(theme.NOTE))
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setMinimumSectionSize(32)
        header.setMinimumHeight(QFontMetrics(header.font()).height() + 9)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setSortIndicator(sorted_by, self._first_order(sorted_by))
        state = settings.read(f"table/{self.name}", QByteArray())
        self._fitted = bool(state.size()) and header.restoreState(state)
        self._stretch()
        if header.sortIndicatorSection() < len(self.rows_model.columns):
            self.rows_model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._sort_clicked)
        header.sectionResized.connect(self._columns_changed)
        header.sectionMoved.connect(self._columns_changed)
        header.customContextMenuRequested.connect(self._offer_columns)
        self.rows_model.modelAboutToBeReset.connect(self._keep_selection)
        self.rows_model.modelReset.connect(self._restore_selection)
        self.rows_model.layoutChanged.connect(self.viewport().update)
        self.selectionModel().selectionChanged.connect(self._pick)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows_model.rows[index.row()].id))
        theme.changed.connect(self.viewport().update)

    # -- content -------------------------------------------------------------------------------------------

    def show_rows(self, rows: Iterable[Row], labels: Labels) -> None:
        """Show rows; what was chosen stays chosen."""
        self.rows_model.set_rows(rows, labels)
        if not self._fitted and self.rows_model.rows:
            self.fit_columns()
            self._fitted = True
        self.arranged.emit()

    def set_filter(self, text: str) -> None:
        """Show only the rows that hold every word of the text."""
        self.rows_model.set_filter(text)
        self.arranged.emit()

    def sort_by(self, column: int, order: Qt.SortOrder) -> None:
        """Order the rows, without remembering it."""
        self.horizontalHeader().setSortIndicator(column, order)
        self.rows_model.sort(column, order)

    def chosen_ids(self) -> list[str]:
        """Return the ids of the chosen rows, from top to bottom."""
        return [row.id for row in self.chosen_rows()]

    def chosen_rows(self) -> list[Any]:
        """Return the chosen rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows_model.rows[row] for row in rows]

    def choose(self, *ids: str) -> None:
        """Choose rows by id, the first of them the current one; ids that are not shown are left out."""
        wanted = set(ids)
        found = [i for i, row in enumerate(self.rows_model.rows) if row.id in wanted]
        selection = QItemSelection()
        last = len(self.rows_model.columns) - 1
        for row in found:
            selection.select(self.rows_model.index(row, 0), self.rows_model.index(row, last))
        selecting = self.selectionModel()
        first = self.rows_model.row_of(ids[0]) if ids else -1
        first = first if first >= 0 else found[0] if found else -1
        if first >= 0:
            current = self.rows_model.index(first, max(0, self.currentIndex().column()))
            selecting.setCurrentIndex(current, Select.NoUpdate)
            self.scrollTo(current)
        selecting.select(selection, Select.ClearAndSelect)

    def copy(self) -> None:
        """Copy the chosen rows (all, where none is chosen) with exact values, for a spreadsheet."""
        rows = self.chosen_rows() or self.rows_model.rows
        text = self.rows_model.table_text(rows, self.shown_columns())
        QGuiApplication.clipboard().setText(text)

    def shown_columns(self) -> list[Column]:
        """Return the columns from left to right, without the hidden ones."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(i) for i in range(header.count())]
        return [self.rows_model.columns[i] for i in order if not header.isSectionHidden(i)]

    def content_height(self) -> int:
        """Return the height at which every row is seen."""
        rows = len(self.rows_model.rows) * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar()
        return self.horizontalHeader().sizeHint().height() + rows + (bar.height() if bar.isVisible() else 0)

    # -- choice --------------------------------------------------------------------------------------------

    def _keep_selection(self) -> None:
        self._kept = self.chosen_ids()
        current = self.currentIndex().row()
        if 0 <= current < len(self.rows_model.rows):
            row = self.rows_model.rows[current].id
            self._kept = [row, *(i for i in self._kept if i != row)] if row in self._kept else self._kept

    def _restore_selection(self) -> None:
        self._restoring = True
        self.choose(*self._kept)
        self._restoring = False
        if self.chosen_ids() != self._kept:
            self._pick()

    def _pick(self) -> None:
        self.viewport().update()
        if not self._restoring:
            self.picked.emit(self.chosen_ids())

    # -- columns -------------------------------------------------------------------------------------------

    def fit_columns(self) -> None:
        """Make each column as wide as its heading and its longest cell among the first rows."""
        header = self.horizontalHeader()
        bold, small = QFontMetrics(theme.font(bold=True)), QFontMetrics(header.font())
        labels = self.rows_model.labels
        for i, column in enumerate(self.rows_model.columns):
            rows = self.rows_model.rows[:MEASURED_ROWS]
            widths = [bold.horizontalAdvance(column.shown(row, labels)) for row in rows]
            heading = small.horizontalAdvance(self.rows_model.heading(column)) + HEADING_ROOM
            header.resizeSection(i, min(WIDEST, max([heading, *widths]) + 18))

    def _stretch(self) -> None:
        header = self.horizontalHeader()
        for i, column in enumerate(self.rows_model.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(i, mode)

    def _first_order(self, column: int) -> Order:
        """Numbers begin with the largest, words with the first letter."""
        number = column >= 0 and self.rows_model.columns[column].kind.number
        return Order.DescendingOrder if number else Order.AscendingOrder

    def _sort_clicked(self, column: int) -> None:
        model, first = self.rows_model, self._first_order(column)
        other = Order(1 - first.value)
        self.sort_by(column, other if model.sorted_by == column and model.order is first else first)
        self._remember()

    def _columns_changed(self) -> None:
        if QGuiApplication.mouseButtons():
            self._remember()
        self.viewport().update()
        self.arranged.emit()

    def _remember(self) -> None:
        settings.write(f"table/{self.name}", self.horizontalHeader().saveState())

    def columns_menu(self) -> QMenu:
        """Return a menu in which columns are chosen; the first column always stays."""
        header, menu = self.horizontalHeader(), QMenu(self)
        for i, column in enumerate(self.rows_model.columns[1:], 1):
            action = menu.addAction(self.rows_model.heading(column).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(i))
            action.toggled.connect(lambda shown, i=i: self._show_column(i, shown=shown))
        return menu

    def _show_column(self, column: int, *, shown: bool) -> None:
        self.setColumnHidden(column, not shown)
        self._remember()
        self.arranged.emit()

    def _offer_columns(self, point: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(point))

    # -- keys and pointer ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keys = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.rows_model.rows[self.currentIndex().row()].id)
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rows:
            self.choose(self.rows_model.rows[0].id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered:
            self.delegate.hovered = row
            self.viewport().update()

    # -- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self.delegate.two_lines:
            self._paint_second_lines(painter)
        if self.hasFocus() and self._by_keys and self.currentIndex().isValid():
            self._paint_focus(painter)

    def _paint_second_lines(self, painter: QPainter) -> None:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        painter.setFont(theme.font(theme.NOTE))
        for row in range(first, (last if last >= 0 else len(self.rows_model.rows) - 1) + 1):
            self._paint_second_line(painter, row)

    def _paint_second_line(self, painter: QPainter, row: int) -> None:
        """Paint the second line of each cell; one runs on over the next columns that have none."""
        header, model = self.horizontalHeader(), self.rows_model
        shown = [i for v in range(header.count()) if not header.isSectionHidden(i := header.logicalIndex(v))]
        cells = {i: model.index(row, i) for i in shown}
        texts = {i: (str(cell.data(SECOND_LINE)), str(cell.data(NOTE))) for i, cell in cells.items()}
        for place, column in enumerate(shown):
            if any(texts[column]):
                area = QRect(self.visualRect(cells[column]))
                number = model.columns[column].kind.number
                following = [] if number else takewhile(lambda i: not any(texts[i]), shown[place + 1 :])
                for other in following:
                    area = area.united(self.visualRect(cells[other]))
                _, box = self.delegate.line_rects(area)
                _paint_line(painter, box, *texts[column], right=number)

    def _paint_focus(self, painter: QPainter) -> None:
        row = self.visualRect(self.currentIndex())
        width = min(self.horizontalHeader().length(), self.viewport().width())
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRect(QRect(1, row.y() + 1, width - 2, row.height() - 3))


def _paint_line(painter: QPainter, box: QRect, text: str, note: str, *, right: bool) -> None:
    """Paint text in grey and the note behind it in ochre, cut at the end of the box."""
    metrics = QFontMetrics(painter.font())
    text = f"{text}, " if text and note else text
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    for words, role in ((text, "text2"), (note, "warn")):
        if words and box.width() > 0:
            painter.setPen(theme.colour(role))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
            box = box.adjusted(metrics.horizontalAdvance(shown), 0, 0, 0)
