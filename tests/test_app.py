"""The program as a whole: a quick start, and a mistake of ours that is shown and survived."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import shipped
from desktop_app.app import NO_DISPLAY, handle_exception, has_display
from desktop_app.errors import UserError
from desktop_app.storage.store import Store
from desktop_app.ui import messages
from desktop_app.ui.dialogs.bug_report import BugReport
from tests.drivers import button, click, dialog

ROOT = Path(__file__).parent.parent

FIRST_PAGE = """
import sys
from desktop_app.app import QApplication, make_window
from desktop_app.ui import jobs
app = QApplication([])
window = make_window(None)
window.files.open_sample()
window.show()
while jobs.busy():
    app.processEvents()
assert window.page.name == "overview" and not window.page.empty.isVisible()
window.close()
print(*sys.modules)
"""

CLOCKS = ("desktop_app.analysis.clocks", "desktop_app.domain.principal")
"""Imported when a step of a way out first needs a clock, as in the sample."""

WORTH = (
    *(f"desktop_app.analysis.{name}" for name in ("rewards", "layering", "multiplier", "new_risk", "copies")),
    *("desktop_app.analysis.plain_", "desktop_app.report.reward_words"),
)
"""Imported when the first page is seen already, to work out what the extra layers are worth."""

WHOLE_START = """
import gc, sys
from desktop_app import __main__
from desktop_app.app import QApplication, jobs
other_pages = []
def look():
    other_pages.append("pyqtgraph" in sys.modules)
    if len(other_pages) == 2:
        QApplication.quit()
jobs.idle.connect(look)
print(__main__.main(), other_pages, gc.isenabled())
"""


@pytest.fixture
def no_dialog_left(qapp: QApplication) -> Iterator[None]:
    yield
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, BugReport):
            widget.accept()


def raised(error: BaseException) -> None:
    """Hand an error to the handler as Qt would: raised, and caught by nobody."""
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 - whatever the test raises
        handle_exception(type(caught), caught, caught.__traceback__)


@pytest.mark.parametrize("library", ["pyqtgraph", "rustworkx", "scipy", "jinja2", "typer", "rich"])
def test_the_first_page_needs_no_heavy_library(library: str, modules: list[str]) -> None:
    assert library not in modules


def test_what_needs_no_qt_is_imported_before_qt_slows_imports_down(modules: list[str]) -> None:
    later = [name for name in modules[modules.index("PySide6") :] if not name.startswith((*CLOCKS, *WORTH))]
    after_qt = [name.split(".") for name in later]
    assert {name[1] for name in after_qt if name[0] == "desktop_app"} == {
        "ui",
        "app",
    }  # in the order in which they were ready


def test_the_first_page_is_answered_before_the_others_are_imported(tmp_path: Path) -> None:
    file = tmp_path / "me.stakeout"
    Store.create(file, shipped.sample_portfolio()).close()
    done = subprocess.run(
        [sys.executable, "-c", WHOLE_START, str(file)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "0 [False, True] True", done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def without_a_display(tmp_path: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run the program where there is no display: what would open the window says so."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", *arguments],
        env={key: value for key, value in os.environ.items() if key not in hidden}
        | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "STAKEOUT_HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_without_a_display_one_sentence_tells_what_works(tmp_path: Path) -> None:
    done = without_a_display(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == NO_DISPLAY
    assert done.stderr.count("\n") == 1


def test_a_portfolio_without_its_ending_opens_the_window_too(tmp_path: Path) -> None:
    nameless = tmp_path / "nameless"
    Store.create(nameless, shipped.sample_portfolio()).close()
    assert without_a_display(tmp_path, nameless).stderr == NO_DISPLAY


def test_any_other_file_alone_is_wrong_usage(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("SQLite format 3", "utf-8")
    assert without_a_display(tmp_path, other).returncode == 2


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_whoever_names_a_display_gets_a_window(name: str) -> None:
    assert has_display({name: "something"})


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return what a fresh process has imported when the first page is shown, in its order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STAKEOUT_HOME", str(tmp_path_factory.mktemp("first")))
        done = subprocess.run(
            [sys.executable, "-c", FIRST_PAGE], capture_output=True, text=True, timeout=120, check=False
        )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.usefixtures("no_dialog_left")
def test_a_mistake_of_ours_is_shown_as_it_would_be_reported(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        raised(ZeroDivisionError("<b>no markup</b>"))
    shown = dialog(qtbot, BugReport)
    assert "ZeroDivisionError: <b>no markup</b>" in shown.text.toPlainText()
    assert "test_app.py" in shown.text.toPlainText()
    click(button(shown, "Go on"))
    assert not shown.isVisible()


@pytest.mark.usefixtures("no_dialog_left")
def test_many_mistakes_open_one_dialog(qtbot: QtBot) -> None:
    for _ in range(3):
        raised(ZeroDivisionError("again"))
    dialog(qtbot, BugReport)
    assert sum(isinstance(w, BugReport) and w.isVisible() for w in QApplication.topLevelWidgets()) == 1


def test_what_the_user_can_fix_is_a_sentence_without_a_traceback(qtbot: QtBot) -> None:
    with qtbot.waitSignal(messages.posted) as told:
        raised(UserError("There is no such file.", "Check the name."))
    assert told.args == ["There is no such file. Check the name."]
    assert not any(isinstance(w, BugReport) and w.isVisible() for w in QApplication.topLevelWidgets())
