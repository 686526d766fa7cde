"""The catalogue: list, filters, the banner of old facts, facts with sources that open on a click alone."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.entry_edits import own_source, with_entry
from desktop_app.domain.following import with_own_entries
from desktop_app.domain.positions import Origin, Status
from desktop_app.shipped import catalogue, full_catalogue
from desktop_app.ui.dialogs.catalogue_editor import CatalogueEditor
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.catalogue import ALL_KINDS, SHOW_ALL, CataloguePage
from desktop_app.ui.place import Place
from desktop_app.ui.widgets.fact_row import FactRow
from desktop_app.ui.widgets.section import Section
from tests.conftest import Undoable
from tests.drivers import button, choose, click, dialog, press, settle, write
from tests.ui.conftest import Browser


@pytest.fixture
def page(sample_window: MainWindow, qtbot: QtBot) -> CataloguePage:
    sample_window.resize(1280, 720)
    return shown(sample_window, qtbot)


def shown(window: MainWindow, qtbot: QtBot, item: str = "") -> CataloguePage:
    window.go(Place("catalogue", item))
    settle(qtbot)
    assert isinstance(window.page, CataloguePage)
    return window.page


def names(page: CataloguePage) -> list[str]:
    return [row.name for row in page.list.rows_model.rows]


def groups(page: CataloguePage) -> list[str]:
    return [section.title.text() for section in page.detail.findChildren(Section)]


# -- the list ----------------------------------------------------------------------------------------------


def test_what_is_used_comes_first_and_everything_is_there(page: CataloguePage) -> None:
    found = page.list.rows_model.rows
    assert len(found) == len(catalogue().entries)
    values = [row.value for row in found if row.used]
    assert values == sorted(values, reverse=True)
    assert not any(row.used for row in found[len(values) :])


def test_words_and_kind_narrow_the_list(page: CataloguePage, qtbot: QtBot) -> None:
    assert page.kind.itemText(0) == ALL_KINDS
    page.kind.setCurrentText("Platform")
    assert {row.kind for row in page.list.rows_model.rows} == {"platform"}
    choose(page.window(), "find")
    write(page.filter, "jito")
    assert names(page) == ["Jito (Re)staking vaults"]
    press(page.filter, Qt.Key.Key_Escape)
    page.kind.setCurrentIndex(0)
    assert len(names(page)) == len(catalogue().entries)


@pytest.mark.parametrize("order", [1, 2])
def test_the_list_can_be_ordered_by_name_and_by_age(page: CataloguePage, order: int) -> None:
    page.order.activated.emit(order)
    found = page.list.rows_model.rows
    keys = [row.name.casefold() if order == 1 else row.oldest for row in found]
    known = [key for key in keys if key is not None]
    assert known == sorted(known)


def test_copying_takes_the_chosen_rows_with_exact_values(page: CataloguePage) -> None:
    page.list.choose("eigenlayer")
    choose(page.window(), "copy")
    head, row = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t") == ["Entry", "Kind", "USD on it", "facts", "oldest"]
    assert row.split("\t")[::4] == ["EigenLayer", "2024-11-20"]


def test_what_is_chosen_stays_over_an_edit(page: CataloguePage, qtbot: QtBot) -> None:
    page.list.choose("eigenlayer")
    settle(qtbot)
    held = next(iter(page.portfolio.positions.values()))
    page.document.edit("Close", page.portfolio.with_positions(replace(held, status=Status.CLOSED)))
    settle(qtbot)
    assert page.list.chosen_ids() == ["eigenlayer"]
    assert page.detail.name.text() == "EigenLayer"


# -- facts -------------------------------------------------------------------------------------------------


def test_an_entry_shows_its_facts_in_groups(page: CataloguePage, qtbot: QtBot) -> None:
    page.show_item("eigenlayer")
    settle(qtbot)
    assert page.detail.name.text() == "EigenLayer"
    assert page.detail.what.text() == "platform, Ethereum"
    assert groups(page) == ["Getting out", "Slashing", "Risks", "Rewards", "Depends on", "Yours"]


def test_a_source_opens_on_a_click_and_nothing_is_fetched_before(
    page: CataloguePage, qtbot: QtBot, browser: Browser, network_attempts: list[str]
) -> None:
    page.show_item("eigenlayer")
    settle(qtbot)
    assert browser.opened == []
    row = page.detail.findChildren(FactRow)[0]
    row.sources.setFocus()
    press(row.sources, Qt.Key.Key_Return)
    assert browser.opened == [
        "https://github.com/Layr-Labs/eigenlayer-contracts/blob/HEAD/script/configs/mainnet.json"
    ]
    assert network_attempts == []


def test_the_users_own_entry_is_in_the_list(page: CataloguePage, qtbot: QtBot) -> None:
    own = Entry("mine", "Mine =1+1 <b>" + "x" * 40, "oracle", "", origin=Origin.YOURS)
    page.document.edit("Add Mine", page.portfolio.with_entries(own))
    settle(qtbot)
    page.show_item("mine")
    settle(qtbot)
    assert page.detail.name.text() == own.name
    (row,) = page.list.chosen_rows()
    assert (row.kind, row.origin) == ("oracle", "your own entry")


# -- old facts ---------------------------------------------------------------------------------------------


def test_the_banner_counts_old_facts_in_use_and_shows_them_alone(page: CataloguePage) -> None:
    assert page.banner.isVisible()
    assert page.banner.words.text().startswith("Five facts that your positions rest on are more than a year")
    page.banner.action.clicked.emit()
    assert names(page)
    assert all(row.old for row in page.list.rows_model.rows)
    assert sum(row.old for row in page.list.rows_model.rows) == 5
    assert page.banner.action.text() == SHOW_ALL
    page.banner.action.clicked.emit()
    assert len(names(page)) == len(catalogue().entries)


def test_a_hidden_banner_stays_hidden_until_the_number_changes(page: CataloguePage, qtbot: QtBot) -> None:
    page.banner.hidden.emit()
    page.banner.hide()
    page.show_portfolio(page.portfolio, page.as_of, page.labels)
    settle(qtbot)
    assert page.banner.isHidden()
    page.show_portfolio(page.portfolio, page.as_of.replace(year=2028), page.labels)
    settle(qtbot)
    assert page.banner.isVisible()


# -- without and with many positions -----------------------------------------------------------------------


def test_the_catalogue_is_there_without_any_position(empty_window: MainWindow, qtbot: QtBot) -> None:
    page = shown(empty_window, qtbot, "lido")
    assert page.list.isVisible()
    assert page.filter.isVisible()
    assert page.banner.isHidden()
    assert page.detail.name.text() == "Lido"
    assert not any(row.used for row in page.list.rows_model.rows)


def test_the_page_is_reached_by_its_key(sample_window: MainWindow, qtbot: QtBot) -> None:
    choose(sample_window, "go_catalogue")
    settle(qtbot)
    assert isinstance(sample_window.page, CataloguePage)


# -- the user's own ----------------------------------------------------------------------------------------


def overridden(page: CataloguePage, qtbot: QtBot) -> None:
    """Let the user say that the hub's unbonding takes 40 days."""
    full = full_catalogue()
    hub = full.entries["cosmos-hub-staking"]
    step = replace(
        hub.exits[0], minimum=40.0, typical=40.0, maximum=40.0, source=own_source("me", date(2026, 11, 1))
    )
    entries = with_entry(full, {}, replace(hub, exits=(step,)), date(2026, 11, 1))
    page.document.edit("Change", with_own_entries(page.portfolio, page.shipped, entries).portfolio)
    page.show_item(hub.id)
    settle(qtbot)


