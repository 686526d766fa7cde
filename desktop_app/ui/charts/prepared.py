"""A figure of many shapes as pictures, painted a few milliseconds at a time: moving it waits for no shape."""

import math
import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app.figures.colours import Theme, colour
from desktop_app.figures.shapes import Figure, Shape, Text
from desktop_app.ui.charts.painting import bounds, paint_shape

SLICE = 0.008
"""Seconds of painting between two looks at the keyboard and the mouse."""
AROUND = 0.5
"""How far beyond what is seen the sharp picture reaches, in widths and heights of it."""
WHOLE = 4_000_000
"""Pixels of the picture of the whole, which stands in where nothing sharper is painted yet."""
LEGIBLE = 3.0
"""Pixels below which a letter is no more than dust, and left out."""


class _Picture:
    """A part of a figure at a scale (device pixels per pixel of the figure), painted piece by piece."""

    def __init__(
        self, figure: Figure, region: QRectF, scale: float, theme: Theme, *, stands_in: bool = False
    ) -> None:
        self.figure, self.region, self.scale, self.theme = figure, region, scale, theme
        self.stands_in = stands_in
        self.image = QImage(
            max(1, math.ceil(region.width() * scale)),
            max(1, math.ceil(region.height() * scale)),
            QImage.Format.Format_RGB32,
        )
        self.image.fill(QColor(colour("page", theme)))
        self._left = iter(figure.shapes)

    def shows(self, figure: Figure, seen: QRectF, scale: float, theme: Theme) -> bool:
        """Tell whether this is what is to be seen, and sharp."""
        same = self.figure is figure and self.theme == theme
        return same and math.isclose(self.scale, scale, rel_tol=1e-6) and self.region.contains(seen)

    def go_on(self) -> bool:
        """Paint for a slice of time; return whether all is painted."""
        end = time.perf_counter() + SLICE
        painter = QPainter(self.image)
        painter.scale(self.scale, self.scale)
        painter.translate(-self.region.topLeft())
        for shape in self._shapes():
            paint_shape(shape, painter, self.theme)
            if time.perf_counter() > end:
                painter.end()
                return False
        painter.end()
        return True

    def _shapes(self) -> Iterator[Shape]:
        for shape in self._left:
            legible = not isinstance(shape, Text) or shape.size * self.scale >= LEGIBLE
            if legible and self.region.intersects(bounds(shape)):
                yield shape

    def show(self, painter: QPainter) -> None:
        """Show it on a painter in the figure's coordinates; pixel on pixel where the scales agree."""
        ratio, place = painter.device().devicePixelRatio(), painter.worldTransform()
        if not math.isclose(place.m11() * ratio, self.scale, rel_tol=1e-6):
            painter.drawImage(self.region, self.image)
            return
        corner = place.map(self.region.topLeft())
        painter.save()
        painter.resetTransform()
        self.image.setDevicePixelRatio(ratio)
        painter.drawImage(
            QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio), self.image
        )
        painter.restore()
        self.image.setDevicePixelRatio(1)


class PreparedFigure(QObject):
    """Shows at once the nearest picture there is; ``ready``: a better one is painted."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sharp: _Picture | None = None
        self._whole: _Picture | None = None
        self._making: _Picture | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def busy(self) -> bool:
        """Tell whether a picture is being painted."""
        return self._making is not None

    def forget(self) -> None:
        """Let go of every picture."""
        self._sharp = self._whole = self._making = None
        self._timer.stop()

    def paint(self, painter: QPainter, figure: Figure, seen: QRectF, theme: Theme) -> None:
        """Paint what is there of a figure (``seen``: the part in sight), and have the rest made."""
        whole = _extent(figure)
        seen = seen.intersected(whole)
        if seen.isEmpty():
            return
        known = self._sharp or self._making
        if known and (_extent(known.figure), known.theme) != (whole, theme):
            self.forget()
        scale = painter.worldTransform().m11() * painter.device().devicePixelRatio()
        sharp, made = (p if p and p.shows(figure, seen, scale, theme) else None for p in self._both())
        if sharp is None and made is None:
            wide, high = seen.width() * AROUND, seen.height() * AROUND
            region = seen.adjusted(-wide, -high, wide, high).intersected(whole)
            self._make(_Picture(figure, region, scale, theme))
        coarse = [self._whole, self._sharp] if self._whole or self._sharp else [self._making]
        for picture in [sharp] if sharp else coarse:
            if picture is not None:
                picture.show(painter)

    def _both(self) -> tuple[_Picture | None, _Picture | None]:
        return self._sharp, self._making

    def _make(self, picture: _Picture) -> None:
        self._making = picture
        self._timer.start()

    def _go_on(self) -> None:
        """Paint a slice; what is done is shown, and after the part in sight the whole is made."""
        made = self._making
        if made is not None and made.go_on():
            self._making = None
            self._timer.stop()
            self._keep(made)
        elif self._sharp or self._whole:
            return
        self.ready.emit()

    def _keep(self, made: _Picture) -> None:
        if made.stands_in:
            self._whole = made
            return
        self._sharp = made
        if self._whole is None or self._whole.figure is not made.figure:
            whole = _extent(made.figure)
            scale = min(1.0, math.sqrt(WHOLE / max(1.0, whole.width() * whole.height())))
            self._make(_Picture(made.figure, whole, scale, made.theme, stands_in=True))


def _extent(figure: Figure) -> QRectF:
    return QRectF(0, 0, figure.width, figure.height)
