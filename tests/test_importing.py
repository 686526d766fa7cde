"""Imports from the command line: what is told, what is written, what is refused."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from desktop_app import paths
from desktop_app.domain import interchange
from desktop_app.domain.catalogue import Entry
from desktop_app.domain.limits import Limit, LimitKind, limit_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.importing import LARGE
from desktop_app.storage.store import Store
from tests.commands import EXAMPLE, HOLDINGS, POSITIONS, Run, assert_asks_the_user, changed


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


def test_a_dry_run_of_a_very_large_file_looks_at_its_first_rows_and_says_so(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("w") as file:
        file.write("asset,quantity\n" + "".join(f"ETH,{n}\n" for n in range(1, 100_000)))
        file.truncate(LARGE + 1)  # a hole, which no reader of the whole file would take for rows
    ran = run("import", "large.csv", "-p", "me.stakeout", "--dry-run", "--json")
    rows = ran.json["counts"]["data_rows"]
    assert (ran.status, ran.json["outcome"], ran.json["counts"]["accepted"]) == (0, "accept", rows)
    assert 5_000 < rows < 100_000
    assert ran.json["message"].startswith(f"By its first {rows:,} rows: ")
    assert "looked at its first rows only" in ran.json["warnings"][0]


def test_a_dry_run_looks_into_a_portfolio_that_is_open(run: Run) -> None:
    run("import", POSITIONS, "-p", "me.stakeout")
    with Store.open(Path("me.stakeout")):
        assert run("import", HOLDINGS, "-p", "me.stakeout", "--dry-run").status == 0
        ran = run("import", HOLDINGS, "-p", "me.stakeout")
    assert_asks_the_user(ran, "is open in another window of Stakeout")


def test_a_symbol_of_the_users_own_entry_is_known(run: Run, tmp_path: Path) -> None:
    mine = Entry("mine", "Mine", "liquid-staking", "ethereum", ("mETHx",), ("ethereum-native-staking",))
    Store.create(tmp_path / "me.stakeout", Portfolio().with_entries(mine)).close()
    (tmp_path / "own.csv").write_text("asset,quantity\nmETHx,2\n")
    assert run("import", "own.csv", "-p", "me.stakeout").status == 0
    assert {"token:mETHx", "protocol:mine"} <= set(Store.read(tmp_path / "me.stakeout").nodes)


def test_the_same_file_again_is_asked_about(run: Run) -> None:
    run("import", HOLDINGS, "-p", "me.stakeout")
    before = Store.read(Path("me.stakeout"))
    ran = run("import", HOLDINGS, "-p", "me.stakeout")
    assert ran.status == 3
    assert "--answer 'same_file=" in ran.out
    assert Store.read(Path("me.stakeout")) == before


@pytest.mark.parametrize("limits", [(), (limit_of(LimitKind.NODE_SHARE, "custody:new", 0.05),)])
def test_a_long_table_comes_into_what_is_there_and_can_be_taken_out(
    run: Run, tmp_path: Path, limits: tuple[Limit, ...]
) -> None:
    row = f"{{}},Ledger,weETH,2,{'long ' * 40}\n"
    table = "name,account,asset,quantity,notes\n" + "".join(map(row.format, range(3_000)))
    (tmp_path / "long.csv").write_text(table)
    run("import", HOLDINGS, "-p", "me.stakeout")
    path = tmp_path / "me.stakeout"
    with Store.open(path) as store:
        before = store.load().with_limits(*limits)
        store.save(store.load(), before)
    ran = run("import", "long.csv", "long.csv", "-p", "me.stakeout", "--answer", "same_file=leave", "--json")
    assert [one["import_id"] for one in ran.json] == ["import-2", None]
    after = Store.read(path)
    assert list(after.positions)[: len(before.positions)] == list(before.positions)
    assert sum(p.import_id == "import-2" for p in after.positions.values()) == 3_000
    assert run("check", "-p", "me.stakeout").status == 0
    run("imports", "--undo", "import-2", "-p", "me.stakeout")
    assert Store.read(path).positions == before.positions


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
