"""The sheets of a report as PDF, on a printer and as pictures."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from desktop_app import __version__
from desktop_app.errors import UserError
from desktop_app.report.blocks import Report
from desktop_app.report.choices import Sheet
from desktop_app.report.files import write_whole
from desktop_app.report.pdf_update import updated
from desktop_app.report.progress import Progress, unheard
from desktop_app.ui.sheets import Sheets
from desktop_app.ui.typesetting import DOTS, clean

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


CREATOR = f"Stakeout {__version__}"


def write_pdf(report: Report, path: Path, *, grey: bool = False, progress: Progress = unheard) -> int:
    """Write the report as PDF, with or without a display; return the number of pages.

    The file appears whole or not at all, readable by its owner only; a UserError says why it cannot.
    ``progress`` hears of each page.
    """
    _application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(_name(report))
    writer.setCreator(CREATOR)
    writer.setPageLayout(page_layout(report.sheet))
    sheets, _ = print_report(report, writer, grey=grey, progress=progress)
    buffer.close()
    write_whole(path, updated(bytes(buffer.data().data()), sheets.bookmarks()))
    return sheets.count


def print_report(
    report: Report, device: "QPdfWriter | QPrinter", *, grey: bool = False, progress: Progress = unheard
) -> tuple[Sheets, list[int]]:
    """Print the report on a printer or PDF writer whose paper it fits; return its sheets, and which of them.

    A printer prints the pages chosen for it, in the order chosen, and in grey where it is set to that.
    ``progress`` hears of each page; where it raises an error, a printer forgets what it was given.
    """
    layout = device.pageLayout()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setMargins(QMarginsF())
    device.setPageLayout(layout)
    printer = None if isinstance(device, QPdfWriter) else device
    sheets = Sheets(report, grey=grey or (printer is not None and _is_grey(printer)))
    pages = list(range(sheets.count)) if printer is None else _chosen_pages(printer, sheets.count)
    if not pages:
        has = "one page" if sheets.count == 1 else f"only {sheets.count} pages"
        raise UserError(f"The report has {has}, and none of those that you chose.", "Choose other pages.")
    if printer is not None:
        printer.setDocName(_name(report))
        printer.setCreator(CREATOR)
    painter = QPainter(device)
    scale = device.logicalDpiX() / DOTS
    painter.scale(scale, scale)
    try:
        for done, number in enumerate(pages):
            progress(f"page {done + 1} of {len(pages)}")
            if done:
                device.newPage()
            sheets.draw(painter, number)
    except BaseException:
        if printer is not None:
            printer.abort()
        raise
    finally:
        painter.end()
    return sheets, pages


def print_to_file(
    report: Report, printer: "QPrinter", path: Path, *, grey: bool = False, progress: Progress = unheard
) -> int:
    """Print into a file by a printer that is set to that; return how many pages were printed.

    The file appears whole or not at all, as with :func:`write_pdf`; a printer would begin by emptying it.
    """
    with TemporaryDirectory(prefix="stakeout-") as folder:
        made = Path(folder) / "report.pdf"
        printer.setOutputFileName(str(made))
        sheets, pages = print_report(report, printer, grey=grey, progress=progress)
        marks = [mark for mark in sheets.bookmarks() if mark.page in pages]
        moved = [replace(mark, page=pages.index(mark.page)) for mark in marks]
        write_whole(path, updated(made.read_bytes(), moved))
    return len(pages)


def _name(report: Report) -> str:
    return clean(f"{report.title}, {report.subtitle}")


def _is_grey(printer: "QPrinter") -> bool:
    return printer.colorMode() is type(printer).ColorMode.GrayScale


def _chosen_pages(printer: "QPrinter", count: int) -> list[int]:
    """Return the pages, counted from 0, that are to be printed, in order, with copies if need be."""
    ranges = printer.pageRanges()
    pages = [n for n in range(count) if ranges.isEmpty() or ranges.contains(n + 1)]
    if printer.pageOrder() is type(printer).PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    return pages * copies if printer.collateCopies() else [page for page in pages for _ in range(copies)]


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


def sheet_of(layout: QPageLayout, margin: float) -> Sheet:
    """Return the paper that a printer is set to, with margins of so many millimetres."""
    paper = layout.fullRect(QPageLayout.Unit.Millimeter)
    return Sheet(paper.width(), paper.height(), margin)


def _application() -> None:
    """Fonts need an application; without one, make one that needs no display."""
    if QGuiApplication.instance() is None:
        _KEPT.append(QGuiApplication(["stakeout", "-platform", "offscreen"]))


_KEPT: list[QGuiApplication] = []
