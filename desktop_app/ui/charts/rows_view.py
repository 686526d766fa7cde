"""Rows of a chart as a list that scrolls: only those that are seen are drawn."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from desktop_app.figures.shapes import Figure
from desktop_app.ui.charts.figure_widget import FigureWidget

FEWEST_ROWS = 4
BESIDE_BAR = 8

BuildRows = Callable[[int, int, float], Figure]
"""(first row, the row after the last, width) -> the figure of these rows."""


class RowsView(QAbstractScrollArea):
    """``activated`` carries the id of what was clicked or entered in a row."""

    activated = Signal(str)
    resized = Signal()
    """The width has changed: what shares the columns has to be drawn again."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: Sequence[str] = ()
        self._row = 24.0
        self._build: BuildRows | None = None
        self._row_of: Callable[[str], str] = str
        self.chart = FigureWidget()
        self.chart.setParent(self.viewport())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chart.chosen.connect(self.activated)
        self.chart.pointed.connect(self._follow_focus)
        self.verticalScrollBar().valueChanged.connect(self._draw)

    def show_rows(
        self, ids: Sequence[str], row: float, build: BuildRows, row_of: Callable[[str], str] = str
    ) -> None:
        """Show rows of a height; ``row_of`` tells to which row the id of a target belongs."""
        self._ids, self._row, self._build, self._row_of = ids, row, build, row_of
        self.updateGeometry()
        self._fit()

    @property
    def room(self) -> float:
        """The width of the rows, beside the scroll bar."""
        return self.viewport().width() - (BESIDE_BAR if self.verticalScrollBar().maximum() else 0)

    def show_row(self, index: int) -> None:
        """Scroll to a row."""
        self.verticalScrollBar().setValue(int(index * self._row - self.viewport().height() / 2))

    @property
    def page_rows(self) -> int:
        """How many rows are wholly seen at a time."""
        return max(1, int(self.viewport().height() // self._row))

    def redraw(self) -> None:
        """Draw the rows again."""
        self._draw()

    def whole_figure(self, most_rows: int) -> Figure:
        """Return the first rows as they are drawn, to be saved as a picture."""
        if self._build is None:
            return Figure(0, 0, ())
        return self._build(0, min(len(self._ids), most_rows), self.room)

    def content_height(self) -> int:
        """Return the height at which every row is seen."""
        return int(len(self._ids) * self._row)

    def sizeHint(self) -> QSize:
        return QSize(800, self.content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(400, int(min(len(self._ids), FEWEST_ROWS) * self._row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def _fit(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.content_height() - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(int(self._row))
        self._draw()

    def _draw(self) -> None:
        build = self._build
        if build is None:
            return
        top = self.verticalScrollBar().value()
        first = int(top // self._row)
        last = min(len(self._ids), first + int(self.viewport().height() // self._row) + 2)
        self.chart.resize(self.viewport().width(), self.chart.height())
        self.chart.show_figure(lambda _: build(first, last, self.room))
        self.chart.move(0, int(first * self._row - top))

    def _follow_focus(self, target: str) -> None:
        """Keep the row that the keyboard has reached wholly in sight."""
        row = self._row_of(target)
        if target and row in self._ids and self.chart.hasFocus():
            self.keep_in_sight(self._ids.index(row))

    def keep_in_sight(self, index: int) -> None:
        """Scroll no farther than it takes to see a row wholly."""
        top = self._row * index
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setValue(int(min(max(bar.value(), top + self._row - height + 1), top)))
