"""Every import is listed, and one can be taken back at any time, as one step of undo."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.dialogs.import_history import IMPORTS, ImportHistory
from desktop_app.ui.dialogs.import_wizard import import_file
from desktop_app.ui.main_window import MainWindow
from tests.conftest import Undoable
from tests.drivers import choose, click, dialog, settle

DATA = Path(__file__).parents[2] / "data"


def bring_in(window: MainWindow, qtbot: QtBot, name: str) -> None:
    wizard = import_file(window, window.document, window.catalogue, DATA / name)
    settle(qtbot)
    click(wizard.foot.primary)
    settle(qtbot)


@pytest.fixture
def history(empty_window: MainWindow, qtbot: QtBot) -> ImportHistory:
    bring_in(empty_window, qtbot, "wealthfolio_holdings.csv")
    bring_in(empty_window, qtbot, "kraken_ledgers.csv")
    choose(empty_window, "import_history")
    found = dialog(qtbot, ImportHistory)
    settle(qtbot)
    return found


def test_every_import_is_listed_with_its_counts(history: ImportHistory) -> None:
    rows = history.table.rows_model.rows
    told = {(row.record.file_name, row.record.data_rows, row.record.accepted, row.positions) for row in rows}
    assert told == {("wealthfolio_holdings.csv", 18, 12, 11), ("kraken_ledgers.csv", 21, 20, 6)}
    assert all(len(row.record.sha256) == 64 for row in rows)
    assert {IMPORTS[2].value(row) for row in rows} == {"Wealthfolio", "Kraken"}
    history.reject()


def test_an_import_is_taken_back_as_one_step(
    history: ImportHistory, empty_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    document = empty_window.document
    kraken = next(i.id for i in document.portfolio.imports.values() if i.format == "kraken")
    history.table.choose(kraken)
    settle(qtbot)
    assert "6 positions" in history.foot.words.text() or "Six" in history.foot.words.text()
    with undoable(document):
        click(history.foot.primary)
        settle(qtbot)
    assert {p.account for p in document.portfolio.positions.values()} == {"Wealthfolio"}
    assert [row.record.format for row in history.table.rows_model.rows] == ["wealthfolio"]
    history.reject()


def test_what_was_typed_by_hand_is_named_before_it_is_lost(
    history: ImportHistory, empty_window: MainWindow, qtbot: QtBot
) -> None:
    document = empty_window.document
    first = next(p for p in document.portfolio.positions.values() if p.account == "Wealthfolio")
    document.edit("Move", document.portfolio.with_positions(replace(first, account="Vault")))
    settle(qtbot)
    history.table.choose(first.import_id or "")
    settle(qtbot)
    assert first.name in history.cost.text()
    history.reject()


def test_without_imports_it_says_what_to_do(empty_window: MainWindow, qtbot: QtBot) -> None:
    choose(empty_window, "import_history")
    found = dialog(qtbot, ImportHistory)
    assert "Ctrl+I" in found.words.text()
    assert not found.foot.primary.isEnabled()
    found.reject()
