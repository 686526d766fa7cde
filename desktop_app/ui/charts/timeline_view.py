"""The timeline as a list that scrolls; its time axis can be dragged over to see less of it, or all."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QRubberBand

from desktop_app.figures.labels import Labels
from desktop_app.figures.sizes import Sizes
from desktop_app.figures.time_axis import AHEAD, BACK, TimeAxis
from desktop_app.figures.timeline import TimelineColumns, timeline
from desktop_app.figures.timeline_rows import TimelineRow
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.charts.rows_view import RowsView
from desktop_app.ui.charts.walking import target_at

LEAST_DRAG = 6
"""Pixels: what is shorter is a click."""
LEAST_AXIS = 150
LETTERS = 7
"""So many times the size of a note is kept right of the axis: for the date, and the names of the ladder."""
LEAST_SPAN, MOST_SPAN = 1.0, 3660.0
"""Days."""
Span = tuple[float, float]
STANDARD: Span = (-BACK, AHEAD)
_LEAPS = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End})
_KEYS = {Qt.Key.Key_Plus: 0.5, Qt.Key.Key_Equal: 0.5, Qt.Key.Key_Minus: 2.0}


class TimelineView(RowsView):
    """``activated`` carries the id of a row (POSITION#TRANCHE); ``zoomed`` says that the axis is another.

    A click or the arrow keys choose a row, Enter or a double click on its name opens it. On the axis dragging
    shows the stretch that was dragged over, a double click all that is dated and again the six weeks it
    begins with. Keys: + and −, 0 for all, and back; Page Up and Down, Home, End.
    """

    zoomed = Signal()
    chose = Signal(str)
    """The id of the row that is chosen now, "" for none."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: TimelineColumns | None = None
        self._rows: Sequence[TimelineRow] = ()
        self._span = STANDARD
        self._pressed: float | None = None
        self._chosen = ""
        self._beside = 0.0
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self.chart)
        self.chart.installEventFilter(self)
        self.chart.pointed.connect(self._follow_choice)
        self.chart.released.connect(lambda: self.choose(""))

    def show_timeline(
        self,
        rows: Sequence[TimelineRow],
        columns: TimelineColumns,
        labels: Labels,
        sizes: Sizes,
        headline: str,
    ) -> None:
        """Show rows; ``columns`` for any width, wide enough for every row."""
        self._columns, self._rows, self._beside = columns, rows, LETTERS * sizes.note
        gone = bool(self._chosen) and self.chosen_row is None
        if gone:
            self._chosen = ""
        self.show_rows(
            [row.id for row in rows],
            sizes.row,
            lambda first, last, width: timeline(
                rows[first:last], self._fitted(columns, width), labels, sizes, measure, headline, self._chosen
            ),
        )
        if gone:
            self.chose.emit("")

    @property
    def columns(self) -> TimelineColumns | None:
        """The columns as they are drawn, beside the scroll bar; None without rows."""
        return self._columns and self._fitted(self._columns, self.room)

    def _fitted(self, columns: TimelineColumns, width: float) -> TimelineColumns:
        """Return columns that were made for one width and axis, for another.

        Where the axis would have too little room, it takes that of the words of the range.
        """
        more, (start, end) = width - columns.range, self._span
        left, right, typical = columns.axis.left, columns.axis.right + more, columns.typical + more
        spans = right - left >= LEAST_AXIS
        if not spans:
            right, typical = max(right, min(right + width - typical, width - self._beside)), width
        axis = replace(columns.axis, right=max(left + 60, right), back=-start, ahead=end)
        return replace(columns, axis=axis, typical=typical, range=width, spans=spans)

    # -- the chosen row ------------------------------------------------------------------------------------

    @property
    def chosen(self) -> str:
        """The id of the chosen row, "" for none."""
        return self._chosen

    @property
    def chosen_row(self) -> TimelineRow | None:
        """The chosen row itself."""
        return next((row for row in self._rows if row.id == self._chosen), None)

    def choose(self, row: str) -> None:
        """Choose a row and keep it in sight; "" and what is not shown: none."""
        index = next((i for i, shown in enumerate(self._rows) if shown.id == row), -1)
        row = row if index >= 0 else ""
        if row == self._chosen:
            return
        self._chosen = row
        if row:
            self.keep_in_sight(index)
        self.redraw()
        self.chart.focus_on(row)
        self.chose.emit(row)

    def _follow_choice(self) -> None:
        """Choose what the keyboard has reached."""
        if self.chart.hasFocus() and self.chart.focused:
            self.choose(self.chart.focused)

    def _leap(self, key: int) -> None:
        """Choose a row a page away, the first or the last one."""
        last, page = len(self._rows) - 1, self.page_rows
        at = next((i for i, row in enumerate(self._rows) if row.id == self._chosen), 0)
        to = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last, Qt.Key.Key_PageUp: at - page}.get(
            Qt.Key(key), at + page
        )
        if self._rows:
            self.choose(self._rows[min(max(to, 0), last)].id)

    # -- the axis ------------------------------------------------------------------------------------------

    @property
    def span(self) -> Span:
        """The first and the last day that the axis shows, counted from the as-of date."""
        return self._span

    def show_span(self, start: float, end: float) -> None:
        """Show the days from ``start`` to ``end``."""
        self._span = _held((start, end))
        self.redraw()
        self.zoomed.emit()

    def show_all(self) -> None:
        """Show everything that is dated; what is shown already gives way to the six weeks again."""
        known = [day for row in self._rows for day in (row.finish.typical, row.finish.max) if day is not None]
        start = min([-1.0, *(row.now - row.waited for row in self._rows)])
        end = max([1.0, *known])
        room = (end - start) * 0.03
        whole = (start - room, end + room)
        self.show_span(*(STANDARD if self._span == _held(whole) else whole))

    def _axis_at(self, x: float) -> TimeAxis | None:
        """Return the axis, if a pixel lies on it."""
        columns = self.columns
        return columns.axis if columns and columns.axis.left <= x <= columns.axis.right else None

    # -- Qt ------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_0:
            self.show_all()
            return True
        if event.key() in _LEAPS:
            self._leap(event.key())
            return True
        factor = _KEYS.get(Qt.Key(event.key()))
        if factor is None:
            return False
        start, end = self._span
        middle, half = (start + end) / 2, (end - start) / 2 * factor
        self.show_span(middle - half, middle + half)
        return True

    def _mouse(self, event: QMouseEvent) -> bool:
        """Take what is done with the left button: a click chooses, dragging on the axis shows a stretch."""
        x, kind = event.position().x(), event.type()
        if kind is QEvent.Type.MouseMove and self._pressed is not None:
            self._drag(x)
            return True
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        if kind is QEvent.Type.MouseButtonDblClick:
            self._open_or_fit(event)
        elif kind is QEvent.Type.MouseButtonPress:
            self._pressed = x if self._axis_at(x) is not None else None
        elif kind is QEvent.Type.MouseButtonRelease:
            self._release(event)
        return kind is not QEvent.Type.MouseButtonPress

    def _open_or_fit(self, event: QMouseEvent) -> None:
        x, y = event.position().x(), event.position().y()
        if self._axis_at(x) is not None:
            self.show_all()
        elif (target := target_at(self.chart.figure.targets, x, y)) is not None:
            self.activated.emit(target.id)

    def _drag(self, x: float) -> None:
        columns = self.columns
        if self._pressed is None or columns is None:
            return
        inside = min(max(x, columns.axis.left), columns.axis.right)
        left, right = sorted((self._pressed, inside))
        self._band.setGeometry(QRect(int(left), 0, int(right - left), self.chart.height()))
        self._band.setVisible(right - left >= LEAST_DRAG)

    def _release(self, event: QMouseEvent) -> None:
        pressed, columns, x = self._pressed, self.columns, event.position().x()
        self._pressed = None
        self._band.hide()
        if pressed is not None and columns is not None:
            axis = columns.axis
            first, last = sorted((pressed, min(max(x, axis.left), axis.right)))
            if last - first >= LEAST_DRAG:
                self.show_span(axis.day(first), axis.day(last))
                return
        if (target := target_at(self.chart.figure.targets, x, event.position().y())) is not None:
            self.chart.setFocus(Qt.FocusReason.MouseFocusReason)
            self.choose(target.id)
            self.chart.focus_on(target.id)


def _held(span: Span) -> Span:
    """Return a span no shorter and no longer than can be shown."""
    middle, length = (span[0] + span[1]) / 2, min(max(span[1] - span[0], LEAST_SPAN), MOST_SPAN)
    return middle - length / 2, middle + length / 2
