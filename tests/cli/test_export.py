import json
import shutil
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from icalendar import Calendar

from desktop_app import paths
from desktop_app.domain import interchange
from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.answers import answers, to_json
from desktop_app.storage.store import Store, check_header
from desktop_app.storage.tables import SCHEMA_VERSION
from tests.analysis.strategies import portfolios
from tests.commands import EXAMPLE, HOLDINGS, Run, assert_asks_the_user
from tests.report.holdings import TODAY
from tests.storage.test_upgrade import file_of

SAMPLE = paths.resources() / "samples/marlow.json"


@pytest.fixture
def sample(run: Run) -> Path:
    """A portfolio with the sample in it."""
    assert run("import", SAMPLE, "-p", "me.stakeout").status == 0
    return Path("me.stakeout")


@pytest.mark.parametrize("source", [SAMPLE, EXAMPLE, EXAMPLE.with_name("debt-example.json")])
def test_a_portfolio_exported_and_imported_gives_equal_answers(run: Run, source: Path) -> None:
    run("import", source, "-p", "me.stakeout")
    assert run("export", "-o", "me.json", "-p", "me.stakeout").status == 0
    run("import", "me.json", "-p", "you.stakeout")
    assert Store.read(Path("you.stakeout")) == Store.read(Path("me.stakeout"))
    shown = [run("show", "all", "--json", "-p", f"{name}.stakeout").out for name in ("me", "you")]
    assert shown[0] == shown[1]
    assert run("show", "all", "--json", "--from", "me.json").out == shown[0]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(portfolios(indebted=True))
def test_any_portfolio_exported_and_read_gives_equal_answers(portfolio: Portfolio) -> None:
    again = interchange.loads(interchange.dumps(portfolio))
    assert to_json(answers(again, "all", TODAY)) == to_json(answers(portfolio, "all", TODAY))


def test_an_export_says_what_it_holds_and_follows_the_schema(run: Run, sample: Path) -> None:
    ran = run("export", "-o", "me.json", "-p", sample)
    assert (ran.status, ran.out, ran.err) == (0, "12 positions are in “me.json”.\n", "")
    schema = json.loads((paths.resources() / "schema/portfolio.json").read_text("utf-8"))
    jsonschema.validate(json.loads(Path("me.json").read_text("utf-8")), schema)


def test_a_table_comes_back_as_the_same_positions(run: Run, sample: Path) -> None:
    ran = run("export", "-o", "me.csv", "-p", sample)
    assert ran.out.startswith("12 positions are in “me.csv”.\nThe table has no room for debts,")
    assert run("import", "me.csv", "-p", "you.stakeout").status == 0
    ids, quantities = (
        [
            [getattr(p, key) for p in Store.read(Path(name)).positions.values()]
            for name in ("me.stakeout", "you.stakeout")
        ]
        for key in ("id", "quantity")
    )
    assert ids[0] == ids[1]
    assert quantities[0] == quantities[1]


def test_an_anonymous_export_shows_shares_and_no_names(run: Run, sample: Path) -> None:
    run("import", HOLDINGS, "-p", "ledger.stakeout")
    for name in (sample, "ledger.stakeout"):
        ran = run("export", "-o", "shown.json", "--anonymous", "-p", name)
        assert ran.out.endswith("with other names and amounts.\n")
        shown = json.loads(Path("shown.json").read_text("utf-8"))
        assert (shown["imports"], shown["movements"], shown["notice"]) == ([], [], "")
        assert "Cold North" not in Path("shown.json").read_text("utf-8")
    assert run("export", "-o", "shown.csv", "--anonymous", "-p", sample).status == 0
    assert "Cold North" not in Path("shown.csv").read_text("utf-8")


@pytest.mark.parametrize("name", ["me.json", "me.csv", "me.ics"])
def test_an_export_is_the_owners_alone_and_replaces_an_earlier_one_or_a_link(
    run: Run, sample: Path, name: str
) -> None:
    Path("precious").write_text("precious")
    Path(name).symlink_to("precious")
    for _ in range(2):
        assert run("export", "-o", name, "-p", sample).status == 0
        assert not Path(name).is_symlink()
        assert Path(name).stat().st_mode & 0o777 == 0o600
    assert Path("precious").read_text() == "precious"
    assert sorted(p.name for p in Path().iterdir()) == sorted(["me.stakeout", "precious", name])


def test_an_export_replaces_no_portfolio(run: Run, sample: Path) -> None:
    Path("link.json").symlink_to(sample)
    assert_asks_the_user(run("export", "-o", "link.json", "-p", sample), "is a portfolio: the export would")
    assert Path("link.json").is_symlink()


def entries() -> list[Any]:
    """Return the entries of the calendar as another program reads them."""
    return list(Calendar.from_ical(Path("claims.ics").read_bytes()).walk("VEVENT"))


def test_a_calendar_holds_the_dates_and_a_second_one_the_same_entries(run: Run, sample: Path) -> None:
    ran = run("export", "-o", "claims.ics", "-p", sample)
    assert (ran.status, ran.out, ran.err) == (0, "3 dates are in “claims.ics”.\n", "")
    first = entries()
    assert run("export", "-o", "claims.ics", "-p", sample).status == 0
    second = entries()
    assert [(e["uid"], e["dtstart"].dt) for e in first] == [(e["uid"], e["dtstart"].dt) for e in second]
    assert str(first[1]["description"]).startswith("600.00 ATOM can be claimed from")


