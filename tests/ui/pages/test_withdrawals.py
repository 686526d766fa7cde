"""When everything can be out: a row for every part, the ladder on the same axis, the table twin."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.shapes import Line
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.withdrawals import WithdrawalsPage
from desktop_app.ui.place import Place
from tests.builders import drawn
from tests.drivers import choose, settle
from tests.ui.conftest import OpenWindow


@pytest.fixture
def page(sample_window: MainWindow, qtbot: QtBot) -> WithdrawalsPage:
    sample_window.resize(1280, 720)
    sample_window.go(Place("withdrawals"))
    settle(qtbot)
    assert isinstance(sample_window.page, WithdrawalsPage)
    return sample_window.page


def many(count: int) -> Portfolio:
    return drawn(*(f"position {i}: 1000 -> protocol {i % 7}" for i in range(count)))


def test_every_position_has_a_row(page: WithdrawalsPage) -> None:
    rows = {target.id.rpartition("#")[0] for target in page.timeline.chart.figure.targets}
    assert rows == set(page.portfolio.positions)


def test_timeline_and_ladder_share_one_axis(page: WithdrawalsPage) -> None:
    columns = page.timeline.columns
    assert columns is not None
    lines = [shape for shape in page.ladder.figure.shapes if isinstance(shape, Line)]
    today = next(line for line in lines if line.colour == "accent" and line.width < 2)
    assert page.ladder.x() + today.points[0][0] == pytest.approx(columns.axis.x(0))


def test_only_the_rows_in_sight_are_drawn(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    window.resize(1280, 720)
    window.document.edit("Import 2,000 positions", many(2000))
    window.go(Place("withdrawals"))
    settle(qtbot)
    page = window.page
    assert isinstance(page, WithdrawalsPage)
    first = page.timeline.chart.figure.targets
    assert 5 < len(first) < 50
    bar = page.timeline.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = page.timeline.chart.figure.targets
    assert {t.id for t in first}.isdisjoint(t.id for t in last)


def test_long_words_beside_the_ladder_never_push_it_over_the_rows(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(None)
    window.resize(1280, 720)
    window.document.edit("Import 2,000 positions", many(2000))
    window.go(Place("withdrawals"))
    settle(qtbot)
    page = window.page
    assert isinstance(page, WithdrawalsPage)
    page.unknown_note.setText("Fastest: no time is known for USD 25,893,777. " * 5)
    settle(qtbot)
    window.resize(1281, 720)
    settle(qtbot)
    assert page.timeline.geometry().bottom() < page.key.y()
    assert page.key.geometry().bottom() < page.ladder.y()
    assert page.timeline.height() > 100


def test_a_row_leads_to_its_position(page: WithdrawalsPage, sample_window: MainWindow, qtbot: QtBot) -> None:
    row = page.timeline.chart.figure.targets[0].id
    page.timeline.chart.chosen.emit(row)
    settle(qtbot)
    assert sample_window.page_name == "positions"


def test_the_table_twin_has_the_same_rows_and_is_copied(
    page: WithdrawalsPage, sample_window: MainWindow
) -> None:
    choose(sample_window, "show_table")
    assert page.table.isVisible()
    assert len(page.table.rows_model.rows) == len(page.timeline.chart.figure.targets)
    choose(sample_window, "copy")
    assert "weETH" in QGuiApplication.clipboard().text()


def test_readers_hear_the_sentence_of_the_page(page: WithdrawalsPage) -> None:
    assert page.timeline.chart.accessibleName() == page.sentence.text()


def test_timeline_and_ladder_are_saved(page: WithdrawalsPage) -> None:
    timeline, ladder = page.pictures().values()
    assert timeline().height > page.timeline.chart.height()
    assert ladder() is page.ladder.figure
