"""The matrix on the screen: only what is seen is drawn, keys walk from part to part and scroll with it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.positions import Dimension
from desktop_app.figures.labels import Labels
from desktop_app.figures.matrix import MatrixHead, MatrixRow
from desktop_app.figures.sizes import SCREEN
from desktop_app.ui.charts.matrix_view import MatrixView
from tests.drivers import press

MANY, WIDE = 2000, 60
ROWS = [MatrixRow(f"p{i}", f"Position {i}", "1,000") for i in range(MANY)]
HEADS = [
    MatrixHead(
        f"n{i}", "Operators", f"N{i}", f"N{i}", Dimension.OPERATOR, {f"p{r}": 0.5 for r in range(i, MANY, 3)}
    )
    for i in range(WIDE)
]


@pytest.fixture
def view(qtbot: QtBot) -> MatrixView:
    made = MatrixView()
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show_matrix(ROWS, HEADS, Labels(), SCREEN, "Which position stands on what")
    with qtbot.waitExposed(made):
        made.show()
    return made


def ids(view: MatrixView) -> set[str]:
    return {target.id for target in view.chart.figure.targets}


def test_only_what_is_seen_is_drawn(view: MatrixView) -> None:
    assert "row:0" in ids(view)
    assert len(ids(view)) < 30 * 15
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert {f"row:{MANY - 1}", f"column:{WIDE - 1}"} <= ids(view)
    assert "row:0" not in ids(view)


def test_keys_walk_from_part_to_part_and_what_they_reach_is_in_sight(view: MatrixView) -> None:
    for _ in range(40):
        press(view.chart, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() > 0
    assert view.chart.accessibleDescription().startswith("Position 117 on N0")
    for _ in range(14):
        press(view.chart, Qt.Key.Key_Right)
    assert view.horizontalScrollBar().value() > 0
    assert view.chart.accessibleDescription().startswith("Position 117 on N42")
    for _ in range(40):
        press(view.chart, Qt.Key.Key_Up)
    assert view.verticalScrollBar().value() == 42 - 42 % 3


def test_enter_opens_the_part_that_was_reached(view: MatrixView, qtbot: QtBot) -> None:
    press(view.chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.activated) as opened:
        press(view.chart, Qt.Key.Key_Return)
    assert opened.args == ["cell:0:0"]


def test_a_column_can_be_brought_to_the_front(view: MatrixView) -> None:
    view.show_column(20)
    assert "column:20" in ids(view)
    assert "column:19" not in ids(view)


def test_a_saved_picture_has_every_column(view: MatrixView) -> None:
    figure = view.whole_figure(10)
    assert sum(target.id.startswith("column:") for target in figure.targets) == WIDE
    assert sum(target.id.startswith("row:") for target in figure.targets) == 10
