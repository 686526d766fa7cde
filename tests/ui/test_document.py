"""The document: an edit is on disk when it is shown, and one step of undo; a failed one changes nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import shipped
from desktop_app.domain.calendar_log import Told
from desktop_app.domain.import_undo import without_import
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position
from desktop_app.errors import UserError
from desktop_app.storage.store import Store
from desktop_app.ui.document import Document
from tests.conftest import Undoable
from tests.csv_import.reading import imported
from tests.csv_import.test_plan import DATA

NOW = datetime(2026, 11, 28, tzinfo=UTC)
WEETH = Portfolio().with_positions(Position("p1", "weETH", "weETH", "ETH"))


@pytest.fixture
def document(qapp: QApplication, tmp_path: Path) -> Iterator[Document]:
    result = Document()
    result.create(tmp_path / "me.stakeout")
    yield result
    result.close()


def write_protect(document: Document) -> list[str]:
    """Make the open file refuse changes; return the list that its failures will be told in."""
    told: list[str] = []
    document.failed.connect(told.append)
    assert document._store is not None
    with document._store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    return told


def test_an_edit_is_one_step_of_undo(document: Document, undoable: Undoable) -> None:
    with undoable(document):
        document.edit("Add weETH", WEETH)


def test_undo_is_offered_by_name(document: Document) -> None:
    document.edit("Add weETH", WEETH)
    assert document.undo_stack.undoText() == "Add weETH"


def test_an_edit_is_told_with_the_new_portfolio(document: Document) -> None:
    told: list[Portfolio] = []
    document.changed.connect(told.append)
    document.edit("Add weETH", WEETH)
    document.undo_stack.undo()
    assert told == [WEETH, Portfolio()]


def test_what_a_calendar_has_told_is_kept_and_no_step_of_undo(document: Document) -> None:
    document.edit("Add weETH", WEETH)
    log, keep = document.calendar()()
    told = replace(log, told={"u": Told("u", "weETH", date(2026, 12, 3), None, "", 1, NOW)})
    keep(told)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.calendar()()[0] == told != log


def test_what_a_calendar_has_told_goes_into_no_other_file(document: Document, tmp_path: Path) -> None:
    log, keep = document.calendar()()
    document.create(tmp_path / "other.stakeout")
    with pytest.raises(UserError, match="Another file is open"):
        keep(log)
    document.start(tmp_path / "new.stakeout")
    log, keep = document.calendar()()
    assert not log.told
    with pytest.raises(UserError, match="or none yet"):
        keep(log)


def test_a_calendar_that_is_kept_and_an_edit_wait_for_each_other(document: Document) -> None:
    log, keep = document.calendar()()
    told = {str(n): Told(str(n), "", date.min, None, "", n, NOW) for n in range(30)}
    with ThreadPoolExecutor(1) as pool:
        kept = [pool.submit(keep, replace(log, told={uid: entry})) for uid, entry in told.items()]
        for n in range(30):
            document.edit(f"Edit {n}", replace(document.portfolio, notice=str(n)))
    assert [job.exception() for job in kept] == [None] * 30
    assert document.calendar()()[0].told == told
    assert Store.read(document.path or Path()).notice == document.portfolio.notice == "29"


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    document.edit("Nothing", document.portfolio)
    assert document.undo_stack.count() == 0


def test_an_edit_that_cannot_be_saved_changes_nothing_and_is_told(document: Document) -> None:
    told = write_protect(document)
    document.edit("Add weETH", WEETH)
    assert document.portfolio.is_empty
    assert document.undo_stack.count() == 0
    assert told == [
        "“me.stakeout” cannot be changed: it is write-protected. Change its permissions or copy it."
    ]


def test_an_undo_that_cannot_be_saved_keeps_what_is_shown(document: Document) -> None:
    document.edit("Add weETH", WEETH)
    told = write_protect(document)
    document.undo_stack.undo()
    assert document.portfolio == WEETH
    assert told == [
        "“me.stakeout” cannot be changed: it is write-protected. Change its permissions or copy it."
    ]


def test_our_bug_while_saving_changes_nothing_and_reaches_the_bug_handler(
    document: Document, qtbot: QtBot
) -> None:
    unsavable = Portfolio().with_positions(Position("p1", "weETH", "weETH", "ETH", status="mad"))  # type: ignore[arg-type]
    with qtbot.captureExceptions() as caught:
        document.edit("Add weETH", unsavable)
    assert len(caught) == 1
    assert document.portfolio.is_empty
    assert document.undo_stack.count() == 0


def test_the_first_edit_makes_the_file(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "mine.stakeout"
    document = Document()
    document.start(path)
    assert not path.exists()
    document.edit("Add weETH", WEETH)
    document.close()
    assert Store.read(path) == WEETH


def test_what_was_edited_is_there_after_reopening(document: Document, qapp: QApplication) -> None:
    document.edit("Add weETH", WEETH)
    assert document.path is not None
    document.close()
    again = Document()
    again.open(document.path)
    assert again.portfolio == WEETH
    again.close()


def test_a_file_that_cannot_be_opened_leaves_the_open_one(document: Document, tmp_path: Path) -> None:
    document.edit("Add weETH", WEETH)
    torn = tmp_path / "torn.stakeout"
    torn.write_bytes(b"")
    with pytest.raises(UserError, match="empty file"):
        document.open(torn)
    assert document.portfolio == WEETH
    document.edit("Remove weETH", Portfolio())
    assert document.portfolio.is_empty


def test_another_file_starts_without_undo(document: Document, tmp_path: Path) -> None:
    document.edit("Add weETH", WEETH)
    document.create(tmp_path / "other.stakeout")
    assert document.undo_stack.count() == 0
    assert document.portfolio.is_empty


def test_opening_the_open_file_changes_nothing(document: Document) -> None:
    document.edit("Add weETH", WEETH)
    assert document.path is not None
    document.open(document.path)
    assert document.undo_stack.count() == 1


def test_ledgers_and_their_undoing_are_steps_like_all_others(document: Document, undoable: Undoable) -> None:
    kraken = (DATA / "kraken_ledgers.csv").read_bytes()
    half = b"".join(kraken.splitlines(keepends=True)[:12])
    with undoable(document):
        document.edit("Import", imported(half, document.portfolio, "half"))
    with undoable(document):
        document.edit("Import", imported(kraken, document.portfolio, "whole"))
    with undoable(document):
        document.edit("Undo import", without_import(document.portfolio, shipped.catalogue(), "half"))
