"""The painter: the same shapes as on paper, straight things on whole pixels."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app.figures.colours import Theme, colour
from desktop_app.figures.hatching import slashable_hatch
from desktop_app.figures.shapes import Curve, Figure, Line, Polygon, Rect, Shape, Target, Text
from desktop_app.ui.charts.painting import bounds, measure, paint_figure, paint_focus

pytestmark = pytest.mark.usefixtures("qapp")


def painted(
    *shapes: Shape, theme: Theme = "light", ratio: float = 1, exposed: QRectF | None = None
) -> QImage:
    image = QImage(round(100 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(colour("page", theme)))
    painter = QPainter(image)
    paint_figure(painter, Figure(100, 60, shapes), theme, exposed)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 2])
@pytest.mark.parametrize(
    "shape",
    [
        Line(((3.3, 20.4), (90, 20.4)), "ink"),
        Line(((20.5, 3), (20.5, 50)), "ink", 1.3),
        Line(((5, 50), (30, 50), (30, 20), (90, 20)), "ink", 2.6),
        Line(((3.3, 20.4), (90, 20.4)), "ink", 1, (6, 3)),
        Rect(3.4, 4.6, 30.2, 20.7, fill="ink"),
    ],
)
def test_straight_things_are_sharp_at_any_scaling(shape: Shape, ratio: float) -> None:
    assert colours(painted(shape, ratio=ratio)) == {"#FFFFFF", colour("ink")}


def test_a_hairline_is_one_pixel_thick() -> None:
    image = painted(Line(((0, 20), (100, 20)), "ink"))
    dark = [y for y in range(60) if image.pixelColor(50, y).name().upper() == colour("ink")]
    assert len(dark) == 1


def test_a_bar_keeps_at_least_one_pixel() -> None:
    assert colour("ink") in colours(painted(Rect(10, 10, 0.2, 20, fill="ink")))


def test_dashes_are_counted_in_pixels_whatever_the_width() -> None:
    image = painted(Line(((0, 20), (90, 20)), "ink", 4, (9.0, 4.0)))
    row = [image.pixelColor(x, 20).name().upper() == colour("ink") for x in range(90)]
    assert row[:9] == [True] * 9
    assert row[9:13] == [False] * 4
    assert row[13:22] == [True] * 9


@pytest.mark.parametrize(
    "shape",
    [
        Curve((5, 5), ((50, 5, 50, 50, 90, 50),), "accent", 3),
        Rect(5, 5, 40, 20, fill="sel", outline="accent", outline_width=2, radius=4),
        slashable_hatch(5, 5, 40, 20, "accent"),
        Text(5, 30, "weETH", "accent"),
        Text(50, 30, "weETH", "accent", anchor="middle"),
        Text(95, 30, "weETH", "accent", bold=True, anchor="end"),
        Polygon(((5, 5), (40, 5), (5, 40)), "accent"),
    ],
    ids=lambda shape: type(shape).__name__,
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_shape_is_painted_inside_its_bounds(shape: Shape, theme: Theme) -> None:
    image = painted(shape, theme=theme)
    page = QColor(colour("page", theme)).rgb()
    marked = [(x, y) for x in range(100) for y in range(60) if image.pixel(x, y) != page]
    assert len(marked) > 20
    box = bounds(shape)
    assert all(box.contains(x + 0.5, y + 0.5) for x, y in marked)


def test_only_what_is_exposed_is_painted() -> None:
    image = painted(Rect(5, 5, 10, 10, fill="ink"), exposed=QRectF(50, 0, 50, 60))
    assert colours(image) == {"#FFFFFF"}


def test_markup_is_painted_as_it_stands() -> None:
    assert measure("<b>a</b>", 13, False) > measure("a", 13, False) * 3


def test_the_focus_ring_lies_outside_its_target() -> None:
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_focus(painter, Target("a", 20, 20, 40, 20, "a"))
    painter.end()
    assert colours(image.copy(22, 22, 36, 16)) == {"#FFFFFF"}
    assert colour("accent") in colours(image)


def test_a_ring_at_the_edge_is_painted_within_it() -> None:
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    paint_focus(painter, Target("a", 0, 0, 40, 20, "a"), "light", QRectF(0, 0, 40, 20))
    painter.end()
    accent = QColor(colour("accent", "light"))
    assert all(picture.pixelColor(x, y) == accent for x, y in ((20, 1), (20, 18), (1, 10), (38, 10)))
