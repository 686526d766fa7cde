import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jsonschema

from desktop_app import paths
from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.storage.store import Store
from tests.commands import HOLDINGS, POSITIONS, Run, assert_asks_the_user

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


def test_an_import_is_taken_back_and_the_rest_stays(run: Run) -> None:
    run("import", POSITIONS, HOLDINGS, "-p", "me.stakeout")
    ran = run("imports", "--undo", "import-1", "-p", "me.stakeout")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("“import-1” is taken back.\n")
    left = Store.read(Path("me.stakeout"))
    assert list(left.imports) == ["import-2"]
    assert {p.import_id for p in left.positions.values()} == {"import-2"}


def test_what_an_undo_costs_is_said_to_programs_too(run: Run) -> None:
    run("import", POSITIONS, "-p", "me.stakeout")
    with Store.open(Path("me.stakeout")) as store:
        before = store.load()
        first = next(iter(before.positions.values()))
        store.save(before, before.with_positions(replace(first, debt=Decimal(5))))
    found = run("imports", "--undo", "import-1", "--json", "-p", "me.stakeout").json
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert (found["undone"], found["imports"]) == ("import-1", [])
    assert "goes, and with it what you entered: its debt" in found["lost"][0]


def test_what_cannot_be_taken_back_is_said(run: Run) -> None:
    run("import", POSITIONS, "-p", "me.stakeout")
    assert_asks_the_user(run("imports", "--undo", "x", "-p", "me.stakeout"), "There is no import “x”")
    assert_asks_the_user(run("imports", "--undo", "x", "-p", "no.stakeout"), "There is no portfolio at")
    with Store.open(Path("me.stakeout")):
        assert_asks_the_user(run("imports", "--undo", "import-1", "-p", "me.stakeout"), "open in another")
    assert list(Store.read(Path("me.stakeout")).imports) == ["import-1"]


def test_an_import_that_breaks_a_limit_is_logged_and_so_is_taking_it_back(run: Run) -> None:
    run("import", POSITIONS, "-p", "me.stakeout")
    limit = limit_of(LimitKind.NODE_SHARE, "custody:new", 0.05)
    with Store.open(Path("me.stakeout")) as store:
        before = store.load()
        store.save(before, before.with_limits(limit))
    Path("more.csv").write_text("asset,quantity,price_usd,account\nETH,1000,3000,New\n", "utf-8")
    warned = "New would be 94.1\u202f%, over your limit of 5\u202f% (now 0.0\u202f%)."
    dry = run("import", "more.csv", "-p", "me.stakeout", "--dry-run", "--json").json
    assert [text for text in dry["warnings"] if "limit" in text] == [f"Share of {warned}"]
    assert Store.read(Path("me.stakeout")).breaks == {}
    ran = run("import", "more.csv", "-p", "me.stakeout")
    assert ran.status == 0
    assert "over your limit of 5" in ran.out
    (found,) = Store.read(Path("me.stakeout")).breaks.values()
    assert (found.about, found.broken_by, found.mended_on) == (limit.about, "Import of more.csv", None)
    told = run("show", "limits", "-p", "me.stakeout", "--json").json["limit_breaks"]
    assert [b["broken_by"] for b in told] == ["Import of more.csv"]
    run("imports", "--undo", "import-2", "-p", "me.stakeout")
    (mended,) = Store.read(Path("me.stakeout")).breaks.values()
    assert mended.mended_by == "Take back import of more.csv"


def test_a_dry_run_logs_nothing(run: Run) -> None:
    run("import", paths.resources() / "samples/marlow.json", "-p", "me.stakeout")
    before = Path("me.stakeout").read_bytes()
    assert Store.read(Path("me.stakeout")).breaks == {}
    run("import", POSITIONS, "-p", "me.stakeout", "--dry-run")
    assert Path("me.stakeout").read_bytes() == before
