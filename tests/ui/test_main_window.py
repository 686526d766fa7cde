"""The window: files, undo, places, the day, hidden amounts, messages; all by the commands of its menus."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from desktop_app import __version__, paths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage.store import Store
from desktop_app.ui import messages, settings
from desktop_app.ui.actions import MENUS, PAGES, Command
from desktop_app.ui.dialogs.import_wizard import ImportWizard
from desktop_app.ui.main_window import SAVED, MainWindow
from desktop_app.ui.pages.page import offers_for
from desktop_app.ui.place import Place
from desktop_app.ui.widgets.palette import Palette
from desktop_app.ui.widgets.section import Link
from tests.drivers import button, choose, click, dialog, name_file, press, settle
from tests.ui.conftest import TODAY, OpenWindow


def test_the_first_start_offers_three_ways_to_begin(empty_window: MainWindow) -> None:
    offers = ("Import…", "Add position…", "Open the sample")
    assert [button(empty_window.page, text).text() for text in offers] == list(offers)


def test_the_first_start_writes_no_portfolio(empty_window: MainWindow) -> None:
    assert empty_window.document.path == paths.default_portfolio()
    assert not paths.default_portfolio().exists()


def test_the_sample_is_opened_by_its_offer_as_a_file_of_its_own(
    empty_window: MainWindow, qtbot: QtBot
) -> None:
    click(button(empty_window.page, "Open the sample"))
    settle(qtbot)
    assert len(empty_window.document.portfolio.positions) == 12
    assert empty_window.document.path != paths.default_portfolio()


@pytest.mark.parametrize("name", [name for name, _ in PAGES])
def test_every_page_shows_the_sample(sample_window: MainWindow, qtbot: QtBot, name: str) -> None:
    choose(sample_window, f"go_{name}")
    settle(qtbot)
    assert sample_window.page.name == name
    assert not sample_window.page.empty.isVisible()


@pytest.mark.parametrize("name", [name for name, _ in PAGES if name != "catalogue"])  # which is filled
def test_every_page_says_what_would_fill_it(empty_window: MainWindow, name: str) -> None:
    empty_window.go(Place(name))
    assert empty_window.page.empty.isVisible()
    assert button(empty_window.page, "Import…").isEnabled()


def test_the_rail_counts_the_claims_of_the_next_week(sample_window: MainWindow, qtbot: QtBot) -> None:
    assert sample_window.rail.number("withdrawals") == "1"
    held = sample_window.document.portfolio
    sample_window.document.edit("Delete ezETH", held.without_positions("ezETH"))
    settle(qtbot)
    assert sample_window.rail.number("withdrawals") == ""


def test_every_command_has_its_own_keys() -> None:
    commands = [entry for _, entries in MENUS for entry in entries if isinstance(entry, Command)]
    keys = [str(c.shortcut) for c in commands if c.shortcut]
    assert len(keys) == len(set(keys))
    assert len({c.key for c in commands}) == len(commands)


def test_a_hidden_page_is_worked_out_only_when_it_is_shown(sample_window: MainWindow, qtbot: QtBot) -> None:
    sample_window.go(Place("withdrawals"))
    settle(qtbot)
    page = sample_window.page
    sample_window.go(Place("overview"))
    shown = page.portfolio
    answered: list[object] = []
    page.show_answer = answered.append  # type: ignore[method-assign,assignment]
    held = sample_window.document.portfolio
    sample_window.document.edit("Delete", held.without_positions(next(iter(held.positions))))
    settle(qtbot)
    assert answered == []
    sample_window.go(Place("withdrawals"))
    settle(qtbot)
    assert len(answered) == 1
    assert page.portfolio != shown


def test_undo_and_redo_are_named_in_the_menu(sample_window: MainWindow, qtbot: QtBot) -> None:
    held = sample_window.document.portfolio
    sample_window.document.edit("Delete weETH", held.without_positions(next(iter(held.positions))))
    settle(qtbot)
    assert sample_window.actions_by_key["undo"].text() == "&Undo Delete weETH"
    choose(sample_window, "undo")
    assert sample_window.document.portfolio == held
    assert sample_window.actions_by_key["redo"].text() == "&Redo Delete weETH"


def test_another_day_reaches_every_page(sample_window: MainWindow, qtbot: QtBot) -> None:
    sample_window.page.day_chosen.emit(date(2026, 12, 1))
    sample_window.go(Place("withdrawals"))
    settle(qtbot)
    assert sample_window.page.as_of == date(2026, 12, 1)
    assert "1" in sample_window.page.as_of_button.text()
    sample_window.page.day_chosen.emit(None)
    assert sample_window.as_of == TODAY


def test_amounts_are_hidden_everywhere_and_it_is_remembered(
    sample_window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    choose(sample_window, "hide_amounts")
    settle(qtbot)
    assert sample_window.labels.hide_amounts
    assert "•••" in sample_window.page.sentences.text()  # type: ignore[attr-defined]
    assert open_window(None).labels.hide_amounts


def test_new_starts_an_empty_portfolio_where_it_was_said(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(sample_window, "new_file")
    name_file(qtbot, tmp_path / "new")
    assert sample_window.document.path == tmp_path / "new.stakeout"
    assert Store.read(tmp_path / "new.stakeout") == Portfolio()


def test_open_shows_another_portfolio(sample_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    Store.create(tmp_path / "other.stakeout", Portfolio(currency="EUR")).close()
    choose(sample_window, "open_file")
    name_file(qtbot, tmp_path / "other.stakeout")
    assert sample_window.document.portfolio.currency == "EUR"
    assert settings.recent_files()[0] == tmp_path / "other.stakeout"


def test_what_is_no_portfolio_is_refused_with_a_sentence(sample_window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "torn.stakeout").write_bytes(b"")
    held = sample_window.document.portfolio
    assert not sample_window.files.open(tmp_path / "torn.stakeout")
    assert "empty file" in sample_window.banner.words.text()
    assert sample_window.document.portfolio is held


def test_a_torn_own_portfolio_does_not_keep_the_program_from_starting(open_window: OpenWindow) -> None:
    paths.data_folder().mkdir(parents=True)
    paths.default_portfolio().write_bytes(b"no database")
    window = open_window(None)
    assert "not a portfolio" in window.banner.words.text()
    assert window.document.path != paths.default_portfolio()
    assert paths.default_portfolio().read_bytes() == b"no database"


def test_a_portfolio_that_is_dropped_on_the_window_is_opened(
    sample_window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "other.stakeout"
    Store.create(path, Portfolio(currency="EUR")).close()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, nothing = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    sample_window.dropEvent(QDropEvent(QPoint(400, 300), copy, data, left, nothing))
    assert sample_window.document.portfolio.currency == "EUR"


def test_an_edit_that_is_not_saved_says_so(sample_window: MainWindow, qtbot: QtBot) -> None:
    sample_window.document.failed.emit("The disk is full.")
    assert sample_window.banner.words.text() == "The disk is full."
    assert sample_window.status.saved.text() != SAVED


def test_a_message_of_any_part_is_shown(sample_window: MainWindow) -> None:
    messages.show_error(UserError("There is no such file.", "Check the name."))
    assert sample_window.banner.isVisible()
    assert sample_window.banner.words.text() == "There is no such file. Check the name."


def test_the_palette_reaches_every_page(sample_window: MainWindow, qtbot: QtBot) -> None:
    choose(sample_window, "command_palette")
    palette = dialog(qtbot, Palette)
    palette.field.setText("withdrawals")
    press(palette.field, Qt.Key.Key_Return)
    settle(qtbot)
    assert sample_window.page_name == "withdrawals"


def test_the_summary_is_saved_as_pdf(sample_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    choose(sample_window, "save_pdf")
    name_file(qtbot, tmp_path / "summary")
    settle(qtbot)
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    assert "summary.pdf" in sample_window.status.saved.text()


def test_the_summary_is_printed(sample_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    choose(sample_window, "print_report")
    asked = dialog(qtbot, QPrintDialog)
    asked.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    asked.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
    asked.accepted.emit(asked.printer())
    asked.hide()
    settle(qtbot)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert sample_window.status.saved.text().startswith("Printed")


def test_nothing_is_printed_of_an_empty_portfolio(empty_window: MainWindow) -> None:
    assert not empty_window.actions_by_key["save_pdf"].isEnabled()


def test_place_and_theme_are_remembered(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    window.resize(1111, 666)
    qtbot.waitUntil(lambda: window.normalGeometry().width() == 1111)
    choose(window, "theme_dark")
    window.close()
    again = open_window(None)
    assert (again.width(), again.height()) == (1111, 666)
    assert again.actions_by_key["theme_dark"].isChecked()


def test_about_can_be_closed(sample_window: MainWindow, qtbot: QtBot) -> None:
    choose(sample_window, "about")
    box = dialog(qtbot, QDialog)
    assert "Stakeout" in box.windowTitle()
    box.accept()
    assert QApplication.activeModalWidget() is None


def test_without_an_argument_the_file_of_last_time_comes_back(
    sample_window: MainWindow, open_window: OpenWindow
) -> None:
    sample_window.close()
    assert open_window(None).document.path == paths.sample_portfolio()


def test_a_file_of_last_time_that_cannot_be_opened_gives_way_to_the_own_one(
    sample_window: MainWindow, open_window: OpenWindow
) -> None:
    sample_window.close()
    paths.sample_portfolio().write_bytes(b"no database")
    assert open_window(None).document.path == paths.default_portfolio()


def test_the_own_portfolio_is_reached_from_the_sample(sample_window: MainWindow, qtbot: QtBot) -> None:
    choose(sample_window, "open_own")
    settle(qtbot)
    assert sample_window.document.path == paths.default_portfolio()
    assert not paths.default_portfolio().exists()


def test_the_first_edit_makes_the_own_portfolio_the_file_of_last_time(
    sample_window: MainWindow, qtbot: QtBot
) -> None:
    held = sample_window.document.portfolio
    choose(sample_window, "open_own")
    sample_window.document.edit("Add", held)
    settle(qtbot)
    assert settings.recent_files()[0] == paths.default_portfolio()


def test_an_empty_page_offers_the_files_opened_last(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.stakeout"
    Store.create(other, sample_window.document.portfolio).close()
    sample_window.files.open(other)
    choose(sample_window, "open_own")
    settle(qtbot)
    assert any("as you left it" in offer.text for offer in offers_for(paths.default_portfolio()))
    click(button(sample_window.page, "Open"))
    settle(qtbot)
    assert sample_window.document.path == other


def test_a_name_with_an_ampersand_stays_whole_in_the_menu(sample_window: MainWindow, qtbot: QtBot) -> None:
    held = sample_window.document.portfolio
    sample_window.document.edit("Delete R&D", held.without_positions(next(iter(held.positions))))
    settle(qtbot)
    assert sample_window.actions_by_key["undo"].text() == "&Undo Delete R&&D"


@pytest.mark.parametrize("name", [name for name, _ in PAGES])
def test_opening_a_page_rings_nothing_and_tab_walks_its_header_first(
    sample_window: MainWindow, qtbot: QtBot, name: str
) -> None:
    sample_window.go(Place(name))
    settle(qtbot)
    page = sample_window.page
    assert sample_window.focusWidget() is page
    header = [*page._commands, page.as_of_button]
    for stop in header:
        sample_window.focusNextPrevChild(True)
        assert sample_window.focusWidget() is stop


def test_no_stop_of_the_focus_is_invisible(sample_window: MainWindow, qtbot: QtBot) -> None:
    for name, _ in PAGES:
        sample_window.go(Place(name))
        settle(qtbot)
    areas = [area for area in sample_window.findChildren(QScrollArea) if area.widget() is not None]
    assert areas
    assert all(area.focusPolicy() is Qt.FocusPolicy.NoFocus for area in areas)


# -- the sample --------------------------------------------------------------------------------------------


def test_the_sample_says_that_it_is_made_up_until_that_is_put_away(
    sample_window: MainWindow, qtbot: QtBot
) -> None:
    banner = sample_window.banner
    assert banner.isVisible()
    assert "made up" in banner.words.text()
    banner.acted.emit()
    settle(qtbot)
    assert sample_window.document.path == paths.default_portfolio()
    assert not banner.isVisible()
    choose(sample_window, "open_sample")
    assert banner.isVisible()
    click(next(link for link in banner.findChildren(Link) if link.text() == "Hide"))
    choose(sample_window, "open_own")
    choose(sample_window, "open_sample")
    assert not banner.isVisible()


def test_what_is_imported_from_the_sample_comes_into_the_own_portfolio(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text("asset,quantity,price_usd\nETH,1,3000\n")
    sample_window.files.drop(tmp_path / "mine.csv")
    wizard = dialog(qtbot, ImportWizard)
    settle(qtbot)
    assert "“portfolio.stakeout”" in wizard.foot.words.text()
    click(wizard.foot.primary)
    settle(qtbot)
    assert [p.asset for p in Store.read(paths.default_portfolio()).positions.values()] == ["ETH"]
    assert len(Store.read(paths.sample_portfolio()).positions) == 12


def test_files_dropped_together_are_imported_one_after_the_other(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for asset in ("ETH", "SOL", "ATOM"):
        (tmp_path / f"{asset}.csv").write_text(f"asset,quantity\n{asset},1\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{asset}.csv")) for asset in ("ETH", "SOL", "ATOM")])
    copy, left, nothing = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    empty_window.dropEvent(QDropEvent(QPoint(400, 300), copy, data, left, nothing))
    for asset, wanted in (("ETH", True), ("SOL", False), ("ATOM", True)):
        settle(qtbot)
        wizard = next(w for w in empty_window.findChildren(ImportWizard) if w.isVisible())
        assert f"{asset}.csv" in wizard.windowTitle()
        click(wizard.foot.primary if wanted else wizard.foot.cancel)
    settle(qtbot)
    assert [p.asset for p in empty_window.document.portfolio.positions.values()] == ["ETH", "ATOM"]


def test_about_tells_version_build_and_places(empty_window: MainWindow, qtbot: QtBot) -> None:
    choose(empty_window, "about")
    box = dialog(qtbot, QMessageBox)
    told = f"{box.text()} {box.informativeText()}"
    for wanted in (__version__, paths.build_words(), str(paths.PROGRAM), str(paths.licences())):
        assert wanted in told
    box.close()


def test_a_portfolio_dropped_with_tables_is_opened_first_and_they_come_into_it(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    Store.create(tmp_path / "other.stakeout", Portfolio()).close()
    (tmp_path / "mine.csv").write_text("asset,quantity,price_usd\nETH,1,3000\n")
    empty_window.files.drop(tmp_path / "other.stakeout", tmp_path / "mine.csv")
    wizard = dialog(qtbot, ImportWizard)
    settle(qtbot)
    assert "“other.stakeout”" in wizard.foot.words.text()
    wizard.reject()
