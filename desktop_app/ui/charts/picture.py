"""A figure as a picture file, PNG or SVG, for the charts of every page: a name is asked for, then written."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.errors import UserError
from desktop_app.figures.colours import Theme, colour
from desktop_app.figures.keys import moved
from desktop_app.figures.shapes import Figure, Shape
from desktop_app.report.files import write_whole
from desktop_app.report.svg import to_svg
from desktop_app.ui import messages
from desktop_app.ui.charts.painting import paint_figure

Pictures = Mapping[str, Callable[[], Figure]]
"""What a picture is called -> how it is drawn, in the order in which they are offered."""

KINDS = ["SVG (*.svg)", "PNG (*.png)"]
SHARPNESS = 2
"""Pixels of a saved PNG for each pixel of the figure."""
MARGIN = 16.0


def offer_pictures(parent: QWidget, pictures: Pictures, at: QPoint) -> None:
    """Ask which of several pictures is wanted, in a menu ``at`` a point of the screen, then for its name."""
    if len(pictures) == 1:
        ask_for_picture(parent, *pictures.values())
        return
    menu = QMenu(parent)
    for name, make in pictures.items():
        menu.addAction(name, partial(ask_for_picture, parent, make))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)


def ask_for_picture(parent: QWidget, make: Callable[[], Figure]) -> None:
    """Ask for a file and write the picture there."""
    dialog = QFileDialog(parent.window(), "Save picture")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(KINDS)
    dialog.setDefaultSuffix("svg")
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind[:3].lower()))
    dialog.fileSelected.connect(lambda name: save_picture(make(), Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def save_picture(figure: Figure, path: Path) -> None:
    """Write a figure as PNG or SVG, by the name of the file; tell where that cannot be."""
    framed = _framed(figure)
    png = path.suffix.lower() == ".png"
    try:
        write_whole(path, as_png(framed, SHARPNESS) if png else to_svg(framed).encode())
    except UserError as error:
        messages.show_error(error)


def below_each_other(*figures: Figure) -> Figure:
    """Return figures as one, each under the one before it, without what can be pointed at."""
    shapes: list[Shape] = []
    height = 0.0
    for figure in figures:
        shapes += [moved(shape, 0, height) for shape in figure.shapes]
        height += figure.height
    headline = next((figure.headline for figure in figures if figure.headline), "")
    return Figure(max(figure.width for figure in figures), height, tuple(shapes), headline=headline)


def _framed(figure: Figure) -> Figure:
    """Return the figure with free space around it."""
    shapes = tuple(moved(shape, MARGIN, MARGIN) for shape in figure.shapes)
    return Figure(figure.width + 2 * MARGIN, figure.height + 2 * MARGIN, shapes, headline=figure.headline)


def as_png(figure: Figure, sharpness: int, theme: Theme = "light") -> bytes:
    """Return the figure as PNG, ``sharpness`` pixels for each of its own."""
    width, height = max(1, round(figure.width * sharpness)), max(1, round(figure.height * sharpness))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour("page", theme)))
    painter = QPainter(image)
    painter.scale(sharpness, sharpness)
    paint_figure(painter, figure, theme)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, PySide6 text
    return bytes(buffer.data().data())
