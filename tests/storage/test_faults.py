"""Killed, out of space or locked out at any moment, a save has happened whole or not at all."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage import store as store_module
from desktop_app.storage.store import Store
from tests.storage.portfolios import sample

# Runs one save and kills itself before the statement or the commit that is number N (or after all of it).
KILLED = """
import os, pathlib, signal, sys
from sqlalchemy import Engine, event
from desktop_app.storage.store import Store
from tests.storage.test_faults import AFTER, BEFORE

count, limit, started = 0, int(sys.argv[2]), False

def step(*arguments):
    global count
    count += started
    if count > limit:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "before_cursor_execute", step)
event.listen(Engine, "commit", step)
path = pathlib.Path(sys.argv[1])
started = sys.argv[3] == "create"
if started:
    Store.create(path, AFTER).close()
else:
    store = Store.open(path)
    started = True
    store.save(BEFORE, AFTER)
"""

BEFORE = sample()
AFTER = BEFORE.without_positions("B").with_positions(
    *(p for p in sample().positions.values() if p.id == "B")
).with_scenarios()


def killed(path: Path, after: int, what: str) -> bool:
    """Run a save in a child that is killed after some statements; tell whether it was."""
    child = subprocess.run([sys.executable, "-c", KILLED, str(path), str(after), what], check=False)
    assert child.returncode in {0, -signal.SIGKILL}
    return child.returncode != 0
