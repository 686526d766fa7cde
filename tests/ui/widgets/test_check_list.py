"""A list to tick and to order, by pointer and by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.check_list import CheckList
from tests.drivers import press


@pytest.fixture
def checks(qtbot: QtBot) -> CheckList:
    made = CheckList("Sections")
    qtbot.addWidget(made)
    made.set_entries([("a", "Alpha", True), ("b", "Beta", False), ("c", "Gamma", True)])
    made.resize(200, made.height())
    made.show()
    return made


def alt(checks: CheckList, key: Qt.Key) -> None:
    QTest.keyClick(checks, key, Qt.KeyboardModifier.AltModifier)


def test_entries_come_back_as_they_were_set(checks: CheckList) -> None:
    assert checks.entries() == [("a", True), ("b", False), ("c", True)]


def test_setting_entries_tells_of_no_change(checks: CheckList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(checks.changed):
        checks.set_entries([("a", "Alpha", True)])


def test_space_ticks_and_tells(checks: CheckList, qtbot: QtBot) -> None:
    checks.setCurrentRow(1)
    with qtbot.waitSignal(checks.changed):
        press(checks, Qt.Key.Key_Space)
    assert dict(checks.entries())["b"]


def test_alt_with_an_arrow_moves_the_current_one_and_keeps_its_tick(checks: CheckList, qtbot: QtBot) -> None:
    checks.setCurrentRow(2)
    with qtbot.waitSignal(checks.changed):
        alt(checks, Qt.Key.Key_Up)
    assert checks.entries() == [("a", True), ("c", True), ("b", False)]
    assert checks.currentRow() == 1


def test_at_the_ends_nothing_moves(checks: CheckList, qtbot: QtBot) -> None:
    checks.setCurrentRow(0)
    with qtbot.assertNotEmitted(checks.changed):
        alt(checks, Qt.Key.Key_Up)
    checks.setCurrentRow(2)
    with qtbot.assertNotEmitted(checks.changed):
        alt(checks, Qt.Key.Key_Down)


def test_arrows_alone_walk(checks: CheckList) -> None:
    checks.setCurrentRow(0)
    press(checks, Qt.Key.Key_Down)
    assert checks.currentRow() == 1
    assert checks.entries()[0][0] == "a"


def test_all_rows_are_in_sight(checks: CheckList) -> None:
    last = checks.visualItemRect(checks.item(2))
    assert last.bottom() <= checks.viewport().height()


def test_readers_hear_how_to_move(checks: CheckList) -> None:
    assert checks.accessibleName() == "Sections"
    assert "Alt" in checks.accessibleDescription()
