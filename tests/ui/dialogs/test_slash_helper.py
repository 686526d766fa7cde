"""What a slash on Ethereum takes is worked out where it is needed: for a scenario and for an assumption."""

from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.figures.labels import Labels
from desktop_app.ui.dialogs.catalogue_editor import edit_entry
from desktop_app.ui.dialogs.scenario_editor import edit_scenario
from desktop_app.ui.dialogs.slash_helper import Helper, ask_severity
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.stress import StressPage
from desktop_app.ui.place import Place
from desktop_app.ui.widgets.section import Link
from tests.drivers import click, dialog, settle


def test_the_severity_follows_from_what_is_slashed_together(empty_window: MainWindow, qtbot: QtBot) -> None:
    asked = ask_severity(empty_window, Labels())
    assert asked.foot.reason.text() == "Enter how much is slashed together."
    asked.fields["slashed"].put("360000")
    asked.fields["total"].put("36000000")
    assert "loses 3.20" in asked.words.text()
    with qtbot.waitSignal(asked.used) as used:
        click(asked.foot.primary)
    assert used.args == [pytest.approx((0.0078125 + 0.96 + 0.05521408) / 32, rel=1e-6)]


def test_a_scenario_takes_what_was_worked_out(sample_window: MainWindow, qtbot: QtBot) -> None:
    window = sample_window
    editor = edit_scenario(window, window.document, window.as_of, None)
    settle(qtbot)
    editor.shocks.add("operator:p2p", 1.0)
    editor.shocks.reckoned.emit("operator:p2p")
    asked = dialog(qtbot, Helper)
    asked.fields["slashed"].put("12000000")
    asked.fields["total"].put("36000000")
    click(asked.foot.primary)
    assert editor.shocks.shocks() == {"operator:p2p": 1.0}
    editor.reject()


def test_an_assumption_takes_what_was_worked_out(sample_window: MainWindow, qtbot: QtBot) -> None:
    window = sample_window
    window.go(Place("stress"))
    settle(qtbot)
    page = window.findChild(StressPage)
    assert isinstance(page, StressPage)
    panel = page.assumptions
    panel.table.clearSelection()
    panel.slash.clicked.emit()
    assert panel.wrong.text() == "Choose the node first whose slash you mean."
    panel.table.choose("operator:p2p")
    panel.slash.clicked.emit()
    asked = dialog(qtbot, Helper)
    asked.fields["slashed"].put("32")
    asked.fields["total"].put(str(Decimal(36_000_000)))
    click(asked.foot.primary)
    settle(qtbot)
    node = window.document.portfolio.nodes["operator:p2p"]
    assert node.loss_given_failure == pytest.approx(0.0631 / 32, rel=1e-3)


def test_a_slashing_fact_takes_what_was_worked_out(sample_window: MainWindow, qtbot: QtBot) -> None:
    window = sample_window
    editor = edit_entry(window, window.document, "ethereum-native-staking", ("slashing", 0))
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)
    form = editor.facts.form
    assert form is not None
    link = next(link for link in form.findChildren(Link) if link.text().startswith("Work out"))
    link.clicked.emit()
    asked = dialog(qtbot, Helper)
    asked.fields["slashed"].put("12000000")
    asked.fields["total"].put("36000000")
    click(asked.foot.primary)
    assert form.fields["max_fraction"].text() == "100"
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)
    editor.reject()
