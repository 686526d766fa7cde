"""Trying in the window: edit, import and scenario on a copy, before and after, then applied or dropped."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.storage.store import Store
from desktop_app.ui.dialogs.comparison import Comparison
from desktop_app.ui.dialogs.import_wizard import import_file
from desktop_app.ui.dialogs.position_editor import PositionEditor, edit_position
from desktop_app.ui.main_window import SAVED, MainWindow
from desktop_app.ui.pages.overview import OverviewPage
from desktop_app.ui.pages.stress import StressPage
from desktop_app.ui.place import Place
from desktop_app.ui.trial import NOT_OF_A_COPY, NOTHING_SAVED, ON_A_COPY, TRYING
from tests.conftest import Undoable
from tests.drivers import click, press, settle
from tests.ui.test_document import write_protect

CSV = "asset,quantity,price_usd,account\nETH,2,3000,New\n"


@pytest.fixture
def window(sample_window: MainWindow) -> MainWindow:
    sample_window.resize(1280, 720)
    return sample_window


def do(window: MainWindow, qtbot: QtBot, command: str) -> None:
    action = window.actions_by_key[command]
    assert action.isEnabled(), command
    action.trigger()
    settle(qtbot)


def comparison(window: MainWindow) -> Comparison:
    shown = window.trial.comparison
    assert shown is not None
    assert shown.isVisible()
    return shown


def rows(window: MainWindow) -> dict[str, tuple[str, str, str]]:
    return {r.measure: (r.before, r.after, r.change) for r in comparison(window).table.rows_model.rows}


def editor_for(window: MainWindow, qtbot: QtBot, **fields: str) -> PositionEditor:
    editor = edit_position(window, window.document, window.catalogue, None)
    for name, text in fields.items():
        widget = editor.form.fields[name].editor
        if isinstance(widget, QComboBox):
            widget.setCurrentText(text)
        else:
            widget.setProperty("text", text)
    return editor


def stored(window: MainWindow) -> object:
    assert window.document.path is not None
    return Store.read(window.document.path)


def test_a_position_is_tried_compared_and_applied_as_one_edit(
    window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    before = window.document.portfolio
    with undoable(window.document):
        click(editor_for(window, qtbot, asset="rsETH", quantity="20", price="3500").try_button)
        settle(qtbot)
        assert stored(window) == before
        assert rows(window)["Known value"] == ("393,340", "463,340", "+70,000")
        assert comparison(window).sentence.text().startswith("With “Add rsETH”, ")
        assert "Share of the largest platform would be" in comparison(window).breaks.text()
        assert window.trial.bar.words.text().startswith(ON_A_COPY)
        assert window.status.saved.text() == TRYING
        click(comparison(window).foot.primary)
        settle(qtbot)
    assert len(window.document.portfolio.positions) == len(before.positions) + 1
    assert window.document.undo_stack.undoText() == "Add rsETH"
    assert window.trial.comparison is None
    assert window.trial.bar.isHidden()


def test_a_scenario_is_tried_and_dropped_without_a_trace(window: MainWindow, qtbot: QtBot) -> None:
    assert window.document.path is not None
    before, content = window.document.portfolio, window.document.path.read_bytes()
    window.go(Place("stress"))
    settle(qtbot)
    page = window.page
    assert isinstance(page, StressPage)
    assert page.row is not None
    lost = page.labels.money(page.row.loss.loss)
    page.try_out.clicked.emit()
    settle(qtbot)
    assert rows(window)["Known value"][2] == f"−{lost}"
    click(comparison(window).drop)
    settle(qtbot)
    assert window.document.portfolio == before
    assert window.document.path.read_bytes() == content
    assert not window.actions_by_key["undo"].isEnabled()


def test_an_import_is_tried(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(CSV)
    wizard = import_file(empty_window, empty_window.document, empty_window.catalogue, path)
    settle(qtbot)
    click(wizard.try_button)
    settle(qtbot)
    assert rows(empty_window)["Known value"] == ("unknown", "6,000", "unknown")
    assert empty_window.document.path is not None
    assert not empty_window.document.path.exists()
    do(empty_window, qtbot, "apply_trial")
    assert stored(empty_window) == empty_window.document.portfolio
    assert len(empty_window.document.portfolio.positions) == 1
    assert empty_window.document.undo_stack.undoText() == "Import one position"


def test_any_number_of_edits_is_tried_and_undone_by_name(window: MainWindow, qtbot: QtBot) -> None:
    before = window.document.portfolio
    do(window, qtbot, "try_changes")
    assert window.trial.bar.words.text() == NOTHING_SAVED
    assert not window.actions_by_key["try_changes"].isEnabled()
    first, second = list(before.positions)[:2]
    window.document.edit("Delete one", window.document.portfolio.without_positions(first))
    window.document.edit("Delete two", window.document.portfolio.without_positions(second))
    settle(qtbot)
    assert window.actions_by_key["undo"].text() == "&Undo Delete two"
    do(window, qtbot, "undo")
    do(window, qtbot, "compare_trial")
    assert rows(window)["Positions"] == ("12", "11", "−1")
    do(window, qtbot, "redo")
    assert rows(window)["Positions"] == ("12", "10", "−2")
    press(comparison(window), Qt.Key.Key_Escape)
    assert window.document.is_trying
    do(window, qtbot, "apply_trial")
    assert window.actions_by_key["undo"].text() == "&Undo Apply 2 tried changes"
    do(window, qtbot, "undo")
    assert {**window.document.portfolio.positions} == before.positions


def test_a_trial_in_which_nothing_was_tried_is_no_edit(window: MainWindow, qtbot: QtBot) -> None:
    do(window, qtbot, "try_changes")
    assert window.status.saved.text() == TRYING
    do(window, qtbot, "apply_trial")
    assert window.status.saved.text() == SAVED
    assert not window.document.is_trying
    assert not window.document.undo_stack.count()


def test_what_cannot_be_saved_stays_tried(window: MainWindow, qtbot: QtBot) -> None:
    do(window, qtbot, "try_changes")
    first = next(iter(window.document.portfolio.positions))
    window.document.edit("Delete one", window.document.portfolio.without_positions(first))
    settle(qtbot)
    write_protect(window.document)
    do(window, qtbot, "apply_trial")
    assert window.document.is_trying
    assert window.isEnabled()
    assert window.banner.isVisible()
    window.document.drop()


def test_nothing_that_is_only_tried_is_printed_or_exported(window: MainWindow, qtbot: QtBot) -> None:
    do(window, qtbot, "try_changes")
    for command in ("print_report", "save_pdf", "export_file", "back_up_file", "restore_file"):
        assert not window.actions_by_key[command].isEnabled()
    window.page.wished.emit("save_pdf")
    assert window.banner.words.text() == NOT_OF_A_COPY
    do(window, qtbot, "drop_trial")
    assert window.actions_by_key["save_pdf"].isEnabled()


def test_another_file_waits_until_the_trial_has_ended(window: MainWindow, qtbot: QtBot) -> None:
    path = window.document.path
    do(window, qtbot, "try_changes")
    window.files.open_own()
    assert window.document.path == path
    assert "Apply or drop" in window.banner.words.text()


def test_a_window_asks_before_it_closes_over_what_is_tried(window: MainWindow, qtbot: QtBot) -> None:
    before = window.document.portfolio
    window.document.try_out()
    window.document.edit("Delete all", window.document.portfolio.without_positions(*before.positions))
    settle(qtbot)
    window.close()
    box = window.findChild(QMessageBox, "close_trial")
    assert isinstance(box, QMessageBox)
    assert box.informativeText() == "One change would be lost."
    assert window.isVisible()
    box.reject()
    assert window.document.is_trying
    window.close()
    again = [b for b in window.findChildren(QMessageBox, "close_trial") if b is not box]
    click(next(button for button in again[-1].buttons() if button.text() == "Drop and close"))
    assert not window.isVisible()
    assert window.document.path is not None
    assert Store.read(window.document.path) == before


# -- limits -----------------------------------------------------------------------------------------------


def test_a_position_that_breaks_a_limit_is_saved_only_after_a_warning(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = window.document.portfolio
    editor = editor_for(window, qtbot, asset="rsETH", quantity="20", price="3500")
    editor.save()  # faster than it can be judged
    settle(qtbot)
    assert editor.isVisible()
    assert window.document.portfolio is before
    assert "further over your limit of 40\u202f% (now 54.7\u202f%)" in editor.warning.text()
    assert editor.foot.primary.text() == "Add position anyway"
    click(editor.foot.primary)
    settle(qtbot)
    assert len(window.document.portfolio.positions) == len(before.positions) + 1


def test_a_position_that_breaks_none_is_saved_at_the_first_press(window: MainWindow, qtbot: QtBot) -> None:
    before = window.document.portfolio
    editor = editor_for(window, qtbot, asset="ATOM", quantity="1", price="5")
    editor.save()
    settle(qtbot)
    assert len(window.document.portfolio.positions) == len(before.positions) + 1


def test_an_import_that_breaks_a_limit_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("asset,quantity,price_usd,account\nweETH,100,3500,New\n")
    wizard = import_file(window, window.document, window.catalogue, path)
    settle(qtbot)
    assert "Share of the largest platform would be" in wizard.plan_page.limits.text()
    assert wizard.foot.primary.text() == "Import one row anyway"
    assert wizard.foot.primary.isEnabled()


def test_a_break_stands_on_the_overview_with_its_day(window: MainWindow, qtbot: QtBot) -> None:
    window.document.edit("Rename", window.document.portfolio.with_positions())
    settle(qtbot)
    page = window.pages["overview"]
    assert isinstance(page, OverviewPage)
    cells = [cell.text for cell in page.limit_rows.items[0].cells]
    assert cells[-2:] == ["since 24\u00a0Nov", "▲ broken"]
