"""Making and changing a scenario: nodes are searched, fractions typed, the cost said, one edit at the end."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop_app.domain.positions import Scenario
from desktop_app.ui.dialogs.scenario_editor import ScenarioEditor, edit_scenario
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.widgets.section import Link, Words
from tests.builders import drawn, scenario
from tests.conftest import Undoable
from tests.drivers import click, press, settle
from tests.ui.conftest import TODAY, OpenWindow

HELD = drawn(
    "a: 1000 -> Lido -> operator:Kiln",
    "b: 200 -> Kiln",
    scenarios=[scenario("half", Lido=0.5), scenario("other", Lido=0.5, Kiln=0.2)],
)


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> MainWindow:
    window = open_window(None)
    window.resize(1280, 720)
    window.document.create(tmp_path / "held.stakeout", HELD)
    return window


def opened(window: MainWindow, qtbot: QtBot, old: Scenario | None = None) -> ScenarioEditor:
    editor = edit_scenario(window, window.document, TODAY, old)
    rest(editor, qtbot)
    return editor


def rest(editor: ScenarioEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)


def pick(editor: ScenarioEditor, field: str, text: str) -> None:
    box = editor.findChild(QComboBox, field)
    assert isinstance(box, QComboBox)
    line = box.lineEdit()
    assert line is not None
    line.setText(text)
    press(line, Qt.Key.Key_Return)


def test_a_scenario_is_made_as_one_step(window: MainWindow, qtbot: QtBot, undoable: Undoable) -> None:
    editor = opened(window, qtbot)
    editor.name.start_with("Lido loses a third")
    pick(editor, "node", "Lido")
    editor.shocks.fields["Lido"].setText("33.3")
    rest(editor, qtbot)
    assert "USD\u00a0333" in editor.cost.text()
    with undoable(window.document):
        click(editor.foot.primary)
    assert window.document.portfolio.scenarios["lido-loses-a-third"].shocks == (("Lido", 0.333),)
    assert window.document.undo_stack.undoText() == "Add Lido loses a third"


def test_an_enter_in_the_search_only_picks_the_node(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    editor.name.start_with("s")
    pick(editor, "node", "Lido")
    assert editor.isVisible()
    assert set(editor.shocks.fields) == {"Lido"}
    assert editor.node.text() == ""


def test_nodes_of_one_name_are_told_apart(window: MainWindow, qtbot: QtBot) -> None:
    portfolio = drawn("a: 10 -> Kiln", "a -> operator:Kiln")
    nodes = {n.id: n for n in portfolio.nodes.values()}
    window.document.edit("Rename", portfolio.with_graph([replace(nodes["operator:Kiln"], name="Kiln")]))
    editor = opened(window, qtbot)
    pick(editor, "node", "Kiln, operator")
    assert set(editor.shocks.fields) == {"operator:Kiln"}


def test_it_says_why_it_cannot_be_made_yet(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    assert editor.foot.reason.text() == "Give it a name"
    editor.name.editor.setProperty("text", "s")
    assert editor.foot.reason.text() == "Add a node"
    pick(editor, "node", "Lido")
    for wrong in ("", "0", "-3", "101", "abc"):
        editor.shocks.fields["Lido"].setText(wrong)
        assert editor.foot.reason.text() == "Say how much of Lido is lost, from above 0 to 100 %"
    editor.shocks.fields["Lido"].setText("100")
    assert editor.foot.primary.isEnabled()


def test_a_scenario_is_changed_under_its_id(window: MainWindow, qtbot: QtBot, undoable: Undoable) -> None:
    editor = opened(window, qtbot, HELD.scenarios["other"])
    assert editor.foot.reason.text() == "Nothing is changed yet"
    editor.shocks.fields["Kiln"].setText("40")
    rest(editor, qtbot)
    with undoable(window.document):
        click(editor.foot.primary)
    assert window.document.portfolio.scenarios["other"].shocks == (("Lido", 0.5), ("Kiln", 0.4))


def test_a_node_is_removed(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, HELD.scenarios["other"])
    remove = next(x for x in editor.shocks.findChildren(Link) if x.accessibleName() == "Remove Lido")
    click(remove)
    assert editor.shocks.shocks() == {"Kiln": 0.2}


def test_another_scenario_is_added_on_what_is_left(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, HELD.scenarios["half"])
    pick(editor, "other", "other")
    assert editor.shocks.shocks() == pytest.approx({"Lido": 0.75, "Kiln": 0.2})


def test_a_past_event_without_a_scenario_says_what_was_measured_and_is_tried(
    window: MainWindow, qtbot: QtBot
) -> None:
    editor = opened(window, qtbot)
    editor.events.rows.followed.emit("swissborg-kiln-2025-09")
    assert "2.00" in editor.events.words.text()
    click(editor.events.use)
    pick(editor, "node", "Lido")
    assert editor.shocks.shocks() == {"Lido": 0.02}
    assert editor.name.text() == "SwissBorg SOL theft through Kiln API"


def test_a_copy_of_a_past_event_is_a_new_scenario(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, Scenario("event:x", "Depeg", (("Lido", 0.1),)))
    click(editor.foot.primary)
    assert window.document.portfolio.scenarios["depeg"].shocks == (("Lido", 0.1),)


def test_how_much_stands_on_a_node_is_said(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, HELD.scenarios["half"])
    assert "83\u202f%" in [label.text() for label in editor.shocks.findChildren(Words)]
