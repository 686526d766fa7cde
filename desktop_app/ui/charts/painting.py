"""The one painter of figures: shapes onto any widget, picture or graphics item, sharp on device pixels."""

from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from desktop_app.figures.colours import Theme, colour
from desktop_app.figures.hatching import hatch_lines
from desktop_app.figures.shapes import Curve, Dash, Figure, Hatch, Line, Polygon, Rect, Shape, Target, Text

FOCUS_WIDTH = 2.0


def paint_figure(
    painter: QPainter, figure: Figure, theme: Theme = "light", exposed: QRectF | None = None
) -> None:
    """Paint the shapes of a figure in its own coordinates; only those that touch ``exposed``, if given."""
    painter.save()
    for shape in figure.shapes:
        if exposed is None or exposed.intersects(bounds(shape)):
            paint_shape(shape, painter, theme)
    painter.restore()


def paint_focus(
    painter: QPainter, target: Target, theme: Theme = "light", within: QRectF | None = None
) -> None:
    """Paint the focus ring: 2 px of the accent outside a target, but ``within`` what can be seen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour("accent", theme)), FOCUS_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = FOCUS_WIDTH / 2
    box = QRectF(target.x, target.y, target.width, target.height)
    ring = box.adjusted(-half, -half, half, half)
    if within is not None:
        ring = ring.intersected(within.adjusted(half, half, -half, -half))
    painter.drawRoundedRect(ring, 3, 3)
    painter.restore()


def bounds(shape: Shape) -> QRectF:
    """Return a rectangle that a shape lies in; a text's is generous."""
    if isinstance(shape, Rect | Hatch):
        return QRectF(shape.x, shape.y, shape.width, shape.height).adjusted(-1, -1, 1, 1)
    if isinstance(shape, Text):
        reach = len(shape.text) * shape.size
        return QRectF(shape.x - reach, shape.y - 2 * shape.size, 2 * reach, 3 * shape.size)
    points = shape.points if not isinstance(shape, Curve) else _corners(shape)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    room = 1 + (shape.width if not isinstance(shape, Polygon) else 0)
    return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(-room, -room, room, room)


def _corners(curve: Curve) -> tuple[tuple[float, float], ...]:
    return (curve.start, *((s[i], s[i + 1]) for s in curve.segments for i in (0, 2, 4)))


@lru_cache(maxsize=64)
def font(size: float, bold: bool, family: str) -> QFont:
    """Return the font of a text: the application's family, tabular figures, demi-bold for bold."""
    result = QFont(family)
    result.setPixelSize(max(1, round(size)))
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def measure(text: str, size: float, bold: bool) -> float:
    """Return the width of a text on this screen (a ``figures.shapes.Measure``)."""
    return _advance(text, size, bold, QGuiApplication.font().family())


@lru_cache(maxsize=16384)
def _advance(text: str, size: float, bold: bool, family: str) -> float:
    return QFontMetricsF(font(size, bold, family)).horizontalAdvance(text)


def paint_shape(shape: Shape, painter: QPainter, theme: Theme) -> None:
    """Paint one shape in the coordinates of its figure."""
    match shape:
        case Line():
            _line(shape, painter, theme)
        case Curve():
            _curve(shape, painter, theme)
        case Rect():
            _rect(shape, painter, theme)
        case Hatch():
            _hatch(shape, painter, theme)
        case Text():
            _text(shape, painter, theme)
        case Polygon():
            _polygon(shape, painter, theme)


