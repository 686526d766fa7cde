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
from desktop_app.figures.labels import whole_days
from desktop_app.figures.shapes import Line
from desktop_app.ui.charts.timeline_view import STANDARD
from desktop_app.ui.dialogs.claim import ClaimDialog
from desktop_app.ui.dialogs.withdrawal import WithdrawalDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.way_box import StepBox
from desktop_app.ui.pages.withdrawals import WithdrawalsPage
from desktop_app.ui.place import Place
from desktop_app.ui.widgets.section import Words
from tests.builders import drawn
from tests.conftest import Undoable
from tests.drivers import choose, click, dialog, press, settle
from tests.ui.conftest import Browser, OpenWindow


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


def test_where_room_is_small_words_that_only_explain_give_way(page: WithdrawalsPage) -> None:
    words = page.words
    whole = words.heightForWidth(words.width())
    words.fit(words.width(), whole - 1)
    assert not words.market.isVisible()
    assert words.likely.isVisible()
    words.fit(words.width(), 10)
    assert not words.likely.isVisible()
    assert words.unknown.isVisible()
    words.fit(words.width(), whole)
    assert words.market.isVisible()


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
    page.let_go()
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


def test_a_click_chooses_a_row_and_a_double_click_on_its_name_leads_there(
    page: WithdrawalsPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    chart = page.timeline.chart
    second, third = (target.id for target in chart.figure.targets[1:3])
    click(chart, middle_of(page, 20))
    assert page.timeline.chosen == second
    click(chart, QPoint(10, 60))
    assert page.timeline.chosen == third
    assert sample_window.page_name == "withdrawals"
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(10, 60))
    settle(qtbot)
    assert sample_window.page_name == "positions"


# -- the chosen row ----------------------------------------------------------------------------------------


def said(page: WithdrawalsPage) -> list[str]:
    """What stands in the panel of the steps, step by step."""
    return [step.accessibleName().replace("\u00a0", " ") for step in page.panel.way.findChildren(StepBox)]


def test_the_steps_of_the_chosen_row_stand_beside_it_with_source_and_date(page: WithdrawalsPage) -> None:
    assert page.panel.way.hint.isVisible()
    page.timeline.choose("ETH#0")
    assert page.panel.way.name.text() == "32 ETH validator"
    queue = next(words for words in said(page) if words.startswith("Exit queue"))
    assert "Takes 21.5 days: 24 Nov to 16 Dec" in queue
    assert "Reckoned from 1,240,000 ETH in the queue, as you entered, read 23 Nov 2026" in queue
    assert "ethereum/consensus-specs specs/electra/beacon-chain.md, 7 Aug 2026, ✓ verified" in queue
    delay = next(words for words in said(page) if words.startswith("Queued withdrawal"))
    assert "Runs beside the others and does not hold you" in delay


def test_of_a_request_the_panel_says_where_it_stands(page: WithdrawalsPage) -> None:
    page.timeline.choose("ATOM#0")
    said_first = page.panel.way.sentence.text().replace("\u00a0", " ")
    assert said_first == "In 9 days. Claim from 3 Dec 2026, 00:00 UTC. Slashable until then."
    assert "12 days waited, 9 days to go" in said(page)[0]


def test_what_is_doubtful_or_the_users_own_is_said_so(page: WithdrawalsPage) -> None:
    page.timeline.choose("rsETH#0")
    lender, bridge, kelp = said(page)
    assert "1 Oct 2025, unverified" in lender
    assert "older than a year" in " ".join(words.text() for words in page.panel.way.findChildren(Words))
    assert bridge.endswith("yours")
    assert "yours, Withdrawal request: takes 15 to 21 days." in kelp  # what the catalogue says instead


def test_a_source_is_opened_on_a_click_alone_and_a_node_leads_to_the_catalogue(
    page: WithdrawalsPage, sample_window: MainWindow, qtbot: QtBot, browser: Browser
) -> None:
    page.timeline.choose("wstETH#0")
    claim = page.panel.way.findChildren(StepBox)[1]
    assert browser.opened == []
    claim.source.setFocus()
    press(claim.source, Qt.Key.Key_Return)
    assert browser.opened == [
        "https://github.com/lidofinance/core/blob/HEAD/contracts/0.8.9/WithdrawalQueue.sol"
    ]
    claim.node.setFocus()
    press(claim.node, Qt.Key.Key_Return)
    settle(qtbot)
    assert sample_window.page_name == "catalogue"


