"""The exit queue is entered beside the timeline, each change one edit, and everything answers at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.congestion import Congestion, Fork
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.queue_box import QueueBox
from desktop_app.ui.pages.withdrawals import WithdrawalsPage
from desktop_app.ui.place import Place
from tests.builders import drawn
from tests.conftest import Undoable
from tests.drivers import choose, press, settle, write
from tests.report.holdings import spoken
from tests.ui.conftest import OpenWindow

AS_OF = date(2026, 11, 24)


@pytest.fixture
def page(sample_window: MainWindow, qtbot: QtBot) -> WithdrawalsPage:
    sample_window.resize(1280, 720)
    sample_window.go(Place("withdrawals"))
    settle(qtbot)
    assert isinstance(sample_window.page, WithdrawalsPage)
    return sample_window.page


@pytest.fixture
def box(page: WithdrawalsPage) -> QueueBox:
    return page.panel.queue


def enter(box: QueueBox, text: str) -> None:
    box.amount.setFocus()
    box.amount.selectAll()
    press(box.amount, Qt.Key.Key_Delete)
    write(box.amount, text)
    press(box.amount, Qt.Key.Key_Return)


def congestion(page: WithdrawalsPage) -> Congestion:
    return page.document.portfolio.congestion


def validator(page: WithdrawalsPage) -> float:
    """Return the typical days of the validator in the timeline."""
    assert page.answer is not None
    (row,) = (row for row in page.answer.rows if row.name == "32 ETH validator")
    return row.finish.typical or 0.0


def test_the_stored_queue_is_shown_with_its_date_and_what_it_means(box: QueueBox) -> None:
    assert (box.amount.text(), box.slider.value()) == ("1,240,000", 1_240_000)
    assert spoken(box.dated.text()) == "23 Nov 2026"
    assert spoken(box.sentence.text()) == (
        "21.5 days to leave at 256 ETH an epoch. The 32 ETH validator is out on 21 December."
    )
    assert "45 days and 14 January 2027" in spoken(box.what_if.text())


def test_a_typed_queue_is_one_edit_and_everything_answers(
    page: WithdrawalsPage, box: QueueBox, undoable: Undoable, qtbot: QtBot
) -> None:
    before = validator(page)
    with undoable(page.document):
        enter(box, "2,600,000")
    settle(qtbot)
    assert congestion(page) == Congestion(Decimal(2_600_000), AS_OF)
    assert page.document.undo_stack.undoText() == "Exit queue of 2,600,000 ETH"
    assert validator(page) > before + 23
    assert spoken(box.sentence.text()).startswith("45.2 days to leave")
    assert "14 January 2027" in spoken(box.sentence.text())
    assert box.what_if.isHidden()


def test_the_same_queue_again_is_no_edit(page: WithdrawalsPage, box: QueueBox) -> None:
    for text in ("1,240,000", "1240000", "1240000.0"):
        enter(box, text)
        assert box.amount.text() == "1,240,000"
    assert page.document.undo_stack.count() == 0


@pytest.mark.parametrize(
    ("text", "told"), [("many", "“many” is no amount of ETH."), ("-5", "from 0 to"), ("1e99", "from 0 to")]
)
def test_what_cannot_be_is_said_and_not_stored(
    page: WithdrawalsPage, box: QueueBox, text: str, told: str
) -> None:
    enter(box, text)
    assert told in box.wrong.text()
    assert box.wrong.isVisible()
    assert box.amount.property("wrong")
    assert page.document.undo_stack.count() == 0
    enter(box, "1,240,000")
    assert box.wrong.isHidden()


def test_a_queue_can_be_forgotten(
    page: WithdrawalsPage, box: QueueBox, undoable: Undoable, qtbot: QtBot
) -> None:
    with undoable(page.document):
        enter(box, "")
    settle(qtbot)
    assert congestion(page) == Congestion()
    assert "not known" in box.sentence.text()
    assert validator(page) == 0.0
    assert box.dated.isHidden()


def test_the_handle_says_what_if_and_stores_when_it_is_let_go(
    page: WithdrawalsPage, box: QueueBox, undoable: Undoable, qtbot: QtBot
) -> None:
    box.slider.setSliderDown(True)
    box.slider.setSliderPosition(2_000_000)
    assert spoken(box.sentence.text()).startswith(
        "34.7 days to leave at 256 ETH an epoch. The 32 ETH validator"
    )
    assert page.document.undo_stack.count() == 0
    with undoable(page.document):
        box.slider.setSliderDown(False)
    settle(qtbot)
    assert congestion(page) == Congestion(Decimal(2_000_000), AS_OF)
    assert box.amount.text() == "2,000,000"


def test_keys_move_the_handle_and_the_wheel_does_not(
    page: WithdrawalsPage, box: QueueBox, undoable: Undoable
) -> None:
    with undoable(page.document):
        press(box.slider, Qt.Key.Key_Right)
    assert congestion(page).queue_eth == 1_260_000
    nothing = QPoint()
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        nothing,
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box.slider, turned)
    assert congestion(page).queue_eth == 1_260_000


def test_its_date_is_chosen_in_a_calendar(
    page: WithdrawalsPage, box: QueueBox, undoable: Undoable, qtbot: QtBot
) -> None:
    press(box.dated, Qt.Key.Key_Return)
    assert box.calendar.isVisible()
    with undoable(page.document):
        box.calendar.calendar.activated.emit(QDate(2026, 11, 22))
    settle(qtbot)
    assert congestion(page).dated == date(2026, 11, 22)
    assert spoken(box.dated.text()) == "22 Nov 2026"
    press(box.dated, Qt.Key.Key_Space)
    box.calendar.today.click()
    assert congestion(page).dated == AS_OF


def test_the_stake_and_the_fork_set_the_churn(
    page: WithdrawalsPage, box: QueueBox, undoable: Undoable, qtbot: QtBot
) -> None:
    assert (box.stake.placeholderText(), box.staked.text()) == ("36,000,000", "ETH, assumed")
    with undoable(page.document):
        write(box.stake, "10,000,000")
        press(box.stake, Qt.Key.Key_Return)
    settle(qtbot)
    assert "at 152 ETH an epoch" in box.sentence.text()
    assert box.staked.text() == "ETH"
    with undoable(page.document):
        box.gloas.click()
    settle(qtbot)
    assert congestion(page).fork is Fork.GLOAS
    assert "at 305 ETH an epoch" in box.sentence.text()


def test_the_numbers_explain_themselves(page: WithdrawalsPage, box: QueueBox) -> None:
    box.sentence.explained.emit("queue")
    assert page.explanation.isVisible()
    said = " ".join(words.text() for words in page.explanation.findChildren(QLabel))
    assert "4,848 epochs" in spoken(said)
    box.sentence.explained.emit("queue-out")
    said = " ".join(words.text() for words in page.explanation.findChildren(QLabel))
    assert "21 December" in spoken(said)


def test_where_nothing_waits_or_matures_the_panel_asks_for_a_row_alone(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(None)
    window.resize(1280, 720)
    window.document.edit("Add", drawn("me: 1000 -> T"))
    window.go(Place("withdrawals"))
    settle(qtbot)
    page = window.page
    assert isinstance(page, WithdrawalsPage)
    assert page.panel.queue.isHidden()
    assert page.panel.maturities.isHidden()
    assert page.panel.requests.isHidden()
    assert page.panel.way.hint.isVisible()
    page.timeline.choose("me#")
    assert page.panel.way.sentence.text() == "No way out is known. Open the position and enter its steps."


def test_maturities_are_listed(page: WithdrawalsPage, sample_window: MainWindow) -> None:
    assert page.panel.maturities.isVisible()
    assert page.panel.rows.count() == 1
    choose(sample_window, "show_table")
    assert page.panel.isVisible()


def test_an_edit_that_cannot_be_saved_is_taken_back(
    page: WithdrawalsPage, box: QueueBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = page.document.path
    assert path is not None
    page.document.close()
    path.unlink()
    path.mkdir()
    enter(box, "7")
    assert box.amount.text() == "1,240,000"
    assert congestion(page) == replace(congestion(page), queue_eth=Decimal(1_240_000))


def test_other_queues_take_as_many_times_as_long_as_is_typed(
    page: WithdrawalsPage, qtbot: QtBot, undoable: Undoable
) -> None:
    field = page.panel.others.times
    assert (field.text(), field.isVisible()) == ("1", True)

    def steth() -> float | None:
        assert page.answer is not None
        return next(row.finish.max for row in page.answer.rows if row.position == "wstETH")

    before = steth()
    field.setText("2,5")
    field.editingFinished.emit()
    assert page.panel.others.wrong.text() == "“2,5” is not a number."
    field.setText("2.5")
    with undoable(page.document):
        field.editingFinished.emit()
    settle(qtbot)
    assert page.document.undo_stack.undoText() == "Other queues 2.5 times as long"
    assert (steth() or 0) > (before or 0)
    field.setText("0")
    field.editingFinished.emit()
    assert "more than 0" in page.panel.others.wrong.text()
