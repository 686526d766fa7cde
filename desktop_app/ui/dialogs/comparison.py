"""What is tried beside what is saved: the main measures before and after, and what is to become of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from desktop_app.figures.labels import Labels
from desktop_app.report.sentences import Sentence
from desktop_app.report.what_if_lines import WhatIfLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.two_parts import fit
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.tables.what_if_columns import WHAT_IF
from desktop_app.ui.widgets.section import Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

SIZE = (860, 620)
ASKING = "Before and after are being worked out …"
COPY = "All of this is on a copy. Applied, it is one edit that can be undone; dropped, nothing has happened."


class Comparison(QDialog):
    """Stays open beside the window while the user goes on trying. ``applied`` and ``dropped`` are wishes."""

    applied = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison")
        self.setWindowTitle("Before and after")
        self.sentence = SentenceLabel(theme.SENTENCE)
        self.breaks = Words("", theme.TEXT, "alarm", wrap=True)
        self.table = TableView("what_if", WHAT_IF, accessible_name="Before and after")
        self.foot = Foot(COPY, "Apply")
        self.drop = QPushButton("&Drop")
        self.foot.cancel.setText("Go on trying")
        self.foot.add(self.drop)
        self._lay_out()
        self.foot.cancel.clicked.connect(self.hide)
        self.drop.clicked.connect(self.dropped)
        self.foot.primary.clicked.connect(self.applied)
        self.wait()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 8)
        column.setSpacing(10)
        column.addWidget(self.sentence)
        column.addWidget(self.breaks)
        column.addWidget(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column, 1)
        whole.addWidget(self.foot)
        fit(self, SIZE)

    def wait(self) -> None:
        """Say that the figures are still being worked out."""
        self.sentence.set_text(ASKING)
        self.breaks.hide()

    def show_lines(
        self, said: Sentence, breaks: Sequence[str], lines: Sequence[WhatIfLine], labels: Labels
    ) -> None:
        """Show before and after; ``breaks``: what it does to the limits."""
        self.sentence.set_parts([(run.text, run.bold, "", run.warn) for run in said])
        self.breaks.setText("\n".join(breaks))
        self.breaks.set_role("alarm" if any(line.startswith("▲") for line in breaks) else "text2")
        self.breaks.setVisible(bool(breaks))
        self.table.show_rows(lines, labels)

    def hold(self, reason: str) -> None:
        """Keep it from being applied or dropped and say why; "" lets it be done."""
        self.foot.hold(reason)
