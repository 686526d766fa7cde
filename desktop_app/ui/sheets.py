"""A report laid out on its sheets of paper: what stands where, and how a page is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

from desktop_app.figures.shapes import Figure
from desktop_app.report.blocks import Block, FigureBlock, Paragraph, Report, Section, Strip, Table
from desktop_app.report.choices import MARGIN
from desktop_app.report.paging import Bond, Piece, paginate
from desktop_app.report.sentences import Run
from desktop_app.report.svg import to_svg
from desktop_app.ui import typesetting as set_
from desktop_app.ui.typesetting import DOTS, PAD, PIXEL, Ink, Words

MILLIMETRE = DOTS / 25.4
FOOT_RULE, FOOT_WORDS = 13.0 * MILLIMETRE, 8.5 * MILLIMETRE
"""How far above the lower edge of the sheet the rule of the foot and the bottom of its words stand."""

ABOVE_SECTION, ABOVE_FIRST, ABOVE_BLOCK, ABOVE_NOTE = 20 * PIXEL, 14 * PIXEL, 6 * PIXEL, 4 * PIXEL
CELL = 3 * PIXEL
"""Blank above and below the words of a row."""


class _Drawn(Protocol):
    height: float

    def draw(self, painter: QPainter, x: float, y: float) -> None: ...


@dataclass(frozen=True, slots=True)
class _Item:
    """Something to draw, and how it holds on to what follows."""

    drawn: _Drawn
    piece: Piece


class Sheets:
    """The pages of one report. Made and drawn in any thread, by one at a time; loads nothing."""

    def __init__(self, report: Report, *, grey: bool = False) -> None:
        sheet = report.sheet
        self.width, self.height = sheet.width * MILLIMETRE, sheet.height * MILLIMETRE
        self._margin = MARGIN * MILLIMETRE
        self._room = self.width - 2 * self._margin
        self._grey = grey
        self._ink = Ink(grey=grey)
        self._foot = set_.clean(report.foot)
        self._lock = Lock()
        self._items = list(self._laid(report))
        self._pages = paginate([item.piece for item in self._items], self.height - 2 * self._margin)

    @property
    def count(self) -> int:
        """The number of pages."""
        return len(self._pages)

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw a page, in dots from the corner of the sheet."""
        with self._lock:
            for placed in self._pages[number]:
                drawn = self._items[placed.piece].drawn
                drawn.draw(painter, self._margin, self._margin + placed.top)
            self._draw_foot(painter, number)

    def _draw_foot(self, painter: QPainter, number: int) -> None:
        top = self.height - FOOT_RULE
        painter.setPen(QPen(self._ink("rule"), PIXEL))
        painter.drawLine(QPointF(self._margin, top), QPointF(self._margin + self._room, top))
        band = QRectF(self._margin, top, self._room, FOOT_RULE - FOOT_WORDS)
        painter.setFont(set_.font(set_.NOTE.points, False))
        painter.setPen(self._ink("text2"))
        numbers = f"page {number + 1} of {self.count}"
        room = self._room - set_.advance(f"  {numbers}", set_.NOTE)
        foot = painter.fontMetrics().elidedText(self._foot, Qt.TextElideMode.ElideRight, int(room))
        below = Qt.AlignmentFlag.AlignBottom
        painter.drawText(band, Qt.AlignmentFlag.AlignLeft | below, foot)
        painter.drawText(band, Qt.AlignmentFlag.AlignRight | below, numbers)

    # -- laying out ----------------------------------------------------------------------------------------

    def _laid(self, report: Report) -> Iterator[_Item]:
        title = _Line(Words([Run(report.title)], set_.TITLE, self._room, self._ink))
        subtitle = _Line(Words([Run(report.subtitle)], set_.SUBTITLE, self._room, self._ink))
        yield _Item(title, Piece(title.height, bond=Bond.FIRM))
        yield _Item(subtitle, Piece(subtitle.height, 3 * PIXEL))
        count = 2
        for number, section in enumerate(report.sections):
            items = self._section(section, count, ABOVE_FIRST if number == 0 else ABOVE_SECTION)
            yield from items
            count += len(items)

    def _section(self, section: Section, start: int, above: float) -> list[_Item]:
        """Return a section whose first item has the index ``start`` in the whole report."""
        items: list[_Item] = []
        if section.heading:
            heading = _Heading(section, self._room, self._ink)
            items.append(_Item(heading, Piece(heading.height, above, Bond.FIRM)))
        for block in section.blocks:
            items += self._block(block, start + len(items), first=not items or len(items) == 1)
        if not section.heading and items:
            items[0] = _with(items[0], gap=above)
        held = 1 + bool(section.heading)
        for i in range(min(held, len(items) - 1)):
            items[i] = _with(items[i], bond=Bond.FIRM)
        if section.whole:
            items[:-1] = [_with(item, bond=max(item.piece.bond, Bond.LOOSE)) for item in items[:-1]]
        return items

    def _block(self, block: Block, start: int, *, first: bool) -> list[_Item]:
        match block:
            case Table():
                return self._table(block, start, 0.0 if first else ABOVE_BLOCK)
            case Paragraph():
                return self._paragraph(block, first=first)
            case FigureBlock():
                picture = _Picture(block.figure, self._room, grey=self._grey)
                return [_Item(picture, Piece(picture.height))]
            case Strip():
                return self._strip(block, start)

    def _paragraph(self, paragraph: Paragraph, *, first: bool) -> list[_Item]:
        style = set_.NOTE if paragraph.note else set_.LEAD if paragraph.lead else set_.TEXT
        words = Words(paragraph.text, style, self._room, self._ink)
        above = 0.0 if paragraph.lead or first else ABOVE_NOTE
        lines = [_Line(words, number) for number in range(words.lines)]
        items = [_Item(line, Piece(line.height, above if i == 0 else 0.0)) for i, line in enumerate(lines)]
        return _ends_held(items)

    def _table(self, table: Table, start: int, above: float) -> list[_Item]:
        widths = set_.column_widths(table, self._room)
        items: list[_Item] = []
        if any(column.title for column in table.columns):
            titles = [Run(column.title) for column in table.columns]
            head = _Row(
                set_.cells(table, widths, titles, self._ink, set_.NOTE), widths, table, "ink", self._ink
            )
            items.append(_Item(head, Piece(head.height, above, Bond.FIRM)))
        repeated = start if items else None
        rows = []
        for number, row in enumerate(table.rows):
            last = table.total and number == len(table.rows) - 1
            drawn = _Row(
                set_.cells(table, widths, row, self._ink), widths, table, "ink" if last else "rule", self._ink
            )
            rows.append(_Item(drawn, Piece(drawn.height, head=repeated)))
        if table.total:
            sums = _Row(set_.cells(table, widths, table.total, self._ink), widths, table, "", self._ink)
            rows.append(_Item(sums, Piece(sums.height, head=repeated)))
        return [*items, *_ends_held(rows)]

    def _strip(self, strip: Strip, start: int) -> list[_Item]:
        head, foot = (_Picture(f, self._room, grey=self._grey) for f in (strip.head, strip.foot))
        slices = [_Picture(figure, self._room, grey=self._grey) for figure in strip.slices]
        items = [_Item(picture, Piece(picture.height, head=start)) for picture in slices]
        items.append(_Item(foot, Piece(foot.height, head=start)))
        return [_Item(head, Piece(head.height, bond=Bond.FIRM)), *_ends_held(items)]


