"""The command palette (Ctrl+K): every command of the menus in one list, filtered by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import theme

WIDTH, HEIGHT = 440, 400
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
        self.list = QTreeWidget()
        self._set_up_list()
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

    def _set_up_list(self) -> None:
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)

    def _add(self, action: QAction) -> None:
        text, keys = action.text().replace("&", ""), action.shortcut().toString()
        item = QTreeWidgetItem(self.list, [text, keys])
        item.setData(0, ACTION, action)
        item.setSizeHint(0, QSize(0, QFontMetrics(theme.font()).height() + 9))
        item.setForeground(1, theme.colour("text2"))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def items(self) -> list[QTreeWidgetItem]:
        """Return the commands that are not filtered out."""
        rows = (self.list.topLevelItem(i) for i in range(self.list.topLevelItemCount()))
        return [row for row in rows if row is not None and not row.isHidden()]

    def filter(self, text: str) -> None:
        """Show only commands that hold every typed word, and choose the first."""
        words = text.lower().split()
        for i in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(i)
            if item is not None:
                item.setHidden(not all(word in item.text(0).lower() for word in words))
        self.list.clearSelection()
        self._choose(0)

    def do_chosen(self) -> None:
        """Close, then do the chosen command."""
        chosen = self.list.selectedItems()
        self.accept()
        for item in chosen:
            item.data(0, ACTION).trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                at = [item.isSelected() for item in self.items()]
                self._choose((at.index(True) if True in at else -1) + step)
                return True
        return super().eventFilter(watched, event)

    def _choose(self, index: int) -> None:
        items = self.items()
        if items:
            self.list.setCurrentItem(items[max(0, min(index, len(items) - 1))])
