from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui import theme
from desktop_app.ui.widgets.fact_row import FactRow, ShownFact
from desktop_app.ui.widgets.section import Link
from desktop_app.ui.widgets.sentence_label import SentenceLabel
from tests.drivers import click, press

FACT = ShownFact(
    text="Queued withdrawal: takes 14 days. <b>{x}</b>",
    sources=[("way out “native” · ", ""), ("a/b c.md", "https://github.com/a/b/blob/HEAD/c.md")],
    dated="1 May 2026",
    state="✓ verified",
    note="100,800 blocks.",
)


def shown(qtbot: QtBot, qapp: QApplication, fact: ShownFact = FACT) -> FactRow:
    theme.set_up(qapp)
    row = FactRow(fact)
    qtbot.addWidget(row)
    row.resize(600, 120)
    with qtbot.waitExposed(row):
        row.show()
    return row


def test_text_is_plain_and_readers_hear_state_and_date(qtbot: QtBot, qapp: QApplication) -> None:
    row = shown(qtbot, qapp)
    assert row.text.text() == FACT.text
    assert row.accessibleName() == f"{FACT.text}, ✓ verified, 1 May 2026"


def test_nothing_is_opened_before_a_click_and_then_the_source(qtbot: QtBot, qapp: QApplication) -> None:
    row, opened = shown(qtbot, qapp), list[str]()
    row.opened.connect(opened.append)
    click(row.sources, QPoint(4, 8))
    assert opened == []
    click(row.sources, row.sources._boxes(1)[0].center())
    assert opened == ["https://github.com/a/b/blob/HEAD/c.md"]


def test_the_keyboard_opens_a_source_and_unfolds_the_note(qtbot: QtBot, qapp: QApplication) -> None:
    row, opened = shown(qtbot, qapp), list[str]()
    row.opened.connect(opened.append)
    row.activateWindow()
    row.sources.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(row.sources.hasFocus)
    press(row.sources, Qt.Key.Key_Return)
    assert len(opened) == 1
    assert notes(row) == []
    press(row.sources, Qt.Key.Key_Right)
    press(row.sources, Qt.Key.Key_Right)
    press(row.sources, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes(row) == [FACT.note])
    press(row.sources, Qt.Key.Key_Return)
    assert notes(row) == []


def notes(row: FactRow) -> list[str]:
    shown = (label for label in row.findChildren(SentenceLabel) if label.isVisible())
    return [label.text() for label in shown if label not in {row.text, row.sources}]


def test_where_it_leads_is_told_before(qtbot: QtBot, qapp: QApplication) -> None:
    assert "https://github.com/a/b/blob/HEAD/c.md" in shown(qtbot, qapp).sources.toolTip()


def test_what_stood_there_before_can_come_back(qtbot: QtBot, qapp: QApplication) -> None:
    fact = ShownFact("Yours.", [], "", "yours", before="Shipped.", back="Back to the shipped value")
    row, restored = shown(qtbot, qapp, fact), list[bool]()
    row.restored.connect(lambda: restored.append(True))
    (link,) = row.findChildren(Link)
    click(link)
    assert restored == [True]
