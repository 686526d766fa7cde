"""What stands on a sheet of paper: lines of words, headings, rows of tables, figures, and two beside."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

from desktop_app.figures.shapes import Figure
from desktop_app.report.blocks import Column, Section
from desktop_app.report.sentences import Run
from desktop_app.report.svg import to_svg
from desktop_app.ui.column_widths import MOST_LINES, blank, indent
from desktop_app.ui.typesetting import (
    HEADING,
    NOTE,
    PAD,
    PIXEL,
    QUIET,
    TEXT,
    Ink,
    Style,
    Words,
    advance,
    clean,
    font,
)

CELL = 3 * PIXEL
"""Blank above and below the words of a row."""
UNDER_RULE, UNDER_HEADING, NOTE_DOWN = 5 * PIXEL, 4 * PIXEL, 2.5 * PIXEL


class Drawn(Protocol):
    """Something so high that is drawn from its upper left corner; ``first``: on its page, but for a head."""

    height: float

    def draw(self, painter: QPainter, x: float, y: float, *, first: bool) -> None: ...


class Line:
    """Words, or one of their lines."""

    def __init__(self, words: Words, line: int | None = None) -> None:
        self._words, self._line = words, line
        self.height = words.height if line is None else words.height / words.lines

    def draw(self, painter: QPainter, x: float, y: float, *, first: bool) -> None:
        self._words.draw(painter, x, y, self._line)


class Heading:
    """The dark rule, the heading under it, and its note at the right end of the line, or below it."""

    def __init__(self, section: Section, width: float, ink: Ink) -> None:
        self.text = clean(section.heading)
        room = width - advance(self.text, HEADING) - 2 * PAD
        self._colour = ink("ink")
        self._width = width
        self._beside = advance(clean(section.note), NOTE) <= room
        self._heading = Words([Run(section.heading)], HEADING, width, ink)
        self._note = Words([Run(section.note)], NOTE, width, ink, right=self._beside)
        below = self._note.height if section.note and not self._beside else 0.0
        self.height = UNDER_RULE + self._heading.height + below + UNDER_HEADING

    def draw(self, painter: QPainter, x: float, y: float, *, first: bool) -> None:
        _rule(painter, x, y, self._width, self._colour)
        top = y + UNDER_RULE
        self._heading.draw(painter, x, top)
        self._note.draw(painter, x, top + (NOTE_DOWN if self._beside else self._heading.height))


class Row:
    """A row of a table with the rule under it; ``repeats``: its first cell says what the row above says."""

    def __init__(
        self,
        cells: Sequence[Run],
        columns: Sequence[Column],
        widths: Sequence[float],
        ink: Ink,
        rule: str = "",
        *,
        style: Style | None = None,
        repeats: bool = False,
    ) -> None:
        """``style``: of headings, else each column's own; ``rule``: the role of the line below, "" none."""
        self._cells: list[tuple[float, Words]] = []
        self._rule = ink(rule) if rule else None
        self._repeats = repeats
        left = 0.0
        for i, (run, column, width) in enumerate(zip(cells, columns, widths, strict=True)):
            right = column.align == "right"
            own = style or (QUIET if column.quiet else TEXT)
            words = Words([run], own, width - blank(columns, i), ink, right=right, most=MOST_LINES)
            self._cells.append((left + indent(columns, i), words))
            left += width
        self._width = left
        self.height = 2 * CELL + max((words.height for _, words in self._cells), default=0.0)

    def draw(self, painter: QPainter, x: float, y: float, *, first: bool) -> None:
        for number, (left, words) in enumerate(self._cells):
            if number or first or not self._repeats:
                words.draw(painter, x + left, y + CELL)
        if self._rule is not None:
            _rule(painter, x, y + self.height, self._width, self._rule)


class Picture:
    """A figure in vectors, made smaller where it is wider or higher than the room."""

    def __init__(self, figure: Figure, width: float, height: float, *, grey: bool) -> None:
        self._figure = figure
        self._grey = grey
        scales = [
            PIXEL,
            *(room / size for room, size in ((width, figure.width), (height, figure.height)) if size),
        ]
        self._width = figure.width * min(scales)
        self.height = figure.height * min(scales)

    def draw(self, painter: QPainter, x: float, y: float, *, first: bool) -> None:
        renderer = QSvgRenderer(to_svg(self._figure, grey=self._grey).encode())
        painter.save()
        try:
            painter.setFont(font(TEXT.points, False))  # Qt's SVG takes the weight of what was drawn before
            renderer.render(painter, QRectF(x, y, self._width, self.height))
        finally:
            painter.restore()


class Beside:
    """Two columns of things, each with its top, ``step`` apart."""

    def __init__(self, columns: Sequence[Sequence[tuple[float, Drawn]]], step: float) -> None:
        self.columns = columns
        self._step = step
        self.height = max(top + drawn.height for column in columns for top, drawn in column)

    def draw(self, painter: QPainter, x: float, y: float, *, first: bool) -> None:
        for number, column in enumerate(self.columns):
            for top, drawn in column:
                drawn.draw(painter, x + number * self._step, y + top, first=False)


def _rule(painter: QPainter, x: float, y: float, width: float, colour: QColor) -> None:
    pen = QPen(colour, PIXEL)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(x, y), QPointF(x + width, y))
