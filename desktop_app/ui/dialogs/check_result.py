"""Shows what a look over the portfolio file has found: a line for each part, then what is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.checkup import Checkup
from desktop_app.report.checked import PARTS, holds, state, verdict
from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Rule, Words

WIDTH, MOST_HEIGHT = 640, 520
_ROLES = {"ok": "text2", "wrong": "alarm", "not looked at": "warn"}


class CheckResult(QDialog):
    """Says the verdict first. Nothing is changed by a look."""

    def __init__(self, parent: QWidget | None, checkup: Checkup, name: str) -> None:
        super().__init__(parent)
        self.setObjectName("check_result")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Check of {name}")
        self.setAccessibleDescription(verdict(checkup))
        self.verdict = Words(verdict(checkup), theme.SENTENCE, bold=True)
        self.found = [text for part in PARTS for text in checkup.found.get(part, ())]
        self.close_button = QPushButton("Close")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._lay_out(checkup)

    def _lay_out(self, checkup: Checkup) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 12)
        column.setSpacing(8)
        column.addWidget(self.verdict)
        column.addWidget(Words(holds(checkup), theme.NOTE, "text2", wrap=True))
        column.addLayout(self._parts(checkup))
        if self.found:
            column.addWidget(Rule())
            column.addWidget(self._list(), 1)
        else:
            column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        self.resize(WIDTH, min(MOST_HEIGHT, self.sizeHint().height()))

    def _parts(self, checkup: Checkup) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (part, text) in enumerate(PARTS.items()):
            said = state(checkup, part)
            grid.addWidget(Words(said, theme.TEXT, _ROLES[said], bold=said == "wrong"), row, 0)
            grid.addWidget(Words(text, wrap=True), row, 1)
        return grid

    def _list(self) -> QScrollArea:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        for text in self.found:
            words = Words(text, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addWidget(words)
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        return area