def test_a_calendar_has_the_same_entries_in_a_renamed_or_restored_file_and_others_in_another(
    run: Run, sample: Path
) -> None:
    def uids(path: str) -> list[str]:
        assert run("export", "-o", "claims.ics", "-p", path).status == 0
        return [str(e["uid"]) for e in entries()]

    own = uids("me.stakeout")
    run("backup", "copy.stakeout", "-p", sample)
    with Store.open(sample) as store:
        store.save(store.load(), replace(store.load(), notice="saved"))
    sample.rename("renamed.stakeout")
    assert uids("renamed.stakeout") == uids("copy.stakeout") == own
    run("import", SAMPLE, "-p", "other.stakeout")
    assert not {*uids("other.stakeout")} & {*own}


def without_atom(path: Path) -> None:
    with Store.open(path) as store:
        store.save(store.load(), store.load().without_positions("ATOM"))


def test_a_calendar_calls_off_what_an_earlier_one_has_told(run: Run, sample: Path) -> None:
    run("export", "-o", "claims.ics", "-p", sample)
    before = {str(e["uid"]): e for e in entries()}
    without_atom(sample)
    ran = run("export", "-o", "claims.ics", "-p", sample)
    assert (ran.out, ran.err) == ("2 dates are in “claims.ics”. 1 earlier date is called off.\n", "")
    (off,) = (e for e in entries() if e["status"] == "CANCELLED")
    assert str(off["summary"]) == "ATOM: claim"
    assert off["sequence"] > before[str(off["uid"])]["sequence"]


def test_a_calendar_for_others_calls_nothing_off_and_is_not_kept(run: Run, sample: Path) -> None:
    run("export", "-o", "own.ics", "-p", sample)
    told = Store.read_calendar(sample)
    without_atom(sample)
    assert run("export", "-o", "claims.ics", "-p", sample, "--anonymous").out.startswith("2 dates are")
    assert {str(e["status"]) for e in entries()} == {"CONFIRMED"}
    assert Store.read_calendar(sample) == told


def test_a_calendar_for_others_leaves_an_older_file_as_it_is_and_an_own_one_is_kept_in_it(run: Run) -> None:
    shutil.copyfile(file_of(6), "old.stakeout")
    for options, version in ((["--anonymous"], 6), ([], SCHEMA_VERSION)):
        ran = run("export", "-o", "claims.ics", "-p", "old.stakeout", *options)
        assert (ran.status, ran.err) == (0, "")
        assert check_header(Path("old.stakeout")) == version
    assert Store.read_calendar(Path("old.stakeout")).told.keys() == {str(e["uid"]) for e in entries()}


def test_a_calendar_of_a_portfolio_that_is_open_elsewhere_is_written_and_says_what_it_cannot(
    run: Run, sample: Path
) -> None:
    with Store.open(sample):
        ran = run("export", "-o", "claims.ics", "-p", sample)
    assert (ran.status, ran.err) == (0, "")
    written, said = ran.out.splitlines()
    assert written == "3 dates are in “claims.ics”."
    assert said.startswith("The next calendar cannot call off what only this one has: “me.stakeout” is open")
    assert len(entries()) == 3
    assert not Store.read_calendar(sample).told


def test_a_calendar_can_be_shown_to_others(run: Run, sample: Path) -> None:
    assert run("export", "-o", "a.ics", "-p", sample, "--hide-amounts").status == 0
    ran = run("export", "-o", "b.ics", "-p", sample, "--anonymous")
    assert ran.out == "3 dates are in “b.ics”, with other names and amounts.\n"
    for name in ("a.ics", "b.ics"):
        lines = Path(name).read_text("utf-8").replace("\r\n ", "").splitlines()
        told = [line for line in lines if line.startswith(("SUMMARY", "DESCRIPTION"))]
        assert len(told) >= 6
        assert not [line for line in told if "600" in line]
    assert run("export", "-o", "a.csv", "-p", sample, "--hide-amounts").status == 2


@pytest.mark.parametrize("place", ["Europe/Berlin", "Pacific/Chatham", "America/St_Johns"])
def test_a_calendar_has_the_same_days_in_every_zone(
    run: Run, sample: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", place)
        time.tzset()
        assert run("export", "-o", "claims.ics", "-p", sample).status == 0
    time.tzset()
    assert [e["dtstart"].dt for e in entries()] == [
        date(2026, 11, 25),
        datetime(2026, 12, 3, tzinfo=UTC),
        date(2027, 3, 25),
    ]


def test_without_a_date_no_calendar_is_written_and_that_is_said(run: Run) -> None:
    run("import", EXAMPLE, "-p", "me.stakeout")
    ran = run("export", "-o", "claims.ics", "-p", "me.stakeout")
    assert_asks_the_user(ran, "There is no date to write")
    assert not Path("claims.ics").exists()


def test_nothing_is_written_of_a_portfolio_that_is_not_there(run: Run) -> None:
    assert_asks_the_user(run("export", "-o", "x.json", "-p", "none.stakeout"), "There is no portfolio at")
    assert_asks_the_user(run("export", "-o", "x.json"), "There is no portfolio at")
    assert list(Path().iterdir()) == []


def test_an_export_that_cannot_be_written_is_said(run: Run, sample: Path) -> None:
    assert_asks_the_user(run("export", "-o", "nowhere/x.json", "-p", sample), "could not be written")
    Path("folder.csv").mkdir()
    assert_asks_the_user(run("export", "-o", "folder.csv", "-p", sample), "there is a folder of that name")


def test_a_portfolio_that_is_open_elsewhere_is_exported(run: Run, sample: Path) -> None:
    with Store.open(sample):
        assert run("export", "-o", "x.json", "-p", sample).status == 0
