"""The large view of a figure: keyboard walk, click, hover, fit, and nothing moves unasked."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.figures.shapes import Figure, Rect, Target
from desktop_app.ui.charts.figure_view import FigureView

FIGURE = Figure(
    300,
    200,
    (Rect(10, 10, 60, 30, fill="box"), Rect(200, 10, 60, 30, fill="box"), Rect(200, 100, 60, 30, fill="box")),
    (
        Target("a", 10, 10, 60, 30, "a, 10"),
        Target("b", 200, 10, 60, 30, "b, 20", "<b>markup?</b>"),
        Target("c", 200, 100, 60, 30, "c, 30"),
    ),
    "Three nodes",
)


@pytest.fixture
def view(qtbot: QtBot) -> FigureView:
    widget = FigureView()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.show_figure(FIGURE, {"a": ("c", "b"), "b": ("a",), "c": ("a",)})
    return widget


def place(view: FigureView, x: float, y: float) -> QPoint:
    scene = view._box.mapViewToScene(view._item.mapToParent(x, y))
    found: QPoint = view.mapFromScene(scene)
    return found


def test_the_headline_is_its_name_for_readers(view: FigureView) -> None:
    assert view.accessibleName() == "Three nodes"


def test_a_click_chooses_what_is_under_it(view: FigureView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place(view, 230, 25))
    assert chosen.args == ["b"]


def test_a_click_beside_everything_chooses_nothing(view: FigureView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.chosen):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place(view, 130, 80))


def test_the_pointer_points(view: FigureView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.pointed) as pointed:
        QTest.mouseMove(view.viewport(), place(view, 30, 20))
    assert pointed.args == ["a"]


def test_arrow_keys_walk_the_lines_and_enter_chooses(view: FigureView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.focused() == "a"
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.focused() == "c"  # the widest line, not the nearest node
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.focused() == "b"
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == ["b"]


def test_the_focused_item_is_told_to_readers(view: FigureView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.accessibleDescription() == "a, 10"


def test_esc_releases(view: FigureView, qtbot: QtBot) -> None:
    view.focus_on("b")
    with qtbot.waitSignal(view.released):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.focused() == ""


def test_a_figure_shows_at_its_own_size(view: FigureView) -> None:
    left, right = place(view, 0, 0), place(view, 100, 100)
    assert abs(right.x() - left.x() - 100 * view._natural()) <= 1
    assert 0 <= left.x() <= 4 * view._natural()
    assert 0 <= left.y() <= 4 * view._natural()


def test_fit_shows_the_whole_figure(view: FigureView) -> None:
    view.show_figure(Figure(4000, 3000, (), (Target("far", 3900, 2900, 60, 30, "far"),)))
    view.fit()
    assert view.viewport().rect().contains(place(view, 3990, 2990))


def test_focus_brings_what_is_outside_into_sight(view: FigureView, qtbot: QtBot) -> None:
    view.show_figure(Figure(4000, 3000, (), (Target("far", 3900, 2900, 60, 30, "far"),)))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.focused() == "far"
    assert view.viewport().rect().contains(place(view, 3930, 2915))


def test_focus_on_what_is_seen_moves_nothing(view: FigureView) -> None:
    width, height = view.room()
    view.show_figure(Figure(width, height, (), (Target("edge", width - 60, height - 30, 60, 30, "edge"),)))
    before = place(view, 0, 0)
    view.focus_on("edge")
    assert place(view, 0, 0) == before


def test_a_new_figure_leaves_a_zoomed_view_alone(view: FigureView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Qt.Key.Key_Plus)
    before = place(view, 100, 100)
    view.show_figure(FIGURE)
    assert place(view, 100, 100) == before


def test_a_new_size_asks_for_another_figure(view: FigureView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.resized):
        view.resize(500, 310)