def _line(shape: Line, painter: QPainter, theme: Theme) -> None:
    points = [QPointF(x, y) for x, y in shape.points]
    straight = all(a.x() == b.x() or a.y() == b.y() for a, b in pairwise(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not straight)
    if straight:
        grid = _Grid(painter)
        pen = _pen(shape.colour, grid.width(shape.width), shape.dash, theme)
        points = [grid.centre(p, shape.width) for p in points]
    else:
        pen = _pen(shape.colour, shape.width, shape.dash, theme)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def _curve(shape: Curve, painter: QPainter, theme: Theme) -> None:
    path = QPainterPath(QPointF(*shape.start))
    for x1, y1, x2, y2, x3, y3 in shape.segments:
        path.cubicTo(x1, y1, x2, y2, x3, y3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path, _pen(shape.colour, shape.width, shape.dash, theme))


def _rect(shape: Rect, painter: QPainter, theme: Theme) -> None:
    box = _Grid(painter).box(shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, shape.radius > 0)
    painter.setBrush(QColor(colour(shape.fill, theme)) if shape.fill else Qt.BrushStyle.NoBrush)
    if shape.outline:
        half = shape.outline_width / 2
        painter.setPen(_pen(shape.outline, shape.outline_width, (), theme))
        box = box.adjusted(half, half, -half, -half)
    elif shape.fill and not shape.radius:
        painter.fillRect(box, QColor(colour(shape.fill, theme)))
        return
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, shape.radius, shape.radius)


def _hatch(shape: Hatch, painter: QPainter, theme: Theme) -> None:
    painter.fillRect(_Grid(painter).box(shape), QColor(colour("page", theme)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(shape.colour, shape.line_width, (), theme))
    painter.drawLines([QLineF(*line) for line in hatch_lines(shape)])
    if shape.outline:
        _rect(Rect(shape.x, shape.y, shape.width, shape.height, outline=shape.outline), painter, theme)


def _text(shape: Text, painter: QPainter, theme: Theme) -> None:
    face = font(shape.size, shape.bold, QGuiApplication.font().family())
    x = shape.x
    if shape.anchor != "start":
        width = QFontMetricsF(face).horizontalAdvance(shape.text)
        x -= width if shape.anchor == "end" else width / 2
    painter.setFont(face)
    painter.setPen(QColor(colour(shape.colour, theme)))
    painter.drawText(QPointF(x, shape.y), shape.text)


def _polygon(shape: Polygon, painter: QPainter, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour(shape.fill, theme)))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))


def _pen(role: str, width: float, dash: Dash, theme: Theme) -> QPen:
    """Return a pen with flat caps; Qt counts dashes in pen widths, we in pixels."""
    pen = QPen(QBrush(QColor(colour(role, theme))), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


class _Grid:
    """The device pixels under a painter, so that straight things can sit on whole ones."""

    def __init__(self, painter: QPainter) -> None:
        place, ratio = painter.worldTransform(), painter.device().devicePixelRatio()
        self.x_scale, self.y_scale = place.m11() * ratio, place.m22() * ratio
        self.x_shift, self.y_shift = place.dx() * ratio, place.dy() * ratio

    def width(self, width: float) -> float:
        """Return a line width of whole device pixels, at least one."""
        return max(1, round(width * self.y_scale)) / self.y_scale

    def centre(self, point: QPointF, width: float) -> QPointF:
        """Return where the middle of a line of this width must run to fill whole pixels."""
        half = max(1, round(width * self.y_scale)) / 2
        x = round(point.x() * self.x_scale + self.x_shift - half) + half
        y = round(point.y() * self.y_scale + self.y_shift - half) + half
        return QPointF((x - self.x_shift) / self.x_scale, (y - self.y_shift) / self.y_scale)

    def box(self, shape: Rect | Hatch) -> QRectF:
        """Return the rectangle with its edges on whole pixels; what has a size keeps at least one."""
        left, width = self._span(shape.x, shape.width, self.x_scale, self.x_shift)
        top, height = self._span(shape.y, shape.height, self.y_scale, self.y_shift)
        return QRectF(left, top, width, height)

    @staticmethod
    def _span(start: float, length: float, scale: float, shift: float) -> tuple[float, float]:
        first, last = round(start * scale + shift), round((start + length) * scale + shift)
        if length > 0:
            last = max(last, first + 1)
        return (first - shift) / scale, (last - first) / scale
