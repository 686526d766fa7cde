"""A report laid out on its sheets of paper: what stands where, and how a page is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.report.blocks import (
    Block,
    FigureBlock,
    Paragraph,
    Report,
    Section,
    Strip,
    Table,
    side_by_side,
)
from desktop_app.report.paging import Bond, Piece, paginate
from desktop_app.report.pdf_update import Bookmark
from desktop_app.report.sentences import Run
from desktop_app.ui import typesetting as set_
from desktop_app.ui.column_widths import column_widths
from desktop_app.ui.paper_items import Beside, Drawn, Heading, Line, Picture, Row
from desktop_app.ui.typesetting import DOTS, PIXEL, Ink, Words

MILLIMETRE = DOTS / 25.4
FOOT_RULE, FOOT_WORDS = 13 / 15, 8.5 / 15
"""In which part of the margin, from the edge, the rule of the foot and the bottom of its words stand."""

SMALLEST_FOOT = 5.5
"""Points: where it is long, or the font wide, the foot is set smaller before it is cut."""

ABOVE_SECTION, ABOVE_FIRST, ABOVE_BLOCK, ABOVE_NOTE = 20 * PIXEL, 14 * PIXEL, 10 * PIXEL, 4 * PIXEL
UNDER_TITLE, UNDER_WORDS, UNDER_FIGURE, BETWEEN_COLUMNS = 3 * PIXEL, 4 * PIXEL, 2 * PIXEL, 28 * PIXEL
BESIDE_FIGURE = 80 * PIXEL
"""What a figure leaves of a page's height for its heading and a key."""
SHORT = 1 / 3
"""Tables and strips of at most this part of a page's height are not torn where a page can hold them."""


@dataclass(frozen=True, slots=True)
class _Item:
    """Something to draw, and how it holds on to what follows."""

    drawn: Drawn
    piece: Piece


