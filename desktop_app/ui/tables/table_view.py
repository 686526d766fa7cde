"""The table of every page: hairlines, rows chosen by mouse and keys, remembered columns, exact copies."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
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
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from desktop_app.figures.labels import Labels
from desktop_app.ui import settings, theme
from desktop_app.ui.tables.row_delegate import PADDING, SQUARE_ROOM, RowDelegate
from desktop_app.ui.tables.second_lines import paint_second_lines
from desktop_app.ui.tables.table_model import Column, Row, TableModel

MEASURED_ROWS = 300
"""So many rows decide how wide a column is at first."""
ARROW = " ▾"
Trigger = QAbstractItemView.EditTrigger
TYPING = Trigger.EditKeyPressed | Trigger.AnyKeyPressed | Trigger.SelectedClicked
"""What begins to type into a cell; Enter and a double click do so too."""
Select = QItemSelectionModel.SelectionFlag
Order = Qt.SortOrder


class TableView(QTableView):
    """Rows with an id. ``opened`` carries the id of a row (Enter, double click); ``picked`` the chosen ids.

    ``ticked`` carries the id of a row whose box was clicked, or that was the current one at a press of Space;
    ``entered`` row id, ``Column.edit`` and what was typed into a cell.
    Order, widths and sorting are remembered under ``name``; ``sorted_by`` is a column, at first.
    """

    opened = Signal(str)
    picked = Signal(list)
    ticked = Signal(str)
    entered = Signal(str, str, str)
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
        self._is_typed_into = any(column.edit for column in columns)
        self._kept: list[str] = []
        self._fitted = True
        self._sized = settings.read(f"table/{name}/sized", False)
        self._fitting = False
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
        self.setEditTriggers(TYPING if self._is_typed_into else Trigger.NoEditTriggers)
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
        restored = bool(state.size()) and header.restoreState(state)
        for i, column in enumerate(self.rows_model.columns):
            if column.hidden and not restored:
                header.hideSection(i)
        if header.sortIndicatorSection() < len(self.rows_model.columns):
            self.rows_model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._sort_clicked)
        header.sectionResized.connect(self._column_sized)
        header.sectionMoved.connect(self._columns_changed)
        header.customContextMenuRequested.connect(self._offer_columns)
        self.rows_model.modelAboutToBeReset.connect(self._keep_selection)
        self.rows_model.modelReset.connect(self._restore_selection)
        self.rows_model.layoutChanged.connect(self.viewport().update)
        self.selectionModel().selectionChanged.connect(self._pick)
        self.doubleClicked.connect(self._open)
        self.rows_model.entered.connect(self.entered)
        theme.changed.connect(self.viewport().update)

    # -- content -------------------------------------------------------------------------------------------

    def show_rows(self, rows: Iterable[Row], labels: Labels) -> None:
        """Show rows; what was chosen stays chosen. A table that is not seen fits its columns when it is."""
        self.rows_model.set_rows(rows, labels)
        self._fitted = False
        self._fit()
        self.arranged.emit()

    def _fit(self) -> None:
        if self.isVisible() and not self._fitted:
            self._fitted = True
            if not self._sized:
                self.fit_columns()
            self._stretch()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

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
        found = [i for i, row in enumerate(self.rows_model.rows) if row.id in wanted] if ids else []
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
        header = self.horizontalHeader()
        head = max(header.minimumHeight(), header.sizeHint().height())
        return head + rows + (bar.sizeHint().height() if bar.maximum() > 0 else 0)

    def needed_width(self) -> int:
        """Return the width at which no cell of the first rows is cut."""
        return sum(self._needed(i) for i in range(len(self.rows_model.columns)) if not self.isColumnHidden(i))

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
        """Make each column as wide as its heading, its sum and its longest cell among the first rows."""
        self._fitting = True
        for i, column in enumerate(self.rows_model.columns):
            if not self.isColumnHidden(i) and not column.stretch:
                self.horizontalHeader().resizeSection(i, self._needed(i))
        self._fitting = False

    def _needed(self, index: int) -> int:
        bold, small = QFontMetrics(theme.font(bold=True)), QFontMetrics(self.horizontalHeader().font())
        model, column = self.rows_model, self.rows_model.columns[index]
        texts = [column.shown(row, model.labels) for row in model.rows[:MEASURED_ROWS]]
        texts += [model.total(index)] if column.total else []
        heading = small.horizontalAdvance(model.heading(column) + ARROW)
        widest = max([heading, *map(bold.horizontalAdvance, texts)])
        square = SQUARE_ROOM if any(column.swatch(row) for row in model.rows[:MEASURED_ROWS]) else 0
        return min(column.widest, widest) + square + 2 * PADDING + 1

    def _stretch(self) -> None:
        """Give the stretching column what the others leave; in one-line rows never less than it needs."""
        header = self.horizontalHeader()
        for i, column in enumerate(self.rows_model.columns):
            if column.stretch:
                others = header.length() - header.sectionSize(i)
                least = column.least or (header.minimumSectionSize() if self.delegate.two_lines else 0)
                least = least or self._needed(i)
                self._fitting = True
                header.resizeSection(i, max(least, self.viewport().width() - others))
                self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()
        self.arranged.emit()

    def _first_order(self, column: int) -> Order:
        """Numbers begin with the largest, words with the first letter."""
        number = column >= 0 and self.rows_model.columns[column].kind.number
        return Order.DescendingOrder if number else Order.AscendingOrder

    def _sort_clicked(self, column: int) -> None:
        model, first = self.rows_model, self._first_order(column)
        other = Order(1 - first.value)
        self.sort_by(column, other if model.sorted_by == column and model.order is first else first)
        self._remember()

    def _column_sized(self) -> None:
        """Keep the widths that the user gives; until then every column is as wide as it needs."""
        if not self._fitting:
            if QGuiApplication.mouseButtons():
                self._sized = True
                settings.write(f"table/{self.name}/sized", value=True)
            self._columns_changed()

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
        self.setColumnWidth(column, self._needed(column))
        self._stretch()
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
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space:
            self._tick(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        """Begin to type, where the cell can be typed into, or open the row."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            if self.state() is not QAbstractItemView.State.EditingState:
                self.edit(index)
        else:
            self.opened.emit(self.rows_model.rows[index.row()].id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rows:
            self.choose(self.rows_model.rows[0].id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            self._tick(index.row())

    def _tick(self, row: int) -> None:
        """Tell that the box of a row was used, if it has one."""
        model = self.rows_model
        if 0 <= row < len(model.rows) and any(c.ticked(model.rows[row]) is not None for c in model.columns):
            self.ticked.emit(model.rows[row].id)

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
            paint_second_lines(painter, self, self.delegate)
        if self.hasFocus() and self._by_keys and self.currentIndex().isValid():
            self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        row = self.visualRect(self.currentIndex())
        width = min(self.horizontalHeader().length(), self.viewport().width())
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRect(QRect(1, row.y() + 1, width - 2, row.height() - 3))
