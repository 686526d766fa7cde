"""Backups are sound and complete; a portfolio is put back whole, and what it replaces is kept."""

import shutil
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage import copies
from desktop_app.storage.backups import back_up, restore
from desktop_app.storage.store import Store, check_header
from tests.storage.portfolios import sample
from tests.storage.test_upgrade import file_of

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A portfolio file."""
    Store.create(tmp_path / "me.stakeout", sample()).close()
    return tmp_path / "me.stakeout"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A portfolio file with other contents."""
    (tmp_path / "away").mkdir()
    Store.create(tmp_path / "away" / "old.stakeout", Portfolio(notice="from before")).close()
    return tmp_path / "away" / "old.stakeout"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- backup ------------------------------------------------------------------------------------------------


def test_a_backup_is_a_whole_portfolio_for_its_owner_only(path: Path) -> None:
    made = back_up(path, NOW)
    assert made == path.parent / "backups" / "me-2026-11-28-093000.stakeout"
    assert Store.read(made) == sample()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert names(made.parent) == [made.name]


def test_a_backup_and_what_is_restored_from_it_have_the_identity_of_the_portfolio(
    path: Path, tmp_path: Path
) -> None:
    made, told = back_up(path, NOW), Store.read_calendar(path)
    moved = path.rename(tmp_path / "renamed.stakeout")
    restore(tmp_path / "again.stakeout", made, NOW)
    for copy in (made, moved, tmp_path / "again.stakeout"):
        assert Store.read_calendar(copy) == told


def test_backups_of_one_second_do_not_replace_each_other(path: Path) -> None:
    made = {back_up(path, NOW) for _ in range(3)}
    assert len(made) == 3
    assert {Store.read(copy) == sample() for copy in made} == {True}


def test_a_backup_is_made_while_the_portfolio_is_open_and_written(path: Path) -> None:
    with Store.open(path) as store:
        store.save(sample(), Portfolio(notice="changed"))
        assert Store.read(back_up(path, NOW)) == Portfolio(notice="changed")


def test_a_backup_goes_where_it_is_wanted_and_replaces_nothing(path: Path, tmp_path: Path) -> None:
    assert back_up(path, NOW, tmp_path / "copy.stakeout") == tmp_path / "copy.stakeout"
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for there in ("copy.stakeout", "link"):
        with pytest.raises(UserError, match="exists already"):
            back_up(path, NOW, tmp_path / there)
    with pytest.raises(UserError, match="could not be written"):
        back_up(path, NOW, tmp_path / "gone" / "copy.stakeout")


def test_a_damaged_portfolio_is_no_backup(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UserError, match="is damaged"):
        back_up(path, NOW)
    assert names(path.parent) == ["me.stakeout"]


def test_a_copy_that_is_not_sound_gets_no_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsound(*_: object) -> None:
        raise sqlite3.DatabaseError("the copy is not sound")

    monkeypatch.setattr(copies, "driver", unsound)
    with pytest.raises(UserError, match="the copy is not sound"):
        back_up(path, NOW)
    assert names(path.parent / "backups") == []


# -- restore -----------------------------------------------------------------------------------------------


def test_a_portfolio_is_put_back_and_the_replaced_one_is_kept(path: Path, backup: Path) -> None:
    aside = restore(path, backup, NOW)
    assert aside == path.with_name("me.replaced-2026-11-28-093000.stakeout")
    assert Store.read(path) == Portfolio(notice="from before")
    assert Store.read(aside) == sample()
    assert names(path.parent) == ["away", aside.name, "me.stakeout"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_portfolio_can_be_replaced_and_is_kept_as_it_was(path: Path, backup: Path) -> None:
    torn = path.read_bytes()[:5000]
    path.write_bytes(torn)
    aside = restore(path, backup, NOW)
    assert aside is not None
    assert aside.read_bytes() == torn
    assert Store.read(path) == Portfolio(notice="from before")


def test_an_unfinished_change_of_the_replaced_file_does_not_reach_the_new_one(
    path: Path, backup: Path
) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    path.with_name("me.stakeout-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    restore(path, backup, NOW)
    assert Store.read(path) == Portfolio(notice="from before")
    assert not path.with_name("me.stakeout-journal").exists()


def test_without_a_portfolio_the_backup_becomes_one(tmp_path: Path, backup: Path) -> None:
    assert restore(tmp_path / "new.stakeout", backup, NOW) is None
    assert Store.read(tmp_path / "new.stakeout") == Portfolio(notice="from before")


def test_a_backup_of_an_older_version_is_put_back_as_it_is(path: Path) -> None:
    restore(path, file_of(1), NOW)
    assert check_header(path) == 1
    Store.open(path).close()


def test_nothing_changes_while_the_portfolio_is_open(path: Path, backup: Path) -> None:
    with Store.open(path), pytest.raises(UserError, match="open in another window"):
        restore(path, backup, NOW)
    assert Store.read(path) == sample()
    assert names(path.parent) == ["away", "me.stakeout"]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"text", None])
def test_what_is_no_sound_portfolio_is_not_put_back(path: Path, backup: Path, content: bytes | None) -> None:
    backup.write_bytes(backup.read_bytes()[:5000] if content is None else content)
    with pytest.raises(UserError, match=r"old\.stakeout"):
        restore(path, backup, NOW)
    assert Store.read(path) == sample()
    assert names(path.parent) == ["away", "me.stakeout"]


def test_a_portfolio_is_not_its_own_backup(path: Path) -> None:
    path.with_name("link.stakeout").symlink_to(path)
    for source in (path, path.with_name("link.stakeout")):
        with pytest.raises(UserError, match="is the portfolio itself"):
            restore(path, source, NOW)


def test_a_file_system_without_links_keeps_a_copy(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    aside = restore(path, backup, NOW)
    assert aside is not None
    assert Store.read(aside) == sample()
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    shutil.copyfile(aside, path)
