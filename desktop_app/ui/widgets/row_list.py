"""A short list of rows with hairlines: aligned columns, swatches, click or Enter to follow a row."""

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.tooltip import plain_tooltip

GAP = 12
BAR = 3
SWATCH = 9
SWATCH_ROOM = 15
HATCH = "hatch"
"""The swatch of what nobody has published."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, colour role and weight."""

    text: str
    role: str = "ink"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One row; ``key`` is emitted when it is followed ("": it leads nowhere); ``swatch`` a colour role."""

    key: str
    cells: tuple[Cell, ...]
    swatch: str = ""
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One column: heading, side and size of type; the one that stretches is cut where room lacks.

    A ``spare`` one is left to the tooltip where the one that stretches would get less than a third of the
    width.
    """

    heading: str = ""
    right: bool = False
    scale: float = theme.TEXT
    stretch: bool = False
    spare: bool = False


class RowList(QWidget):
    """``followed`` carries the key of a row. Up and down walk the rows."""

    followed = Signal(str)

    def __init__(
        self,
        lanes: Sequence[Lane],
        name: str,
        *,
        row: int = 27,
        lines: bool = True,
        wrap: bool = False,
        inset: int = 0,
    ) -> None:
        """``wrap``: a name too long for the column that stretches goes on in lines of its own.

        ``inset``: pixels left free at both ends, for the bar of a marked row.
        """
        super().__init__()
        self._lanes = tuple(lanes)
        self._row = row
        self._lines = lines
        self._wrap = wrap
        self._inset = inset
        self._tops: list[int] = [0]
        self._items: tuple[Item, ...] = ()
        self._at = -1
        self._marked = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    @property
    def items(self) -> tuple[Item, ...]:
        """The rows shown."""
        return self._items

    def set_items(self, items: Sequence[Item], headings: Sequence[str] = ()) -> None:
        """Show rows; ``headings`` replace those of the columns."""
        self._items = tuple(items)
        if headings:
            pairs = zip(self._lanes, headings, strict=True)
            self._lanes = tuple(replace(lane, heading=words) for lane, words in pairs)
        self._at = -1
        leads = any(item.key for item in items)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription("\n".join(" ".join(c.text for c in i.cells) for i in items))
        self._place()
        self.update()

    def mark(self, key: str) -> None:
        """Show one row as the selected one ("": none): its ground, a bar at the left, its name bold."""
        self._marked = key
        self.update()

    # -- geometry ------------------------------------------------------------------------------------------

    @property
    def _row_height(self) -> int:
        return max(self._row, QFontMetrics(theme.font()).height() + (8 if self._lines else 4))

    @property
    def _head_height(self) -> int:
        has_head = any(lane.heading for lane in self._lanes)
        return QFontMetrics(theme.font(theme.NOTE)).height() + 3 if has_head else 0

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + GAP * len(self._lanes) + 2 * self._inset, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height())

    def _height(self) -> int:
        return self._head_height + self._tops[-1]

    def row_rect(self, index: int) -> QRect:
        """Return where a row stands."""
        top, bottom = self._tops[index : index + 2]
        return QRect(0, self._head_height + top, self.width(), bottom - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Work out where each row begins, under the ones above it."""
        spans = self._spans()
        heights = [self._row_height + self._more_lines(item, spans) for item in self._items]
        self._tops = [0, *itertools.accumulate(heights)]
        self.updateGeometry()

    def _more_lines(self, item: Item, spans: Sequence[tuple[int, int]]) -> int:
        """Return the height that names of more than one line add to a row."""
        more = 0
        for n, (cell, (_, width)) in enumerate(zip(item.cells, spans, strict=True)):
            if self._wrap and self._lanes[n].stretch:
                metrics = QFontMetrics(theme.font(self._lanes[n].scale, bold=cell.bold))
                room = width - (SWATCH_ROOM if n == 0 and item.swatch else 0)
                flags = _wrapping(metrics, cell.text, room)
                box = metrics.boundingRect(QRect(0, 0, max(20, room), 10_000), flags, cell.text)
                more = max(more, box.height() - metrics.height())
        return more

    def _widths(self) -> list[int]:
        """Return the natural width of each column."""
        widths = []
        for n, lane in enumerate(self._lanes):
            head = QFontMetrics(theme.font(theme.NOTE)).horizontalAdvance(lane.heading)
            fonts = {bold: QFontMetrics(theme.font(lane.scale, bold=bold)) for bold in (False, True)}
            cells = [fonts[i.cells[n].bold].horizontalAdvance(i.cells[n].text) for i in self._items]
            swatch = SWATCH_ROOM if n == 0 and any(i.swatch for i in self._items) else 0
            widths.append(max([head, *cells]) + swatch)
        return widths

    def _spans(self) -> list[tuple[int, int]]:
        """Return (left, width) of each column; the stretching ones take or give what is over."""
        widths = self._widths()
        gaps = [
            GAP if width or not lane.spare else 0 for lane, width in zip(self._lanes, widths, strict=True)
        ]
        over = self.width() - 2 * self._inset - sum(widths) - sum(gaps[1:])
        stretching = [n for n, lane in enumerate(self._lanes) if lane.stretch]
        for n in [n for n, lane in enumerate(self._lanes) if lane.spare]:
            if any(widths[name] + over < min(widths[name], self.width() // 3) for name in stretching):
                over += widths[n] + gaps[n]
                widths[n] = gaps[n] = 0
        for n in stretching:
            widths[n] = max(20, widths[n] + over // len(stretching))
        lefts = [self._inset + sum(widths[:n]) + sum(gaps[1 : n + 1]) for n in range(len(widths))]
        return list(zip(lefts, widths, strict=True))

    def lane_widths(self) -> tuple[int, ...]:
        """Return how wide each column is; 0 for a spare one that is left out."""
        return tuple(width for _, width in self._spans())

    def _index_at(self, y: float) -> int:
        index = bisect.bisect_right(self._tops, y - self._head_height) - 1
        return index if 0 <= index < len(self._items) else -1

    # -- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        spans = self._spans()
        for lane, (left, width) in zip(self._lanes, spans, strict=True):
            box = QRect(left, 0, width, self._head_height)
            self._write(painter, box, Cell(lane.heading, "text2"), lane.right, theme.NOTE)
        for index, item in enumerate(self._items):
            box = self.row_rect(index)
            marked = bool(item.key) and item.key == self._marked
            if marked:
                painter.fillRect(box, theme.colour("sel"))
                painter.fillRect(0, box.y(), BAR, box.height(), theme.colour("accent"))
                item = replace(item, cells=(replace(item.cells[0], bold=True), *item.cells[1:]))  # noqa: PLW2901
            elif item.key and index == self._at:
                painter.fillRect(box, theme.colour("hover"))
            self._paint_item(painter, item, box, spans)
            if self._lines:
                painter.fillRect(0, box.bottom(), self.width(), 1, theme.colour("rule"))
            if index == self._at and self.hasFocus():
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_item(
        self, painter: QPainter, item: Item, row: QRect, spans: Sequence[tuple[int, int]]
    ) -> None:
        for n, (cell, (left, width)) in enumerate(zip(item.cells, spans, strict=True)):
            box = QRect(left, row.y(), width, row.height())
            if n == 0 and item.swatch:
                middle = row.y() + self._row_height // 2
                _paint_swatch(painter, box.x(), middle - SWATCH // 2, item.swatch)
                box.setLeft(box.left() + SWATCH_ROOM)
            lane = self._lanes[n]
            if self._wrap and lane.stretch:
                font = theme.font(lane.scale, bold=cell.bold)
                painter.setFont(font)
                painter.setPen(theme.colour(cell.role))
                flags = _wrapping(QFontMetrics(font), cell.text, box.width())
                painter.drawText(box, flags | Qt.AlignmentFlag.AlignVCenter.value, cell.text)
            else:
                box.setHeight(self._row_height)
                self._write(painter, box, cell, lane.right, lane.scale)

    def _write(self, painter: QPainter, box: QRect, cell: Cell, right: bool, scale: float) -> None:
        if box.width() <= 0:
            return
        font = theme.font(scale, bold=cell.bold)
        painter.setFont(font)
        painter.setPen(theme.colour(cell.role))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        text = QFontMetrics(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width() + 1)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)

    # -- pointing and keys ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            index = self._index_at(event.pos().y())
            if index >= 0:
                item = self._items[index]
                words = item.tooltip or "  ".join(cell.text for cell in item.cells)
                QToolTip.showText(event.globalPos(), plain_tooltip(words))
                return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._index_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._point_at(-1)

    def _point_at(self, index: int) -> None:
        if index != self._at:
            self._at = index
            leads = index >= 0 and bool(self._items[index].key)
            self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._follow(self._index_at(event.position().y()))

    def _follow(self, index: int) -> None:
        if index >= 0 and self._items[index].key:
            self.followed.emit(self._items[index].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step:
            self._point_at(max(0, min(len(self._items) - 1, self._at + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow(self._at)
        else:
            super().keyPressEvent(event)


def _wrapping(metrics: QFontMetrics, text: str, room: int) -> int:
    """Return how a text is broken into lines: between words, or anywhere if one alone is too long."""
    fits = all(metrics.horizontalAdvance(word) <= room for word in text.split(" "))
    return (Qt.TextFlag.TextWordWrap if fits else Qt.TextFlag.TextWrapAnywhere).value


def _paint_swatch(painter: QPainter, x: int, y: int, role: str) -> None:
    box = QRect(x, y, SWATCH, SWATCH)
    if role != HATCH:
        painter.fillRect(box, theme.colour(role))
        return
    painter.save()
    painter.setClipRect(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("text2"), 1.2))
    for offset in range(-SWATCH, SWATCH, 4):
        painter.drawLine(x + offset, y + SWATCH, x + offset + SWATCH, y)
    painter.restore()
    painter.setPen(theme.colour("text2"))
    painter.drawRect(box.adjusted(0, 0, -1, -1))
