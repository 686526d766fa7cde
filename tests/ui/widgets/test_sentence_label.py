"""A sentence: plain words, explained numbers by click and keyboard, a name for readers."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.sentence_label import SentenceLabel, breakable
from tests.drivers import click, press

PARTS = [
    ("USD 412,284", True, "value", False),
    (" in 12 positions. ", False, "", False),
    ("52 %", True, "share:eigenlayer", False),
    (" of it stands on ", False, "", False),
    ("<b>EigenLayer</b>", True, "", False),
    (".", False, "", False),
]


@pytest.fixture
def label(qtbot: QtBot) -> SentenceLabel:
    widget = SentenceLabel()
    qtbot.addWidget(widget)
    widget.resize(900, 60)
    widget.set_parts(PARTS)
    widget.show()
    return widget


def test_a_long_address_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    label = SentenceLabel()
    qtbot.addWidget(label)
    label.set_text(breakable("owner/repository/" + "folder/" * 20))
    label.resize(200, 400)
    label.show()
    assert label.heightForWidth(200) > 2 * label.heightForWidth(2000)
    assert all(word.x + word.width <= 200 for word in label._words)


def test_readers_hear_the_whole_sentence(label: SentenceLabel) -> None:
    said = "USD 412,284 in 12 positions. 52 % of it stands on <b>EigenLayer</b>."
    assert label.accessibleName() == label.text() == said


def test_a_click_on_a_number_asks_for_its_explanation(label: SentenceLabel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(label.explained) as asked:
        click(label, QPoint(20, 10))
    assert asked.args == ["value"]


def test_a_click_on_other_words_asks_nothing(label: SentenceLabel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(label.explained):
        click(label, QPoint(890, 10))


def test_arrows_walk_the_numbers_and_enter_asks(label: SentenceLabel, qtbot: QtBot) -> None:
    label.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(label.hasFocus)
    press(label, Qt.Key.Key_Right)
    with qtbot.waitSignal(label.explained) as asked:
        press(label, Qt.Key.Key_Return)
    assert asked.args == ["share:eigenlayer"]


def test_a_narrow_label_breaks_lines_and_cuts_nothing(label: SentenceLabel) -> None:
    one, three = label.heightForWidth(900), label.heightForWidth(220)
    assert three >= 3 * one
    label.resize(220, three)
    assert max(word.x + word.width for word in label._words if word.text.strip()) <= 220


def test_a_sentence_without_explanations_is_no_stop_for_the_focus(qtbot: QtBot) -> None:
    label = SentenceLabel()
    qtbot.addWidget(label)
    label.set_text("Nothing is recorded yet.")
    assert label.focusPolicy() is Qt.FocusPolicy.NoFocus
