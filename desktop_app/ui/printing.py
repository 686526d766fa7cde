"""The sheets of a report as PDF, on a printer and as pictures."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from desktop_app.report.blocks import Report
from desktop_app.report.choices import Sheet
from desktop_app.report.files import write_whole
from desktop_app.ui.sheets import Sheets
from desktop_app.ui.typesetting import DOTS


def write_pdf(report: Report, path: Path, *, grey: bool = False) -> int:
    """Write the report as PDF, with or without a display; return the number of pages.

    The file appears whole or not at all, readable by its owner only; a UserError says why it cannot.
    """
    _application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(f"{report.title}, {report.subtitle}")
    writer.setCreator("Stakeout")
    writer.setPageLayout(page_layout(report.sheet))
    pages = print_report(report, writer, grey=grey)
    buffer.close()
    write_whole(path, bytes(buffer.data().data()))
    return pages


def print_report(report: Report, device: QPagedPaintDevice, *, grey: bool = False) -> int:
    """Print the report on a printer or PDF writer whose paper it fits; return the number of pages."""
    layout = device.pageLayout()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setMargins(QMarginsF())
    device.setPageLayout(layout)
    sheets = Sheets(report, grey=grey)
    painter = QPainter(device)
    scale = device.logicalDpiX() / DOTS
    painter.scale(scale, scale)
    try:
        for number in range(sheets.count):
            if number:
                device.newPage()
            sheets.draw(painter, number)
    finally:
        painter.end()
    return sheets.count


def page_image(sheets: Sheets, number: int, height: int, sharpness: float = 1.0) -> QImage:
    """Return a page as a picture so many logical pixels high, ``sharpness`` device pixels each."""
    scale = height / sheets.height
    size = QSizeF(sheets.width * scale, height) * sharpness
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale * sharpness, scale * sharpness)
    sheets.draw(painter, number)
    painter.end()
    image.setDevicePixelRatio(sharpness)
    return image


def page_layout(sheet: Sheet) -> QPageLayout:
    """Return a sheet as Qt knows it."""
    upright = QSizeF(min(sheet.width, sheet.height), max(sheet.width, sheet.height))
    size = QPageSize(upright, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    across = sheet.width > sheet.height
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    return QPageLayout(size, turned, QMarginsF())


def sheet_of(layout: QPageLayout) -> Sheet:
    """Return the paper that a printer is set to."""
    paper = layout.fullRect(QPageLayout.Unit.Millimeter)
    return Sheet(paper.width(), paper.height())


def _application() -> None:
    """Fonts need an application; without one, make one that needs no display."""
    if QGuiApplication.instance() is None:
        _KEPT.append(QGuiApplication(["stakeout", "-platform", "offscreen"]))


_KEPT: list[QGuiApplication] = []