class Sheets:
    """The pages of one report. Made and drawn in any thread, by one at a time; loads nothing.

    ``whole``: no section is still to come, so that it is known how many pages there are.
    """

    def __init__(self, report: Report, *, grey: bool = False, whole: bool = True) -> None:
        sheet = report.sheet
        self._title, self._whole = report.title, whole
        self.width, self.height = sheet.width * MILLIMETRE, sheet.height * MILLIMETRE
        self._margin = sheet.margin * MILLIMETRE
        self._room = self.width - 2 * self._margin
        self._ink = Ink(grey=grey)
        self._foot = set_.clean(report.foot)
        self._lock = Lock()
        height = self.height - 2 * self._margin
        self._items = list(_laid(report, _Layout(self._room, height, self._ink)))
        self._pages = paginate([item.piece for item in self._items], height)

    @property
    def count(self) -> int:
        """The number of pages."""
        return len(self._pages)

    def bookmarks(self) -> list[Bookmark]:
        """Return the title and all headings, each with its place."""
        points = 72 / DOTS
        found = [Bookmark(self._title, 0, self.height * points)]
        for number, page in enumerate(self._pages):
            for placed in page:
                for heading, top in _headings(self._items[placed.piece].drawn, placed.top):
                    found.append(Bookmark(heading, number, (self.height - self._margin - top) * points))
        return found

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw a page, in dots from the corner of the sheet."""
        page = self._pages[number]
        with self._lock:
            for i, placed in enumerate(page):
                item = self._items[placed.piece]
                first = i == 0 or (i == 1 and item.piece.head == page[0].piece)
                item.drawn.draw(painter, self._margin, self._margin + placed.top, first=first)
            self._draw_foot(painter, number)

    def _draw_foot(self, painter: QPainter, number: int) -> None:
        top = self.height - FOOT_RULE * self._margin
        painter.setPen(QPen(self._ink("rule"), PIXEL))
        painter.drawLine(QPointF(self._margin, top), QPointF(self._margin + self._room, top))
        band = QRectF(self._margin, top, self._room, (FOOT_RULE - FOOT_WORDS) * self._margin)
        painter.setPen(self._ink("text2"))
        numbers = f"page {number + 1} of {self.count}" if self._whole else f"page {number + 1}"
        room = self._room - set_.advance(f"  {numbers}", set_.NOTE)
        wide = max(set_.advance(self._foot, set_.NOTE), 1.0)
        smaller = max(SMALLEST_FOOT, set_.NOTE.points * min(1.0, 0.99 * room / wide))
        painter.setFont(set_.font(smaller, False))
        foot = painter.fontMetrics().elidedText(self._foot, Qt.TextElideMode.ElideRight, int(room))
        below = Qt.AlignmentFlag.AlignBottom
        painter.drawText(band, Qt.AlignmentFlag.AlignLeft | below, foot)
        painter.setFont(set_.font(set_.NOTE.points, False))
        painter.drawText(band, Qt.AlignmentFlag.AlignRight | below, numbers)


def _headings(drawn: Drawn, top: float) -> Iterator[tuple[str, float]]:
    """Yield each heading in what stands at ``top``, with its own top."""
    if isinstance(drawn, Heading):
        yield drawn.text, top
    elif isinstance(drawn, Beside):
        for column in drawn.columns:
            for below, inner in column:
                yield from _headings(inner, top + below)


def _laid(report: Report, layout: "_Layout") -> Iterator[_Item]:
    """Yield the title and all sections, those that stand side by side as one thing."""
    yield layout.line(report.title, set_.TITLE, 0.0, Bond.FIRM)
    yield layout.line(report.subtitle, set_.SUBTITLE, UNDER_TITLE, Bond.FREE)
    count = 2
    for number, group in enumerate(side_by_side(report.sections)):
        above = ABOVE_SECTION if number else ABOVE_FIRST
        items = layout.group(group, count, above)
        yield from items
        count += len(items)


class _Layout:
    """Sets sections into a room of one width; ``start`` is the index that a first item will have."""

    def __init__(self, width: float, height: float, ink: Ink) -> None:
        self._width, self._height, self._ink = width, height, ink

    def line(self, text: str, style: set_.Style, gap: float, bond: Bond) -> _Item:
        """Return a text that is not torn."""
        words = Line(Words([Run(text)], style, self._width, self._ink))
        return _Item(words, Piece(words.height, gap, bond))

    def group(self, sections: Sequence[Section], start: int, above: float) -> list[_Item]:
        """Return one section, or two that stand side by side where a page can hold them so."""
        if len(sections) > 1:
            width = (self._width - BETWEEN_COLUMNS) / 2
            half = _Layout(width, self._height, self._ink)
            columns = [_stacked(half.section(section, 0, 0.0)) for section in sections]
            both = Beside(columns, width + BETWEEN_COLUMNS)
            if both.height <= self._height:
                return [_Item(both, Piece(both.height, above))]
        items: list[_Item] = []
        for section in sections:
            items += self.section(section, start + len(items), above)
        return items

    def section(self, section: Section, start: int, above: float) -> list[_Item]:
        """Return the heading and everything under it."""
        items: list[_Item] = []
        if section.heading:
            heading = Heading(section, self._width, self._ink)
            items.append(_Item(heading, Piece(heading.height)))
        held, before = len(items) + 1, None
        for block in section.blocks:
            if items and _belongs(before, block):
                items[-1] = _with(items[-1], bond=Bond.FIRM)
            items += self._block(block, start + len(items), first=len(items) < held)
            before = block
        if items:
            items[0] = _with(items[0], gap=above)
        for i in range(min(held, len(items) - 1)):
            items[i] = _with(items[i], bond=Bond.FIRM)
        return _loosely(items) if section.whole else items

    def _block(self, block: Block, start: int, *, first: bool) -> list[_Item]:
        match block:
            case Table():
                return self._table(block, start, 0.0 if first else UNDER_WORDS)
            case Paragraph():
                return self._paragraph(block, first=first)
            case FigureBlock():
                picture = self._picture(block)
                return [_Item(picture, Piece(picture.height, 0.0 if first else UNDER_FIGURE))]
            case Strip():
                return self._strip(block, start)

    def _picture(self, block: FigureBlock) -> Picture:
        return Picture(block.figure, self._width, self._height - BESIDE_FIGURE, grey=self._ink.grey)

    def _paragraph(self, paragraph: Paragraph, *, first: bool) -> list[_Item]:
        style = set_.NOTE if paragraph.note else set_.LEAD if paragraph.lead else set_.TEXT
        words = Words(paragraph.text, style, self._width, self._ink)
        above = 0.0 if paragraph.lead or first else ABOVE_NOTE if paragraph.note else ABOVE_BLOCK
        lines = [Line(words, number) for number in range(words.lines)]
        items = [_Item(line, Piece(line.height, above if i == 0 else 0.0)) for i, line in enumerate(lines)]
        return _ends_held(items)

    def _table(self, table: Table, start: int, above: float) -> list[_Item]:
        widths = column_widths(table, self._width)
        items: list[_Item] = []
        if any(column.title for column in table.columns):
            titles = [Run(column.title) for column in table.columns]
            head = Row(titles, table.columns, widths, self._ink, "ink", style=set_.NOTE)
            items.append(_Item(head, Piece(head.height, above, Bond.FIRM)))
        repeated = start if items else None
        rows = []
        for i, row in enumerate(table.rows):
            rule = "ink" if table.total and i == len(table.rows) - 1 else "rule"
            repeats = table.grouped and i > 0 and row[0].text == table.rows[i - 1][0].text
            drawn = Row(row, table.columns, widths, self._ink, rule, repeats=repeats)
            rows.append(_Item(drawn, Piece(drawn.height, head=repeated)))
        if table.total:
            sums = Row(table.total, table.columns, widths, self._ink)
            rows.append(_Item(sums, Piece(sums.height, head=repeated)))
        if rows and not items:
            rows[0] = _with(rows[0], gap=above)
        return self._kept([*items, *_ends_held(rows, last=3 if table.total else 2)])

    def _strip(self, strip: Strip, start: int) -> list[_Item]:
        head, *rest = [self._picture(FigureBlock(figure)) for figure in strip.figures]
        items = [_Item(picture, Piece(picture.height, head=start)) for picture in rest]
        return self._kept([_Item(head, Piece(head.height, bond=Bond.FIRM)), *_ends_held(items, last=3)])

    def _kept(self, items: list[_Item]) -> list[_Item]:
        """Return the items held together where they are short."""
        return _loosely(items) if sum(item.piece.height for item in items) <= SHORT * self._height else items


def _belongs(before: Block | None, block: Block) -> bool:
    """Tell whether a block holds on to the one before: what words introduce, a note to what it is about."""
    if isinstance(block, Paragraph):
        return block.note and before is not None and not isinstance(before, Paragraph)
    return isinstance(before, Paragraph) and not before.note


def _loosely(items: Sequence[_Item]) -> list[_Item]:
    return [*(_with(item, bond=max(item.piece.bond, Bond.LOOSE)) for item in items[:-1]), *items[-1:]]


def _with(item: _Item, **changes: Any) -> _Item:
    return replace(item, piece=replace(item.piece, **changes))


def _ends_held(items: Sequence[_Item], last: int = 2) -> list[_Item]:
    """Return the items with the first two held together, and the last ones."""
    held = {0, *range(len(items) - last, len(items) - 1)}
    return [
        _with(item, bond=Bond.FIRM) if i in held and i < len(items) - 1 else item
        for i, item in enumerate(items)
    ]


def _stacked(items: Sequence[_Item]) -> list[tuple[float, Drawn]]:
    """Return each thing with its top, one under the other."""
    stacked: list[tuple[float, Drawn]] = []
    bottom = 0.0
    for item in items:
        stacked.append((bottom + item.piece.gap, item.drawn))
        bottom += item.piece.gap + item.piece.height
    return stacked
