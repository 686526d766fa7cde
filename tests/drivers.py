"""What a person does with the window, in the words of the tests: press, click, type, wait for answers."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import jobs

W = TypeVar("W", bound=QWidget)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click with the left button, in the middle if no place is given."""
    QTest.mouseClick(
        widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center()
    )


def press(widget: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    """Press a key on a widget."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(widget, key, held)


def write(widget: QWidget, text: str) -> None:
    """Type a text into a widget."""
    QTest.keyClicks(widget, text)


def settle(qtbot: QtBot) -> None:
    """Wait until every answer under way has been handed out and painted."""
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=20_000)
    QApplication.processEvents()


def button(parent: QWidget, text: str) -> QPushButton:
    """Return the visible button with this text."""
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text and b.isVisible())


def choose(window: QWidget, command: str) -> None:
    """Choose a command of the menus by its key."""
    action = next(a for a in window.findChildren(QAction) if a.objectName() == command)
    assert action.isEnabled(), f"{command} is not offered now"
    action.trigger()


def dialog(qtbot: QtBot, kind: type[W]) -> W:
    """Return the open dialog of a kind, waiting for it."""

    def found() -> W | None:
        widgets = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        return widgets[-1] if widgets else None

    qtbot.waitUntil(lambda: found() is not None)
    result = found()
    assert result is not None
    return result


def name_file(qtbot: QtBot, *paths: Path) -> None:
    """Give the open file dialog a name, or several, and accept it."""
    asked = dialog(qtbot, QFileDialog)
    field = asked.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    field.setText(str(paths[0]) if len(paths) == 1 else " ".join(f'"{path}"' for path in paths))
    press(field, Qt.Key.Key_Return)
