"""Long tables are read by column: the same comes out as row by row, in the plan and in the file."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.csv_import.long_rows import LongRows
from desktop_app.csv_import.plan import Options, Outcome, Plan, read_plan
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage.store import Store
from tests.benchmarks.generate import table_rows

CATALOGUE = shipped.catalogue()
TODAY, NOW = date(2026, 11, 24), datetime(2026, 11, 24, tzinfo=UTC)
KRAKEN = Path(__file__).parents[1] / "data" / "kraken_ledgers.csv"
HEADER = (
    *("name", "account", "asset", "quantity", "price_usd", "value_usd", "protocol", "layer", "operator"),
    *("services", "chain", "opened_on", "reward_apr", "status", "notes", "my remark"),
)
NEVER = 1 << 60
AS_IT_IS = Options()
BLANK = Portfolio()


def as_text(rows: list[list[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def by_column(data: bytes, options: Options = AS_IT_IS, before: Portfolio = BLANK) -> Plan:
    return read_plan(data, "table.csv", before, CATALOGUE, TODAY, options, long=0)


def by_row(data: bytes, options: Options = AS_IT_IS, before: Portfolio = BLANK) -> Plan:
    return read_plan(data, "table.csv", before, CATALOGUE, TODAY, options, long=NEVER)


def assert_same(long: Plan, slow: Plan) -> None:
    assert list(long.rows) == list(slow.rows)
    assert replace(long, rows=slow.rows) == slow


def stored(plan: Plan, folder: Path, before: Portfolio = BLANK) -> Portfolio | None:
    """Return what is in a file after the import by column, None where that cannot be done."""
    found = plan.stamped(before, CATALOGUE, NOW, "import-1")
    if found is None:
        return None
    path = folder / "new.stakeout"
    path.unlink(missing_ok=True)
    if before is BLANK:
        with Store.create(path, *found) as store:
            return store.load()
    with Store.create(path, before) as store:
        store.save(before, *found)
        return store.load()


def few(*usual: str, odd: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    """Return cells that are mostly of the usual kind, of which there are few."""
    return st.sampled_from((*usual * 8, *odd))


CELLS = {
    "name": few("", "A", "Ä b", "“q”", "x, y", odd=("'=1+1", " padded ", "Total", "name", "…")),
    "account": few("Ledger", "Kraken", "", odd=(" Ledger", "Wallet Ö")),
    "asset": few(
        *("ETH", "weETH", "stETH", "SOL", "USDC"),
        odd=("FOO", "USD", "", "Total", "asset", "1INCH", "steth", "-"),
    ),
    "quantity": few(
        *("1.5", "2", "0.25", "10.500", "007.10", "1234.567"),
        odd=("", "0", "0.000", "abc", "-3", "1,234.5", "5 ETH", "1e3", "1.234", " 4", "1.23E+15"),
    ),
    "price_usd": few("", "2500.10", "3", "0", odd=("x", "-1", "€ 5", "2500,10", "1.234")),
    "value_usd": few("", "100", odd=("?", "90.0 USD")),
    "protocol": few("", "", "EigenLayer", odd=("Unknown Vault", "Lido")),
    "layer": few("", "", "restaking", odd=("staking", "cellar")),
    "operator": few("", "P2P", "Kiln", odd=("Kiln; P2P", "Kiln:60")),
    "services": few("", "EigenDA", odd=("EigenDA; Lagrange",)),
    "chain": few("", "", odd=("arbitrum", "mars")),
    "opened_on": few("2025-01-31", "", "2024-02-29", odd=("2025-02-30", "soon", "2035-01-01", "1 Mar 2025")),
    "reward_apr": few("3.5", "", "0", "12", odd=("4 %", "x", "-1", "0.5")),
    "status": few("", "active", odd=("closed", "gone")),
    "notes": few("", "", "two", odd=("'=bad",)),
    "my remark": few("", "r"),
}


def in_any_order(portfolio: Portfolio) -> Portfolio:
    """Return the portfolio with the edges of each layer sorted: that they are a layer's is all they say."""
    return portfolio.with_positions(
        *(
            replace(p, layers=tuple(replace(la, edges=tuple(sorted(la.edges))) for la in p.layers))
            for p in portfolio.positions.values()
        )
    )