def test_the_keys_walk_rows_and_esc_lets_go(page: WithdrawalsPage, sample_window: MainWindow) -> None:
    chart = page.timeline.chart
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    rows = [target.id for target in chart.figure.targets]
    assert page.timeline.chosen == rows[0]
    press(chart, Qt.Key.Key_Down)
    assert page.timeline.chosen == rows[1]
    press(chart, Qt.Key.Key_End)
    assert page.timeline.chosen == rows[-1]
    press(chart, Qt.Key.Key_PageUp)
    assert page.timeline.chosen == rows[len(rows) - 1 - page.timeline.page_rows]
    press(chart, Qt.Key.Key_Home)
    assert page.timeline.chosen == rows[0]
    press(chart, Qt.Key.Key_Escape)
    assert page.timeline.chosen == ""
    assert page.panel.way.hint.isVisible()


def test_the_table_and_the_timeline_share_the_chosen_row(
    page: WithdrawalsPage, sample_window: MainWindow
) -> None:
    page.timeline.choose("LBTC#0")
    choose(sample_window, "show_table")
    assert page.table.chosen_ids() == ["LBTC#0"]
    page.table.choose("SOL#0")
    assert page.panel.way.name.text() == "SOL"
    choose(sample_window, "show_table")
    assert page.timeline.chosen == "SOL#0"


def test_a_row_that_the_filter_takes_away_is_not_chosen_any_more(page: WithdrawalsPage) -> None:
    page.timeline.choose("LBTC#0")
    page.filter.setText("ezeth")
    assert page.timeline.chosen == ""
    assert page.panel.way.hint.isVisible()


def test_the_date_of_a_row_explains_itself(page: WithdrawalsPage) -> None:
    page.timeline.choose("ETH#0")
    page.panel.way.sentence.explained.emit("way:ETH#0")
    text = page.explanation.lines.text().replace("\u00a0", " ")
    assert page.explanation.title.text().replace("\u00a0", " ") == "How 27 days came about"
    assert "21.5 days + withdrawability delay 1.1 days + withdrawal sweep 3.9 days = 26.6 days" in text


# -- the tables --------------------------------------------------------------------------------------------


def test_no_column_of_the_table_is_out_of_sight_at_1280(
    page: WithdrawalsPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    choose(sample_window, "show_table")
    settle(qtbot)
    assert page.table.horizontalScrollBar().maximum() == 0
    assert page.tables.ladder.horizontalScrollBar().maximum() == 0
    hidden = {c.heading for i, c in enumerate(page.table.rows_model.columns) if page.table.isColumnHidden(i)}
    assert {"Longest step", "Who says so"} <= hidden  # the column chooser brings them back


def test_the_ladder_has_a_twin_with_the_numbers_of_its_curves(
    page: WithdrawalsPage, sample_window: MainWindow
) -> None:
    choose(sample_window, "show_table")
    rows = page.tables.ladder.rows_model.rows
    assert page.answer is not None
    out = page.answer.overview.out
    dated = [row for row in rows if row.day is not None]
    assert [row.days for row in dated] == sorted(row.days for row in dated)
    assert [row.typical for row in dated] == sorted(row.typical for row in dated)
    assert dated[-1].money == pytest.approx(out.ladder.curve["typical"][-1][1])
    half = next(row for row in dated if row.typical >= 0.5)
    assert half.days == whole_days(out.days_to_share["typical"][0.5] or 0)
    last = rows[-1]
    assert last.day is None
    assert last.slowest * out.value == pytest.approx(out.ladder.unknown_value["max"])
    page.tables.ladder.setFocus()
    choose(sample_window, "copy")
    assert "no day known" in QGuiApplication.clipboard().text()


def test_the_day_is_chosen_by_key(page: WithdrawalsPage, sample_window: MainWindow) -> None:
    assert sample_window.actions_by_key["choose_day"].shortcut().toString() == "Ctrl+Shift+O"
    choose(sample_window, "choose_day")
    assert page.as_of_button.popup.isVisible()
    page.as_of_button.popup.hide()


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
