import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest

from desktop_app import paths
from desktop_app.cli.show import Question
from desktop_app.report.answers import QUESTIONS
from desktop_app.storage.store import Store
from tests.commands import EXAMPLE, HOLDINGS, POSITIONS, Run, assert_asks_the_user, changed


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


def test_an_interchange_file_as_portfolio_is_told_its_option(run: Run) -> None:
    assert_asks_the_user(run("show", "all", "-p", EXAMPLE), "An interchange file is read with --from.")


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


def test_the_next_dates_are_listed(run: Run) -> None:
    source = paths.resources() / "samples/marlow.json"
    lines = run("show", "overview", "--from", source).out.replace("\u00a0", " ").splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("Next dates"))
    assert [line.split() for line in lines[first + 1 : first + 4]] == [
        ["ezETH:", "claim", "25", "Nov", "2026", "tomorrow", "6,936"],
        ["ATOM:", "claim", "3", "Dec", "2026", "in", "9", "days", "2,472"],
        ["PT-weETH:", "matures", "25", "Mar", "2027", "in", "121", "days", "22,068"],
    ]
