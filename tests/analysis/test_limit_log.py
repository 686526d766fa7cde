"""What breaks a limit and mends it is logged with its day and edit, once, and warned of before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.limit_log import broken, log_edit, logged, states_of, worsened
from desktop_app.domain.limits import Break, Limit, LimitKind, limit_of
from desktop_app.domain.portfolio import Portfolio
from tests.builders import drawn

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
X = limit_of(LimitKind.NODE_SHARE, "X", 0.5)


def held(on_x: int, *limits: Limit) -> Portfolio:
    """Return 1,000, so much of it on X."""
    return drawn(f"a: {on_x} -> X", f"b: {1000 - on_x} -> Y").with_limits(*limits)


def step(before: Portfolio, after: Portfolio, on: date, by: str) -> Portfolio:
    """Return ``after`` with the log of an edit."""
    after = replace(after, breaks=before.breaks)
    return logged(after, states_of(after, None), broken(states_of(before, None)), on, by)


def test_a_limit_is_logged_when_an_edit_breaks_it_and_again_when_one_mends_it() -> None:
    first = step(held(400, X), held(600, X), MONDAY, "Add b")
    (found,) = first.breaks.values()
    assert found == Break("break-1", X.kind, "X", 0.5, 0.6, MONDAY, "Add b")
    second = step(first, held(300, X), TUESDAY, "Delete b")
    assert list(second.breaks.values()) == [replace(found, mended_on=TUESDAY, mended_by="Delete b")]
    third = step(second, held(700, X), TUESDAY, "Add c")
    assert [b.mended_on for b in third.breaks.values()] == [TUESDAY, None]


def test_what_was_broken_before_the_edit_is_not_said_to_be_its_doing() -> None:
    (found,) = step(held(600, X), held(650, X), MONDAY, "Add c").breaks.values()
    assert found.broken_by == ""


def test_a_limit_that_is_taken_away_is_broken_no_more() -> None:
    first = step(held(400, X), held(600, X), MONDAY, "Add b")
    second = step(first, held(600), TUESDAY, "Delete limit")
    (found,) = second.breaks.values()
    assert (found.mended_on, found.mended_by) == (TUESDAY, "Delete limit")


def test_a_limit_whose_figure_is_not_known_stays_as_it_was() -> None:
    first = step(held(400, X), held(600, X), MONDAY, "Add b")
    unpriced = first.with_positions(*(replace(p, value=None) for p in first.positions.values()))
    assert step(first, unpriced, TUESDAY, "Forget the prices").breaks == first.breaks


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6), st.floats(0, 1))
def test_the_log_tells_at_any_time_what_is_broken_now(shares: list[int], bound: float) -> None:
    limits = limit_of(LimitKind.NODE_SHARE, "X", bound), limit_of(LimitKind.LARGEST_SHARE, "protocol", bound)
    before = held(0, *limits)
    before = step(before, before, MONDAY, "")
    for number, share in enumerate(shares):
        after = step(before, held(share, *limits), TUESDAY, f"edit {number}")
        lasting = [b.about for b in after.breaks.values() if b.mended_on is None]
        states = states_of(after, None)
        assert sorted(lasting) == sorted(broken(states))
        assert logged(after, states, broken(states), TUESDAY, "nothing") is after
        before = after


def test_a_limit_newly_broken_and_one_further_broken_are_warned_of() -> None:
    for old, new, was_broken in ((400, 600, False), (600, 700, True)):
        (found,) = worsened(states_of(held(old, X), None), states_of(held(new, X), None))
        assert found.before == pytest.approx(old / 1000)
        assert found.was_broken is was_broken
        assert found.after.figure == pytest.approx(new / 1000)


@pytest.mark.parametrize(("old", "new"), [(400, 450), (700, 600), (600, 600), (600, 400)])
def test_what_breaks_nothing_further_is_not_warned_of(old: int, new: int) -> None:
    assert worsened(states_of(held(old, X), None), states_of(held(new, X), None)) == ()


def test_a_first_position_that_breaks_a_limit_is_warned_of() -> None:
    empty = Portfolio().with_limits(X)
    (found,) = worsened(states_of(empty, None), states_of(held(1000, X), None))
    assert (found.before, found.was_broken) == (None, False)
    assert held(1000).value() == Decimal(1000)


def test_a_portfolio_that_is_read_back_whole_is_not_judged() -> None:
    whole = held(600, X)
    assert log_edit(Portfolio(), whole, states_of(whole, None), MONDAY, "Import") is whole
    limited = Portfolio().with_limits(X)
    assert log_edit(limited, whole, states_of(whole, None), MONDAY, "Add a").breaks
