"""Messages on the day: off at first, once for each date, only of the day itself, never of the sample."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.shipped import sample_portfolio
from desktop_app.ui.document import Document
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.reminders import NOT_HERE, Reminders
from tests.builders import position, step, way_out
from tests.drivers import settle

CLAIMED = datetime(2026, 12, 3, tzinfo=UTC).astimezone().date()
"""The day of the sample's second claim, where the test runs."""


class Heard:
    """Hears the messages of a day, and lets the days go by."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []
        self.today = CLAIMED

    def tell(self, title: str, text: str) -> None:
        self.messages.append((title, text))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def document(tmp_path: Path) -> Document:
    document = Document()
    document.create(tmp_path / "me.stakeout", sample_portfolio())
    return document


@pytest.fixture
def reminders(document: Document, heard: Heard) -> Reminders:
    return made(document, heard)


def made(document: Document, heard: Heard, can_tell: Callable[[], bool] = lambda: True) -> Reminders:
    return Reminders(document, document, lambda: heard.today, heard.tell, can_tell)


def test_they_are_off_at_first(reminders: Reminders, heard: Heard, qtbot: QtBot) -> None:
    reminders.look()
    settle(qtbot)
    assert (reminders.are_on, heard.messages) == (False, [])


def test_what_falls_on_the_day_is_told_once(reminders: Reminders, heard: Heard, qtbot: QtBot) -> None:
    assert reminders.switch(True)
    settle(qtbot)
    reminders.look()
    settle(qtbot)
    assert heard.messages == [("Due today", "ATOM: claim")]


def test_another_start_on_that_day_does_not_tell_it_again(
    reminders: Reminders, document: Document, heard: Heard, qtbot: QtBot
) -> None:
    reminders.switch(True)
    settle(qtbot)
    made(document, heard).look()
    settle(qtbot)
    assert len(heard.messages) == 1


def test_each_day_has_its_own(reminders: Reminders, heard: Heard, qtbot: QtBot) -> None:
    reminders.switch(True)
    settle(qtbot)
    for day in (date(2026, 12, 4), date(2027, 3, 25)):
        heard.today = day
        reminders.look()
        settle(qtbot)
    assert [text for _, text in heard.messages] == ["ATOM: claim", "PT-weETH: matures"]


def test_switched_off_they_are_silent(reminders: Reminders, heard: Heard, qtbot: QtBot) -> None:
    reminders.switch(True)
    settle(qtbot)
    assert not reminders.switch(False)
    heard.today = date(2027, 3, 25)
    reminders.look()
    settle(qtbot)
    assert len(heard.messages) == 1


def test_a_claim_without_a_day_is_not_told_every_day(document: Document, heard: Heard, qtbot: QtBot) -> None:
    waited = position("p", exit=way_out(step("q", 5, elapsed_days=5.0)))
    document.edit("Replace", Portfolio().with_positions(waited))
    made(document, heard).switch(True)
    settle(qtbot)
    assert heard.messages == []


def test_a_request_is_told_on_the_day_of_its_clock(document: Document, heard: Heard, qtbot: QtBot) -> None:
    document.edit("Without a day", replace(document.portfolio, as_of=None))
    reminders = made(document, heard)
    heard.today = CLAIMED - timedelta(days=1)
    reminders.switch(True)
    settle(qtbot)
    heard.today = CLAIMED
    reminders.look()
    settle(qtbot)
    assert [text for _, text in heard.messages] == ["ATOM: claim"]


def test_the_sample_reminds_of_nothing(heard: Heard, qtbot: QtBot) -> None:
    paths.data_folder().mkdir(parents=True)
    document = Document()
    document.create(paths.sample_portfolio(), sample_portfolio())
    made(document, heard).switch(True)
    settle(qtbot)
    assert heard.messages == []


def test_opening_a_file_looks_into_it(
    reminders: Reminders, document: Document, heard: Heard, tmp_path: Path, qtbot: QtBot
) -> None:
    heard.today = date(2026, 12, 1)
    reminders.switch(True)
    settle(qtbot)
    heard.today = CLAIMED
    document.create(tmp_path / "other.stakeout", sample_portfolio())
    settle(qtbot)
    assert [text for _, text in heard.messages] == ["ATOM: claim"]


def test_where_the_system_shows_no_messages_that_is_said_and_they_stay_off(
    empty_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    action = empty_window.actions_by_key["remind"]
    action.trigger()
    assert not action.isChecked()
    assert empty_window.banner.words.text() == NOT_HERE
