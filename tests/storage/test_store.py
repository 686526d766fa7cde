import itertools
import os
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from desktop_app.domain import interchange
from desktop_app.domain.calendar_log import CalendarLog
from desktop_app.domain.imports import Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage.store import Store
from desktop_app.storage.tables import APPLICATION_ID, SCHEMA_VERSION
from tests.storage.portfolios import logs, portfolios, sample

slow = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def same(a: Portfolio, b: Portfolio) -> bool:
    """Tell whether two portfolios are equal, also in the order of everything."""
    names = ("nodes", "edges", "groups", "positions", "scenarios", "imports", "movements", "prices")
    return a == b and all(list(getattr(a, name)) == list(getattr(b, name)) for name in names)


@slow
@given(portfolios)
def test_what_is_stored_comes_back_digit_by_digit(
    tmp_path_factory: pytest.TempPathFactory, p: Portfolio
) -> None:
    with Store.create(tmp_path_factory.mktemp("p") / "p.stakeout", p) as store:
        assert same(store.load(), p)


@settings(slow, max_examples=10)
@given(portfolios)
def test_movements_that_come_one_after_the_other_are_stored_as_those_of_a_portfolio(
    tmp_path_factory: pytest.TempPathFactory, p: Portfolio
) -> None:
    with Store.create(
        tmp_path_factory.mktemp("p") / "p.stakeout", replace(p, movements={}), iter(p.movements.values())
    ) as store:
        assert same(store.load(), p)


@slow
@given(portfolios, portfolios)
def test_any_portfolio_can_follow_any_other(
    tmp_path_factory: pytest.TempPathFactory, before: Portfolio, after: Portfolio
) -> None:
    with Store.create(tmp_path_factory.mktemp("p") / "p.stakeout", before) as store:
        store.save(before, after)
        assert same(store.load(), after)
        store.save(after, before)
        assert same(store.load(), before)


@settings(slow, max_examples=15)
@given(logs, logs)
def test_what_calendars_have_told_is_kept_beside_the_portfolio(
    tmp_path_factory: pytest.TempPathFactory, first: CalendarLog, second: CalendarLog
) -> None:
    with Store.create(tmp_path_factory.mktemp("p") / "p.stakeout", sample()) as store:
        now = store.calendar()
        for log in (first, second):
            store.keep_calendar(now, replace(now, told=log.told))
            now = replace(now, told=log.told)
            assert store.calendar() == Store.read_calendar(store.path) == now
        assert same(store.load(), sample())
        store.save(sample(), Portfolio())
        assert store.calendar() == now


def test_each_file_has_an_identity_of_its_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Store.create(tmp_path / name, sample()).close()
    one, other = Store.read_calendar(tmp_path / "a"), Store.read_calendar(tmp_path / "b")
    assert one.identity != other.identity
    assert not one.told


def test_a_portfolio_outlives_its_window(tmp_path: Path) -> None:
    path = tmp_path / "p.stakeout"
    Store.create(path, sample()).close()
    with Store.open(path) as store:
        assert same(store.load(), sample())
    assert same(Store.read(path), sample())


def test_eighteen_places_stay_exact_text_in_the_file(tmp_path: Path) -> None:
    Store.create(tmp_path / "p.stakeout", sample()).close()
    with sqlite3.connect(tmp_path / "p.stakeout") as file:
        found = file.execute("SELECT DISTINCT quantity, typeof(quantity) FROM positions").fetchall()
    file.close()
    assert found == [("1.000000000000000001", "text")]


def test_what_positions_share_is_stored_once(tmp_path: Path) -> None:
    before = sample()
    parts = "SELECT count(*) FROM parts"
    used = "SELECT count(DISTINCT exit) || count(DISTINCT layers) FROM positions"
    with Store.create(tmp_path / "p.stakeout", before) as store:
        assert looked_up(store.path, used) == "11"
        assert looked_up(store.path, parts) == 4  # way out, layers, edge of A, B and C; and the edge of X
        store.save(before, before.without_positions("A", "B", "C"))
        assert looked_up(store.path, parts) == 1  # the scenario still stands on X


def test_only_the_rows_that_differ_are_written(tmp_path: Path) -> None:
    before = sample()
    after = before.with_positions(replace(before.positions["B"], name="renamed"))
    with Store.create(tmp_path / "p.stakeout", before) as store:
        with sqlite3.connect(store.path) as spy:
            spy.executescript(
                "CREATE TABLE log (id); CREATE TRIGGER t AFTER UPDATE ON positions"
                " BEGIN INSERT INTO log VALUES (new.id); END;"
            )
        store.save(before, after)
        assert spy.execute("SELECT id FROM log").fetchall() == [("B",)]
        spy.close()


