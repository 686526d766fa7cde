"""The timeline as a list that scrolls: only the rows that are seen are drawn."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.timeline import TimelineColumns, timeline
from desktop_app.figures.timeline_rows import TimelineRow
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.painting import measure

FEWEST_ROWS = 4
BESIDE_BAR = 8


class TimelineView(QAbstractScrollArea):
    """``activated`` carries the id of a row (POSITION#TRANCHE)."""

    activated = Signal(str)
    resized = Signal()
    """The width has changed: what shares the axis has to be drawn again."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[TimelineRow] = ()
        self._columns: TimelineColumns | None = None
        self._labels = Labels()
        self._sizes = SCREEN
        self._headline = ""
        self.chart = FigureWidget()
        self.chart.setParent(self.viewport())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chart.chosen.connect(self.activated)
        self.chart.pointed.connect(self._follow_focus)
        self.verticalScrollBar().valueChanged.connect(self._draw)

    def show_rows(
        self,
        rows: Sequence[TimelineRow],
        columns: TimelineColumns,
        labels: Labels,
        sizes: Sizes,
        headline: str,
    ) -> None:
        """Show rows; ``columns`` for any width, wide enough for every row."""
        self._rows, self._columns, self._labels, self._sizes = rows, columns, labels, sizes
        self._headline = headline
        self.updateGeometry()
        self._fit()

    @property
    def columns(self) -> TimelineColumns | None:
        """The columns as they are drawn, beside the scroll bar; None without rows."""
        room = self.viewport().width() - (BESIDE_BAR if self.verticalScrollBar().maximum() else 0)
        return self._columns and _fitted(self._columns, room)

    def show_row(self, index: int) -> None:
        """Scroll to a row."""
        self.verticalScrollBar().setValue(int(index * self._sizes.row - self.viewport().height() / 2))

    def content_height(self) -> int:
        """Return the height at which every row is seen."""
        return int(len(self._rows) * self._sizes.row)

    def sizeHint(self) -> QSize:
        return QSize(800, self.content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(400, int(min(len(self._rows), FEWEST_ROWS) * self._sizes.row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def _fit(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.content_height() - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(int(self._sizes.row))
        self._draw()

    def _draw(self) -> None:
        columns = self.columns
        if columns is None:
            return
        row, top = self._sizes.row, self.verticalScrollBar().value()
        first = int(top // row)
        shown = self._rows[first : first + int(self.viewport().height() // row) + 2]

        def build(_: float) -> Figure:
            return timeline(shown, columns, self._labels, self._sizes, measure, self._headline)

        self.chart.resize(self.viewport().width(), self.chart.height())
        self.chart.show_figure(build)
        self.chart.move(0, int(first * row - top))

    def _follow_focus(self, row_id: str) -> None:
        """Keep the row that the keyboard has reached wholly in sight."""
        if not row_id or not self.chart.hasFocus():
            return
        row = self._sizes.row
        top = row * next(i for i, r in enumerate(self._rows) if r.id == row_id)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setValue(int(min(max(bar.value(), top + row - height + 1), top)))


def _fitted(columns: TimelineColumns, width: float) -> TimelineColumns:
    """Return columns that were made for one width, for another."""
    more = width - columns.range
    axis = replace(columns.axis, right=max(columns.axis.left + 60, columns.axis.right + more))
    return replace(columns, axis=axis, typical=columns.typical + more, range=width)
