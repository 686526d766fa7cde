"""The program as a person starts it without a display: import, show, report, each a process of its own."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests/data"


def stakeout(folder: Path, *arguments: str | Path, status: int = 0) -> str:
    """Run the program in a folder and return its standard output; nothing may stand on standard error."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    ran = subprocess.run(
        [sys.executable, "-m", "desktop_app", *map(str, arguments)],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr.decode()) == (status, "")
    return ran.stdout.decode()


def test_from_two_files_to_paper(tmp_path: Path) -> None:
    plan = json.loads(
        stakeout(
            tmp_path, "import", DATA / "wealthfolio_holdings.csv", "-p", "me.stakeout", "--dry-run", "--json"
        )
    )
    assert plan["counts"] == {
        "data_rows": 18,
        "accepted": 12,
        "rejected": 0,
        "skipped": 6,
        "asked": 0,
        "duplicate": 0,
    }
    assert list(tmp_path.iterdir()) == []

    stakeout(tmp_path, "import", DATA / "wealthfolio_holdings.csv", "-p", "me.stakeout")
    stakeout(tmp_path, "import", DATA / "positions.csv", "-p", "me.stakeout")
    answer = json.loads(stakeout(tmp_path, "show", "all", "-p", "me.stakeout", "--json"), parse_float=Decimal)
    assert len(answer["positions"]) == 15
    assert [missing["asset"] for missing in answer["unpriced"]] == ["rETH"]
    assert {"value": "34015.0000000000000034015", "quantity": "10.000000000000000001"}.items() <= next(
        position for position in answer["positions"] if position["name"] == "Delegated"
    ).items()
    names = {node["name"] for node in answer["nodes"]}
    assert {"Lido", "ether.fi", "EigenLayer", "Ethereum"} <= names
    assert any("P2P" in name for name in names)
    assert any("EigenDA" in name for name in names)

    stakeout(tmp_path, "report", "-p", "me.stakeout", "-o", "summary.pdf")
    paper = pypdf.PdfReader(tmp_path / "summary.pdf")
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert "Exposure summary" in words
    assert "me.stakeout" in words
    assert f"of {len(paper.pages)}" in words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["me.stakeout", "summary.pdf"]


def test_the_worked_example_without_a_portfolio(tmp_path: Path) -> None:
    example = DATA / "portfolio/open-example.json"
    answer = json.loads(stakeout(tmp_path, "show", "all", "--from", example, "--json"))
    assert answer["exposure"]["O"]["value"] == pytest.approx(1050, rel=1e-9)


def test_questions_stop_an_import_with_status_3(tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_text("asset,quantity,opened_on\nETH,1,01/02/2025\n")
    out = stakeout(tmp_path, "import", "days.csv", "-p", "me.stakeout", status=3)
    assert "--answer 'date_order" in out
    stakeout(tmp_path, "import", "days.csv", "-p", "me.stakeout", "--answer", "date_order=dmy")
    shown = json.loads(stakeout(tmp_path, "show", "positions", "-p", "me.stakeout", "--json"))
    assert shown["positions"][0]["opened_on"] == "2025-02-01"


def test_a_reader_that_has_seen_enough_causes_no_traceback(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "desktop_app",
        "show",
        "all",
        "--from",
        str(DATA / "portfolio/open-example.json"),
    ]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert b"Traceback" not in child.stderr.read()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_the_answer_is_said_in_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desktop_app", "show", "all", "--from"]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*command, str(DATA / "portfolio/open-example.json")],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith("The answer could not be written: No space left on device.")
    assert ran.stderr.count("\n") == 1


def test_the_command_line_without_paper_needs_no_qt(tmp_path: Path) -> None:
    script = (
        "import sys; from desktop_app.cli.main import run_command; "
        "run_command(['show', 'all', '--from', sys.argv[1]]); "
        "assert not [m for m in sys.modules if m.startswith(('PySide6', 'pyqtgraph', 'scipy'))]"
    )
    example = str(DATA / "portfolio/open-example.json")
    subprocess.run([sys.executable, "-c", script, example], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, str]:
    """Return a portfolio, its positions as a table and all its answers, in the language of the machine."""
    folder = tmp_path_factory.mktemp("here")
    stakeout(folder, "import", DATA / "positions.csv", "-p", "me.stakeout")
    stakeout(folder, "export", "-p", "me.stakeout", "-o", "me.csv")
    return folder / "me.stakeout", (folder / "me.csv").read_bytes(), answers(folder, "me.stakeout")


def answers(folder: Path, portfolio: str) -> str:
    return stakeout(folder, "show", "all", "-p", portfolio, "--as-of", "2026-01-01", "--json")


@pytest.mark.parametrize(
    "language", ["de_DE.UTF-8", "fr_CH.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "en_IN.UTF-8", "C"]
)
def test_an_export_is_the_same_in_every_language_and_comes_back_equal(
    tmp_path: Path, here: tuple[Path, bytes, str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    portfolio, table, said = here
    for name in ("LC_ALL", "LANG"):
        monkeypatch.setenv(name, language)
    for name in ("there.csv", "there.json"):
        stakeout(tmp_path, "export", "-p", portfolio, "-o", name)
    assert (tmp_path / "there.csv").read_bytes() == table
    assert b"10.000000000000000001" in table
    stakeout(tmp_path, "import", "there.json", "-p", "back.stakeout")
    assert answers(tmp_path, "back.stakeout") == said
