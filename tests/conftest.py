"""What holds for every test: a screen that no one sees, one locale, a home of its own, and no network.

``QT_QPA_PLATFORM=xcb make test`` opens real windows instead: on Xvfb where it is installed, else on the
desktop.
"""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from desktop_app.cli.main import run_command
from desktop_app.domain import interchange
from desktop_app.domain.portfolio import Portfolio
from tests.commands import Ran, Run

if TYPE_CHECKING:
    from desktop_app.ui.document import Document

# Qt falls back to UTF-8 with a warning, and any warning of Qt fails the test in which it appears.
os.environ["LC_ALL"] = "C.UTF-8"

if sys.platform == "linux":
    screen = Path(__file__).with_name("screen.json")
    os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={screen}")

# A busy machine is no failure: what hangs is stopped by the time limit of pytest.
hypothesis.settings.register_profile(
    "stakeout", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
hypothesis.settings.load_profile("stakeout")


# -- a home of its own -------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: object) -> object:
    """Make the window's application first: Qt allows one a process, and printing would make a smaller one."""
    return qapp


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the tester's own portfolio, settings and caches out of every test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("STAKEOUT_HOME", str(folder / "stakeout"))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    return folder


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands in a folder of their own and return how each ended."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path) -> Ran:
        status = run_command([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return command


# -- no network --------------------------------------------------------------------------------------------

_attempts: list[str] = []


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        connection, address = arguments
        if connection.family == getattr(socket, "AF_UNIX", None) or address is None:
            return
        host = address[0]
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host not in {None, "", "localhost", "::1"} and not str(host).startswith("127."):
        _attempts.append(f"{event} {host}")
        message = f"a test tried to reach {host}"
        raise ConnectionRefusedError(message)


sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """Fail any test that tried to leave the machine, also where the program swallowed the refusal."""
    _attempts.clear()
    yield _attempts
    assert _attempts == []


# -- undo --------------------------------------------------------------------------------------------------

Undoable = Callable[["Document"], AbstractContextManager[None]]


@pytest.fixture
def undoable() -> Undoable:
    """Give every edit its proof: a context that stands around the edit of a document.

    The edit must be one step of undo on a document with a real file; undone it must equal the start, redone
    the end, in memory and on the disk, to the last digit and in the same order.
    """

    @contextmanager
    def one_step(document: "Document") -> Iterator[None]:
        before, index = document.portfolio, document.undo_stack.index()
        yield
        after = document.portfolio
        assert document.undo_stack.index() == index + 1, "an edit is one step of undo"
        assert exact(after) != exact(before), "the edit changed nothing"
        assert_stored(document, after)
        document.undo_stack.undo()
        assert_stored(document, before)
        document.undo_stack.redo()
        assert_stored(document, after)

    return one_step


def assert_stored(document: "Document", expected: Portfolio) -> None:
    """Assert that a document shows a portfolio and that its file holds the same."""
    from desktop_app.storage.store import Store

    assert document.path is not None
    stored = Store.read(document.path)
    assert document.portfolio == expected == stored
    assert exact(document.portfolio) == exact(expected) == exact(stored)


def exact(portfolio: Portfolio) -> str:
    """Return a portfolio as text, which shows order and digits where equality would not."""
    return interchange.dumps(portfolio)
