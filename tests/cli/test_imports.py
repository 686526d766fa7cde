import json
from pathlib import Path

import jsonschema

from desktop_app import paths
from tests.commands import HOLDINGS, POSITIONS, Run

SCHEMA = json.loads((paths.resources() / "schema/imports.json").read_text("utf-8"))


def test_what_was_imported_is_listed(run: Run) -> None:
    run("import", POSITIONS, HOLDINGS, "-p", "me.stakeout")
    ran = run("imports", "-p", "me.stakeout")
    assert ran.status == 0
    lines = [line.split() for line in ran.out.splitlines()]
    assert lines[2] == ["Id", "On", "File", "Format", "Account", "Rows", "Came", "in", "Positions"]
    assert [line[0] for line in lines[3:]] == ["import-1", "import-2"]


def test_the_list_for_programs_follows_its_schema(run: Run) -> None:
    run("import", POSITIONS, HOLDINGS, "-p", "me.stakeout")
    found = run("imports", "-p", "me.stakeout", "--json").json
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    first, second = found["imports"]
    assert (first["id"], first["file"], first["positions"]) == ("import-1", "positions.csv", 4)
    assert second["counts"] == {"data_rows": 18, "accepted": 12, "rejected": 0, "skipped": 6}


def test_without_an_import_that_is_said(run: Run) -> None:
    run("import", paths.resources() / "samples/marlow.json", "-p", "me.stakeout")
    assert "Nothing has been imported yet." in run("imports", "-p", "me.stakeout").out
    found = run("imports", "-p", "me.stakeout", "--json").json
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert found["imports"] == []
    assert [path.name for path in Path().iterdir()] == ["me.stakeout"]