NUMBERS = ("quantity", "price_usd", "value_usd", "reward_apr", "Menge", "Preis", "Zinssatz")
KIND = ("account", "asset", "protocol", "layer", "operator", "services", "chain", "status")
HEAD = list(HEADER)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Return rows of a few kinds, and some that are no rows."""
    kinds = [{name: draw(CELLS[name]) for name in KIND} for _ in range(draw(st.integers(1, 3)))]
    kind = st.sampled_from(kinds)
    free = st.fixed_dictionaries({name: cell for name, cell in CELLS.items() if name not in KIND})
    row = st.builds(lambda a, b: [(a | b)[name] for name in HEADER], kind, free)
    odd = st.one_of(
        *(row.map(lambda r: r[:7]), row.map(lambda r: [*r, "more"]), row.map(lambda r: [*r, ""])),
        st.sampled_from(([], [""] * len(HEAD), HEAD, ["Total", "", "", "123.456"])),
    )
    rows = draw(st.lists(row, min_size=64, max_size=90))
    for strange in draw(st.lists(odd, max_size=2)):
        rows.insert(draw(st.integers(0, len(rows))), strange)
    return rows


def in_german(rows: list[list[str]]) -> bytes:
    """Return a table with commas for points, and points for commas, in its numbers."""
    turned = str.maketrans(",.", ".,")
    at = {i for i, name in enumerate(rows[0]) if name in NUMBERS}
    texts = [[c.translate(turned) if i in at else c for i, c in enumerate(row)] for row in rows]
    return as_text(texts, ";")


def filled() -> Portfolio:
    """Return a portfolio with positions of an earlier table and of a ledger, one of them taken out."""
    table = [
        ["account", "asset", "quantity", "protocol", "layer", "operator"],
        *(
            ["Elsewhere", asset, str(n), "", "", ""]
            for n, asset in enumerate(("ETH", "FOO", "ETH", "SOL"), 1)
        ),
        ["Elsewhere", "weETH", "1", "EigenLayer", "restaking", "Kiln"],
    ]
    options = Options(answers={"asset_unknown": "own"})
    before = by_row(as_text(table), options).apply(BLANK, CATALOGUE, NOW, "import-0")
    ledger = read_plan(KRAKEN.read_bytes(), KRAKEN.name, before, CATALOGUE, TODAY)
    return ledger.apply(before, CATALOGUE, NOW, "import-00").without_positions("ETH-2")


FILLED = filled()


@settings(max_examples=45, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=tables(),
    written=st.sampled_from((as_text, in_german)),
    before=st.sampled_from((BLANK, FILLED)),
    column_map=st.sampled_from(({}, {"quantity": "quantity"})),
    left_out=st.frozensets(st.integers(1, 95), max_size=4),
    again=st.integers(0, 3),
    answers=st.sampled_from(({}, {"repeated_rows": "one"}, {"staked_share:SOL": "staked"})),
)
def test_a_table_by_column_is_the_table_by_row(
    rows: list[list[str]],
    written: Callable[[list[list[str]]], bytes],
    before: Portfolio,
    column_map: dict[str, str],
    left_out: frozenset[int],
    again: int,
    answers: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    answers = {**answers, "asset_unknown": "own", "layer_unknown": "own"}
    data = written([HEAD, *rows, *rows[:again]])
    options = Options(column_map=column_map, answers=answers, left_out=left_out)
    long, slow = by_column(data, options, before), by_row(data, options, before)
    assert_same(long, slow)
    if long.outcome in (Outcome.ACCEPT, Outcome.ACCEPT_PARTLY) and isinstance(long.rows, LongRows):
        found = stored(long, tmp_path_factory.mktemp("long"), before)
        if found is not None:
            after = slow.apply(before, CATALOGUE, NOW, "import-1")
            assert in_any_order(found) == in_any_order(after)
            assert list(found.positions) == list(after.positions)


def generated(count: int) -> list[list[str]]:
    """Return a table of positions in one account."""
    return [
        [name, "Ledger" if number else account, *rest]
        for number, (name, account, *rest) in enumerate(table_rows(count))
    ]


def test_a_long_table_is_read_by_column_and_gives_the_same_file(tmp_path: Path) -> None:
    data = as_text(generated(9_000))
    long = read_plan(data, "table.csv", BLANK, CATALOGUE, TODAY)
    slow = by_row(data)
    assert isinstance(long.rows, LongRows)
    assert_same(long, slow)
    found = stored(long, tmp_path)
    assert found is not None
    assert in_any_order(found) == in_any_order(slow.apply(BLANK, CATALOGUE, NOW, "import-1"))


@pytest.mark.parametrize("grouped", ["1,234.5", "12,345,678.25", "1,234"])
@pytest.mark.parametrize("written", [as_text, in_german])
def test_decimal_commas_and_groups_are_read_by_column(
    written: Callable[[list[list[str]]], bytes], grouped: str, tmp_path: Path
) -> None:
    rows = generated(400)
    for row in rows[1::3]:
        row[3] = grouped
    data = written(rows)
    long, slow = by_column(data), by_row(data)
    assert isinstance(long.rows, LongRows)
    assert not long.rows.own
    assert_same(long, slow)
    found = stored(long, tmp_path)
    assert found is not None
    assert in_any_order(found) == in_any_order(slow.apply(BLANK, CATALOGUE, NOW, "import-1"))


def test_a_long_table_under_other_names_is_read_by_column_once_its_columns_are_agreed_to(
    tmp_path: Path,
) -> None:
    names = "Name,Wo,Währung,Menge,Preis,Protokoll,Schicht,Betreiber,Dienste,Seit,Zinssatz"
    data = in_german([names.split(","), *generated(400)[1:]])
    asked = by_column(data)
    assert [q.code for q in asked.questions if q.stops] == ["columns"]
    assert not isinstance(asked.rows, LongRows)
    agreed = Options(answers={"columns": "guess"})
    long, slow = by_column(data, agreed), by_row(data, agreed)
    assert isinstance(long.rows, LongRows)
    assert_same(long, slow)
    found = stored(long, tmp_path)
    assert found is not None
    assert in_any_order(found) == in_any_order(slow.apply(BLANK, CATALOGUE, NOW, "import-1"))
    again = by_column(data.replace(b";Ledger;", b";ledger ;"), agreed, found)
    assert not isinstance(again.rows, LongRows)
    assert again.counts.duplicate == 400


def test_rows_of_a_long_table_can_be_left_out(tmp_path: Path) -> None:
    data, some, every = as_text(generated(400)), frozenset({2, 3, 400, 999}), frozenset(range(2, 402))
    for left_out, count in ((some, 397), (every, 0)):
        options = Options(left_out=left_out)
        long, slow = by_column(data, options), by_row(data, options)
        assert isinstance(long.rows, LongRows)
        assert (long.counts.accepted, long.counts.skipped) == (count, 400 - count)
        assert_same(long, slow)
    found = stored(by_column(data, Options(left_out=some)), tmp_path)
    assert found is not None
    assert len(found.positions) == 397


def test_a_header_that_stands_far_down_is_found_row_by_row() -> None:
    names = ["Coin", "Menge"]
    rows = [names, *(["ETH", f"{n}.25"] for n in range(30_000)), names, ["SOL", "2.5"]]
    found = by_column(as_text(rows), Options(answers={"columns": "guess", "header_line": "30002"}))
    assert found.detect.header_line == 30_002
    assert [row.asset for row in found.rows] == ["SOL"]


def test_broken_rows_of_a_long_table_are_rejected_by_themselves() -> None:
    rows = generated(400)
    rows[7][3], rows[9][9], rows[11][2] = "many", "2025-13-01", ""
    rows[13] = rows[13][:4]
    found = by_column(as_text(rows))
    assert isinstance(found.rows, LongRows)
    assert [(r.line, r.code) for r in found.rejected] == [
        (8, "quantity_invalid"),
        (10, "date_invalid"),
        (12, "asset_missing"),
        (14, "row_short"),
    ]
    assert found.left[7] == rows[7]
    assert (found.counts.accepted, found.counts.rejected) == (396, 4)
    assert_same(found, by_row(as_text(rows)))


def changed(at: int, column: int, text: str) -> bytes:
    rows = generated(200)
    rows[at][column] = text
    return as_text(rows)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(changed(50, 0, "two\nlines"), id="a row over two lines"),
        pytest.param(changed(50, 0, "hid\u200bden"), id="an invisible sign"),
        pytest.param(changed(50, 0, "bell\a"), id="a control character"),
        pytest.param(as_text(generated(200)) + b'"open', id="a quote that is never closed"),
        pytest.param(as_text(generated(200)) + b"a,b,ETH,1,,,,,,,,\r\n" * 2, id="data in longer rows"),
        pytest.param(
            as_text([["asset", "quantity"], ["ETH", "0.5"], *(["ETH", f"{n},125"] for n in range(1, 99))]),
            id="groups that could be decimal commas",
        ),
        pytest.param(
            as_text([["asset", "quantity"], *(["ETH", f"{n}.125"] for n in range(1, 99))]), id="either sign"
        ),
        pytest.param(
            as_text([["asset", "quantity", "opened_on"], *(["ETH", f"{n}", "1/2/2025"] for n in range(99))]),
            id="either day or month",
        ),
        pytest.param(
            as_text([["asset", "quantity", "reward_apr"], *(["SOL", f"{n}", "0.5"] for n in range(1, 99))]),
            id="rates below one",
        ),
        pytest.param(
            as_text([["asset", "quantity", "price_eur"], *(["SOL", f"{n}", "5"] for n in range(1, 99))]),
            id="prices in another currency",
        ),
        pytest.param(
            as_text([["asset", "quantity", "account"], *(["SOL", f"{n}", f"W{n}"] for n in range(1, 99))]),
            id="hardly two rows of a kind",
        ),
    ],
)
def test_what_columns_cannot_tell_is_read_row_by_row(data: bytes) -> None:
    found = by_column(data)
    assert not isinstance(found.rows, LongRows)
    assert found == by_row(data)


def test_a_long_table_into_a_portfolio_with_other_things_is_read_by_column(tmp_path: Path) -> None:
    data = as_text(generated(400))
    long, slow = by_column(data, before=FILLED), by_row(data, before=FILLED)
    assert isinstance(long.rows, LongRows)
    assert_same(long, slow)
    found, after = stored(long, tmp_path, FILLED), slow.apply(FILLED, CATALOGUE, NOW, "import-1")
    assert found is not None
    assert in_any_order(found) == in_any_order(after)
    assert list(found.positions) == list(after.positions)


def test_what_is_stored_of_an_account_of_a_long_table_is_compared_row_by_row() -> None:
    data = as_text(generated(200))
    before = by_row(data).apply(BLANK, CATALOGUE, NOW, "import-1")
    for again in (data, data + b"Another,Ledger,ETH,1,,,,,,,\r\n"):
        found = by_column(again, Options(answers={"same_file": "import"}), before)
        assert not isinstance(found.rows, LongRows)
        assert found.counts.duplicate == 200


def test_rows_of_a_long_table_can_be_looked_at_in_any_place() -> None:
    data = as_text(generated(200))
    long, slow = by_column(data), by_row(data)
    assert isinstance(long.rows, LongRows)
    assert (long.rows[-1], long.rows[3:5]) == (slow.rows[-1], list(slow.rows[3:5]))
    with pytest.raises(IndexError):
        long.rows[200]


def test_positions_whose_ids_could_meet_are_added_one_by_one() -> None:
    rows = [["asset", "quantity"], *([["A-2", str(n)], ["A", str(n)]][n % 2] for n in range(1, 60))]
    found = by_column(as_text(rows), Options(answers={"asset_unknown": "own"}))
    assert isinstance(found.rows, LongRows)
    assert found.stamped(BLANK, CATALOGUE, NOW, "import-1") is None
    ids = list(found.apply(BLANK, CATALOGUE, NOW, "import-1").positions)
    assert len(set(ids)) == len(ids) == 59


def test_nothing_is_made_of_a_long_table_with_open_questions() -> None:
    rows = [["asset", "quantity"], *(["WOBBLE", str(n)] for n in range(1, 60))]
    found = by_column(as_text(rows))
    assert (found.outcome, found.counts.asked) == (Outcome.ASK, 59)
    with pytest.raises(UserError, match="question"):
        found.stamped(BLANK, CATALOGUE, NOW, "import-1")


def test_reading_a_long_table_can_be_cancelled_while_its_rows_are_read_and_after() -> None:
    data, heard = as_text(generated(200)), list[int]()
    read_plan(data, "t.csv", BLANK, CATALOGUE, TODAY, progress=heard.append, long=0)
    assert heard == [200] * 4
    for times in range(1, len(heard) + 1):
        left = iter(range(1, times))

        def stop(rows: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt(rows)

        with pytest.raises(KeyboardInterrupt, match="200"):
            read_plan(data, "t.csv", BLANK, CATALOGUE, TODAY, progress=stop, long=0)
        assert next(left, None) is None


@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize(
    ("column", "wrong"), [("quantities", "2 ETH"), ("unit_prices", ""), ("total_values", "1e5"), ("ids", "")]
)
def test_what_the_table_would_refuse_is_not_written_by_column_either(
    column: str, wrong: str, place: int, tmp_path: Path
) -> None:
    rows = [["asset", "quantity", "price_usd"], *(["ETH", str(n), "5"] for n in range(1, 60))]
    found = by_column(as_text(rows)).stamped(BLANK, CATALOGUE, NOW, "import-1")
    assert found is not None
    shared, stamped = found
    getattr(stamped, column)[place] = wrong
    with pytest.raises(UserError, match="cannot be stored"):
        Store.create(tmp_path / "new.stakeout", shared, stamped)
    assert list(tmp_path.glob("*.stakeout*")) == []
    with Store.create(tmp_path / "there.stakeout", BLANK) as store:
        with pytest.raises(UserError, match="cannot be stored"):
            store.save(BLANK, shared, stamped)
        assert store.load() == BLANK
