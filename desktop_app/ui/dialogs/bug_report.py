"""The bug side: shows exactly what a report would hold, as plain text, and lets the program go on."""

import platform
import traceback
from types import TracebackType

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app import __version__
from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Words


def report_text(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return all that a report would say: versions, and where it happened."""
    lines = traceback.format_exception(kind, error, trace)
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"Stakeout {__version__}, {system}, PySide {PySide6.__version__}\n\n{''.join(lines)}"


class BugReport(QDialog):
    """Nothing is sent anywhere: the user may copy the text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("A mistake in Stakeout")
        self.resize(680, 420)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        copy, go_on = QPushButton("Copy"), QPushButton("Go on")
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(copy)
        buttons.addWidget(go_on)
        column = QVBoxLayout(self)
        column.addWidget(Words("Something went wrong that should not have.", theme.SENTENCE, bold=True))
        column.addWidget(
            Words(
                "What you had recorded is on disk. This is all that a report would say; nothing is sent.",
                wrap=True,
            )
        )
        column.addWidget(self.text)
        column.addLayout(buttons)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        go_on.clicked.connect(self.accept)
