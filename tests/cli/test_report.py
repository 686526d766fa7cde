from pathlib import Path

import pytest

from tests.commands import EXAMPLE, HOLDINGS, Run, assert_asks_the_user


@pytest.mark.parametrize(("name", "start"), [("s.pdf", b"%PDF"), ("s.html", b"<!"), ("s.json", b"{")])
def test_the_report_is_written_for_its_owner_only(run: Run, name: str, start: bytes) -> None:
    assert run("report", "--from", EXAMPLE, "-o", name).status == 0
    assert Path(name).read_bytes()[: len(start)].lower() == start.lower()
    assert Path(name).stat().st_mode & 0o777 == 0o600


def test_a_report_that_cannot_be_written_is_said(run: Run) -> None:
    assert_asks_the_user(run("report", "--from", EXAMPLE, "-o", "nowhere/s.html"), "could not be written")


def test_a_report_replaces_no_portfolio(run: Run) -> None:
    Path("mine.json").write_bytes(EXAMPLE.read_bytes())
    run("import", HOLDINGS, "-p", "me.stakeout")
    Path("me.html").symlink_to("me.stakeout")
    for source, output, sentence in (
        (("--from", "mine.json"), "mine.json", "the file that is read"),
        (("-p", "me.stakeout"), "me.html", "the file that is read"),
        (("-p", "me.stakeout"), "mine.json", "is a portfolio"),
        (("--from", "mine.json"), "me.html", "is a portfolio"),
    ):
        assert_asks_the_user(run("report", *source, "-o", output), sentence)
    assert Path("mine.json").read_bytes() == EXAMPLE.read_bytes()
    assert Path("me.html").is_symlink()


def test_a_name_too_long_is_said(run: Run) -> None:
    assert_asks_the_user(run("report", "--from", EXAMPLE, "-o", "a" * 300 + ".json"), "could not be written")
    assert_asks_the_user(run("import", HOLDINGS, "-p", "a" * 300 + ".stakeout"), "Choose a folder")


def test_a_report_replaces_an_earlier_one(run: Run) -> None:
    for _ in range(2):
        assert run("report", "--from", EXAMPLE, "-o", "s.json").status == 0