def _with(item: _Item, **changes: float) -> _Item:
    return replace(item, piece=replace(item.piece, **changes))  # type: ignore[arg-type]


def _ends_held(items: Sequence[_Item]) -> list[_Item]:
    """Return the items with the first two held together, and the last two."""
    held = {0, len(items) - 2}
    return [
        _with(item, bond=Bond.FIRM) if i in held and i < len(items) - 1 else item
        for i, item in enumerate(items)
    ]


class _Line:
    """Words, or one of their lines."""

    def __init__(self, words: Words, line: int | None = None) -> None:
        self._words, self._line = words, line
        self.height = words.height if line is None else words.height / words.lines

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        self._words.draw(painter, x, y, self._line)


class _Heading:
    """The dark rule, the heading under it, and its note at the right end of the line, or below it."""

    def __init__(self, section: Section, width: float, ink: Ink) -> None:
        self._ink = ink
        room = width - set_.advance(set_.clean(section.heading), set_.HEADING) - 2 * PAD
        self._width = width
        self._beside = set_.advance(set_.clean(section.note), set_.NOTE) <= room
        self._heading = Words([Run(section.heading)], set_.HEADING, width, ink)
        self._note = Words([Run(section.note)], set_.NOTE, width, ink, right=self._beside)
        below = self._note.height if section.note and not self._beside else 0.0
        self.height = 5 * PIXEL + self._heading.height + below + 4 * PIXEL

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        _rule(painter, x, y, self._width, self._ink("ink"))
        top = y + 5 * PIXEL
        self._heading.draw(painter, x, top)
        self._note.draw(painter, x, top + (2.5 * PIXEL if self._beside else self._heading.height))


class _Row:
    """A row of a table with the rule under it."""

    def __init__(
        self, cells: Iterator[Words], widths: Sequence[float], table: Table, rule: str, ink: Ink
    ) -> None:
        self._cells = tuple(cells)
        self._widths = widths
        self._right = [column.align == "right" for column in table.columns]
        self._rule = ink(rule) if rule else None
        self.height = 2 * CELL + max((cell.height for cell in self._cells), default=0.0)

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        left = x
        for cell, width, right in zip(self._cells, self._widths, self._right, strict=True):
            cell.draw(painter, left + (PAD if right else 0.0), y + CELL)
            left += width
        if self._rule:
            _rule(painter, x, y + self.height, left - x, self._rule)


class _Picture:
    """A figure in vectors, made smaller where it is wider than the room."""

    def __init__(self, figure: Figure, room: float, *, grey: bool) -> None:
        self._figure = figure
        self._grey = grey
        scale = min(PIXEL, room / figure.width) if figure.width else PIXEL
        self._width = figure.width * scale
        self.height = figure.height * scale

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        renderer = QSvgRenderer(to_svg(self._figure, grey=self._grey).encode())
        renderer.render(painter, QRectF(x, y, self._width, self.height))


def _rule(painter: QPainter, x: float, y: float, width: float, colour: QColor) -> None:
    pen = QPen(colour, PIXEL)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(x, y), QPointF(x + width, y))
