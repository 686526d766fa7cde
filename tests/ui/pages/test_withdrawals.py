"""When everything can be out: a row for every part, the ladder on the same axis, the table twin."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.shapes import Line
from desktop_app.ui.charts.timeline_view import STANDARD
from desktop_app.ui.dialogs.claim import ClaimDialog
from desktop_app.ui.dialogs.withdrawal import WithdrawalDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.withdrawals import WithdrawalsPage
from desktop_app.ui.place import Place
from desktop_app.ui.widgets.section import Words
from tests.builders import drawn
from tests.conftest import Undoable
from tests.drivers import choose, click, dialog, press, settle
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
    page.words.unknown.setText("Fastest: no time is known for USD 25,893,777. " * 5)
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


# -- requests ----------------------------------------------------------------------------------------------


def test_open_requests_stand_beside_the_timeline(page: WithdrawalsPage) -> None:
    words = [w.text().replace("\u00a0", " ") for w in page.panel.requests.findChildren(Words)]
    assert [w for w in words if w in {"2.00 ezETH", "600.00 ATOM", "tomorrow", "in 9 days"}] == [
        "2.00 ezETH",
        "tomorrow",
        "600.00 ATOM",
        "in 9 days",
    ]
    assert "Claim from 3 Dec 2026, 00:00 UTC" in words
    buttons = page.panel.requests.findChildren(QPushButton)
    assert [b.isEnabled() for b in buttons] == [True, False]


def test_the_list_says_up_to_when_requests_have_waited(page: WithdrawalsPage, qtbot: QtBot) -> None:
    today = datetime.now(UTC).date()
    page.day_chosen.emit(today + timedelta(days=30))
    settle(qtbot)
    assert page.panel.requests.note.text().replace("\u00a0", " ").endswith(", 00:00 UTC")
    page.day_chosen.emit(today)
    settle(qtbot)
    assert page.answer is not None
    now = page.answer.overview.out.now
    assert now is not None
    assert timedelta(0) <= datetime.now(UTC) - now < timedelta(minutes=5)
    assert {p.at for p in page.answer.requests} == {now}


def test_a_claim_is_recorded_as_one_step(
    page: WithdrawalsPage, sample_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    with undoable(sample_window.document):
        click(page.panel.requests.findChildren(QPushButton)[0])
        click(dialog(qtbot, ClaimDialog).foot.primary)
    settle(qtbot)
    claimed = sample_window.document.portfolio.positions["ezETH"]
    assert claimed.quantity == Decimal("6.75")
    assert not claimed.requests[0].is_open
    assert "ezETH, 6.75 requested" not in {t.name for t in page.timeline.chart.figure.targets}


def test_the_commands_act_on_the_chosen_row_else_on_what_is_claimed_next(
    page: WithdrawalsPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    choose(sample_window, "show_table")
    row = next(
        r.id for r in page.table.rows_model.rows if r.part == "requested, waiting" and r.position == "ATOM"
    )
    page.table.choose(row)
    choose(sample_window, "change_withdrawal")
    changing = dialog(qtbot, WithdrawalDialog)
    assert changing.form.amount.text() == "600"
    changing.reject()
    choose(sample_window, "show_table")
    choose(sample_window, "claim_withdrawal")
    click(dialog(qtbot, ClaimDialog).foot.primary)
    settle(qtbot)
    assert sample_window.document.undo_stack.undoText() == "Claim withdrawal of ezETH"


def test_a_withdrawal_is_started_from_the_header(
    page: WithdrawalsPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    click(page.start_button)
    dialog(qtbot, WithdrawalDialog).reject()
    sample_window.go(Place("positions"))
    settle(qtbot)
    sample_window.page.show_item("weETH")
    choose(sample_window, "start_withdrawal")
    started = dialog(qtbot, WithdrawalDialog)
    chosen = started.form.chosen()
    assert chosen is not None
    assert chosen.id == "weETH"
    started.reject()


# -- the axis and the filter -------------------------------------------------------------------------------


def middle_of(page: WithdrawalsPage, day: float) -> QPoint:
    columns = page.timeline.columns
    assert columns is not None
    return QPoint(round(columns.axis.x(day)), 30)


def drag(page: WithdrawalsPage, start: float, end: float) -> None:
    chart, left = page.timeline.chart, Qt.MouseButton.LeftButton
    QTest.mousePress(chart, left, Qt.KeyboardModifier.NoModifier, middle_of(page, start))
    QTest.mouseMove(chart, middle_of(page, (start + end) / 2))
    QTest.mouseRelease(chart, left, Qt.KeyboardModifier.NoModifier, middle_of(page, end))


def test_dragging_over_the_axis_shows_that_stretch_in_timeline_and_ladder(page: WithdrawalsPage) -> None:
    drag(page, 10, 20)
    start, end = page.timeline.span
    assert start == pytest.approx(10, abs=0.3)
    assert end == pytest.approx(20, abs=0.3)
    columns = page.timeline.columns
    assert columns is not None
    assert (columns.axis.back, columns.axis.ahead) == (-start, end)
    accent = [s for s in page.ladder.figure.shapes if isinstance(s, Line) and s.colour == "accent"]
    assert all(line.width > 2 for line in accent)  # today lies outside


def test_a_double_click_fits_everything_and_again_the_six_weeks(page: WithdrawalsPage) -> None:
    chart = page.timeline.chart
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle_of(page, 5))
    assert page.timeline.span[1] > 148  # the latest day of PT-weETH
    press(chart, Qt.Key.Key_0)
    assert page.timeline.span == STANDARD
    press(chart, Qt.Key.Key_Plus)
    assert page.timeline.span == (0.5, 29.5)
    press(chart, Qt.Key.Key_Minus)
    assert page.timeline.span == STANDARD


def test_a_click_on_the_axis_chooses_the_row_and_one_on_the_name_leads_there(
    page: WithdrawalsPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    chart = page.timeline.chart
    click(chart, middle_of(page, 20))
    assert sample_window.page_name == "withdrawals"
    assert chart.focused == chart.figure.targets[1].id
    click(chart, QPoint(10, 30))
    settle(qtbot)
    assert sample_window.page_name == "positions"


def test_rows_are_filtered_by_account_and_asset(page: WithdrawalsPage, sample_window: MainWindow) -> None:
    choose(sample_window, "find")
    assert page.filter.hasFocus()
    page.filter.setText("ezeth")
    assert {t.id.partition("#")[0] for t in page.timeline.chart.figure.targets} == {"ezETH"}
    choose(sample_window, "show_table")
    assert {r.asset for r in page.table.rows_model.rows} == {"ezETH"}
    account = page.portfolio.positions["ATOM"].account
    page.filter.setText(account)
    found = {t.id.partition("#")[0] for t in page.timeline.chart.figure.targets}
    assert found == {p.id for p in page.portfolio.positions.values() if p.account == account}
    page.show_item("ATOM")
    assert page.filter.text() == ""
