"""Jobs: the answer comes back on the window's thread, a late one never overwrites a newer one."""

import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.ui import jobs, messages


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def wait(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs.busy())


def test_the_answer_comes_back_on_the_thread_that_asked(qtbot: QtBot, owner: QObject) -> None:
    threads: list[int] = []
    jobs.run(owner, threading.get_ident, lambda ident: threads.extend((ident, threading.get_ident())))
    wait(qtbot)
    worked, told = threads
    assert told == threading.get_ident() != worked


def test_a_late_answer_does_not_overwrite_a_newer_one(qtbot: QtBot, owner: QObject) -> None:
    answers: list[str] = []
    newer_is_in = threading.Event()

    def old() -> str:
        newer_is_in.wait(10)
        return "old"

    jobs.run(owner, old, answers.append)
    jobs.run(owner, lambda: "new", answers.append)
    qtbot.waitUntil(lambda: answers == ["new"])
    newer_is_in.set()
    wait(qtbot)
    assert answers == ["new"]


def test_topics_of_one_owner_do_not_drop_each_other(qtbot: QtBot, owner: QObject) -> None:
    answers: list[str] = []
    jobs.run(owner, lambda: "graph", answers.append, topic="graph")
    jobs.run(owner, lambda: "panel", answers.append, topic="panel")
    wait(qtbot)
    assert sorted(answers) == ["graph", "panel"]


def test_an_answer_that_nobody_wants_any_more_is_dropped(qtbot: QtBot, owner: QObject) -> None:
    answers: list[str] = []
    jobs.run(owner, lambda: "late", answers.append)
    jobs.drop(owner)
    wait(qtbot)
    assert answers == []


def test_the_answer_for_an_owner_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    answers: list[str] = []
    gone = QObject()
    jobs.run(gone, lambda: "late", answers.append)
    del gone
    wait(qtbot)
    assert answers == []


def test_what_the_user_can_fix_becomes_a_message(qtbot: QtBot, owner: QObject) -> None:
    def fail() -> None:
        raise UserError("There is no such file.", "Check the name.")

    with qtbot.waitSignal(messages.posted) as told:
        jobs.run(owner, fail, lambda _: None)
    assert told.args == ["There is no such file. Check the name."]


def test_our_bug_reaches_the_bug_handler_and_later_answers_still_arrive(qtbot: QtBot, owner: QObject) -> None:
    answers: list[int] = []
    with qtbot.captureExceptions() as caught:
        jobs.run(owner, lambda: 1 // 0, answers.append)
        wait(qtbot)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    jobs.run(owner, lambda: 1, answers.append)
    wait(qtbot)
    assert answers == [1]


def test_a_working_thread_makes_room_for_the_window(qtbot: QtBot, owner: QObject) -> None:
    jobs.run(owner, lambda: None, lambda _: None)
    wait(qtbot)
    assert sys.getswitchinterval() == pytest.approx(jobs.SWITCH_INTERVAL)


class Painted(QWidget):
    """Tells when it is painted."""

    def __init__(self, log: list[str]) -> None:
        super().__init__()
        self.log = log

    def paintEvent(self, _: QPaintEvent) -> None:
        self.log.append("painted")


def test_what_the_window_shows_is_painted_before_the_work_begins(qtbot: QtBot, owner: QObject) -> None:
    log: list[str] = []
    widget = Painted(log)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    log.clear()
    widget.update()
    jobs.run(owner, lambda: log.append("worked"), lambda _: None)
    wait(qtbot)
    assert log == ["painted", "worked"]


def test_work_asked_for_at_the_very_end_is_still_done(owner: QObject) -> None:
    log: list[str] = []
    jobs.run(owner, lambda: log.append("saved"), lambda _: None)
    jobs.finish()
    assert log == ["saved"]


class Large:
    """Something that should not outlive the work."""


def test_an_error_of_the_user_does_not_keep_what_the_work_has_made(qtbot: QtBot, owner: QObject) -> None:
    made: list[weakref.ref[Large]] = []

    def work() -> None:
        large = Large()
        made.append(weakref.ref(large))
        raise UserError("No.")

    jobs.run(owner, work, lambda _: None, lambda _: None)
    wait(qtbot)
    assert [ref() for ref in made] == [None]
