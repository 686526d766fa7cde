from pathlib import Path

import pytest

from desktop_app import __version__, paths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.storage.store import Store
from tests.commands import Ran, Run


def test_version_build_and_places_are_told(run: Run) -> None:
    places = f"program {paths.PROGRAM}\nlicences {paths.PROGRAM.parent / 'LICENSE'}\n"
    assert run("--version") == Ran(0, f"stakeout {__version__} (from source)\n{places}", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("show", "nothing"),
        ("show", "all", "--as-of", "tomorrow"),
        ("show", "all", "-p", "a.stakeout", "--from", "b.json"),
        ("import",),
        ("import", "a.csv", "--map", "asset"),
        ("import", "a.csv", "--answer", "same_file"),
        ("report",),
        ("report", "-o", "summary.doc"),
        ("export",),
        ("export", "-o", "x.doc"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_status_2_and_leaves_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert list(Path().iterdir()) == []


def test_an_empty_portfolio_can_be_shown_and_reported(run: Run) -> None:
    Store.create(Path("me.stakeout"), Portfolio()).close()
    assert "Nothing is recorded yet." in run("show", "all", "-p", "me.stakeout").out
    assert run("report", "-p", "me.stakeout", "-o", "s.html").status == 0
