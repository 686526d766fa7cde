"""What is held: the list and its sums, the detail, and every edit by menu and key as one step of undo."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Status
from desktop_app.report.sentences import plain
from desktop_app.ui.dialogs.position_editor import PositionEditor
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.position_detail import worth_sentence
from desktop_app.ui.pages.positions import PositionsPage
from desktop_app.ui.place import Place
from desktop_app.ui.widgets.section import Link, Words
from tests.builders import drawn
from tests.conftest import Undoable
from tests.drivers import button, choose, click, dialog, press, settle, write

Shown = Callable[[Portfolio], PositionsPage]


@pytest.fixture
def page(sample_window: MainWindow, qtbot: QtBot) -> PositionsPage:
    return page_of(sample_window, qtbot)


@pytest.fixture
def shown(empty_window: MainWindow, qtbot: QtBot) -> Shown:
    def show(portfolio: Portfolio) -> PositionsPage:
        empty_window.document.edit("Import", portfolio)
        return page_of(empty_window, qtbot)

    return show


def page_of(window: MainWindow, qtbot: QtBot) -> PositionsPage:
    window.resize(1280, 720)
    window.go(Place("positions"))
    settle(qtbot)
    assert isinstance(window.page, PositionsPage)
    return window.page


def main_window(page: PositionsPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def ids(page: PositionsPage) -> list[str]:
    return [row.id for row in page.list.rows_model.rows]


def held(page: PositionsPage, ident: str) -> Position:
    return page.document.portfolio.positions[ident]


# -- the list ----------------------------------------------------------------------------------------------


def test_every_position_has_a_row_the_largest_value_first_and_unknown_last(page: PositionsPage) -> None:
    worths = [page.portfolio.worth(page.portfolio.positions[i]) for i in ids(page)]
    known = [worth for worth in worths if worth is not None]
    assert set(ids(page)) == set(page.portfolio.positions)
    assert known == sorted(known, reverse=True)
    assert worths[-1] is None


def test_the_largest_is_chosen_at_first_and_its_detail_shown(page: PositionsPage) -> None:
    assert page.list.chosen_ids() == ids(page)[:1]
    assert page.detail.name.text() == held(page, ids(page)[0]).name


def test_the_filter_leaves_what_holds_every_word(page: PositionsPage, qtbot: QtBot) -> None:
    choose(main_window(page), "find")
    qtbot.waitUntil(page.filter.hasFocus)
    write(page.filter, "eigenlayer eth")
    stands = {row.stands_on for row in page.list.rows_model.rows}
    assert stands
    assert all("EigenLayer" in words for words in stands)
    press(page.filter, Qt.Key.Key_Escape)
    assert len(ids(page)) == len(page.portfolio.positions)


def test_a_link_to_a_position_clears_the_filter_that_would_hide_it(page: PositionsPage, qtbot: QtBot) -> None:
    page.filter.setText("no such thing")
    wanted = next(iter(page.portfolio.positions))
    page.show_item(wanted)
    settle(qtbot)
    assert page.list.chosen_ids() == [wanted]


def test_the_table_takes_the_page_and_the_choice_along(page: PositionsPage, qtbot: QtBot) -> None:
    page.list.choose(ids(page)[1])
    choose(main_window(page), "show_table")
    assert page.table.isVisible()
    assert not page.list.isVisible()
    assert page.table.chosen_ids() == [ids(page)[1]]
    choose(main_window(page), "show_table")
    assert page.list.isVisible()


def test_copied_rows_carry_exact_quantities(page: PositionsPage) -> None:
    choose(main_window(page), "show_table")
    page.table.choose(*page.portfolio.positions)
    choose(main_window(page), "copy")
    text = QGuiApplication.clipboard().text()
    assert "13.2\t3521\t46477.2\t" in text
    assert text.count("\n") == 1 + len(page.portfolio.positions)


def test_two_thousand_positions_can_be_walked(shown: Shown, qtbot: QtBot) -> None:
    page = shown(drawn(*(f"position {i}: {i + 1} -> protocol {i % 7}" for i in range(2000))))
    start = time.perf_counter()
    for _ in range(20):
        press(page.list, Qt.Key.Key_Down)
        page.list.grab()
    page.filter.setText("position 1999")
    settle(qtbot)
    assert time.perf_counter() - start < 10
    assert ids(page) == ["position 1999"]


# -- the detail --------------------------------------------------------------------------------------------


def test_the_detail_follows_the_choice_with_strata_and_five_answers(
    page: PositionsPage, qtbot: QtBot
) -> None:
    chosen = next(i for i, p in page.portfolio.positions.items() if p.asset == "weETH")
    page.list.choose(chosen)
    settle(qtbot)
    assert page.detail.name.text() == "weETH"
    assert page.detail.worth.text().startswith("13.20 at 3,521.00, USD\u00a046,477.20")
    assert "platform:eigenlayer" in {target.id for target in page.detail.strata.figure.targets}
    titles = [words.text() for words in page.detail.questions.findChildren(Words)]
    assert sum(text.endswith("?") for text in titles) == 5


def test_sources_unfold_on_demand(page: PositionsPage) -> None:
    link = next(w for w in page.detail.findChildren(Link) if "ource" in w.text() and w.isVisible())
    before = sum(w.isVisible() for w in page.detail.findChildren(Words))
    click(link)
    assert sum(w.isVisible() for w in page.detail.findChildren(Words)) == before + 1
    assert link.text() == "Hide sources"


def test_a_slice_of_the_strata_leads_to_its_node(page: PositionsPage) -> None:
    page.detail.strata.chosen.emit(page.detail.strata.figure.targets[0].id)
    assert main_window(page).page_name == "dependencies"


def test_the_value_explains_itself(page: PositionsPage) -> None:
    page.detail.worth.explained.emit(f"value:{page.list.chosen_ids()[0]}")
    assert page.explanation.isVisible()
    assert "32" in page.explanation.lines.text()


def test_without_a_price_the_detail_says_so_and_what_to_do(page: PositionsPage, qtbot: QtBot) -> None:
    row = page.list.rows_model.rows[-1]
    said = worth_sentence(row, page.labels)
    assert any(run.warn for run in said)
    assert "price not known. Edit it to enter one." in plain(said)


def test_nothing_known_of_anything_is_shown_and_not_a_failure(shown: Shown) -> None:
    page = shown(drawn("me: ? -> protocol", "you: ?"))
    assert page.list.rows_model.total(1) == "unknown"
    assert page.detail.isVisible()


def test_a_name_that_looks_like_markup_is_shown_as_it_stands(shown: Shown, qtbot: QtBot) -> None:
    name = "<img src=x onerror=1>"
    portfolio = drawn("me: 1000 -> protocol")
    position = portfolio.positions["me"]
    page = shown(portfolio.with_positions(replace(position, name=name)))
    assert page.detail.name.text() == name
    assert page.detail.name.textFormat() is Qt.TextFormat.PlainText


# -- edits -------------------------------------------------------------------------------------------------


def by_menu(page: PositionsPage, command: str) -> None:
    choose(main_window(page), command)


def by_context_menu(page: PositionsPage, command: str) -> None:
    page.view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(m for m in page.view.findChildren(QMenu) if m.isVisible())
    texts = {"duplicate_positions": "Duplicate", "close_positions": "Close", "delete_positions": "Delete"}
    next(a for a in menu.actions() if a.text() == texts[command]).trigger()
    menu.close()


WAYS = pytest.mark.parametrize("way", [by_menu, by_context_menu])
Way = Callable[[PositionsPage, str], None]


@WAYS
def test_delete_is_one_step_without_a_question(
    page: PositionsPage, way: Way, undoable: Undoable, qtbot: QtBot
) -> None:
    gone = ids(page)[:3]
    page.list.choose(*gone)
    with undoable(page.document):
        way(page, "delete_positions")
    assert page.document.undo_stack.undoText() == "Delete 3 positions"
    assert not set(gone) & set(page.document.portfolio.positions)
    settle(qtbot)
    assert not set(gone) & set(ids(page))


@WAYS
def test_duplicate_makes_positions_of_their_own_and_chooses_them(
    page: PositionsPage, way: Way, undoable: Undoable, qtbot: QtBot
) -> None:
    first = ids(page)[0]
    with undoable(page.document):
        way(page, "duplicate_positions")
    settle(qtbot)
    assert page.document.undo_stack.undoText() == f"Duplicate {held(page, first).name}"
    (new,) = page.list.chosen_ids()
    assert new != first
    assert held(page, new).quantity == held(page, first).quantity


@WAYS
def test_a_closed_position_stays_in_the_list_and_counts_nowhere(
    page: PositionsPage, way: Way, undoable: Undoable, qtbot: QtBot
) -> None:
    first = ids(page)[0]
    before = page.document.portfolio.value()
    with undoable(page.document):
        way(page, "close_positions")
    settle(qtbot)
    after = page.document.portfolio.value()
    assert before is not None
    assert after is not None
    assert after < before
    row = page.list.rows_model.rows[page.list.rows_model.row_of(first)]
    assert row.is_closed
    assert page.list.rows_model.total(1).startswith(f"{after:,.0f}")


def test_closing_a_closed_position_opens_it_again(page: PositionsPage, qtbot: QtBot) -> None:
    by_menu(page, "close_positions")
    settle(qtbot)
    (chosen,) = page.list.chosen_ids()
    by_menu(page, "close_positions")
    assert held(page, chosen).status is Status.ACTIVE
    assert page.document.undo_stack.undoText().startswith("Reopen ")


def test_delete_takes_the_rows_of_the_table_when_it_is_shown(page: PositionsPage, qtbot: QtBot) -> None:
    by_menu(page, "show_table")
    page.table.choose(ids(page)[1])
    gone = page.table.chosen_ids()
    by_menu(page, "delete_positions")
    assert gone[0] not in page.document.portfolio.positions


def test_after_the_last_position_the_page_offers_what_would_fill_it(
    page: PositionsPage, qtbot: QtBot
) -> None:
    page.list.choose(*ids(page))
    by_menu(page, "delete_positions")
    settle(qtbot)
    assert page.empty.isVisible()
    page.document.undo_stack.undo()
    settle(qtbot)
    assert page.list.isVisible()


def by_enter(page: PositionsPage) -> None:
    press(page.list, Qt.Key.Key_Return)


def by_button(page: PositionsPage) -> None:
    click(button(page.detail, "Edit…"))


@pytest.mark.parametrize("way", [by_enter, by_button, lambda page: by_menu(page, "edit_position")])
def test_a_position_is_opened_for_change(
    page: PositionsPage, way: Callable[[PositionsPage], None], qtbot: QtBot
) -> None:
    way(page)
    editor = dialog(qtbot, PositionEditor)
    assert editor.windowTitle() == "Change 32 ETH validator"
    settle(qtbot)
    editor.reject()


def test_insert_adds(page: PositionsPage, qtbot: QtBot) -> None:
    press(page.list, Qt.Key.Key_Insert)
    editor = dialog(qtbot, PositionEditor)
    assert editor.windowTitle() == "Add a position"
    settle(qtbot)
    editor.reject()


# -- look --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_every_button_has_its_text_whole(page: PositionsPage, size: tuple[int, int], qtbot: QtBot) -> None:
    page.window().resize(*size)
    settle(qtbot)
    for found in page.findChildren(QPushButton):
        if found.isVisible():
            assert found.width() >= found.fontMetrics().horizontalAdvance(found.text()) + 16


def test_the_list_is_wide_enough_for_its_rows(page: PositionsPage) -> None:
    assert page.list.needed_width() <= page.list.viewport().width()
    assert page.list.horizontalScrollBar().maximum() == 0


def test_prices_older_than_a_week_are_marked_with_their_day(page: PositionsPage, qtbot: QtBot) -> None:
    row = next(row for row in page.list.rows_model.rows if row.name == "rstETH")
    assert row.price_day == date(2026, 11, 11)
    assert "11\u00a0Nov" in page.list.rows_model.columns[0].note(row, page.labels)
    assert row.value == Decimal("31460.8")


def test_names_of_forty_letters_leave_the_numbers_of_the_table_in_sight(
    page: PositionsPage, sample_window: MainWindow, qtbot: QtBot
) -> None:
    sample_window.resize(1280, 720)
    held = sample_window.document.portfolio
    long = "A rather long name of forty letters, no "
    renamed = [replace(p, name=long + p.id) for p in held.positions.values()]
    sample_window.document.edit("Rename", held.with_positions(*renamed))
    choose(sample_window, "show_table")
    settle(qtbot)
    assert page.table.horizontalHeader().length() <= page.table.viewport().width()
