"""What programs read: every command's JSON, of every kind of file and question, fits its schema."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from desktop_app import paths
from desktop_app.cli.show import Question
from desktop_app.domain.portfolio import Portfolio
from desktop_app.storage.store import Store
from tests.commands import DATA, EXAMPLE, Run

SAMPLE = paths.resources() / "samples/marlow.json"
PORTFOLIOS = (SAMPLE, EXAMPLE, EXAMPLE.with_name("debt-example.json"))
FILES = sorted(DATA.glob("*.csv"))


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((paths.resources() / f"schema/{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def loaded(text: str) -> Any:
    """Return JSON as a program reads it; NaN and Infinity are none."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("source", PORTFOLIOS, ids=lambda path: path.stem)
def test_every_answer_fits_its_schema(run: Run, source: Path) -> None:
    fits = validator("answers")
    for question in Question:
        fits.validate(loaded(run("show", question, "--from", source, "--json").out))


def test_the_answers_about_nothing_fit_too(run: Run) -> None:
    Store.create(Path("empty.stakeout"), Portfolio()).close()
    for question in Question:
        validator("answers").validate(loaded(run("show", question, "-p", "empty.stakeout", "--json").out))


@pytest.mark.parametrize("source", PORTFOLIOS, ids=lambda path: path.stem)
def test_a_report_for_programs_holds_the_same_answers(run: Run, source: Path) -> None:
    assert run("report", "--from", source, "-o", "all.json").status == 0
    shown = run("show", "all", "--from", source, "--json").out
    assert Path("all.json").read_text("utf-8") == shown


@pytest.mark.parametrize("source", FILES, ids=lambda path: path.stem)
def test_every_plan_and_import_fits_its_schema(run: Run, source: Path) -> None:
    fits = validator("import")
    for arguments in (("--dry-run",), (), ()):
        ran = run("import", source, *arguments, "-p", "me.stakeout", "--json")
        fits.validate(loaded(ran.out))
        assert ran.status in {0, 1, 3}


@pytest.mark.parametrize("source", PORTFOLIOS, ids=lambda path: path.stem)
def test_every_export_fits_its_schema(run: Run, source: Path) -> None:
    run("import", source, "-p", "me.stakeout")
    for arguments in ((), ("--anonymous",)):
        assert run("export", "-o", "out.json", "-p", "me.stakeout", *arguments).status == 0
        validator("portfolio").validate(loaded(Path("out.json").read_text("utf-8")))
