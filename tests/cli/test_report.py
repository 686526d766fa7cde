import csv
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.cli.report import SECTIONS
from desktop_app.report.sections import registry
from tests.commands import EXAMPLE, HOLDINGS, Run, assert_asks_the_user

ROOT = Path(__file__).parents[2]


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


def stopped_after(seconds: float, name: str) -> int:
    """Start a report as a process of its own, as on a terminal; press Ctrl+C; return its exit status."""
    command = f"-m desktop_app report --from {EXAMPLE} -o {Path(name).absolute()}".split()
    with subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            return child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)
            return child.wait(60)


@pytest.mark.usefixtures("run")  # gives each test a folder of its own
@pytest.mark.parametrize(("name", "end"), [("s.pdf", b"%%EOF"), ("s.html", b"</html>")])
def test_ctrl_c_leaves_the_old_file_or_the_whole_new_one(name: str, end: bytes) -> None:
    started = time.perf_counter()
    assert stopped_after(60, name) == 0
    took = time.perf_counter() - started
    stopped = 0
    for part in (0.5, 0.8, 0.95):
        Path(name).write_bytes(b"old")
        status = stopped_after(took * part, name)
        written = Path(name).read_bytes()
        assert written.rstrip().endswith(end) or (written == b"old" and status != 0)
        assert [path.name for path in Path().iterdir()] == [name]
        stopped += written == b"old"
    assert stopped >= 1


def test_on_a_terminal_it_tells_how_far_it_is_and_leaves_an_empty_line(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = f"-m desktop_app report --from {EXAMPLE} -o {tmp_path / 's.pdf'}".split()
    done = subprocess.run([sys.executable, *command], stderr=theirs, cwd=ROOT, check=False)
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert f"\rsection 1 of {len(registry.USUAL)}\x1b[K" in said
    assert "\rpage 1 of " in said
    assert said.endswith("\r\x1b[K")


def text_of(name: str) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(name).pages).split())


def test_a_folder_gets_a_csv_file_for_each_table(run: Run) -> None:
    for _ in range(2):
        assert run("report", "--from", EXAMPLE, "-o", "tables").status == 0
    files = {path.name for path in Path("tables").iterdir()}
    assert {"positions.csv", "withdrawals.csv", "facts.csv"} <= files
    assert Path("tables").stat().st_mode & 0o777 == 0o700
    with Path("tables/positions.csv").open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["Position A", "Position B"]


def test_a_link_in_the_place_of_the_folder_is_refused(run: Run) -> None:
    Path("real").mkdir()
    Path("tables").symlink_to("real")
    assert_asks_the_user(run("report", "--from", EXAMPLE, "-o", "tables"), "is a link, not a folder")
    assert list(Path("real").iterdir()) == []


def test_no_table_replaces_a_portfolio(run: Run) -> None:
    Path("tables").mkdir()
    Path("tables/nodes.csv").write_bytes(EXAMPLE.read_bytes())
    assert_asks_the_user(run("report", "--from", EXAMPLE, "-o", "tables"), "is a portfolio")
    assert [path.name for path in Path("tables").iterdir()] == ["nodes.csv"]


def test_no_table_replaces_a_file_that_is_none_of_its_own(run: Run) -> None:
    Path("mine").mkdir()
    Path("mine/positions.csv").write_text("asset,quantity\nETH,1\n")
    assert_asks_the_user(run("report", "--from", EXAMPLE, "-o", "mine"), "is another file: the report would")
    assert [path.name for path in Path("mine").iterdir()] == ["positions.csv"]
    for _ in range(2):
        assert run("report", "--from", EXAMPLE, "-o", "tables").status == 0


def test_sections_are_chosen_and_stand_in_the_order_given(run: Run) -> None:
    assert run("report", "--from", EXAMPLE, "-o", "s.pdf", "--sections", "method,positions").status == 0
    text = text_of("s.pdf")
    assert text.index("Method") < text.index("Position A")
    assert "Largest dependencies" not in text
    assert run("report", "--from", EXAMPLE, "-o", "s.html", "--sections", "all").status == 0
    assert "Positions by account" in Path("s.html").read_text("utf-8")


def test_the_help_names_every_section() -> None:
    assert SECTIONS.split(", ") == [named.key for named in registry.SECTIONS]


def test_an_unknown_section_is_wrong_usage_and_the_known_ones_are_told(run: Run) -> None:
    ran = run("report", "--from", EXAMPLE, "-o", "s.pdf", "--sections", "method,nonsense")
    assert ran.status == 2
    assert "nonsense" in ran.err
    assert "withdrawals" in ran.err
    assert not Path("s.pdf").exists()


def test_data_has_no_sections_and_hides_nothing(run: Run) -> None:
    for output in ("s.json", "tables"):
        for option in (("--sections", "all"), ("--hide-amounts",)):
            assert run("report", "--from", EXAMPLE, "-o", output, *option).status == 2
        assert not Path(output).exists()


def test_the_page_is_as_it_was_asked_for(run: Run) -> None:
    options = ("--paper", "letter", "--landscape", "--hide-amounts", "--grey", "--title", "For Ada")
    assert run("report", "--from", EXAMPLE, "-o", "s.pdf", *options).status == 0
    page = PdfReader("s.pdf").pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (792, 612)
    text = text_of("s.pdf")
    assert "For Ada" in text
    assert "•••" in text
    assert "1,500" not in text


def test_an_ending_that_is_none_of_ours_is_wrong_usage(run: Run) -> None:
    ran = run("report", "--from", EXAMPLE, "-o", "s.docx")
    assert ran.status == 2
    assert "is no folder" in ran.err


def test_what_has_changed_since_an_earlier_file_is_told(run: Run) -> None:
    run("import", EXAMPLE, "-p", "me.stakeout")
    for since in (EXAMPLE, "me.stakeout"):
        assert run("report", "-p", "me.stakeout", "-o", "s.pdf", "--since", since).status == 0
        assert "No position changed in amount." in text_of("s.pdf")
    Path("tables").mkdir()
    assert run("report", "-p", "me.stakeout", "-o", "tables", "--since", EXAMPLE).status == 0
    assert {"changes.csv", "changed-positions.csv"} <= {path.name for path in Path("tables").iterdir()}
    assert run("report", "-p", "me.stakeout", "-o", "s.json", "--since", EXAMPLE).status == 2


def test_an_earlier_file_that_cannot_be_read_is_said(run: Run) -> None:
    for since, sentence in (("none.json", "There is no file"), ("none.stakeout", "There is no portfolio")):
        ran = run("report", "--from", EXAMPLE, "-o", "s.pdf", "--since", since)
        assert_asks_the_user(ran, sentence)
    ran = run("report", "--from", EXAMPLE, "-o", "s.pdf", "--since", changed_currency())
    assert_asks_the_user(ran, "currencies cannot be compared")
    assert not Path("s.pdf").exists()


def changed_currency() -> Path:
    """Return the example in euros."""
    record = json.loads(EXAMPLE.read_text())
    Path("euro.json").write_text(json.dumps(record | {"currency": "EUR"}))
    return Path("euro.json")
