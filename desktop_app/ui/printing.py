"""The report on paper: one document for PDF and printer, figures as vectors, a foot on every page."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPyTextObject,
    QTextBlock,
    QTextDocument,
    QTextFormat,
    QTextTable,
)
from PySide6.QtSvg import QSvgRenderer

from desktop_app.figures.colours import colour
from desktop_app.figures.colours import grey as _grey
from desktop_app.report.blocks import Report, figures
from desktop_app.report.files import write_whole
from desktop_app.report.html import FIGURE_SIGN, to_paper
from desktop_app.report.svg import to_svg

Paper = Literal["a4", "letter"]

MARGIN_MM = 15.0
FOOT_RULE_MM, FOOT_MM = 13.0, 8.5
"""How far above the lower edge of the sheet the rule of the foot and the bottom of its words stand."""

RESOLUTION = 1200
_PIXELS_PER_INCH = 96.0
_FIGURE = int(QTextFormat.ObjectTypes.UserObject) + 1
_INDEX = int(QTextFormat.Property.UserProperty) + 1
_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}


def write_pdf(
    report: Report, path: Path, paper: Paper = "a4", *, landscape: bool = False, grey: bool = False
) -> int:
    """Write the report as PDF, with or without a display; return the number of pages.

    The file appears whole or not at all, readable by its owner only; a UserError says why it cannot.
    """
    _application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setTitle(f"{report.title}, {report.subtitle}")
    writer.setCreator("Stakeout")
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(QPageSize(_SIZES[paper]), turned, QMarginsF()))
    pages = print_report(report, writer, grey=grey)
    buffer.close()
    write_whole(path, bytes(buffer.data().data()))
    return pages


def print_report(report: Report, device: QPagedPaintDevice, *, grey: bool = False) -> int:
    """Print the report on a printer or PDF writer as its page is set up; return the number of pages."""
    layout = device.pageLayout()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setMargins(QMarginsF())
    device.setPageLayout(layout)
    sheet = Sheet(report, device, grey=grey)
    painter = QPainter(device)
    try:
        for number in range(sheet.pageCount()):
            if number:
                device.newPage()
            sheet.draw_page(painter, number)
    finally:
        painter.end()
    return sheet.pageCount()


def _application() -> None:
    """Fonts need an application; without one, make one that needs no display."""
    if QGuiApplication.instance() is None:
        _KEPT.append(QGuiApplication(["stakeout", "-platform", "offscreen"]))


_KEPT: list[QGuiApplication] = []


def _font(size: float) -> QFont:
    """Return the font of paper: figures of one width, and no ligatures, which could not be searched for."""
    font = QFont("sans-serif")
    font.setPointSizeF(size)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setFeature(QFont.Tag("liga"), 0)
    return font


class Sheet(QTextDocument):
    """A report laid out for one device. Loads nothing: names in the data must not reach files or hosts."""

    def __init__(self, report: Report, device: QPagedPaintDevice, *, grey: bool = False) -> None:
        super().__init__()
        self._dots = device.logicalDpiX()
        self._millimetre = self._dots / 25.4
        self._foot = report.foot
        self._inks = {
            role: QColor(_grey(colour(role)) if grey else colour(role)) for role in ("rule", "text2")
        }
        margin = round(
            MARGIN_MM * self._millimetre
        )  # whole dots: Qt's layout rounds, and pages must not drift
        self._bottom = float(device.height())
        self._body = QSizeF(device.width() - 2 * margin, device.height() - 2 * margin)
        self._corner = QPointF(margin, margin)
        self.setDocumentMargin(0)
        self.setUndoRedoEnabled(False)
        self._figures = FigureObject(report, self._dots / _PIXELS_PER_INCH, self._body.width(), grey=grey)
        self.setDefaultFont(_font(8.25))
        self.documentLayout().setPaintDevice(device)
        self.documentLayout().registerHandler(_FIGURE, self._figures)
        self.setHtml(to_paper(report, grey=grey))
        self._place_figures()
        self.setPageSize(self._body)
        self._keep_headings()

    def loadResource(self, kind: int, name: Any) -> Any:
        return None

    def draw_page(self, painter: QPainter, number: int) -> None:
        """Draw one page with its foot."""
        height = self._body.height()
        part = QRectF(0, number * height, self._body.width(), height)
        painter.save()
        painter.translate(self._corner.x(), self._corner.y() - part.top())
        painter.setClipRect(part)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = part
        self.documentLayout().draw(painter, context)
        painter.restore()
        self._draw_foot(painter, number)

    def _draw_foot(self, painter: QPainter, number: int) -> None:
        top = self._bottom - FOOT_RULE_MM * self._millimetre
        height = (FOOT_RULE_MM - FOOT_MM) * self._millimetre
        band = QRectF(self._corner.x(), top, self._body.width(), height)
        painter.setPen(QPen(self._inks["rule"], self._dots / _PIXELS_PER_INCH))
        painter.drawLine(band.topLeft(), band.topRight())
        painter.setFont(_font(7.5))
        painter.setPen(self._inks["text2"])
        below = Qt.AlignmentFlag.AlignBottom
        numbers = f"page {number + 1} of {self.pageCount()}"
        measure = painter.fontMetrics()
        room = int(band.width()) - measure.horizontalAdvance(f"  {numbers}")
        foot = measure.elidedText(self._foot, Qt.TextElideMode.ElideRight, room)
        painter.drawText(band, Qt.AlignmentFlag.AlignLeft | below, foot)
        painter.drawText(band, Qt.AlignmentFlag.AlignRight | below, numbers)

    def _place_figures(self) -> None:
        """Turn each sign that stands for a figure into an object that draws it."""
        cursor = self.find(FIGURE_SIGN)
        index = 0
        while not cursor.isNull():
            shape = cursor.charFormat()
            shape.setObjectType(_FIGURE)
            shape.setProperty(_INDEX, index)
            cursor.insertText(FIGURE_SIGN, shape)
            cursor = self.find(FIGURE_SIGN, cursor)
            index += 1

    def _keep_headings(self) -> None:
        """Start a new page before a heading that would stand alone at the foot of one."""
        for _ in range(64):
            heading = next(self._lonely_headings(), None)
            if heading is None:
                return
            shape = heading.format().toTableFormat()
            shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            heading.setFormat(shape)

    def _lonely_headings(self) -> Iterator[QTextTable]:
        for (table, heading), (_, below) in pairwise(self._children()):
            if (
                isinstance(table, QTextTable)
                and table.rows() == 1
                and self._page(heading) != self._page(below)
            ):
                yield table

    def _children(self) -> Iterator[tuple[QTextTable | None, QTextBlock]]:
        """Yield the tables (with a block of their first row of values) and paragraphs, in their order."""
        place = self.rootFrame().begin()
        while not place.atEnd():
            block, frame = place.currentBlock(), place.currentFrame()
            if isinstance(frame, QTextTable):
                yield frame, frame.cellAt(min(1, frame.rows() - 1), 0).firstCursorPosition().block()
            elif block.isValid() and block.text():
                yield None, block
            place += 1

    def _page(self, block: QTextBlock) -> int:
        """Return the page on which the first line of a block ends; the block itself may begin before it."""
        top = self.documentLayout().blockBoundingRect(block).top()
        return int((top + block.layout().lineAt(0).rect().bottom() - 1) // self._body.height())


class FigureObject(QPyTextObject):
    """Draws the figures of a report into its text, as vectors with selectable words."""

    def __init__(self, report: Report, scale: float, width: float, *, grey: bool) -> None:
        super().__init__()
        self._pictures = [QSvgRenderer(to_svg(figure, grey=grey).encode()) for figure in figures(report)]
        self._scale = scale
        self._width = width

    def intrinsicSize(self, document: QTextDocument, position: int, shape: QTextFormat) -> QSizeF:
        size = QSizeF(self._picture(shape).defaultSize()) * self._scale
        return size if size.width() <= self._width else size * (self._width / size.width())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        position: int,
        shape: QTextFormat,
    ) -> None:
        # Qt also draws the blocks around a page: hidden, but their words would be found twice.
        if painter.clipBoundingRect().intersects(rect):
            self._picture(shape).render(painter, rect)

    def _picture(self, shape: QTextFormat) -> QSvgRenderer:
        return self._pictures[int(shape.property(_INDEX))]
