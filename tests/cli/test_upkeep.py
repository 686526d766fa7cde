import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.storage.store import Store
from tests.commands import POSITIONS, Run, assert_asks_the_user

SAMPLE = paths.resources() / "samples/marlow.json"


@pytest.fixture
def sample(run: Run) -> Path:
    """A portfolio with the sample in it."""
    assert run("import", SAMPLE, "-p", "me.stakeout").status == 0
    return Path("me.stakeout")


def test_a_sound_portfolio_is_checked_part_by_part(run: Run, sample: Path) -> None:
    ran = run("check", "-p", sample)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.count("\nok  ") == 7
    assert "It holds 12 positions, " in ran.out
    assert ran.out.endswith("Nothing is wrong.\n")


def test_what_is_wrong_is_listed_and_is_status_1(run: Run, sample: Path) -> None:
    sample.chmod(0o644)
    with closing(sqlite3.connect(sample)) as file, file:
        file.execute("UPDATE positions SET opened_on = '2039-01-01' WHERE id = 'SOL'")
    ran = run("check", "-p", sample)
    assert ran.status == 1
    assert "\nwrong  Who can open it" in ran.out
    assert "“SOL” was opened on 2039-01-01, which is in the future." in ran.out
    assert ran.err == "“me.stakeout”: 2 things are wrong. The lines above say where.\n"


def test_of_a_torn_file_only_the_file_is_checked(run: Run, sample: Path) -> None:
    sample.write_bytes(sample.read_bytes()[:40_000])
    ran = run("check", "-p", sample)
    assert ran.status == 1
    assert "\nnot looked at  Positions" in ran.out


def test_a_ledgers_quantities_are_what_its_movements_make(run: Run) -> None:
    run("import", POSITIONS.with_name("kraken_ledgers.csv"), "-p", "me.stakeout")
    assert Store.read(Path("me.stakeout")).movements
    assert run("check", "-p", "me.stakeout").status == 0


@pytest.mark.parametrize("command", [("check",), ("backup",), ("imports",), ("export", "-o", "x.csv")])
def test_a_missing_portfolio_is_said_and_not_created(run: Run, command: tuple[str, ...]) -> None:
    assert_asks_the_user(run(*command, "-p", "none.stakeout"), "There is no portfolio at")
    assert list(Path().iterdir()) == []


def test_a_backup_says_where_it_is_and_comes_back(run: Run, sample: Path) -> None:
    made = Path(run("backup", "-p", sample).out.strip())
    before = Store.read(sample)
    run("import", POSITIONS, "-p", sample)
    ran = run("restore", made, "-p", sample)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        f"“me.stakeout” is what “{made.name}” was. What was there before is kept as “me.r"
    )
    assert Store.read(sample) == before
    assert run("backup", "mine.stakeout", "-p", sample).out == "mine.stakeout\n"


def test_nothing_is_put_back_into_a_portfolio_that_is_open_elsewhere(run: Run, sample: Path) -> None:
    run("backup", "mine.stakeout", "-p", sample)
    with Store.open(sample):
        assert_asks_the_user(run("restore", "mine.stakeout", "-p", sample), "open in another window")
    assert_asks_the_user(run("restore", "gone.stakeout", "-p", sample), "There is no portfolio at")
    assert_asks_the_user(run("restore", SAMPLE, "-p", sample), "is not a portfolio of Stakeout")


def test_the_own_portfolio_comes_back_on_a_new_machine(run: Run, sample: Path) -> None:
    assert run("restore", sample).status == 0
    assert Store.read(paths.default_portfolio()) == Store.read(sample)