def test_an_override_stands_beside_what_is_shipped(page: CataloguePage, qtbot: QtBot) -> None:
    overridden(page, qtbot)
    row = page.detail.findChildren(FactRow)[0]
    assert row.fact.text.startswith("Unbonding: takes 40")
    assert row.fact.before.startswith("Unbonding: takes 21")
    assert (row.fact.state, row.fact.role) == ("yours", "accent")
    (chosen,) = page.list.chosen_rows()
    assert chosen.origin == "changed by you"


def test_a_fact_goes_back_to_the_shipped_value_as_one_step(
    page: CataloguePage, qtbot: QtBot, undoable: Undoable
) -> None:
    overridden(page, qtbot)
    row = page.detail.findChildren(FactRow)[0]
    with undoable(page.document):
        row.restored.emit()
        settle(qtbot)
    assert page.document.portfolio.entries == {}
    assert page.document.undo_stack.undoText() == "Back to the shipped value of Cosmos Hub ATOM staking"


def test_an_entry_goes_back_to_the_shipped_one_as_one_step(
    page: CataloguePage, qtbot: QtBot, undoable: Undoable
) -> None:
    overridden(page, qtbot)
    with undoable(page.document):
        page.detail.restored.emit()
        settle(qtbot)
    assert page.document.portfolio.entries == {}
    assert page.document.undo_stack.undoText() == "Back to the shipped Cosmos Hub ATOM staking"


def test_an_own_entry_is_removed_unless_another_depends_on_it(
    page: CataloguePage, qtbot: QtBot, undoable: Undoable
) -> None:
    feed = Entry("feed", "Feed", "oracle", "", origin=Origin.YOURS)
    user = Entry("user", "User", "service", "", depends_on=("feed",), origin=Origin.YOURS)
    page.document.edit("Add", page.portfolio.with_entries(feed, user))
    settle(qtbot)
    page.show_item("feed")
    settle(qtbot)
    choose(page.window(), "restore_entry")
    settle(qtbot)
    assert set(page.document.portfolio.entries) == {"feed", "user"}
    page.document.edit("Remove User", page.portfolio.without_entries("user"))
    settle(qtbot)
    with undoable(page.document):
        choose(page.window(), "restore_entry")
        settle(qtbot)
    assert page.document.portfolio.entries == {}


def test_the_button_and_enter_open_the_dialog_of_the_entry(page: CataloguePage, qtbot: QtBot) -> None:
    page.show_item("eigenlayer")
    settle(qtbot)
    click(page.detail.change_button)
    editor = dialog(qtbot, CatalogueEditor)
    assert editor.entry.id == "eigenlayer"
    editor.reject()
    page.list.setFocus()
    press(page.list, Qt.Key.Key_Return)
    assert dialog(qtbot, CatalogueEditor).isVisible()
    dialog(qtbot, CatalogueEditor).reject()


def test_an_entry_can_be_added_without_any_position(empty_window: MainWindow, qtbot: QtBot) -> None:
    page = shown(empty_window, qtbot)
    click(button(page, "Add entry…"))
    dialog(qtbot, CatalogueEditor).reject()
    page.show_item("lido")
    choose(empty_window, "change_entry")
    dialog(qtbot, CatalogueEditor).reject()
