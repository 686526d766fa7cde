"""Cosmos chains to the second, and Stride's batches (protocol-clocks B 4)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks.cosmos import (
    CHAINS,
    frequency,
    redelegation,
    stride,
    stride_batch,
    undelegation,
)
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at, in_days, moments, ordered

REQUESTED = at("2026-01-05T12:34:56")


@pytest.mark.parametrize(
    ("chain", "completion"),
    [
        ("cosmoshub", "2026-01-26T12:34:56"),
        ("injective", "2026-01-26T12:34:56"),
        ("osmosis", "2026-01-19T12:34:56"),
        ("celestia", "2026-01-19T13:34:56"),
        ("dydx", "2026-02-04T12:34:56"),
    ],
)
def test_completions_of_the_table(chain: str, completion: str) -> None:
    found = undelegation(chain, REQUESTED)
    assert found.claimable_at == found.slashable_until == at(completion)
    assert redelegation(chain, REQUESTED).claimable_at == at(completion)


def test_baby_is_free_in_about_two_days() -> None:
    found = undelegation("babylon-genesis", REQUESTED)
    assert found.claimable_at is None
    assert in_days(found.wait) == (None, 2, 21)


@pytest.mark.parametrize(
    ("chain", "double", "down"),
    [("cosmoshub", "0.05", "0.0001"), ("celestia", "0.02", "0"), ("dydx", "0", "0"), ("osmosis", None, None)],
)
def test_slashing_fractions(chain: str, double: str | None, down: str | None) -> None:
    assert (CHAINS[chain].double_sign, CHAINS[chain].downtime) == (double, down)


def test_an_unverified_delay_says_so() -> None:
    assert not CHAINS["dydx"].source.verified
    assert CHAINS["celestia"].source.verified


def refused(requested: datetime, earlier: Sequence[datetime], length: timedelta) -> bool:
    """Tell whether seven entries are open."""
    return sum(entry + length > requested for entry in earlier) >= 7


@given(moments, st.lists(st.integers(0, 40), max_size=12))
def test_the_eighth_entry_waits_until_there_are_six(requested: datetime, ages: list[int]) -> None:
    earlier = [requested - timedelta(days=age) for age in ages]
    length = timedelta(days=21)
    entered = requested
    while refused(entered, earlier, length):
        entered += timedelta(days=1)
    found = undelegation("cosmoshub", requested, earlier)
    assert found.figures["entered_at"] == entered
    assert found.claimable_at == entered + length


@given(moments, moments, st.sampled_from([name for name, chain in CHAINS.items() if chain.unbonding]))
def test_a_later_request_completes_later(one: datetime, other: datetime, chain: str) -> None:
    first, second = (undelegation(chain, r) for r in sorted((one, other)))
    assert first.claimable_at is not None
    assert second.claimable_at is not None
    assert first.claimable_at <= second.claimable_at


# -- Stride --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("unbonding", "every"), [(21, 4), (14, 3), (28, 5)])
def test_batches_keep_within_seven_entries(unbonding: int, every: int) -> None:
    assert frequency(unbonding) == every
    assert -(-unbonding // every) <= 7


@given(st.integers(1, 60), st.integers(0, 10_000), moments)
def test_the_estimate_of_the_protocol(unbonding: int, day: int, next_day: datetime) -> None:
    every = unbonding // 7 + 1
    batch = day + 1
    while batch % every:
        batch += 1
    until_batch = batch - day
    expected = next_day + timedelta(days=until_batch - 1) + timedelta(days=(every - 1) * 7 + 1)
    found = stride(unbonding, day, next_day)
    assert found.claimable_at == expected
    assert found.figures["days_to_batch"] == until_batch
    exact = stride(unbonding, day, next_day, next_day - timedelta(hours=6))
    assert exact.wait.minimum == exact.wait.maximum
    assert (found.wait.minimum or 0) <= (exact.wait.typical or 0) <= (found.wait.maximum or 0)
    whole = stride(unbonding).wait
    assert (whole.minimum or 0) <= (found.wait.minimum or 0)
    assert (found.wait.maximum or 0) <= (whole.maximum or 0)
    assert ordered(found)


@given(moments, st.integers(0, 60), st.integers(0, 86_399), st.integers(-3, 3))
def test_the_next_batch_starts_with_a_day_that_its_frequency_divides(
    day_zero: datetime, day: int, into: int, other: int
) -> None:
    requested = day_zero + timedelta(days=day, seconds=into)
    following = day + 1
    while following % 4:
        following += 1
    starts = day_zero + timedelta(days=following)
    found = stride_batch(21, requested, day_zero + timedelta(days=4 * other))
    assert found.claimable_at == starts
    whole = stride(21, day, day_zero + timedelta(days=day + 1), requested).claimable_at
    assert whole == starts + timedelta(days=22)


def test_batches_of_an_unknown_phase() -> None:
    assert in_days(stride_batch(21).wait) == (0, 2, 4)
    assert in_days(stride_batch(14).wait) == (0, 1.5, 3)


def test_atom_through_stride() -> None:
    found = stride(21, 7, at("2026-01-06T00:00:00"), at("2026-01-05T12:00:00"))
    assert found.figures["days_to_batch"] == 1
    assert found.claimable_at == at("2026-01-28T00:00:00")
    assert in_days(found.wait) == (22.5, 22.5, 22.5)
    assert in_days(stride(21, 7).wait) == (22, 22.5, 23)
    assert in_days(stride(21).wait) == (22, 24, 26)


def test_the_request_lies_in_the_day_that_is_named() -> None:
    for requested in ("2026-01-04T23:59:59", "2026-01-06T00:00:00"):
        with pytest.raises(UserError, match="not of the day"):
            stride(21, 7, at("2026-01-06T00:00:00"), at(requested))
