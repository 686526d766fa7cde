"""The command palette (Ctrl+K): every command of the menus in one list, filtered by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.ui import theme

WIDTH, HEIGHT = 440, 360
ACTION = Qt.ItemDataRole.UserRole


class Palette(QDialog):
    """Lists the actions that can be used now; Enter or a click does the chosen one."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Command")
        self.resize(WIDTH, HEIGHT)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a command")
        self.field.setAccessibleName("Command")
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setFont(theme.font())
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for action in actions:
            if action.isEnabled():
                self._add(action)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.filter("")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.filter)
        self.field.returnPressed.connect(self.do_chosen)
        self.list.itemClicked.connect(self.do_chosen)

    def _add(self, action: QAction) -> None:
        keys = action.shortcut().toString()
        item = QListWidgetItem(action.text().replace("&", "") + (f"    {keys}" if keys else ""))
        item.setData(ACTION, action)
        self.list.addItem(item)

    def filter(self, text: str) -> None:
        """Show only commands that hold every typed word, and choose the first."""
        words = text.lower().split()
        items = [self.list.item(i) for i in range(self.list.count())]
        for item in items:
            item.setHidden(not all(word in item.text().lower() for word in words))
        rows = [row for row, item in enumerate(items) if not item.isHidden()]
        self.list.setCurrentRow(rows[0] if rows else -1)

    def do_chosen(self) -> None:
        """Close, then do the chosen command."""
        chosen = self.list.selectedItems()
        self.accept()
        for item in chosen:
            item.data(ACTION).trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        row = self.list.currentRow() + step
        while 0 <= row < self.list.count():
            if not self.list.item(row).isHidden():
                self.list.setCurrentRow(row)
                return
            row += step
