"""The limits dialog: added, typed over and deleted, one step of undo each, with the present figures."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.ui.dialogs.limits_editor import LimitsEditor, edit_limits
from desktop_app.ui.main_window import MainWindow
from tests.builders import drawn
from tests.conftest import Undoable
from tests.drivers import click, press, settle
from tests.ui.conftest import TODAY, OpenWindow

HELD = drawn("a: 60 -> operator:P2P", "b: 40 -> operator:Kiln")
LIMIT = limit_of(LimitKind.LARGEST_SHARE, "operator", 0.5)


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> MainWindow:
    window = open_window(None)
    window.document.create(tmp_path / "held.stakeout", HELD.with_limits(LIMIT))
    return window


@pytest.fixture
def editor(window: MainWindow, qtbot: QtBot) -> LimitsEditor:
    made = edit_limits(window, window.document, TODAY)
    settle(qtbot)
    return made


def fill(editor: LimitsEditor, kind: str, subject: str, bound: str) -> None:
    for field, text in ((editor.kind, kind), (editor.subject, subject)):
        assert isinstance(field.editor, QComboBox)
        field.editor.setCurrentText(text)
    editor.bound.start_with(bound)


def test_every_limit_stands_with_its_present_figure(editor: LimitsEditor) -> None:
    (row,) = editor.table.rows_model.rows
    assert (row.subject, row.now, row.state) == ("Share of the largest operator", "60.0\u202f%", "broken")


def test_a_limit_is_added_as_one_step(
    editor: LimitsEditor, window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    fill(editor, "Share of one node", "operator:Kiln", "45")
    with undoable(window.document):
        click(editor.add_button)
    settle(qtbot)
    assert window.document.undo_stack.undoText() == "Limit: Share of operator:Kiln"
    assert len(editor.table.rows_model.rows) == 2
    assert editor.bound.text() == ""


def test_a_kind_about_everything_needs_no_subject(editor: LimitsEditor, window: MainWindow) -> None:
    fill(editor, "Expected loss a year", "", "1.5")
    assert not editor.subject.editor.isEnabled()
    click(editor.add_button)
    assert window.document.portfolio.limits["expected loss:"].bound == pytest.approx(0.015)


def test_a_bound_is_typed_over_as_one_step(
    editor: LimitsEditor, window: MainWindow, undoable: Undoable
) -> None:
    index = editor.table.rows_model.index(0, 1)
    with undoable(window.document):
        editor.table.rows_model.setData(index, "65 %")
    assert window.document.portfolio.limits[LIMIT.id].bound == pytest.approx(0.65)


def test_a_limit_of_the_same_kind_takes_the_place_of_the_old_one(
    editor: LimitsEditor, window: MainWindow
) -> None:
    fill(editor, "Share of the largest …", "operator", "70")
    click(editor.add_button)
    assert [limit.bound for limit in window.document.portfolio.limits.values()] == [pytest.approx(0.7)]


@pytest.mark.parametrize(
    ("subject", "bound", "words"),
    [
        ("nobody", "30", "Choose what it is about."),
        ("operator", "", "Enter the bound."),
        ("operator", "much", "“much” is not a number."),
        ("operator", "130", "A share lies between 0 and 100 %."),
    ],
)
def test_what_cannot_be_is_said(
    editor: LimitsEditor, window: MainWindow, subject: str, bound: str, words: str
) -> None:
    before = window.document.portfolio
    fill(editor, "Share of the largest …", subject, bound)
    click(editor.add_button)
    assert editor.words.text() == words
    assert window.document.portfolio is before


def test_the_chosen_limits_are_deleted_as_one_step(
    editor: LimitsEditor, window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    assert not editor.delete_button.isEnabled()
    editor.table.choose(LIMIT.id)
    with undoable(window.document):
        click(editor.delete_button)
    settle(qtbot)
    assert editor.section.note.text().startswith("No limit is set yet.")
    press(editor, Qt.Key.Key_Escape)


def test_broken_limits_are_counted_on_the_rail(window: MainWindow, qtbot: QtBot) -> None:
    settle(qtbot)
    assert window.rail.number("concentration") == "1"
    window.document.edit("Loosen", window.document.portfolio.without_limits(LIMIT.id))
    settle(qtbot)
    assert window.rail.number("concentration") == ""


def test_the_log_stands_under_the_limits_once_something_was_broken(
    editor: LimitsEditor, window: MainWindow, qtbot: QtBot
) -> None:
    assert editor.log.isHidden()
    fill(editor, "Share of one node", "operator:P2P", "45")
    click(editor.add_button)
    settle(qtbot)
    assert editor.log.isVisible()
    found, new = sorted(editor.breaks.rows_model.rows, key=lambda row: row.broken_by)
    assert (found.subject, found.broken_by, found.mended_on) == ("Share of the largest operator", "", None)
    assert (new.subject, new.broken_by) == ("Share of operator:P2P", "Limit: Share of operator:P2P")
    assert new.broke_on == TODAY
