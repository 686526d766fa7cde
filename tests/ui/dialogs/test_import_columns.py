"""How a file is read can be seen and changed, and is remembered for the next file of its kind."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.csv_import.formats import generic
from desktop_app.ui.dialogs.import_columns import FIELDS, ColumnsPage
from desktop_app.ui.dialogs.import_wizard import ImportWizard, import_file
from desktop_app.ui.main_window import MainWindow
from tests.drivers import click, name_file, press, settle, write

OWN = "Coin;Menge;Preis je Stück;Wo\nETH;1.234,5;3.000,10;Ledger\nwstETH;2,5;4.010,00;Ledger\n"

Read = Callable[[str], ImportWizard]


@pytest.fixture
def read(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Read:
    empty_window.resize(1280, 720)

    def open_one(content: str) -> ImportWizard:
        path = tmp_path / f"table {len(list(tmp_path.iterdir()))}.csv"
        path.write_text(content, "utf-8")
        wizard = import_file(empty_window, empty_window.document, empty_window.catalogue, path)
        settle(qtbot)
        return wizard

    return open_one


def choose_in(box: QComboBox, value: str) -> None:
    index = box.findData(value)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def hold(page: ColumnsPage, column: int, field: str, qtbot: QtBot) -> None:
    choose_in(page.fields[column], field)
    settle(qtbot)


def test_an_unknown_table_shows_its_columns_first_and_its_plan_once_agreed(read: Read, qtbot: QtBot) -> None:
    wizard = read(OWN)
    page = wizard.columns_page
    assert wizard.pages.currentWidget() is page
    assert [page.fields[i].currentData() for i in range(4)] == ["asset", "quantity", "price_usd", "account"]
    assert not wizard.foot.primary.isEnabled()
    click(page.agree)
    settle(qtbot)
    assert wizard.pages.currentWidget() is wizard.plan_page
    assert wizard.foot.primary.isEnabled()
    wizard.reject()


def test_columns_are_named_by_hand_and_the_plan_follows_at_once(
    read: Read, empty_window: MainWindow, qtbot: QtBot
) -> None:
    wizard = read(OWN)
    hold(wizard.columns_page, 2, "price_usd", qtbot)
    hold(wizard.columns_page, 3, "account", qtbot)
    assert wizard.pages.currentWidget() is wizard.columns_page
    click(wizard.foot.primary)
    settle(qtbot)
    positions = empty_window.document.portfolio.positions.values()
    held = {p.asset: (str(p.unit_price), p.account) for p in positions}
    assert held == {"ETH": ("3000.10", "Ledger"), "wstETH": ("4010.00", "Ledger")}


def test_a_field_stands_in_one_column_only(read: Read, qtbot: QtBot) -> None:
    wizard = read("a;b;c\nETH;1;2\nSOL;3;4\n")
    hold(wizard.columns_page, 2, "quantity", qtbot)
    assert [wizard.columns_page.fields[i].currentData() for i in range(3)] == ["asset", "", "quantity"]
    wizard.reject()


def test_every_field_of_a_table_has_its_words() -> None:
    assert set(FIELDS) == set(generic.FIELDS)


def test_a_table_in_which_nothing_is_recognised_can_be_explained(read: Read, qtbot: QtBot) -> None:
    wizard = read("what;how much\nmine one;7\nmine two;8\n")
    click(wizard.start.columns_button)
    page = wizard.columns_page
    assert wizard.pages.currentWidget() is page
    hold(page, 0, "asset", qtbot)
    assert page.fields[0].currentData() == "asset"
    hold(page, 1, "quantity", qtbot)
    assert wizard.reading is not None
    assert [row.verdict for row in wizard.reading.table.rows] == ["ask", "ask"]
    wizard.reject()


def test_columns_half_named_are_kept_and_what_lacks_is_told(read: Read, qtbot: QtBot) -> None:
    wizard = read(OWN)
    hold(wizard.columns_page, 1, "", qtbot)
    assert "the quantity" in wizard.columns_page.wrong.text()
    assert not wizard.foot.primary.isEnabled()
    hold(wizard.columns_page, 1, "quantity", qtbot)
    assert wizard.columns_page.wrong.isHidden()
    assert wizard.foot.primary.isEnabled()
    wizard.reject()


def test_a_change_that_leaves_no_holdings_is_told_and_taken_back(read: Read, qtbot: QtBot) -> None:
    wizard = read(OWN)
    choose_in(wizard.columns_page.separator, "|")
    settle(qtbot)
    assert "cannot be read" in wizard.columns_page.wrong.text()
    assert wizard.columns_page.separator.currentData() == ";"
    assert wizard.reading is not None
    wizard.reject()


def test_the_decimal_sign_of_a_column_is_changed_beside_it(read: Read, qtbot: QtBot) -> None:
    wizard = read("asset,quantity\nETH,12.5\nSOL,1.234\n")
    wizard.steps.wanted.emit(1)
    page = wizard.columns_page
    box = next(b for b in page.findChildren(QComboBox) if b.accessibleName() == "How “quantity” is written")
    choose_in(box, ",")
    settle(qtbot)
    assert wizard.reading is not None
    assert wizard.reading.plan is not None
    assert [row.code for row in wizard.reading.plan.rejected] == ["decimal_minority"]
    wizard.reject()


def test_what_nothing_settles_is_not_said_to_be_found_out(read: Read, qtbot: QtBot) -> None:
    wizard = read("Coin;Menge\nETH;1.234\n")
    boxes = [box for box in wizard.columns_page.findChildren(QComboBox) if "written" in box.accessibleName()]
    assert [box.currentText() for box in boxes] == ["not clear yet"]
    wizard.reject()


def test_another_format_and_an_account_are_chosen(read: Read, qtbot: QtBot) -> None:
    wizard = read("date,symbol,quantity,price,currency\n2024-06-30,ETH,1,,USD\n")
    wizard.steps.wanted.emit(1)
    page = wizard.columns_page
    assert "Wealthfolio" in page.evidence.text()
    page.account.setFocus()
    write(page.account, "My broker")
    page.account.editingFinished.emit()
    settle(qtbot)
    assert wizard.reading is not None
    assert {row.account for row in wizard.reading.table.rows} == {"My broker"}
    choose_in(page.format, "kraken")
    settle(qtbot)
    assert "does not have the columns of Kraken" in page.wrong.text()
    wizard.reject()


def test_the_next_file_of_the_kind_opens_as_the_last_was_read(read: Read, qtbot: QtBot) -> None:
    first = read(OWN)
    hold(first.columns_page, 2, "value_usd", qtbot)
    click(first.foot.primary)
    settle(qtbot)
    second = read(OWN.replace("1.234,5", "99,5"))
    assert second.pages.currentWidget() is second.plan_page
    second.steps.wanted.emit(1)
    assert second.columns_page.fields[2].currentData() == "value_usd"
    assert "as the last file of this kind" in second.columns_page.evidence.text()
    second.plan_page.forget.clicked.emit()
    settle(qtbot)
    assert second.columns_page.fields[2].currentData() == "price_usd"
    second.reject()


def test_a_remembered_answer_to_which_there_is_no_question_now_is_passed_over(
    read: Read, qtbot: QtBot
) -> None:
    first = read("asset,quantity\nWOBBLE,1\n")
    first.answer("asset_unknown:WOBBLE", "own")
    settle(qtbot)
    click(first.foot.primary)
    settle(qtbot)
    second = read("asset,quantity\nETH,1\n")
    assert second.plan_page.warnings.text() == ""
    second.reject()


def test_what_is_remembered_is_readable_by_its_owner_alone_and_may_be_damaged(
    read: Read, qtbot: QtBot
) -> None:
    first = read(OWN)
    click(first.columns_page.agree)
    settle(qtbot)
    click(first.foot.primary)
    settle(qtbot)
    kept = paths.data_folder() / "imported-kinds.json"
    assert kept.stat().st_mode & 0o077 == 0
    kept.write_text("[broken", "utf-8")
    again = read(OWN.replace("2,5", "3,5"))
    assert again.reading is not None
    again.reject()


def test_rejected_rows_are_saved_with_their_reasons(read: Read, qtbot: QtBot, tmp_path: Path) -> None:
    wizard = read("asset,quantity\nETH,1\nSOL,much\n")
    assert wizard.plan_page.save_rejected.text() == "Save the 1 rejected row…" or "rejected" in (
        wizard.plan_page.save_rejected.text()
    )
    wizard.plan_page.save_rejected.clicked.emit()
    target = tmp_path / "out" / "rejected.csv"
    target.parent.mkdir()
    name_file(qtbot, target)
    rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert rows[1][:2] == ["SOL", "much"]
    assert "not a number" in rows[1][2]
    assert "rejected rows" in wizard.foot.words.text()
    wizard.reject()


def test_another_line_can_be_named_as_the_header(read: Read, empty_window: MainWindow, qtbot: QtBot) -> None:
    wizard = read("asset,quantity,account\nETH,1,Hot\n\nasset,quantity,notes\nSOL,2,a\n")
    wizard.steps.wanted.emit(1)
    line = wizard.columns_page.header_line
    field = line.rect()
    assert (line.text(), field.width() > 100) == ("1", True)
    line.setFocus()
    line.selectAll()
    write(line, "4")
    press(line, Qt.Key.Key_Return)
    assert wizard.foot.reason.text() == "The file is being read"
    settle(qtbot)
    assert wizard.reading is not None
    assert [row.asset for row in wizard.reading.table.rows] == ["SOL"]
    assert empty_window.document.portfolio.is_empty
    wizard.reject()
