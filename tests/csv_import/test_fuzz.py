"""Whatever the bytes: no unhandled exception, one verdict a row, and what is accepted is stored."""

import sys
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.csv_import import formats
from desktop_app.csv_import.plan import Outcome, Plan
from desktop_app.csv_import.rows import Verdict
from desktop_app.csv_import.verdicts import as_record
from desktop_app.domain import checks
from desktop_app.domain.portfolio import Portfolio
from tests.csv_import.damage import SAMPLES, damaged, made, table
from tests.csv_import.reading import NOW, imported, plan
from tests.csv_import.test_verdicts import validate

CELLS = st.one_of(
    st.sampled_from(
        ["ETH", "stETH", "1", "1,5", "1.5", "1,234", "", "-", "2024-01-02", "01/02/2024", "0.5%", "x"]
    ),
    st.text(max_size=12),
)
HEADS = st.sampled_from(
    [
        "asset,quantity,opened_on,reward_apr",
        "date,symbol,quantity,price,currency",
        "Coin,Amount,Date,Price",
        "layer,status,quantity,asset",
    ]
)
REAL = st.sampled_from(SAMPLES)


def holds(found: Plan) -> None:
    """Check the laws of every plan."""
    counts = found.counts
    rows = len({row.number for row in found.rows})
    assert counts.accepted + counts.rejected + counts.skipped + counts.asked == counts.data_rows == rows
    assert all(row.reason for row in (*found.rejected, *found.skipped))
    assert bool(counts.asked) <= any(q.stops for q in found.questions)
    validate(as_record(found))
    if found.outcome in (Outcome.ACCEPT, Outcome.ACCEPT_PARTLY):
        after = applied(found, Portfolio())
        held = [row.quantity for row in found.rows if row.verdict is Verdict.ADD]
        if found.booked:
            held = [result.holding.quantity for result in found.booked.results]
            assert all(quantity is not None and quantity > 0 for quantity in held)
        assert [p.quantity for p in after.positions.values()] == held


def applied(found: Plan, portfolio: Portfolio) -> Portfolio:
    """Return the portfolio after the import, in which nothing may be that must not come in."""
    after = found.apply(portfolio, shipped.catalogue(), NOW, "second")
    assert not checks.rejections(after)
    return after


def defaults(found: Plan) -> dict[str, str]:
    return {q.code: q.default for q in found.questions if q.default is not None}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_get_a_plan(data: bytes) -> None:
    holds(plan(data))


@settings(max_examples=120, deadline=None)
@given(damaged(REAL))
def test_a_damaged_file_gets_a_plan(data: bytes) -> None:
    holds(plan(data))


@settings(max_examples=100, deadline=None)
@given(HEADS, st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6), st.sampled_from(",;\t"))
def test_any_table_gets_a_plan(head: str, rows: list[list[str]], delimiter: str) -> None:
    lines = [head.replace(",", delimiter), *(delimiter.join(row) for row in rows)]
    holds(plan("\n".join(lines).encode("utf-8", "replace")))


@settings(max_examples=150, deadline=None)
@given(st.one_of(made(), damaged(made())))
def test_nearly_a_file_of_any_format_gets_a_plan(data: bytes) -> None:
    holds(plan(data))


@settings(max_examples=80, deadline=None)
@given(st.one_of(damaged(REAL), made()))
def test_taking_every_default_answers_every_question_that_has_one(data: bytes) -> None:
    holds(plan(data, answers=defaults(plan(data))))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAMPLES).flatmap(lambda data: st.tuples(st.just(data), damaged(st.just(data)))))
def test_a_damaged_file_on_top_of_the_whole_one_leaves_a_sound_portfolio(files: tuple[bytes, bytes]) -> None:
    whole, second = files
    portfolio = imported(whole, answers=defaults(plan(whole)))
    found = plan(second, portfolio, answers=defaults(plan(second, portfolio)))
    if found.outcome in (Outcome.ACCEPT, Outcome.ACCEPT_PARTLY):
        applied(found, portfolio)


@pytest.mark.parametrize("name", sorted(formats.known()))
def test_reading_takes_time_in_proportion_to_the_rows(name: str) -> None:
    few, many = (_steps(partial(plan, table(name, rows))) for rows in (200, 1600))
    assert many < few * 12


def _steps(work: Callable[[], object]) -> int:
    """Return how many functions some work calls: its time, but for what one call costs."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
