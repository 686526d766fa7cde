"""Files of every older version open, and lose nothing on the way to this one."""

import shutil
import sqlite3
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection

from desktop_app.domain.interchange import loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage import migrations
from desktop_app.storage.store import Store, check_header
from desktop_app.storage.tables import SCHEMA_VERSION
from tests.storage.test_opening import print_of

VERSIONS = Path(__file__).parent.parent / "data" / "versions"
OLD = range(1, SCHEMA_VERSION)


def file_of(version: int) -> Path:
    return VERSIONS / f"version-{version}.stakeout"


def content_of(version: int) -> Portfolio:
    """Return what the program of that version said was in its file."""
    return loads((VERSIONS / f"version-{version}.json").read_text("utf-8"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a copy of the first version's file."""
    path = tmp_path / "me.stakeout"
    shutil.copyfile(file_of(1), path)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("version", OLD)
def test_a_file_of_every_older_version_is_kept(version: int) -> None:
    assert check_header(file_of(version)) == version
    content = content_of(version)
    for rows in (content.positions, content.nodes, content.edges, content.groups, content.scenarios):
        assert rows
    assert content.movements
    assert content.prices


@pytest.mark.parametrize("version", OLD)
def test_a_file_of_every_older_version_opens(tmp_path: Path, version: int) -> None:
    path = tmp_path / "me.stakeout"
    shutil.copyfile(file_of(version), path)
    with Store.open(path) as store:
        assert store.load() == content_of(version)
        store.save(content_of(version), Portfolio())
    assert check_header(path) == SCHEMA_VERSION
    assert Store.read(path) == Portfolio()


@pytest.mark.parametrize("version", OLD)
def test_reading_an_older_file_changes_nothing(tmp_path: Path, version: int) -> None:
    shutil.copyfile(file_of(version), tmp_path / "me.stakeout")
    before = print_of(tmp_path)
    assert Store.read(tmp_path / "me.stakeout") == content_of(version)
    assert print_of(tmp_path) == before


def test_an_upgraded_file_has_the_columns_of_a_new_one(tmp_path: Path, old: Path) -> None:
    Store.open(old).close()
    Store.create(tmp_path / "new.stakeout").close()
    assert columns(old) == columns(tmp_path / "new.stakeout")


def columns(path: Path) -> dict[str, set[tuple[object, ...]]]:
    file = sqlite3.connect(path)
    tables = [name for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = {t: {row[1:4] for row in file.execute(f"PRAGMA table_info({t})")} for t in tables}
    file.close()
    return found


def test_an_upgraded_file_has_an_identity_that_a_look_at_it_before_has_told(tmp_path: Path) -> None:
    identities = set()
    for version in OLD:
        path = tmp_path / f"{version}.stakeout"
        shutil.copyfile(file_of(version), path)
        told = Store.read_calendar(path)
        with Store.open(path) as store:
            assert store.calendar() == told == Store.read_calendar(path)
        assert not told.told
        identities.add(UUID(told.identity))
    assert len(identities) == 4  # the files of versions 3 to 5 hold the same positions


def test_two_empty_files_are_not_one(tmp_path: Path) -> None:
    for name in ("a", "b"):
        shutil.copyfile(file_of(6), tmp_path / name)
        file = sqlite3.connect(tmp_path / name)
        file.executescript("DELETE FROM positions")
        file.close()
    assert Store.read_calendar(tmp_path / "a") != Store.read_calendar(tmp_path / "b")


def test_an_upgraded_file_still_refuses_what_is_no_amount(old: Path) -> None:
    Store.open(old).close()
    file = sqlite3.connect(old)
    with pytest.raises(sqlite3.IntegrityError, match="adjustment_is_decimal_text"):
        file.execute("UPDATE positions SET adjustment = 'many'")
    with pytest.raises(sqlite3.IntegrityError, match="identity_is_not_empty"):
        file.execute("UPDATE settings SET identity = ''")
    with pytest.raises(sqlite3.IntegrityError, match="changed_is_utc"):
        file.execute("INSERT INTO calendar VALUES ('u', 1, '', '2026-12-03', NULL, '', 1, 'today', 0)")
    file.close()


def test_the_file_as_it_was_stays_beside_it(old: Path) -> None:
    Store.open(old).close()
    copy = old.with_name("me.version-1.stakeout")
    assert {p.name for p in old.parent.iterdir()} == {old.name, copy.name}
    assert check_header(copy) == 1
    assert copy.stat().st_mode & 0o777 == 0o600
    assert Store.read(copy) == content_of(1)


def test_the_same_upgrade_again_keeps_no_second_copy_and_another_file_replaces_none(old: Path) -> None:
    before = old.read_bytes()
    Store.open(old).close()
    old.write_bytes(before)
    Store.open(old).close()
    assert len(list(old.parent.iterdir())) == 2
    old.write_bytes(before)
    file = sqlite3.connect(old)
    file.executescript("UPDATE positions SET notes = 'another'")
    file.close()
    Store.open(old).close()
    assert Store.read(old.with_name("me.version-1.stakeout")) == content_of(1)
    assert Store.read(old.with_name("me.version-1-2.stakeout")) != content_of(1)


@pytest.mark.parametrize(
    "loss",
    [
        "DELETE FROM movements WHERE line = 3",
        "UPDATE movements SET amount = '0.050000000000000000001' WHERE line = 3",
        "DELETE FROM parts",
        "DROP TABLE prices",
    ],
)
def test_a_step_that_would_lose_something_is_taken_back(
    old: Path, monkeypatch: pytest.MonkeyPatch, loss: str
) -> None:
    def step(connection: Connection) -> None:
        migrations.version_2.step(connection)
        connection.exec_driver_sql(loss)

    monkeypatch.setitem(migrations.STEPS, 2, step)
    with pytest.raises(UserError, match="without a loss"):
        Store.open(old)
    with pytest.raises(UserError, match="without a loss"):
        Store.read(old)
    monkeypatch.undo()
    assert check_header(old) == 1
    assert Store.read(old) == content_of(1)


def test_a_damaged_older_file_is_left_as_it_is(old: Path) -> None:
    file = sqlite3.connect(old)
    file.executescript("UPDATE movements SET amount = '1-1' WHERE line = 3")
    file.close()
    before = old.read_bytes()
    with pytest.raises(UserError, match="damaged"):
        Store.open(old)
    assert old.read_bytes() == before
