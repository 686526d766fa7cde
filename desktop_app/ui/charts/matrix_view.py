"""The matrix as a view that scrolls in whole rows and columns: only what is seen is drawn."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from desktop_app.figures.labels import Labels
from desktop_app.figures.matrix import MatrixGrid, MatrixHead, MatrixRow, matrix_figure, matrix_grid
from desktop_app.figures.shapes import Figure
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.ui.charts.figure_widget import FigureWidget
from desktop_app.ui.charts.painting import measure

FEWEST_ROWS = 6
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class _Cells(FigureWidget):
    """The part that is seen; an arrow key is a wish to walk on, maybe beyond it."""

    walked = Signal(int, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(*step)


class MatrixView(QAbstractScrollArea):
    """``activated`` carries ``row:ROW``, ``column:COLUMN`` or ``cell:ROW:COLUMN``, by number."""

    activated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[MatrixRow] = ()
        self._heads: Sequence[MatrixHead] = ()
        self._labels = Labels()
        self._sizes = SCREEN
        self._headline = ""
        self._grid = matrix_grid((), (), 0)
        self._at = (-1, -1)
        self.chart = _Cells()
        self.chart.setParent(self.viewport())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chart.chosen.connect(self.activated)
        self.chart.pointed.connect(self._notice)
        self.chart.walked.connect(self._walk)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(1)
            bar.valueChanged.connect(self._draw)

    def show_matrix(
        self,
        rows: Sequence[MatrixRow],
        heads: Sequence[MatrixHead],
        labels: Labels,
        sizes: Sizes,
        headline: str,
    ) -> None:
        """Show rows and columns; the view stays where it was, as far as it can."""
        self._rows, self._heads, self._labels, self._sizes = rows, heads, labels, sizes
        self._headline = headline
        self._fit()
        self.updateGeometry()

    def show_column(self, index: int) -> None:
        """Scroll until a column is the first, or as near to it as the last one allows."""
        self.horizontalScrollBar().setValue(index)

    def content_height(self) -> int:
        """Return the height at which every row is seen."""
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() else 0
        return int(self._grid.head + len(self._rows) * self._grid.row) + below + 2

    def whole_figure(self, most_rows: int) -> Figure:
        """Return every column and the first rows, to be saved as a picture."""
        return self._figure(self._rows[:most_rows], self._heads, (0, 0))

    def sizeHint(self) -> QSize:
        """Return the least height: what is free in the page comes to it."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, int(self._grid.head + min(len(self._rows), FEWEST_ROWS) * self._grid.row) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    # -- drawing -------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        self._grid = matrix_grid(self._rows, self._heads, width, self._sizes, measure)
        shown = (
            int((height - self._grid.head) // self._grid.row),
            int((width - self._grid.left) // self._grid.cell),
        )
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        for bar, many, few in zip(bars, (len(self._rows), len(self._heads)), shown, strict=True):
            bar.setRange(0, max(0, many - max(few, 1)))
            bar.setPageStep(max(few, 1))
        self._draw()

    def _draw(self) -> None:
        row, column = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        rows = self._rows[row : row + int(self.viewport().height() // self._grid.row) + 1]
        heads = self._heads[column : column + int(self.viewport().width() // self._grid.cell) + 1]
        self.chart.resize(self.viewport().width(), self.chart.height())
        self.chart.show_figure(lambda _: self._figure(rows, heads, (row, column)))

    def _figure(
        self, rows: Sequence[MatrixRow], heads: Sequence[MatrixHead], first: tuple[int, int]
    ) -> Figure:
        return matrix_figure(
            rows, heads, self._grid, self._labels, self._sizes, measure, first, self._headline
        )

    @property
    def grid(self) -> MatrixGrid:
        """The places of rows and columns at the width there is."""
        return self._grid

    # -- keyboard ------------------------------------------------------------------------------------------

    def _notice(self, target: str) -> None:
        kind, _, numbers = target.partition(":")
        if kind == "cell":
            row, _, column = numbers.partition(":")
            self._at = int(row), int(column)

    def _walk(self, down: int, right: int) -> None:
        """Go to the next cell that way that holds something, and bring it into sight."""
        row, column = self._at
        if row < 0:
            row, column, down, right = 0, -1, 0, 1
        while 0 <= row + down < len(self._rows) and column + right < len(self._heads):
            row, column = row + down, column + right
            if column < 0:
                return
            if self._heads[column].parts.get(self._rows[row].id, 0.0) > 0:
                self._show_cell(row, column)
                return

    def _show_cell(self, row: int, column: int) -> None:
        for bar, at in ((self.verticalScrollBar(), row), (self.horizontalScrollBar(), column)):
            bar.setValue(min(max(bar.value(), at - bar.pageStep() + 1), at))
        self.chart.focus_on(f"cell:{row}:{column}")
