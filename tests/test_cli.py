import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from desktop_app import __version__, paths
from desktop_app.cli import Question, run_command
from desktop_app.domain import interchange
from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.answers import QUESTIONS
from desktop_app.storage.store import Store

DATA = Path(__file__).parent / "data"
HOLDINGS = DATA / "wealthfolio_holdings.csv"
POSITIONS = DATA / "positions.csv"
EXAMPLE = DATA / "portfolio/open-example.json"


@dataclass
class Ran:
    """How a command ended: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out, parse_float=Decimal)


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path) -> Ran:
        status = run_command([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return command


def assert_asks_the_user(ran: Ran, sentence: str) -> None:
    """Assert exit status 1 and one line on standard error, nothing on standard output."""
    assert (ran.status, ran.out) == (1, "")
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


# -- import ------------------------------------------------------------------------------------------------


def test_the_first_import_creates_the_portfolio(run: Run) -> None:
    ran = run("import", HOLDINGS, "-p", "me.stakeout", "--json")
    assert ran.status == 0
    assert (ran.json["outcome"], ran.json["import_id"], ran.json["written"]) == (
        "accept_partly",
        "import-1",
        True,
    )
    assert ran.json["holdings"]["stETH"] == "12.1042"
    stored = Store.read(Path("me.stakeout"))
    assert len(stored.positions) == 11
    assert stored.imports["import-1"].file_name == "wealthfolio_holdings.csv"
    assert Path("me.stakeout").stat().st_mode & 0o777 == 0o600


def test_without_a_name_the_users_own_portfolio_is_meant(run: Run) -> None:
    assert run("import", HOLDINGS).status == 0
    assert paths.default_portfolio().exists()
    assert "11 positions" in run("show", "overview").out


def test_a_dry_run_writes_nothing(run: Run) -> None:
    ran = run("import", HOLDINGS, "-p", "me.stakeout", "--dry-run", "--json")
    assert ran.status == 0
    assert not {"import_id", "written"} & set(ran.json)
    assert list(Path().iterdir()) == []


def test_a_dry_run_looks_into_a_portfolio_that_is_open(run: Run) -> None:
    run("import", POSITIONS, "-p", "me.stakeout")
    with Store.open(Path("me.stakeout")):
        assert run("import", HOLDINGS, "-p", "me.stakeout", "--dry-run").status == 0
        ran = run("import", HOLDINGS, "-p", "me.stakeout")
    assert_asks_the_user(ran, "is open in another window of Stakeout")


def test_the_same_file_again_is_asked_about(run: Run) -> None:
    run("import", HOLDINGS, "-p", "me.stakeout")
    before = Store.read(Path("me.stakeout"))
    ran = run("import", HOLDINGS, "-p", "me.stakeout")
    assert ran.status == 3
    assert "--answer 'same_file=" in ran.out
    assert Store.read(Path("me.stakeout")) == before


def test_an_answer_goes_on_with_the_import(run: Run) -> None:
    run("import", HOLDINGS, "-p", "me.stakeout")
    ran = run("import", HOLDINGS, "-p", "me.stakeout", "--answer", "same_file=leave", "--json")
    assert (ran.status, ran.json["written"], ran.json["import_id"]) == (0, False, None)


def test_several_files_give_a_list_and_come_in_one_by_one(run: Run) -> None:
    ran = run("import", HOLDINGS, POSITIONS, "-p", "me.stakeout", "--json")
    assert [record["import_id"] for record in ran.json] == ["import-1", "import-2"]
    assert set(Store.read(Path("me.stakeout")).imports) == {"import-1", "import-2"}


def test_a_file_that_is_refused_does_not_stop_the_others(run: Run) -> None:
    ran = run("import", "nowhere.csv", HOLDINGS, "-p", "me.stakeout", "--json")
    assert ran.status == 1
    assert [record["outcome"] for record in ran.json] == ["refuse_file", "accept_partly"]


def test_a_refused_file_creates_nothing(run: Run) -> None:
    ran = run("import", "nowhere.csv", "-p", "me.stakeout", "--json")
    assert (ran.status, ran.json["outcome"], ran.json["written"]) == (1, "refuse_file", False)
    assert "nowhere.csv" in ran.json["message"]
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    "make", [lambda p: p.mkdir(), lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n\0\0"), Path.touch]
)
def test_what_is_no_table_is_refused_in_one_sentence(run: Run, make: Callable[[Path], object]) -> None:
    make(Path("strange.csv"))
    assert_asks_the_user(run("import", "strange.csv", "-p", "me.stakeout"), "strange.csv")


def test_the_verdict_for_people_names_lines_and_reasons(run: Run) -> None:
    Path("bad.csv").write_text("asset,quantity\nETH,1\nETH,-2\nstETH,NaN\n")
    ran = run("import", "bad.csv", "-p", "me.stakeout")
    assert ran.status == 0
    assert "Line 3: " in ran.out
    assert "Line 4: " in ran.out
    assert "Written to me.stakeout as import-1." in ran.out


def test_an_interchange_file_becomes_an_equal_portfolio(run: Run) -> None:
    ran = run("import", EXAMPLE, "-p", "me.stakeout", "--json")
    assert (ran.status, ran.json["written"], ran.json["counts"]["accepted"]) == (0, True, 2)
    assert Store.read(Path("me.stakeout")) == interchange.loads(EXAMPLE.read_text())


def test_an_interchange_file_needs_an_empty_portfolio(run: Run) -> None:
    run("import", HOLDINGS, "-p", "me.stakeout")
    assert_asks_the_user(run("import", EXAMPLE, "-p", "me.stakeout"), "“me.stakeout” is not empty")


@pytest.mark.parametrize(
    "text",
    ['{"schema": "other/2"}', '{"nodes": ', "{}", '{"schema": "layered-stake-portfolio/1", "nodes": 5}'],
)
def test_other_json_is_refused_by_name(run: Run, text: str) -> None:
    Path("other.json").write_text(text)
    assert_asks_the_user(run("import", "other.json", "-p", "me.stakeout"), "“other.json”")


def test_a_named_pipe_is_refused_and_not_waited_for(run: Run) -> None:
    os.mkfifo("pipe.json")
    assert_asks_the_user(run("import", "pipe.json", "-p", "me.stakeout"), "is a pipe or a device")
    assert_asks_the_user(run("show", "all", "--from", "pipe.json"), "is a pipe or a device")


def test_a_folder_has_a_sentence_of_its_own(run: Run) -> None:
    assert_asks_the_user(run("import", ".", "-p", "me.stakeout"), "is a folder")


def changed(name: str, key: str, /, **fields: object) -> Path:
    """Write the worked example with other fields in the first thing of a list, and return its path."""
    record = json.loads(EXAMPLE.read_text())
    record[key][0] |= fields
    Path(name).write_text(json.dumps(record))
    return Path(name)


def test_what_cannot_be_stored_does_not_lose_the_record_of_another_file(run: Run) -> None:
    half = changed("half.json", "positions", name="\ud800")
    ran = run("import", "nowhere.csv", half, "-p", "me.stakeout", "--json")
    assert ran.status == 1
    assert [(record["outcome"], record["written"]) for record in ran.json] == [("refuse_file", False)] * 2
    assert "half a character" in ran.json[1]["message"]
    assert not Path("me.stakeout").exists()


def test_a_portfolio_that_cannot_be_opened_refuses_each_file_in_json(run: Run) -> None:
    Path("me.stakeout").touch()
    ran = run("import", HOLDINGS, POSITIONS, "-p", "me.stakeout", "--json")
    assert ran.status == 1
    assert ["is an empty file" in record["message"] for record in ran.json] == [True, True]


@pytest.mark.parametrize(
    ("key", "fields", "sentence"),
    [
        ("edges", {"to": "nowhere"}, "leads to “nowhere”"),
        ("edges", {"mode": "all", "weight": 0.5}, "Position A"),
        ("edges", {"weight": -1}, "Position A"),
        ("edges", {"to": "X", "from": "X"}, "The dependencies run in a circle"),
        ("positions", {"quantity": "-3", "value_usd": None}, "The quantity of “Position A” is -3"),
    ],
)
def test_a_rejected_portfolio_does_not_come_in_but_is_shown(
    run: Run, key: str, fields: dict[str, object], sentence: str
) -> None:
    bad = changed("bad.json", key, **fields)
    ran = run("import", bad, "-p", "me.stakeout", "--json")
    assert (ran.status, ran.json["outcome"], ran.json["written"]) == (1, "refuse_file", False)
    assert sentence in ran.json["message"]
    assert not Path("me.stakeout").exists()
    told = run("show", "all", "--from", bad, "--json").json["unavailable"].values()
    assert any(sentence in text for text in told)


def test_what_can_be_mended_comes_in_with_a_warning(run: Run) -> None:
    odd = changed("odd.json", "nodes", annual_failure_probability=2)
    ran = run("import", odd, "-p", "me.stakeout", "--json")
    assert (ran.status, ran.json["written"]) == (0, True)
    assert "annual failure probability" in ran.json["warnings"][0]
    assert "Note: The annual failure" in run("import", odd, "--dry-run").out


def test_a_new_portfolio_needs_a_folder_that_is_there(run: Run) -> None:
    assert_asks_the_user(run("import", HOLDINGS, "-p", "typo/me.stakeout"), "There is no folder “typo”")
    assert list(Path().iterdir()) == []


def test_the_json_of_every_outcome_fits_its_schema(run: Run) -> None:
    schema = json.loads((paths.resources() / "schema/import.json").read_text())
    for arguments in (
        (HOLDINGS,),
        (HOLDINGS,),
        (EXAMPLE,),
        ("nowhere.csv",),
        (HOLDINGS, "--dry-run"),
        (Path(),),
    ):
        jsonschema.validate(json.loads(run("import", *arguments, "-p", "me.stakeout", "--json").out), schema)


# -- show --------------------------------------------------------------------------------------------------


def test_the_questions_are_those_that_are_answered() -> None:
    assert tuple(Question) == QUESTIONS


def test_the_worked_example_is_shown_without_a_portfolio(run: Run) -> None:
    ran = run("show", "all", "--from", EXAMPLE, "--json")
    assert ran.status == 0
    assert (ran.json["as_of"], ran.json["portfolio_value"]) == ("2026-01-01", 1500)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("question", list(Question))
def test_every_question_is_answered_in_words(run: Run, question: Question) -> None:
    ran = run("show", question, "--from", EXAMPLE)
    assert ran.status == 0
    assert question.capitalize() in ran.out or question is Question.ALL
    assert max(len(line) for line in ran.out.splitlines()) <= 160


def test_what_is_shown_says_what_it_stands_on(run: Run) -> None:
    out = run("show", "exposure", "--from", EXAMPLE).out
    assert "Operator O (all roles)            operator       1,050  70.0 %          2" in out


@pytest.mark.parametrize(
    ("arguments", "day"), [((), "2026-01-01"), (("--as-of", "2026-03-04"), "2026-03-04")]
)
def test_the_day_is_the_one_asked_for_or_the_files_own(
    run: Run, arguments: tuple[str, ...], day: str
) -> None:
    assert run("show", "all", "--from", EXAMPLE, "--json", *arguments).json["as_of"] == day


def test_a_portfolio_that_is_open_elsewhere_is_shown(run: Run) -> None:
    run("import", POSITIONS, "-p", "me.stakeout")
    with Store.open(Path("me.stakeout")):
        assert run("show", "all", "-p", "me.stakeout", "--json").status == 0


@pytest.mark.parametrize("command", [("show", "all"), ("report", "-o", "x.pdf")])
def test_a_missing_portfolio_is_said_and_not_created(run: Run, command: tuple[str, ...]) -> None:
    assert_asks_the_user(run(*command, "-p", "me.stakeout"), "There is no portfolio at")
    assert_asks_the_user(run(*command, "--from", "x.json"), "There is no file “x.json”")
    assert list(Path().iterdir()) == []


def test_a_circle_is_said_and_the_rest_is_shown(run: Run) -> None:
    record = json.loads(EXAMPLE.read_text())
    record["edges"].append({"id": "O>X", "from": "O", "to": "X"})
    Path("circle.json").write_text(json.dumps(record))
    ran = run("show", "all", "--from", "circle.json")
    assert ran.status == 0
    said = " ".join(ran.out.split())
    assert said.count("The dependencies run in a circle") == 1
    assert "Left out of exposure, concentration and losses, though not of the value: Position A" in said
    assert "Position B" in ran.out


def test_a_torn_portfolio_is_said(run: Run) -> None:
    run("import", POSITIONS, "-p", "me.stakeout")
    Path("me.stakeout").write_bytes(Path("me.stakeout").read_bytes()[:5000])
    assert_asks_the_user(run("show", "all", "-p", "me.stakeout"), "damaged (a part of it cannot be read)")


def test_nothing_comes_into_a_damaged_portfolio_and_nothing_is_left_beside_it(run: Run) -> None:
    run("import", POSITIONS, "-p", "me.stakeout")
    with sqlite3.connect("me.stakeout") as file:
        file.execute("UPDATE positions SET layers = '[1}]'")
    file.close()
    assert_asks_the_user(run("import", HOLDINGS, "-p", "me.stakeout"), "is damaged")
    assert [path.name for path in Path().iterdir()] == ["me.stakeout"]


def test_text_of_files_commands_no_terminal(run: Run) -> None:
    record = json.loads(EXAMPLE.read_text())
    record["positions"][0]["name"] = "\x1b]0;owned\x07 \u202eA\nB"
    Path("evil.json").write_text(json.dumps(record))
    ran = run("show", "all", "--from", "evil.json")
    assert ran.status == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)


def test_half_a_character_stays_valid_json(run: Run) -> None:
    record = json.loads(EXAMPLE.read_text())
    record["positions"][0]["notes"] = "\ud800"
    Path("half.json").write_text(json.dumps(record))
    assert run("show", "positions", "--from", "half.json", "--json").json["positions"][0]["notes"] == "\ud800"


def test_a_negative_quantity_is_not_called_a_missing_price(run: Run) -> None:
    odd = changed("odd.json", "positions", quantity="-3", value_usd=None, unit_price="100")
    out = run("show", "overview", "--from", odd).out
    assert "one position with a negative amount" in out
    assert "Amount negative" in out
    assert "Position A (quantity)" in out
    assert "rice" not in out


def test_operators_without_a_share_are_named(run: Run) -> None:
    some = changed("some.json", "groups", names=["O", "figment"])
    ran = run("show", "dependencies", "--from", some, "--json")
    group = ran.json["groups"][0]
    assert [name["id"] for name in group["names"]] == ["O", "figment"]
    assert group["names"][0]["name"] == "Operator O (all roles)"
    assert run("show", "positions", "--from", some, "--json").json["groups"] == ran.json["groups"]
    jsonschema.validate(
        json.loads(ran.out), json.loads((paths.resources() / "schema/answers.json").read_text())
    )
    out = " ".join(run("show", "positions", "--from", some).out.split())
    assert "Operator O (all roles) and figment at " in out
    assert "no share is known, so no value is counted." in out


def test_closed_positions_are_not_nothing(run: Run) -> None:
    record = json.loads(EXAMPLE.read_text())
    for position in record["positions"]:
        position["status"] = "closed"
    Path("closed.json").write_text(json.dumps(record))
    for question in ("overview", "positions", "dependencies"):
        assert "All 2 positions are closed." in run("show", question, "--from", "closed.json").out


# -- report ------------------------------------------------------------------------------------------------


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


# -- usage -------------------------------------------------------------------------------------------------


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == Ran(0, f"stakeout {__version__}\n", "")


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
