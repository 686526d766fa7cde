"""Whether the layers pay, on the page: rows that explain themselves, the ranking, the table twin."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.rewards import RewardsPage
from desktop_app.ui.place import Place
from tests.drivers import choose, press, settle
from tests.ui.conftest import OpenWindow


@pytest.fixture
def page(sample_window: MainWindow, qtbot: QtBot) -> RewardsPage:
    sample_window.resize(1280, 720)
    sample_window.go(Place("rewards"))
    settle(qtbot)
    assert isinstance(sample_window.page, RewardsPage)
    return sample_window.page


def click_on(page: RewardsPage, target: str) -> None:
    area = next(t for t in page.rows.chart.figure.targets if t.id == target)
    at = QPoint(int(area.x + area.width / 2), int(area.y + area.height / 2))
    QTest.mouseClick(page.rows.chart, Qt.MouseButton.LeftButton, pos=at)


def test_every_layer_has_a_row_least_paid_first(page: RewardsPage) -> None:
    assert page.answer is not None
    shown = [t.id.removeprefix("row:") for t in page.rows.chart.figure.targets if t.id.startswith("row:")]
    expected = [f"{row.number}:{row.position}" for row in page.answer.rewards.ranked]
    assert shown == expected[: len(shown)]
    assert len(shown) > 15


def test_a_click_on_a_ratio_tells_how_it_came_about_and_esc_lets_go(page: RewardsPage) -> None:
    key = next(t.id for t in page.rows.chart.figure.targets if t.id.startswith("ratio:"))
    click_on(page, key)
    assert page.explanation.isVisible()
    assert page.chosen == key.removeprefix("ratio:")
    page.let_go()
    assert not page.explanation.isVisible()
    assert page.chosen == ""


def test_the_name_of_a_row_leads_to_its_position(page: RewardsPage, qtbot: QtBot) -> None:
    row = next(t.id for t in page.rows.chart.figure.targets if t.id.startswith("row:"))
    with qtbot.waitSignal(page.going) as went:
        click_on(page, row)
    assert went.args == [Place("positions", row.rpartition(":")[2])]


def test_the_rows_are_walked_with_the_keyboard(page: RewardsPage, qtbot: QtBot) -> None:
    page.rows.chart.setFocus(Qt.FocusReason.TabFocusReason)
    press(page.rows.chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.going):
        press(page.rows.chart, Qt.Key.Key_Return)


def test_another_ranking_is_shown_at_once_and_remembered(page: RewardsPage, open_window: OpenWindow) -> None:
    first = page._lines[0].id
    page.rank.setCurrentIndex(page.rank.findData("reward"))
    page.rank.activated.emit(page.rank.currentIndex())
    assert page._lines[0].id != first or page._lines[1].ratio is not None
    again = RewardsPage(page.document, page.catalogue)
    assert again.rank.currentData() == "reward"
    again.deleteLater()


def test_the_table_twin_has_the_same_rows_and_copies(
    page: RewardsPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    choose(sample_window, "show_table")
    settle(qtbot)
    assert page.table.isVisible()
    assert page.answer is not None
    assert len(page.table.rows_model.rows) == len(page.answer.rewards.rows)
    choose(sample_window, "copy")
    assert "Break-even a year" in QGuiApplication.clipboard().text()


def test_the_picture_has_the_headings_and_the_rows(page: RewardsPage) -> None:
    (make,) = page.pictures().values()
    texts = {shape.text for shape in make().shapes if hasattr(shape, "text")}
    assert {"Break-even", "weETH"} <= texts


def test_without_positions_the_page_says_what_would_fill_it(empty_window: MainWindow, qtbot: QtBot) -> None:
    empty_window.go(Place("rewards"))
    settle(qtbot)
    assert empty_window.page.empty.isVisible()
