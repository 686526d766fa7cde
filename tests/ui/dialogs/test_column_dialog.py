"""What the columns hold is said in the window, where the guess is wrong or nothing is recognised."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.csv_import.formats import generic
from desktop_app.ui.dialogs.column_dialog import FIELDS, ColumnDialog
from desktop_app.ui.dialogs.import_wizard import ImportWizard, import_file
from desktop_app.ui.main_window import MainWindow
from tests.drivers import click, dialog, settle

MINE = (
    "Konto;Token;Menge;Kurs;Kaufdatum;Farbe\n"
    "Ledger;weETH;3,5;3.521,00;14.02.2025;blau\n"
    "Ledger;stETH;1.250,75;;;rot\n"
)

Read = Callable[[str], ImportWizard]


@pytest.fixture
def read(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Read:
    def open_one(content: str) -> ImportWizard:
        (tmp_path / "mine.csv").write_text(content, "utf-8")
        wizard = import_file(
            empty_window, empty_window.document, empty_window.catalogue, tmp_path / "mine.csv"
        )
        settle(qtbot)
        return wizard

    return open_one


def choose(asked: ColumnDialog, number: int, field: str) -> None:
    asked.boxes[number].setCurrentIndex(asked.boxes[number].findData(field))


def chosen(asked: ColumnDialog) -> list[str]:
    return [box.currentData() for box in asked.boxes]


def test_every_field_of_a_table_has_its_words() -> None:
    assert set(FIELDS) == set(generic.FIELDS)


def test_the_guess_can_be_looked_at_and_corrected(read: Read, empty_window: MainWindow, qtbot: QtBot) -> None:
    wizard = read(MINE)
    assert [question.code for question in wizard.plan_page.questions] == ["columns"]
    click(wizard.plan_page.columns)
    asked = dialog(qtbot, ColumnDialog)
    assert chosen(asked) == ["account", "asset", "quantity", "price_usd", "opened_on", "ignore"]
    choose(asked, 5, "notes")
    click(asked.foot.primary)
    settle(qtbot)
    assert wizard.foot.primary.text() == "Import 2 rows"
    click(wizard.foot.primary)
    settle(qtbot)
    first = next(iter(empty_window.document.portfolio.positions.values()))
    assert (first.quantity, first.unit_price) == (Decimal("3.5"), Decimal(3521))
    assert (first.account, first.notes) == ("Ledger", "blau")


def test_a_table_in_which_nothing_is_recognised_can_be_explained(read: Read, qtbot: QtBot) -> None:
    wizard = read("what;how much\nmine one;7\nmine two;8\n")
    button = next(b for b in wizard.findChildren(QPushButton) if b.text() == "Say what the columns hold…")
    click(button)
    asked = dialog(qtbot, ColumnDialog)
    assert asked.foot.reason.text() == "Which column holds the asset?"
    choose(asked, 0, "asset")
    choose(asked, 1, "quantity")
    click(asked.foot.primary)
    settle(qtbot)
    assert wizard.pages.currentWidget() is wizard.plan_page
    assert [row.verdict for row in wizard.plan_page.table.rows_model.rows] == ["ask", "ask"]
    wizard.reject()


def test_two_columns_cannot_hold_the_same(read: Read, qtbot: QtBot) -> None:
    wizard = read(MINE)
    click(wizard.plan_page.columns)
    asked = dialog(qtbot, ColumnDialog)
    choose(asked, 5, "quantity")
    assert asked.foot.reason.text() == "Two columns hold the quantity"
    assert not asked.foot.primary.isEnabled()
    asked.reject()
    wizard.reject()


def test_a_known_format_has_no_columns_to_choose(read: Read) -> None:
    text = (Path(__file__).parents[2] / "data" / "wealthfolio_holdings.csv").read_text("utf-8")
    wizard = read(text)
    assert wizard.plan_page.columns.isHidden()
    wizard.reject()
