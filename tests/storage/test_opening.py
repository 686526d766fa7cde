"""What is no sound portfolio of ours is refused with one sentence, and left as it is."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.storage.store import Store
from desktop_app.storage.tables import SCHEMA_VERSION
from tests.storage.portfolios import sample


def portfolio_file(path: Path, change: str = "") -> None:
    Store.create(path, sample()).close()
    file = sqlite3.connect(path)
    file.executescript(change)
    file.close()


def database(path: Path) -> None:
    file = sqlite3.connect(path)
    file.execute("CREATE TABLE notes (id)")
    file.commit()
    file.close()


def of_a_newer_version(path: Path) -> None:
    portfolio_file(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def without_a_table(path: Path) -> None:
    portfolio_file(path, "DROP TABLE edges")


def without_settings(path: Path) -> None:
    portfolio_file(path, "DELETE FROM settings")


def without_version(path: Path) -> None:
    portfolio_file(path, "PRAGMA user_version = 0")


def with_a_lost_part(path: Path) -> None:
    portfolio_file(path, "PRAGMA foreign_keys = OFF; DELETE FROM parts")


def with_a_word_for_an_amount(path: Path) -> None:
    portfolio_file(path, "PRAGMA ignore_check_constraints = ON; UPDATE positions SET quantity = 'many'")


def with_a_minus_for_an_amount(path: Path) -> None:
    portfolio_file(path, "UPDATE positions SET quantity = '1-1'")


def with_broken_json(path: Path) -> None:
    portfolio_file(path, "UPDATE parts SET content = '[1}]'")


def torn(path: Path) -> None:
    portfolio_file(path)
    os.truncate(path, path.stat().st_size // 2)


def cut_in_the_header(path: Path) -> None:
    portfolio_file(path)
    os.truncate(path, 64)


def with_pages_of_zeros(path: Path) -> None:
    portfolio_file(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))


def with_a_trigger(path: Path) -> None:
    portfolio_file(
        path, "CREATE TRIGGER evil AFTER UPDATE ON positions BEGIN SELECT load_extension('evil'); END"
    )


def with_a_view_for_a_table(path: Path) -> None:
    portfolio_file(
        path,
        "ALTER TABLE edges RENAME TO hidden; CREATE VIEW edges AS SELECT * FROM hidden; DROP TABLE hidden",
    )


def with_a_virtual_table(path: Path) -> None:
    portfolio_file(path, "DROP TABLE edges; CREATE VIRTUAL TABLE edges USING rtree(id, a, b)")


def with_a_table_of_another_program(path: Path) -> None:
    portfolio_file(path, "CREATE TABLE notes (id)")


def missing(path: Path) -> None:
    assert not path.exists()


CASES: dict[Callable[[Path], object], str] = {
    Path.touch: "is an empty file",
    database: "a database of another program",
    lambda path: path.write_text("asset,quantity\nETH,1\n"): "is not a portfolio",
    of_a_newer_version: rf"newer .*version {SCHEMA_VERSION + 1}, this program knows {SCHEMA_VERSION}",
    without_version: "damaged",
    without_a_table: "damaged",
    without_settings: r"damaged \(its settings are missing\)",
    with_a_lost_part: "damaged",
    with_a_word_for_an_amount: "damaged",
    with_a_minus_for_an_amount: "damaged",
    with_broken_json: r"damaged \(it holds a value that cannot be\)",
    torn: r"damaged \(a part of it cannot be read\)",
    cut_in_the_header: "damaged",
    with_pages_of_zeros: "damaged",
    Path.mkdir: "is not a file",
    os.mkfifo: "is not a file",
    missing: "There is no portfolio",
    with_a_trigger: "has not made: “evil”",
    with_a_view_for_a_table: "has not made: “edges”",
    with_a_virtual_table: "has not made: “edges",
    with_a_table_of_another_program: "has not made: “notes”",
}


def print_of(folder: Path) -> dict[str, tuple[str, int]]:
    """Return the content and time of every file of a folder."""
    return {
        p.name: (hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "", p.stat().st_mtime_ns)
        for p in folder.iterdir()
    }


def opened(path: Path) -> None:
    with Store.open(path) as store:
        store.load()


@pytest.mark.parametrize("way", [opened, Store.read])
@pytest.mark.parametrize(("make", "sentence"), CASES.items())
def test_refused_and_untouched(
    tmp_path: Path, make: Callable[[Path], object], sentence: str, way: Callable[[Path], object]
) -> None:
    path = tmp_path / "p.stakeout"
    make(path)
    before = print_of(tmp_path)
    with pytest.raises(UserError, match=sentence) as caught:
        way(path)
    assert caught.value.text.count(". ") == 0
    assert print_of(tmp_path) == before


def test_a_file_cut_anywhere_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "p.stakeout"
    portfolio_file(path)
    whole = path.read_bytes()
    for length in range(0, len(whole), 512):
        path.write_bytes(whole[:length])
        with pytest.raises(UserError):
            opened(path)
        assert path.read_bytes() == whole[:length]


def test_a_flipped_byte_never_crashes_and_is_never_written_back(tmp_path: Path) -> None:
    path = tmp_path / "p.stakeout"
    portfolio_file(path)
    whole = path.read_bytes()
    refused = 0
    for at in range(0, len(whole), 397):
        path.write_bytes(changed := whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            opened(path)
        except UserError:
            refused += 1
        assert path.read_bytes() == changed
    assert refused > 10


def test_what_another_program_added_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "p.stakeout"
    portfolio_file(path, "ALTER TABLE positions ADD COLUMN mine TEXT; CREATE INDEX i ON edges (id); ANALYZE")
    assert Store.read(path) == sample()
    opened(path)


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    portfolio_file(tmp_path / "p.stakeout")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UserError, match="cannot be changed"):
            Store.open(tmp_path / "p.stakeout")
        assert Store.read(tmp_path / "p.stakeout") == sample()
    finally:
        tmp_path.chmod(0o700)
