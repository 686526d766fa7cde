"""A figure as a picture file: the same geometry on the page's colour, in more pixels than the screen has."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app.figures.colours import Theme, colour
from desktop_app.figures.shapes import Figure
from desktop_app.ui.charts.painting import paint_figure


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
