"""Runs one change to a portfolio file again and again, killing it at the first, second, … statement.

Prints one word a run: what a new process finds in the file afterwards (old, new, none, or something else).
A program of its own, because only a process with one thread may fork.
"""

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, event

from desktop_app.domain.interchange import loads
from desktop_app.storage import backups
from desktop_app.storage.store import Store, check_header
from desktop_app.storage.tables import SCHEMA_VERSION
from tests.storage.portfolios import sample

NOW = datetime(2026, 11, 28, tzinfo=UTC)
FILE_STEPS = {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "sqlite3.connect"}
"""What a copy and its way to its place are made of, beside statements."""

OLD = Path(__file__).parent.parent / "data" / "versions" / "version-1.stakeout"
BEFORE = sample()
AFTER = replace(
    BEFORE.without_positions("A").with_positions(
        replace(BEFORE.positions["A"], id="new"),
        replace(BEFORE.positions["C"], notes="changed"),
        replace(BEFORE.positions["A"], id="newer"),
    ),
    notice="changed",
    scenarios={},
    prices={},
)


def create(path: Path) -> None:
    Store.create(path, AFTER).close()


def save(path: Path) -> None:
    with Store.open(path) as store:
        store.save(BEFORE, AFTER)


def upgrade(path: Path) -> None:
    Store.open(path).close()


def back_up(path: Path) -> None:
    backups.back_up(path, NOW)


def restore(path: Path) -> None:
    backups.restore(path, path.with_suffix(".backup"), NOW)


CHANGES = {"create": create, "save": save, "upgrade": upgrade, "back_up": back_up, "restore": restore}


def prepare(path: Path, change: str) -> None:
    if change in {"save", "back_up", "restore"}:
        Store.create(path, BEFORE).close()
    if change == "restore":
        Store.create(path.with_suffix(".backup"), AFTER).close()
    if change == "upgrade":
        path.write_bytes(OLD.read_bytes())


def is_killed(path: Path, after: int, change: str) -> bool:
    """Make the change in a child that dies after so many steps; tell whether it died before the end."""
    prepare(path, change)
    child = os.fork()
    if child == 0:
        steps = iter(range(after))
        event.listen(Engine, "before_cursor_execute", lambda *_: one_step(steps))
        event.listen(Engine, "commit", lambda *_: one_step(steps))
        if change in {"back_up", "restore"}:
            sys.addaudithook(lambda name, _: one_step(steps) if name in FILE_STEPS else None)
        CHANGES[change](path)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def one_step(steps: Iterator[int]) -> None:
    if next(steps, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)


def found(path: Path, change: str) -> str:
    if not path.exists():
        return "none"
    if change == "upgrade":
        return found_upgraded(path)
    for copy in (*path.parent.glob(f"backups/{path.stem}-*"), *path.parent.glob(f"{path.stem}.replaced-*")):
        if Store.read(copy) != BEFORE:
            return "half a copy"
    read = Store.read(path)
    with Store.open(path) as store:
        if store.load() != read:
            return "two answers"
    return "new" if read == AFTER else "old" if read == BEFORE else "half"


def found_upgraded(path: Path) -> str:
    """Tell what a killed upgrade left: the old version or this one, either with all that was in it."""
    read = Store.read(path)  # rolls back what a killed process left unfinished
    version = check_header(path)
    with Store.open(path) as store:
        if not store.load() == read == loads(OLD.with_suffix(".json").read_text("utf-8")):
            return "half"
    return {1: "old", SCHEMA_VERSION: "new"}[version]


def runs(folder: Path, change: str) -> Iterator[str]:
    for number in count():
        path = folder / f"{number}.stakeout"
        killed = is_killed(path, number, change)
        yield found(path, change)
        if not killed:
            return


if __name__ == "__main__":
    for word in runs(Path(sys.argv[1]), sys.argv[2]):
        sys.stdout.write(f"{word}\n")
