"""A figure inside a page: as high as it needs, pointed at, clicked, walked by keys, told to readers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from desktop_app.figures.shapes import Figure, Rect, Target, Text
from desktop_app.ui.charts.figure_widget import FigureWidget


def build(width: float) -> Figure:
    """Return two bars, the second of the whole width."""
    targets = (
        Target("first", 0, 0, width / 2, 20, "first, 10", "first\n10.00"),
        Target("<b>second</b>", 0, 30, width, 20, "second, 20", "<b>second</b>"),
    )
    return Figure(width, 60, (Rect(0, 0, width / 2, 20, fill="line"),), targets, "Two bars")


@pytest.fixture
def widget(qtbot: QtBot) -> FigureWidget:
    made = FigureWidget()
    qtbot.addWidget(made)
    made.resize(300, 10)
    made.show_figure(build)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_it_is_as_high_as_its_figure(widget: FigureWidget) -> None:
    assert widget.height() == 60


def test_another_width_builds_another_figure(widget: FigureWidget) -> None:
    widget.resize(500, widget.height())
    assert widget.figure.width == 500


def test_the_headline_is_its_name_for_readers(widget: FigureWidget) -> None:
    assert widget.accessibleName() == "Two bars"


def test_a_click_chooses(widget: FigureWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(widget.chosen) as chosen:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(200, 40))
    assert chosen.args == ["<b>second</b>"]


def test_a_click_beside_everything_chooses_nothing(widget: FigureWidget, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(widget.chosen):
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(290, 5))


def test_the_pointer_points_with_a_hand(widget: FigureWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(widget.pointed) as pointed:
        QTest.mouseMove(widget, QPoint(50, 10))
    assert pointed.args == ["first"]
    assert widget.cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_keys_walk_and_enter_chooses(widget: FigureWidget, qtbot: QtBot) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Escape)
    QTest.keyClick(widget, Qt.Key.Key_Down)
    assert widget.accessibleDescription() == "first, 10"
    QTest.keyClick(widget, Qt.Key.Key_Down)
    assert widget.accessibleDescription() == "second, 20"
    with qtbot.waitSignal(widget.chosen) as chosen:
        QTest.keyClick(widget, Qt.Key.Key_Return)
    assert chosen.args == ["<b>second</b>"]


def test_esc_releases(widget: FigureWidget, qtbot: QtBot) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Down)
    with qtbot.waitSignal(widget.released):
        QTest.keyClick(widget, Qt.Key.Key_Escape)
    assert widget.accessibleDescription() == ""


def test_a_tooltip_comes_after_a_while_and_is_plain_text(widget: FigureWidget, qtbot: QtBot) -> None:
    QTest.mouseMove(widget, QPoint(50, 40))
    assert not QToolTip.isVisible()
    qtbot.waitUntil(QToolTip.isVisible, timeout=3000)
    assert "&lt;b&gt;second&lt;/b&gt;" in QToolTip.text()
    QToolTip.hideText()


def test_a_picture_without_targets_is_no_focus_stop(widget: FigureWidget) -> None:
    widget.show_figure(lambda width: Figure(width, 20, ()))
    assert widget.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_text_that_was_shortened_tells_its_whole_under_the_pointer(widget: FigureWidget) -> None:
    short = Text(200, 15, "Vault.sol", tooltip="owner/name contracts/Vault.sol")
    widget.show_figure(lambda width: replace(build(width), shapes=(short,)))
    QTest.mouseMove(widget, QPoint(210, 12))
    widget._timer.timeout.emit()
    assert "owner/name contracts/Vault.sol" in QToolTip.text()
