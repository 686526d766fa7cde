"""One process at a time changes a portfolio; everybody may read it."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage.store import Store
from tests.storage.portfolios import sample

HOLD = """
import sys, pathlib
from desktop_app.storage.store import Store
store = Store.open(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Store.create(tmp_path / "p.stakeout", sample()).close()
    return tmp_path / "p.stakeout"


def test_a_portfolio_open_in_one_window_is_refused_to_the_next(path: Path) -> None:
    with Store.open(path), pytest.raises(UserError, match="is open in another window of Stakeout"):
        Store.open(path)
    Store.open(path).close()


def test_another_name_of_the_same_file_is_no_way_in(path: Path) -> None:
    link = path.with_name("link.stakeout")
    link.symlink_to(path)
    with Store.open(path), pytest.raises(UserError, match="is open in another window"):
        Store.open(link)


def test_other_processes_are_kept_out_until_the_holder_is_killed(path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        with pytest.raises(UserError, match="is open in another window"):
            Store.open(path)
        assert Store.read(path) == sample()
        child.kill()
        child.wait()
    with Store.open(path) as store:
        assert store.load() == sample()
    assert [p.name for p in path.parent.iterdir()] == ["p.stakeout"]


def test_a_reader_sees_the_last_save_while_the_window_is_open(path: Path) -> None:
    with Store.open(path) as store:
        store.save(sample(), Portfolio())
        assert Store.read(path) == Portfolio()


def test_of_many_starts_at_once_one_wins(path: Path) -> None:
    start = threading.Barrier(8)
    opened: list[Store] = []
    refused: list[str] = []

    def begin() -> None:
        start.wait()
        try:
            opened.append(Store.open(path))
        except UserError as error:
            refused.append(error.text)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in opened:
        store.close()
    assert (len(opened), len(refused)) == (1, 7)


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="no such flag here")
def test_a_link_planted_as_the_lock_is_not_followed(path: Path) -> None:
    victim = path.with_name("victim")
    path.with_name(f".{path.name}.lock").symlink_to(victim)
    with pytest.raises(UserError, match="cannot be changed"):
        Store.open(path)
    assert not victim.exists()
