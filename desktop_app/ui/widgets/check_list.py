"""A list of things to choose and to put in order: check boxes that are dragged, or moved by keys."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy

from desktop_app.ui import theme

KEY = Qt.ItemDataRole.UserRole
ROW = 21
ITEM_MARGIN = 3
"""Qt leaves so much before the box of an item; a box stands under the heading instead."""


class CheckList(QListWidget):
    """``changed`` comes when something is ticked or moved. Space ticks; Alt with Up or Down moves."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription("Space ticks; Alt with Up or Down moves")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("checks")
        self.setViewportMargins(-ITEM_MARGIN, 0, 0, 0)
        self.itemChanged.connect(lambda _: self.changed.emit())

    def set_entries(self, entries: Sequence[tuple[str, str, bool]]) -> None:
        """Show (key, words, ticked) from top to bottom, without telling of a change."""
        self.blockSignals(True)
        self.clear()
        height = max(ROW, self.fontMetrics().height() + 3)
        for key, words, ticked in entries:
            item = QListWidgetItem(words, self)
            item.setData(KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setFont(theme.font())
            item.setSizeHint(QSize(1, height))
        self.setFixedHeight(height * len(entries) + 2)
        self.blockSignals(False)

    def entries(self) -> list[tuple[str, bool]]:
        """Return (key, ticked) from top to bottom."""
        items = (self.item(row) for row in range(self.count()))
        return [(item.data(KEY), item.checkState() is Qt.CheckState.Checked) for item in items]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        row = self.currentRow()
        if 0 <= row + step < self.count():
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self.setCurrentRow(row + step)
            self.changed.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.changed.emit()
