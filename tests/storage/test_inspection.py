"""A portfolio file is looked over part by part; what is wrong is said and nothing is changed."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.checkup import Checkup, Part
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.shipped import sample_portfolio
from desktop_app.storage.inspection import inspect
from desktop_app.storage.store import Store
from tests.storage.test_opening import print_of
from tests.storage.test_upgrade import OLD, file_of

TODAY = date(2026, 11, 28)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A portfolio file with the sample in it."""
    Store.create(tmp_path / "me.stakeout", sample_portfolio()).close()
    return tmp_path / "me.stakeout"


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(statement)


def wrong(found: Checkup) -> dict[Part, tuple[str, ...]]:
    return {part: issues for part, issues in found.found.items() if issues}


def test_a_sound_file_is_looked_over_in_every_part(path: Path) -> None:
    found = inspect(path, TODAY)
    assert set(found.found) == set(Part)
    assert found.wrong == 0
    assert found.counts["positions"] == 12


def test_nothing_is_changed_also_of_a_file_that_is_open(path: Path) -> None:
    before = print_of(path.parent)
    with Store.open(path):
        inspect(path, TODAY)
    assert print_of(path.parent) == before


@pytest.mark.parametrize("version", OLD)
def test_a_file_of_an_older_version_is_looked_over_as_it_is(version: int) -> None:
    found = inspect(file_of(version), TODAY)
    assert found.version == version
    assert Part.FILE not in wrong(found)
    assert found.counts["positions"] > 0


def test_a_torn_file_is_said_and_its_contents_are_not_looked_at(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:12288] = bytes(4096)
    path.write_bytes(bytes(content))
    found = inspect(path, TODAY)
    assert found.found[Part.FILE][0].startswith("A part of the file cannot be read")
    assert Part.REFERENCES not in found.found


def test_a_value_that_cannot_be_is_said(path: Path) -> None:
    change(path, "UPDATE settings SET ladder_days = '[1}]'")
    assert "holds a value that cannot be" in inspect(path, TODAY).found[Part.FILE][0]


def test_a_row_without_what_it_belongs_to_is_said(path: Path) -> None:
    change(path, "UPDATE positions SET exit = 'gone' WHERE id = 'SOL'")
    (text,) = wrong(inspect(path, TODAY))[Part.FILE]
    assert "belongs to a row of parts that is missing" in text


def test_an_amount_in_another_form_is_said(path: Path) -> None:
    change(path, "UPDATE positions SET quantity = '128.50' WHERE id = 'SOL'")
    assert wrong(inspect(path, TODAY))[Part.DECIMALS] == (
        "An amount in positions, quantity, is written “128.50”.",
    )


def test_a_file_that_others_can_open_is_said(path: Path) -> None:
    path.chmod(0o644)
    (text,) = wrong(inspect(path, TODAY))[Part.ACCESS]
    assert "mode 644" in text


def test_what_it_holds_is_looked_over_too(path: Path) -> None:
    held = sample_portfolio()
    late = replace(held.positions["SOL"], opened_on=date(2030, 1, 1))
    with Store.open(path) as store:
        store.save(held, held.with_positions(late))
    assert wrong(inspect(path, TODAY)) == {
        Part.DATES: ("“SOL” was opened on 2030-01-01, which is in the future.",)
    }


def test_what_is_no_portfolio_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(UserError, match="is an empty file"):
        inspect(tmp_path / "x", TODAY)
    Store.create(tmp_path / "empty.stakeout", Portfolio()).close()
    assert inspect(tmp_path / "empty.stakeout", TODAY).wrong == 0
