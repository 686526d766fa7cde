"""Stress: scenarios and past events, their parts, the edits of a scenario, twins and pictures."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from desktop_app.domain.positions import Scenario
from desktop_app.storage.store import Store
from desktop_app.ui import messages
from desktop_app.ui.charts.picture import save_picture
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.stress import FEW_BARS, StressPage
from desktop_app.ui.place import Place
from tests.builders import drawn, node, scenario
from tests.conftest import Undoable
from tests.drivers import choose, click, dialog, name_file, settle
from tests.ui.conftest import OpenWindow

LOST = (scenario("X loses half", X=0.5), scenario("Y gone", Y=0.9), scenario("both", X=0.5, Y=0.9))
HELD = drawn("a: 1000 -> X -> Y", "b: 200 -> X", scenarios=LOST)


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> MainWindow:
    window = open_window(None)
    window.resize(1280, 720)
    window.document.create(tmp_path / "held.stakeout", HELD)
    return window


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> StressPage:
    return shown(window, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> StressPage:
    window.go(Place("stress"))
    settle(qtbot)
    assert isinstance(window.page, StressPage)
    return window.page


def ids(page: StressPage) -> list[str]:
    return [target.id for target in page.scenarios.figure.targets]


def test_the_dearest_scenario_stands_first_and_is_chosen(page: StressPage) -> None:
    assert ids(page) == ["both", "Y gone", "X loses half"]
    assert page.chosen == "both"
    assert "The worst scenario, both, costs USD\u00a01,140." in page.sentence.text()


def test_no_scroll_bar_stands_between_the_three_columns(page: StressPage) -> None:
    scroll = next(area for area in page.findChildren(QScrollArea) if area.isAncestorOf(page.year))
    assert scroll.isAncestorOf(page.assumptions)
    assert page.year.x() + page.year.width() < page.assumptions.x()


def test_choosing_a_scenario_shows_what_each_position_loses(page: StressPage) -> None:
    page.scenarios.chosen.emit("X loses half")
    assert page.detail.title.text() == "X loses half, by position"
    assert [t.name for t in page.detail_bars.figure.targets] == [
        "a: 500, 50\u202f%",
        "b: 100, 50\u202f%",
    ]


def test_the_same_loss_by_layer(page: StressPage, qtbot: QtBot) -> None:
    page.detail.followed.emit()
    settle(qtbot)
    assert page.detail.title.text() == "both, by layer"
    assert [t.name for t in page.detail_bars.figure.targets] == ["No layer named: 1,140"]


def test_past_events_that_strike_what_is_held_are_among_them(sample_window: MainWindow, qtbot: QtBot) -> None:
    page = shown(sample_window, qtbot)
    events = [row for row in page.answer.rows if row.is_event] if page.answer else []
    assert events
    page.choose(events[0].id)
    assert "Measured: " in page.detail_words.text()
    assert page.change.text() == "Copy and change…"
    assert not page.delete.isVisible()


def test_many_scenarios_fold_with_the_chosen_one_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    many = [Scenario(f"s{i}", f"s{i}", (("X", (i + 1) / 50),)) for i in range(20)]
    window.document.edit("Add", HELD.with_scenarios(*many))
    page = shown(window, qtbot)
    assert len(ids(page)) == FEW_BARS
    page.choose("s0")
    assert "s0" in ids(page)
    click(page.all_scenarios)
    assert len(ids(page)) == 23


def test_a_scenario_is_duplicated_and_deleted_as_one_step_each(
    page: StressPage, window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    with undoable(window.document):
        choose(window, "duplicate_scenario")
    settle(qtbot)
    assert page.detail.title.text() == "both (2), by position"
    with undoable(window.document):
        choose(window, "delete_scenario")
    settle(qtbot)
    assert "both (2)" not in [row.scenario.name for row in page.answer.rows if page.answer]  # type: ignore[union-attr]
    assert window.document.undo_stack.undoText() == "Delete both (2)"


def test_the_scenario_commands_are_offered_on_this_page_only(page: StressPage, window: MainWindow) -> None:
    assert window.actions_by_key["new_scenario"].isEnabled()
    window.go(Place("overview"))
    assert not window.actions_by_key["new_scenario"].isEnabled()


def test_numbers_explain_themselves(page: StressPage) -> None:
    page.sentence.explained.emit("scenario:both")
    assert "1,140" in page.explanation.title.text()
    page.detail_bars.chosen.emit("a")
    assert "of a came about" in page.explanation.title.text()


def test_the_table_twins_have_the_same_numbers_and_are_copied(page: StressPage, window: MainWindow) -> None:
    choose(window, "show_table")
    assert {row.id for row in page.scenario_table.rows_model.rows} == set(ids(page))
    assert {row.id for row in page.hit_table.rows_model.rows} == {"a", "b"}
    page.scenario_table.choose("Y gone")
    assert page.chosen == "Y gone"
    choose(window, "copy")
    assert "Y gone" in QGuiApplication.clipboard().text()
    page.hit_table.setFocus()
    choose(window, "copy")
    assert QGuiApplication.clipboard().text().startswith("Position")


def test_a_chart_is_saved(page: StressPage, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    choose(window, "save_picture")
    menu = dialog(qtbot, QMenu)
    click(menu, menu.actionGeometry(menu.actions()[0]).center())
    name_file(qtbot, tmp_path / "a.svg")
    assert "X loses half" in (tmp_path / "a.svg").read_text("utf-8")


def test_without_a_price_it_says_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    window.document.edit("Add", drawn("a: 3 ETH -> X", scenarios=LOST[:1]))
    page = shown(window, qtbot)
    assert page.sentence.text() == "Without a price no loss is known."
    assert not page.detail.isVisible()


def test_readers_hear_the_sentence_of_the_page(page: StressPage) -> None:
    assert page.scenarios.accessibleName() == page.sentence.text()


# -- the year ----------------------------------------------------------------------------------------------


def typed(page: StressPage, node: str, column: int, text: str, qtbot: QtBot) -> None:
    table = page.assumptions.table
    row = table.rows_model.row_of(node)
    table.rows_model.setData(table.rows_model.index(row, column), text)
    settle(qtbot)


def test_without_rates_three_ways_to_get_them_stand_where_the_curve_would(page: StressPage) -> None:
    assert page.year.ways.isVisible()
    assert not page.year.curve.isVisible()
    assert "No failure rates yet" in page.sentence.text()
    assert [button.text() for button in page.year.ways.findChildren(QPushButton)] == ["Type", "Take", "Copy…"]


def test_a_rate_that_is_typed_is_one_edit_and_shows_at_once(
    page: StressPage, window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    with undoable(window.document):
        typed(page, "X", 1, "10", qtbot)
    assert window.document.undo_stack.undoText() == "X fails once in 10 years"
    with undoable(window.document):
        typed(page, "X", 2, "50 %", qtbot)
    settle(qtbot)
    assert page.year.curve.isVisible()
    assert "One year in 20 costs USD\u00a0600 or more, on average then USD\u00a0600." in page.sentence.text()
    assert page.year.adds.title.text() == "What adds to 600"


def test_what_cannot_be_typed_is_said_and_changes_nothing(
    page: StressPage, window: MainWindow, qtbot: QtBot
) -> None:
    before = window.document.portfolio
    for column, text in ((1, "soon"), (1, "0.2"), (2, "130"), (2, "much")):
        typed(page, "X", column, text, qtbot)
        assert page.assumptions.wrong.isVisible()
    assert window.document.portfolio is before


def test_the_illustrative_set_fills_the_gaps_and_can_be_taken_out(
    page: StressPage, window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    before = window.document.portfolio
    with undoable(window.document):
        choose(window, "take_illustrative")
    settle(qtbot)
    assert "illustrative" in page.sentence.text()
    assert page.assumptions.drop.isVisible()
    with undoable(window.document):
        choose(window, "drop_illustrative")
    settle(qtbot)
    assert window.document.portfolio == before
    assert page.year.ways.isVisible()


def test_rates_are_copied_from_another_file(
    page: StressPage, window: MainWindow, qtbot: QtBot, undoable: Undoable, tmp_path: Path
) -> None:
    other = tmp_path / "other.stakeout"
    Store.create(other, HELD.with_graph([node("Y", 0.02, 0.5)])).close()
    with undoable(window.document):
        choose(window, "copy_assumptions")
        name_file(qtbot, other)
    settle(qtbot)
    assert window.document.portfolio.nodes["Y"].failure_probability == 0.02
    assert window.document.undo_stack.undoText() == "Copy failure rates from other"


def test_a_file_that_cannot_be_read_is_told(
    page: StressPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "other.stakeout").write_text("no portfolio")
    choose(window, "copy_assumptions")
    with qtbot.waitSignal(messages.posted):
        name_file(qtbot, tmp_path / "other.stakeout")


def test_the_numbers_of_the_year_explain_themselves(sample_window: MainWindow, qtbot: QtBot) -> None:
    page = shown(sample_window, qtbot)
    for key in ("var:0.95", "cvar:0.95"):
        page.sentence.explained.emit(key)
        assert page.explanation.title.text().startswith("How USD")
    page.year.figures.followed.emit("cvar:0.99")
    assert "74,500" in page.explanation.title.text()
    page.year.nodes.chosen.emit("platform:eigenlayer")
    assert "EigenLayer cannot fail" in page.explanation.lines.text()


def test_the_curve_has_a_table_twin_and_is_saved(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(sample_window, qtbot)
    choose(sample_window, "show_table")
    assert page.year.curve_table.isVisible()
    assert len(page.year.curve_table.rows_model.rows) > 100
    save_picture(page.pictures()["A year, as you assumed"](), tmp_path / "a.svg")
    assert "EigenLayer fails" in (tmp_path / "a.svg").read_text("utf-8")


def test_a_year_that_is_no_longer_asked_for_leaves_no_curve(
    page: StressPage, window: MainWindow, qtbot: QtBot
) -> None:
    typed(page, "X", 1, "10", qtbot)
    typed(page, "X", 2, "50", qtbot)
    assert page.year.curve.isVisible()
    choose(window, "undo")
    settle(qtbot)
    assert not page.year.curve.isVisible()
    assert page.year.ways.isVisible()
