"""Ledgers keep little of their rows: the same comes out as row by row, in the plan and in the file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.csv_import.plan import Outcome, Plan
from desktop_app.csv_import.rows import Row, Verdict
from desktop_app.domain.import_undo import without_import
from desktop_app.domain.portfolio import Portfolio
from desktop_app.storage.store import Store
from tests.benchmarks.generate import ledger_rows
from tests.csv_import.reading import NOW, plan
from tests.csv_import.toy import rows as toy_rows
from tests.csv_import.toy import toy

CATALOGUE = shipped.catalogue()
GO_ON = {"balance_negative": "go_on", "asset_unknown": "own", "repeated_rows": "both", "same_file": "import"}
HEAD, *USUAL = map(list, ledger_rows(60))
ODD = {
    "txid": ("", USUAL[0][0], USUAL[7][0], "-", "'L5", " L6 "),
    "time": ("2020-01-01 00:30:00", "2020-01-01T05:00:00", "", "soon", "1990-01-01 00:00:00", "2035-01-01"),
    "type": ("deposit", "withdrawal", "staking", "Deposit ", "margin", ""),
    "subtype": ("spottostaking", "reward"),
    "asset": ("XXBT", "DOT28.S", "ETH2", "KFEE", "NULL1", "", "<b>", "Total", "SOL"),
    "amount": ("0", "-5", "2.50", "1e1", "3 ETH", "1,5", "", "x", "(1)"),
    "fee": ("0.5", "-", "x", "1"),
    "balance": ("", "77", "nan", "5"),
}

ledgers = st.builds(
    lambda first, count, changes, again, order: [
        HEAD,
        *order(changed([list(row) for row in USUAL[first : first + count]], changes, again)),
    ],
    st.integers(0, 30),
    st.integers(5, 30),
    st.lists(
        st.tuples(
            st.integers(0, 29), st.sampled_from([(HEAD.index(c), text) for c in ODD for text in ODD[c]])
        ),
        max_size=12,
    ),
    st.integers(0, 2),
    st.sampled_from([list, lambda rows: rows[::-1], lambda rows: [*rows[::2], [], *rows[1::2]]]),
)


def changed(
    rows: list[list[str]], changes: Sequence[tuple[int, tuple[int, str]]], again: int
) -> list[list[str]]:
    """Return the rows with some cells changed, some rows twice, and one that is cut off."""
    for place, (column, text) in changes:
        rows[place % len(rows)][column] = text
    return [*rows, *rows[:again], rows[0][:4]][: len(rows) + 2 * again]


def as_text(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def said(row: Row) -> object:
    """Return what is read from a row, without where it stands and what the others say of it."""
    entry = row.entry
    if entry is None:
        return replace(row, line=0, number=0)
    moves = [(astuple(move.slot), move.amount, move.reward) for move in entry.moves]
    return (row.asset, entry.moved_at, moves, entry.identity, entry.balance, entry.asset)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(ledgers)
def test_the_rows_of_a_ledger_are_read_as_each_of_them_by_itself(rows: list[list[str]]) -> None:
    found = plan(as_text(rows), answers=GO_ON)
    assert [row.number for row in found.rows] == list(range(1, len(rows)))
    assert [row.line for row in found.rows] == list(range(2, len(rows) + 1))
    for row, texts in zip(found.rows, rows[1:], strict=True):
        if texts:
            alone = plan(as_text([HEAD, texts]), answers=GO_ON)
            assert said(row) == said(alone.rows[0])
            assert row.verdict == alone.rows[0].verdict or row.code == "stored"
            assert found.left.get(row.number) == alone.left.get(1)
        else:
            assert row.code == "blank"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(ledgers)
def test_the_positions_of_a_ledger_hold_what_its_rows_add_up_to(rows: list[list[str]]) -> None:
    without_balance = [row[:10] if row is HEAD else [*row[:10], ""][: len(row)] for row in rows]
    found = plan(as_text([HEAD, *without_balance[1:]]), answers=GO_ON)
    sums: dict[str, Decimal] = {}
    for row in found.rows:
        if row.verdict is Verdict.ADD and row.entry:
            for move in row.entry.moves:
                sums[move.slot.key] = sums.get(move.slot.key, Decimal(0)) + move.amount
    results = found.booked.results if found.booked else ()
    assert {r.key: r.holding.quantity for r in results} == {k: a for k, a in sums.items() if k and a > 0}
    accepted = sum(row.verdict in (Verdict.ADD, Verdict.ACCEPT) for row in found.rows)
    assert accepted == found.counts.accepted


def stored(path: Path, found: Plan, before: Portfolio) -> Portfolio | None:
    """Return what is in a file after an import, movement by movement; None where there is nothing to do."""
    moved = found.moved(before, CATALOGUE, NOW, "second")
    if moved is None:
        return None
    path.unlink(missing_ok=True)
    if before == Portfolio():
        with Store.create(path, *moved) as store:
            return store.load()
    with Store.create(path, before) as store:
        store.save(before, *moved)
        return store.load()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ledgers, half=st.integers(1, 20))
def test_what_goes_into_the_file_is_what_the_portfolio_holds(
    rows: list[list[str]], half: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("long") / "new.stakeout"
    first = plan(as_text(rows[: half + 1]), answers=GO_ON)
    done = first.outcome in (Outcome.ACCEPT, Outcome.ACCEPT_PARTLY)
    earlier = first.apply(Portfolio(), CATALOGUE, NOW, "first") if done else Portfolio()
    for before in (Portfolio(), earlier):
        found = plan(as_text(rows), before, answers=GO_ON)
        if found.outcome not in (Outcome.ACCEPT, Outcome.ACCEPT_PARTLY):
            continue
        after = found.apply(before, CATALOGUE, NOW, "second")
        there = stored(path, found, before)
        if there is None:
            assert after is before
            continue
        assert there == after
        assert list(there.movements) == list(after.movements)
        back = without_import(after, CATALOGUE, "second")
        assert without_import(there, CATALOGUE, "second") == back


def test_rows_without_an_identity_come_into_the_file_with_their_digests(tmp_path: Path) -> None:
    text = toy_rows("in ETH 2", "in ETH 2", "out ETH 1", "in SOL 3")
    with toy():
        found = plan(text)
        there = stored(tmp_path / "new.stakeout", found, Portfolio())
        assert there is not None
        assert there == found.apply(Portfolio(), CATALOGUE, NOW, "second")
        assert len({movement.cells for movement in there.movements.values()}) == 4
        assert plan(text + "2025-01-04 00:00:00,in,SOL,3,,,\n", there).counts.duplicate == 4


def test_a_ledger_of_many_pieces_is_read_whole() -> None:
    rows = list(ledger_rows(4_000))
    rows[1500] = ("", *rows[1500][1:10], "")
    rows[3999] = (*rows[3999][:8], "many", *rows[3999][9:])
    found = plan(as_text(rows))
    assert (found.counts.data_rows, found.counts.rejected, found.counts.skipped) == (4_000, 1, 1)
    assert [(row.line, row.code) for row in found.rejected] == [(4_000, "quantity_invalid")]
    assert list(found.left[3_999]) == list(rows[3999])
    assert (found.rows[-1].number, found.rows[-1].line) == (4_000, 4_001)
