"""The steps of a dialog as words: the current one bold and underlined, the others links where possible."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Link

LINE = 2


class _Step(Link):
    """One step; the current one is no link."""

    def __init__(self, text: str) -> None:
        super().__init__(text, theme.TEXT)
        self.is_current = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.is_current:
            painter = QPainter(self)
            painter.fillRect(0, self.height() - LINE, self.width(), LINE, theme.colour("accent"))


class StepBar(QWidget):
    """``wanted`` carries the number of a step that was clicked or entered, from 0."""

    wanted = Signal(int)

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self.steps = [_Step(f"{number}\u2002{name}") for number, name in enumerate(steps, 1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAGE_MARGIN, 10, theme.PAGE_MARGIN, 0)
        row.setSpacing(28)
        for number, step in enumerate(self.steps):
            step.setContentsMargins(0, 0, 0, LINE + 3)
            step.clicked.connect(lambda number=number: self.wanted.emit(number))
            row.addWidget(step)
        row.addStretch()

    def show_step(self, current: int, possible: Sequence[int]) -> None:
        """Mark the current step; only the ``possible`` ones can be gone to."""
        for number, step in enumerate(self.steps):
            step.is_current = number == current
            step.setEnabled(number in possible)
            step.set_role("ink" if number == current else "text2" if number in possible else "text3")
            step.setFont(theme.font(theme.TEXT, bold=number == current))
            step.setAccessibleDescription("current step" if number == current else "")
            step.update()
