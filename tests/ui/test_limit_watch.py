"""What breaks a limit and mends it is logged beside the window, as a part of the edit that did it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.storage.store import Store
from desktop_app.ui.document import Document
from desktop_app.ui.limit_watch import LimitWatch
from tests.builders import drawn
from tests.drivers import settle

TODAY = date(2026, 11, 24)
LATER = date(2026, 12, 1)
X = limit_of(LimitKind.NODE_SHARE, "X", 0.5)
START = drawn("a: 400 -> X", "b: 600 -> Y").with_limits(X)


class Watched:
    """A document, its watch, and how many limits were broken each time that it looked."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.document = Document()
        self.watch = LimitWatch(self.document, self.document, lambda: self.today)
        self.today = TODAY
        self.counts: list[int] = []
        self.watch.counted.connect(self.counts.append)
        self.document.changed.connect(lambda _: self.watch.look(self.today))
        self.document.create(path, START)
        self._qtbot = qtbot
        settle(qtbot)

    def make(self, text: str, on_x: int) -> None:
        self.edit(text, on_x)
        settle(self._qtbot)

    def edit(self, text: str, on_x: int) -> None:
        held = self.document.portfolio
        a = replace(held.positions["a"], value=Decimal(on_x))
        self.document.edit(text, held.with_positions(a))

    def undo(self) -> None:
        self.document.stack.undo()
        settle(self._qtbot)

    def redo(self) -> None:
        self.document.stack.redo()
        settle(self._qtbot)

    @property
    def log(self) -> list[tuple[str, date | None, str]]:
        held: Portfolio = self.document.portfolio
        return [(b.broken_by, b.mended_on, b.mended_by) for b in held.breaks.values()]


@pytest.fixture
def watched(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    result = Watched(tmp_path / "me.stakeout", qtbot)
    yield result
    settle(qtbot)
    result.document.close()


def test_a_break_is_logged_with_its_day_and_its_edit_and_so_is_its_end(watched: Watched) -> None:
    watched.make("Buy more", 900)
    (found,) = watched.document.portfolio.breaks.values()
    assert found.broke_on == TODAY
    assert found.figure == pytest.approx(0.6)
    watched.today = LATER
    watched.make("Sell it", 100)
    assert watched.log == [("Buy more", LATER, "Sell it")]
    assert watched.counts[-1] == 0
    assert watched.document.path is not None
    assert Store.read(watched.document.path) == watched.document.portfolio


def test_the_log_is_no_step_of_undo_and_goes_with_its_edit(watched: Watched) -> None:
    watched.make("Buy more", 900)
    assert watched.document.undo_stack.count() == 1
    watched.undo()
    assert (watched.log, watched.document.portfolio) == ([], START)
    watched.redo()
    assert watched.log == [("Buy more", None, "")]


def test_edits_that_come_faster_than_they_are_judged_are_named_together(
    watched: Watched, qtbot: QtBot
) -> None:
    watched.edit("Buy more", 900)
    watched.edit("Call it Cold", 950)
    settle(qtbot)
    assert watched.log == [("Buy more, Call it Cold", None, "")]


def test_what_is_only_tried_is_counted_and_not_logged(watched: Watched) -> None:
    watched.document.try_out()
    watched.make("Buy more", 900)
    assert (watched.counts[-1], watched.log) == (1, [])
    watched.document.apply(watched.document.applying()())
    settle(watched._qtbot)
    assert watched.log == [("Buy more", None, "")]


def test_what_was_broken_when_the_file_was_opened_is_logged_as_found(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    watched = Watched(tmp_path / "other.stakeout", qtbot)
    tight = replace(X, bound=0.3)
    watched.document.create(tmp_path / "me.stakeout", START.with_limits(tight))
    settle(qtbot)
    before = (tmp_path / "me.stakeout").read_bytes()
    assert (watched.counts[-1], watched.log) == (1, [])
    assert (tmp_path / "me.stakeout").read_bytes() == before
    watched.make("Buy more", 900)
    assert watched.log == [("", None, "")]
    watched.document.close()