def test_a_deleted_position_returns_to_its_place_without_moving_the_others(tmp_path: Path) -> None:
    before = sample()
    after = before.without_positions("B")
    places = "SELECT group_concat(ordinal) FROM positions WHERE id <> 'B'"
    with Store.create(tmp_path / "p.stakeout", before) as store:
        old = looked_up(store.path, places)
        store.save(before, after)
        store.save(after, before)
        assert same(store.load(), before)
        assert looked_up(store.path, places) == old


def test_rows_find_room_however_often_they_are_put_in_at_one_place(tmp_path: Path) -> None:
    first, last = sample().positions["A"], sample().positions["C"]
    now = Portfolio().with_positions(first, last)
    with Store.create(tmp_path / "p.stakeout", now) as store:
        for n in range(30):  # more often than the space between two rows can be halved
            before = now
            rows = [first, replace(first, id=f"new {n}"), *list(now.positions.values())[1:]]
            now = Portfolio().with_positions(*rows)
            store.save(before, now)
        assert same(store.load(), now)


def test_a_new_order_is_kept(tmp_path: Path) -> None:
    before = sample()
    after = replace(before, positions={p: before.positions[p] for p in "CBA"})
    with Store.create(tmp_path / "p.stakeout", before) as store:
        store.save(before, after)
        assert list(store.load().positions) == ["C", "B", "A"]


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    Store.create(tmp_path / "p.stakeout").close()
    assert looked_up(tmp_path / "p.stakeout", "PRAGMA application_id") == APPLICATION_ID
    assert looked_up(tmp_path / "p.stakeout", "PRAGMA user_version") == SCHEMA_VERSION


@pytest.mark.parametrize(
    "name", ["what?.stakeout", "100 %41#.stakeout", "a'b\".stakeout", "\u00e9\U0001f95b.stakeout"]
)
def test_any_file_name_is_a_file_name(tmp_path: Path, name: str) -> None:
    with Store.create(tmp_path / name, sample()) as store:
        store.save(sample(), Portfolio())
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert Store.read(tmp_path / name) == Portfolio()


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_file_and_folder_are_the_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with Store.create(tmp_path / "new" / "p.stakeout") as store:
            found = {
                p.name: p.stat().st_mode & 0o777 for p in (store.path.parent, *store.path.parent.iterdir())
            }
    finally:
        os.umask(old)
    assert found == {"new": 0o700, "p.stakeout": 0o600, ".p.stakeout.lock": 0o600}


def test_nothing_is_left_beside_a_closed_portfolio(tmp_path: Path) -> None:
    Store.create(tmp_path / "p.stakeout", sample()).close()
    assert [p.name for p in tmp_path.iterdir()] == ["p.stakeout"]


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    Store.create(tmp_path / "p.stakeout", sample()).close()
    with pytest.raises(UserError, match="exists already"):
        Store.create(tmp_path / "p.stakeout")
    assert Store.read(tmp_path / "p.stakeout") == sample()


@pytest.mark.parametrize(
    "portfolio",
    [
        sample().with_prices(Price("ETH", sample().as_of, "USD", Decimal("NaN"), "")),  # type: ignore[arg-type]
        sample().with_positions(replace(sample().positions["A"], quantity=Decimal("1E+200"))),
        sample().with_positions(replace(sample().positions["A"], notes="\ud800")),
        sample().with_positions(replace(sample().positions["A"], liquidation_penalty=float("nan"))),
        sample().with_imports(replace(sample().imports["i"], data_rows=2**63)),
    ],
    ids=["NaN", "huge amount", "broken text", "float NaN", "huge count"],
)
def test_what_cannot_be_stored_is_said_and_changes_nothing(tmp_path: Path, portfolio: Portfolio) -> None:
    with Store.create(tmp_path / "p.stakeout", sample()) as store:
        with pytest.raises(UserError, match="cannot be stored"):
            store.save(sample(), portfolio)
        assert same(store.load(), sample())


def test_a_movement_that_cannot_be_stored_leaves_none_of_those_before_it(tmp_path: Path) -> None:
    before = sample()
    (movement,) = before.movements.values()
    broken = movement._replace(id="m-40001", amount=Decimal("NaN"))
    with Store.create(tmp_path / "p.stakeout", before) as store:
        with pytest.raises(UserError, match="cannot be stored"):
            store.save(
                before,
                replace(before, notice="more"),
                itertools.chain((movement._replace(id=f"m-{n}") for n in range(40_000)), [broken]),
            )
        assert same(store.load(), before)


def test_a_portfolio_in_an_interchange_file_is_stored_as_it_is(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "data/portfolio/open-example.json").read_text(encoding="utf-8")
    portfolio = interchange.loads(text)
    with Store.create(tmp_path / "p.stakeout", portfolio) as store:
        assert interchange.dumps(store.load()) == interchange.dumps(portfolio)


def looked_up(path: Path, query: str) -> object:
    file = sqlite3.connect(path)
    try:
        return file.execute(query).fetchone()[0]
    finally:
        file.close()
