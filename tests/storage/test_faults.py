"""Killed, out of space or locked out at any moment, a save has happened whole or not at all."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, PoolProxiedConnection, event

from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage import connections
from desktop_app.storage.store import Store
from tests.storage.portfolios import sample

LARGE = Portfolio().with_positions(
    *(replace(sample().positions["A"], id=f"p{n}", notes=f"{n} " * 200) for n in range(200))
)


def outcomes(folder: Path, change: str) -> list[str]:
    child = [sys.executable, "-m", "tests.storage.killer", str(folder), change]
    return subprocess.run(child, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_statement_a_save_has_happened_whole_or_not_at_all(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "save")
    assert len(found) > 15
    assert set(found) == {"old", "new"}
    assert found[-1] == "new"
    assert found == sorted(found, key=["old", "new"].index)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_statement_a_new_file_is_complete_or_not_there(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "create")
    assert len(found) > 20
    assert set(found) == {"none", "new"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_statement_an_upgrade_has_happened_whole_or_not_at_all(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "upgrade")
    assert len(found) > 30
    assert set(found) == {"old", "new"}
    assert found[-1] == "new"
    assert found == sorted(found, key=["old", "new"].index)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_step_a_restore_has_happened_whole_or_not_at_all(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "restore")
    assert len(found) > 30
    assert set(found) == {"old", "new"}
    assert found == sorted(found, key=["old", "new"].index)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_step_a_backup_is_whole_or_not_there(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "back_up")
    assert len(found) > 30
    assert set(found) == {"old"}


def test_what_a_kill_left_behind_does_not_stop_the_next_start(tmp_path: Path) -> None:
    tmp_path.joinpath(".p.stakeout.lock").touch()
    tmp_path.joinpath(".p.stakeout.new").write_bytes(b"half a file")
    with Store.create(tmp_path / "p.stakeout", sample()) as store:
        assert store.load() == sample()
    assert [p.name for p in tmp_path.iterdir()] == ["p.stakeout"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    with Store.create(tmp_path / "p.stakeout", sample()) as opened:
        yield opened


def pragma(store: Store, setting: str) -> None:
    with store._engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(f"PRAGMA {setting}")


def assert_usable(store: Store) -> None:
    """Assert that nothing of a failed save is left and that the next one works."""
    assert store.load() == sample()
    store.save(sample(), Portfolio())
    assert store.load() == Portfolio()
    with sqlite3.connect(store.path) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()


def test_a_full_disk_is_said_and_nothing_has_changed(store: Store) -> None:
    def narrow(connection: object, cursor: sqlite3.Cursor, *_: object) -> None:
        cursor.execute("PRAGMA max_page_count = 30")

    event.listen(Engine, "before_cursor_execute", narrow)
    try:
        with pytest.raises(UserError, match="The disk is full"):
            store.save(sample(), LARGE)
    finally:
        event.remove(Engine, "before_cursor_execute", narrow)
    pragma(store, "max_page_count = 1000000")
    assert_usable(store)


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of POSIX")
def test_a_write_error_is_said_and_nothing_has_changed(store: Store) -> None:
    import resource
    import signal

    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (store.path.stat().st_size + 8192, old[1]))
    try:
        with pytest.raises(UserError, match=r"the disk reports an error|The disk is full"):
            store.save(sample(), LARGE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert_usable(store)


def test_a_reader_that_does_not_let_go_is_said_and_nothing_has_changed(store: Store) -> None:
    reader = sqlite3.connect(store.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM nodes").fetchone()
    with pytest.raises(UserError, match="in use by another program"):
        store.save(sample(), Portfolio())
    reader.close()
    assert_usable(store)


def test_an_error_after_the_last_write_is_said_and_nothing_has_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = store._engine.dialect.do_commit

    def commit_and_fail(connection: PoolProxiedConnection) -> None:
        monkeypatch.undo()
        commit(connection)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_DIR_FSYNC"
        raise error

    monkeypatch.setattr(store._engine.dialect, "do_commit", commit_and_fail)
    with pytest.raises(UserError, match="the disk reports an error"):
        store.save(sample(), Portfolio())
    assert_usable(store)


def test_a_write_protected_file_is_said(store: Store) -> None:
    pragma(store, "query_only = ON")
    with pytest.raises(UserError, match="write-protected"):
        store.save(sample(), Portfolio())


def test_a_bug_in_the_middle_of_a_save_changes_nothing(store: Store) -> None:
    broken = replace(sample(), positions={}, prices={"no key": "no price"})  # type: ignore[dict-item]
    with pytest.raises(AttributeError):
        store.save(sample(), broken)
    assert_usable(store)
