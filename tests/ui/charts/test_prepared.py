"""Figures of many shapes are shown as prepared pictures: the same pixels, and no move waits for them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.figures.shapes import Curve, Figure, Rect, Shape, Text
from desktop_app.ui import theme
from desktop_app.ui.charts.figure_view import FEW, FigureView
from desktop_app.ui.charts.painting import paint_figure


def many(colour: str = "accent", rows: int = FEW) -> Figure:
    """Return a figure of three shapes a row, higher than the view."""
    shapes: list[Shape] = []
    for row in range(rows):
        y = 10.0 + 20 * row
        shapes += [
            Rect(10, y, 60, 14, fill=colour, radius=2),
            Text(14, y + 11, f"row {row}"),
            Curve((70, y), ((120, y, 120, y + 60, 200, y + 60),), "line", 1.2, (6.0, 3.0)),
        ]
    return Figure(300, 20.0 * rows + 80, tuple(shapes))


@pytest.fixture
def view(qtbot: QtBot) -> FigureView:
    widget = FigureView()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def shown(view: FigureView) -> QImage:
    image: QImage = view.viewport().grab().toImage()
    return image


def settled(view: FigureView, qtbot: QtBot) -> QImage:
    """Return what the view shows when nothing more is being prepared."""
    shown(view)
    qtbot.waitUntil(lambda: not view._item.prepared.busy())
    return shown(view)


def alike(one: QImage, other: QImage) -> bool:
    """Tell whether two pictures agree but for where an edge falls between two pixels."""
    places = [(x, y) for x in range(0, one.width(), 2) for y in range(one.height())]
    far = [abs(one.pixelColor(*at).red() - other.pixelColor(*at).red()) > 60 for at in places]
    return sum(far) < len(places) / 100


def painted(view: FigureView, figure: Figure) -> QImage:
    """Return what the view should show: every shape painted at once, on the same place."""
    seen = shown(view)
    image = QImage(seen.size(), seen.format())
    image.fill(view.backgroundBrush().color())
    painter = QPainter(image)
    painter.setTransform(view._item.deviceTransform(view.viewportTransform()))
    paint_figure(painter, figure, theme.current())
    painter.end()
    return image


def test_it_shows_the_pixels_of_its_shapes(view: FigureView, qtbot: QtBot) -> None:
    figure = many()
    view.show_figure(figure)
    assert alike(settled(view, qtbot), painted(view, figure))


def test_at_another_size_it_is_painted_anew(view: FigureView, qtbot: QtBot) -> None:
    figure = many()
    view.show_figure(figure)
    settled(view, qtbot)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    coarse = shown(view)
    sharp = settled(view, qtbot)
    assert coarse != sharp
    assert shown(view) == sharp


def test_what_comes_into_sight_is_coarse_at_once_and_sharp_soon(view: FigureView, qtbot: QtBot) -> None:
    figure = many()
    view.show_figure(figure)
    settled(view, qtbot)
    view._box.translateBy(y=5_000)
    coarse = shown(view)
    page = coarse.pixelColor(coarse.width() - 1, 0)
    assert any(coarse.pixelColor(30, y) != page for y in range(coarse.height()))
    assert settled(view, qtbot) != coarse


def test_another_figure_takes_the_place_of_the_one_before(view: FigureView, qtbot: QtBot) -> None:
    view.show_figure(many())
    before = settled(view, qtbot)
    view.show_figure(many("alarm"))
    assert alike(settled(view, qtbot), painted(view, many("alarm")))
    assert not alike(before, painted(view, many("alarm")))


def test_fewer_rows_leave_nothing_of_the_longer_figure(view: FigureView, qtbot: QtBot) -> None:
    view.show_figure(many())
    settled(view, qtbot)
    figure = many(rows=FEW // 2)
    view.show_figure(figure)
    assert alike(settled(view, qtbot), painted(view, figure))


def test_a_view_moved_beyond_the_figure_rests(view: FigureView, qtbot: QtBot) -> None:
    view.show_figure(many())
    settled(view, qtbot)
    view._box.translateBy(x=5_000)
    view.grab()
    assert not view._item.prepared.busy()
