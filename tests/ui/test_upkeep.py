"""Export, check, back up and restore from the File menu: each ends with a sentence, nothing is lost."""

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.domain.interchange import loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.storage.store import Store
from desktop_app.ui.dialogs.check_result import CheckResult
from desktop_app.ui.dialogs.export_dialog import ExportDialog
from desktop_app.ui.main_window import MainWindow
from tests.drivers import choose, click, dialog, name_file, settle
from tests.ui.test_document import write_protect


def exported(window: MainWindow, qtbot: QtBot, suffix: str, path: Path, *, hide: bool = False) -> None:
    choose(window, "export_file")
    asked = dialog(qtbot, ExportDialog)
    asked.buttons[suffix].click()
    asked.hide_box.setChecked(hide)
    click(asked.foot.primary)
    name_file(qtbot, path)
    settle(qtbot)


def test_everything_is_exported_as_json(sample_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    exported(sample_window, qtbot, ".json", tmp_path / "all")
    assert loads((tmp_path / "all.json").read_text("utf-8")) == sample_window.document.portfolio
    assert sample_window.status.saved.text() == "12 positions are in “all.json”."


def test_the_positions_are_exported_as_a_table(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    exported(sample_window, qtbot, ".csv", tmp_path / "table")
    with (tmp_path / "table.csv").open(newline="", encoding="utf-8") as file:
        assert [row["name"] for row in csv.DictReader(file)][:2] == ["32 ETH validator", "wstETH"]
    assert sample_window.status.saved.text() == "12 positions are in “table.csv”."


def test_an_export_with_other_names_shows_none_of_the_own(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    exported(sample_window, qtbot, ".json", tmp_path / "shown", hide=True)
    text = (tmp_path / "shown.json").read_text("utf-8")
    assert len(json.loads(text)["positions"]) == 12
    assert "Harbour Safe" not in text
    assert "with other names and amounts" in sample_window.status.saved.text()


def test_the_dates_are_exported_as_a_calendar(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    exported(sample_window, qtbot, ".ics", tmp_path / "dates")
    assert (tmp_path / "dates.ics").read_bytes().count(b"BEGIN:VEVENT") == 3
    assert sample_window.status.saved.text() == "3 dates are in “dates.ics”."


def save_dates(window: MainWindow, qtbot: QtBot, path: Path) -> bytes:
    choose(window, "save_calendar")
    name_file(qtbot, path)
    settle(qtbot)
    return path.with_suffix(".ics").read_bytes()


def test_the_next_calendar_calls_off_what_was_deleted_and_not_what_undo_brought_back(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    held = sample_window.document.portfolio
    save_dates(sample_window, qtbot, tmp_path / "a")
    sample_window.document.edit("Delete", held.without_positions("ATOM"))
    assert b"STATUS:CANCELLED" in save_dates(sample_window, qtbot, tmp_path / "b")
    assert sample_window.status.saved.text() == "2 dates are in “b.ics”. 1 earlier date is called off."
    choose(sample_window, "undo")
    assert b"STATUS:CANCELLED" not in save_dates(sample_window, qtbot, tmp_path / "c")


def test_a_calendar_that_cannot_be_kept_is_written_and_that_is_said(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    write_protect(sample_window.document)
    assert save_dates(sample_window, qtbot, tmp_path / "a").count(b"BEGIN:VEVENT") == 3
    assert sample_window.banner.words.text().startswith(
        "The next calendar cannot call off what only this one"
    )


def test_the_calendar_of_the_menu_has_no_amounts_while_they_are_hidden(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for number, name in enumerate(("shown", "hidden")):
        sample_window.actions_by_key["hide_amounts"].setChecked(bool(number))
        choose(sample_window, "save_calendar")
        name_file(qtbot, tmp_path / name)
        settle(qtbot)
        text = (tmp_path / f"{name}.ics").read_text("utf-8").replace("\r\n ", "")
        assert ("600.00 ATOM" in text) == (name == "shown")


def test_a_portfolio_without_dates_has_no_calendar_and_that_is_said(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    held = sample_window.document.portfolio
    sample_window.document.edit("Delete", held.without_positions("ezETH", "ATOM", "PT-weETH-25MAR2027"))
    choose(sample_window, "save_calendar")
    name_file(qtbot, tmp_path / "none")
    settle(qtbot)
    assert "There is no date to write" in sample_window.banner.words.text()
    assert not (tmp_path / "none.ics").exists()


def test_an_export_is_offered_under_the_name_of_the_portfolio(
    sample_window: MainWindow, qtbot: QtBot
) -> None:
    choose(sample_window, "export_file")
    click(dialog(qtbot, ExportDialog).foot.primary)
    asked = dialog(qtbot, QFileDialog)
    field = asked.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    assert field.text() == "sample.json"
    asked.reject()


def test_a_sound_portfolio_is_checked_with_nothing_wrong(sample_window: MainWindow, qtbot: QtBot) -> None:
    choose(sample_window, "check_file")
    shown = dialog(qtbot, CheckResult)
    assert shown.verdict.text() == "Nothing is wrong."
    click(shown.close_button)


def test_what_is_wrong_is_listed(sample_window: MainWindow, qtbot: QtBot) -> None:
    paths.sample_portfolio().chmod(0o644)
    choose(sample_window, "check_file")
    shown = dialog(qtbot, CheckResult)
    assert shown.verdict.text() == "1 thing is wrong."
    assert "mode 644" in shown.found[0]
    click(shown.close_button)


def test_a_backup_is_made_and_comes_back(sample_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    before = sample_window.document.portfolio
    choose(sample_window, "back_up_file")
    name_file(qtbot, tmp_path / "kept")
    settle(qtbot)
    assert sample_window.status.saved.text() == "A verified copy is in “kept.stakeout”"
    sample_window.document.edit("Delete all", before.without_positions(*before.positions))
    choose(sample_window, "restore_file")
    name_file(qtbot, tmp_path / "kept.stakeout")
    settle(qtbot)
    assert sample_window.document.portfolio == before == Store.read(paths.sample_portfolio())
    assert not sample_window.document.undo_stack.canUndo()
    assert sample_window.banner.words.text().startswith(
        "“sample.stakeout” is what “kept.stakeout” was; what was shown before is kept as “sample.replaced-"
    )
    sample_window.document.edit("Note", before.without_positions("SOL"))
    assert "SOL" not in Store.read(paths.sample_portfolio()).positions


@pytest.mark.parametrize("content", [b"", b"no portfolio"])
def test_what_is_no_backup_is_refused_and_nothing_changes(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    before = sample_window.document.portfolio
    (tmp_path / "bad.stakeout").write_bytes(content)
    choose(sample_window, "restore_file")
    name_file(qtbot, tmp_path / "bad.stakeout")
    settle(qtbot)
    assert "bad.stakeout" in sample_window.banner.words.text()
    assert sample_window.document.portfolio is before
    sample_window.document.edit("Delete", before.without_positions("SOL"))
    assert "SOL" not in Store.read(paths.sample_portfolio()).positions


def test_at_the_first_start_a_backup_becomes_the_own_portfolio(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    Store.create(tmp_path / "kept.stakeout", Portfolio(currency="EUR")).close()
    choose(empty_window, "restore_file")
    name_file(qtbot, tmp_path / "kept.stakeout")
    settle(qtbot)
    assert Store.read(paths.default_portfolio()) == Portfolio(currency="EUR")
    assert empty_window.document.portfolio == Portfolio(currency="EUR")


def test_nothing_recorded_leaves_nothing_to_export_or_check(empty_window: MainWindow) -> None:
    actions = empty_window.actions_by_key
    assert [actions[f"{key}_file"].isEnabled() for key in ("export", "check", "back_up", "restore")] == [
        False,
        False,
        False,
        True,
    ]
