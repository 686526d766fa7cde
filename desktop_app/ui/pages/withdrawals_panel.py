"""The panel beside the timeline: the chosen row's steps, how crowded the queues are, requests, maturities."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.analysis.exit_queue import Maturity
from desktop_app.figures.labels import Labels
from desktop_app.report.exit_queue import maturity_words
from desktop_app.report.sentences import Sentence
from desktop_app.report.step_lines import StepLine
from desktop_app.ui import theme
from desktop_app.ui.pages.others_box import OthersBox
from desktop_app.ui.pages.queue_box import QueueBox
from desktop_app.ui.pages.request_list import RequestList
from desktop_app.ui.pages.way_box import WayBox
from desktop_app.ui.widgets.section import Section, Words

LEFT = 18
MOST = 8
"""So many maturities are listed; the others stand in the timeline and the table."""

WIDTH = LEFT + 236 + theme.PAGE_MARGIN


class WithdrawalsPanel(QScrollArea):
    """Holds the parts; what is edited in them goes out by their own signals."""

    def __init__(self) -> None:
        super().__init__()
        self.way = WayBox()
        self.queue = QueueBox()
        self.others = OthersBox()
        self.requests = RequestList()
        self.maturities = Section("Maturities")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(10)
        self.maturities.body.addLayout(self.rows)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(LEFT, 0, theme.PAGE_MARGIN, 12)
        column.setSpacing(0)
        column.addWidget(self.way)
        column.addWidget(self.queue)
        column.addWidget(self.others)
        column.addWidget(self.requests)
        column.addWidget(self.maturities)
        column.addStretch()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(round(WIDTH * max(1.0, theme.pixels() / 13)))

    def show_way(self, name: str, headline: Sentence, lines: Sequence[StepLine]) -> None:
        """Show the steps of the chosen row, where they are seen."""
        self.way.show_way(name, headline, lines)
        self.verticalScrollBar().setValue(0)

    def clear_way(self) -> None:
        """Show that no row is chosen."""
        self.way.clear()

    def show_maturities(self, found: Sequence[Maturity], names: Mapping[str, str], labels: Labels) -> None:
        """List the positions that mature, the next one first."""
        self.maturities.setVisible(bool(found))
        while (item := self.rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for maturity in found[:MOST]:
            name = names.get(maturity.position, maturity.position)
            self.rows.addWidget(_Dated(name, *maturity_words(maturity, labels)))
        if len(found) > MOST:
            self.rows.addWidget(Words(f"{labels.number(len(found) - MOST)} more", theme.NOTE, "text2"))


class _Dated(QWidget):
    """A name, how long it is until then, and when that is."""

    def __init__(self, name: str, left: str, on: str) -> None:
        super().__init__()
        first = QHBoxLayout()
        first.addWidget(Words(name, bold=True, wrap=True), 1)
        first.addWidget(Words(left, theme.NOTE, "text2"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(Words(on, theme.NOTE))
