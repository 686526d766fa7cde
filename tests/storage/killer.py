"""Runs one change to a portfolio file again and again, killing it at the first, second, … statement.

Prints one word a run: what a new process finds in the file afterwards (old, new, none, or something else).
A program of its own, because only a process with one thread may fork.
"""

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, event

from desktop_app.storage.store import Store
from tests.storage.portfolios import sample

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


def is_killed(path: Path, after: int, *, saving: bool) -> bool:
    """Make the change in a child that dies after so many steps; tell whether it died before the end."""
    if saving:
        Store.create(path, BEFORE).close()
    child = os.fork()
    if child == 0:
        steps = iter(range(after))
        event.listen(Engine, "before_cursor_execute", lambda *_: one_step(steps))
        event.listen(Engine, "commit", lambda *_: one_step(steps))
        save(path) if saving else create(path)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def one_step(steps: Iterator[int]) -> None:
    if next(steps, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)


def found(path: Path) -> str:
    if not path.exists():
        return "none"
    read = Store.read(path)
    with Store.open(path) as store:
        if store.load() != read:
            return "two answers"
    return "new" if read == AFTER else "old" if read == BEFORE else "half"


def runs(folder: Path, *, saving: bool) -> Iterator[str]:
    for number in count():
        path = folder / f"{number}.stakeout"
        killed = is_killed(path, number, saving=saving)
        yield found(path)
        if not killed:
            return


if __name__ == "__main__":
    for word in runs(Path(sys.argv[1]), saving=sys.argv[2] == "save"):
        sys.stdout.write(f"{word}\n")
