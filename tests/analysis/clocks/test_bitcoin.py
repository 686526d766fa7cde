"""Babylon's blocks, slashes and expiry; the calendars of LBTC, SolvBTC and xSolvBTC (protocol-clocks B 2)."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import bitcoin
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at, days, in_days, moments, ordered


@pytest.mark.parametrize(
    ("blocks", "claimable", "expected"),
    [(301, 900_301, 2.0903), (1008, 901_008, 7), (64_000, 964_000, 444.4444)],
)
def test_unbonding_counts_blocks(blocks: int, claimable: int, expected: float) -> None:
    found = bitcoin.unbonding(blocks, unbonding_block=900_000)
    assert found.claimable_block == claimable
    assert in_days(found.wait) == (None, expected, None)


@pytest.mark.parametrize(("version", "blocks"), [(0, 1008), (4, 1008), (5, 301)])
def test_the_parameter_version_of_the_stake_decides(version: int, blocks: int) -> None:
    found = bitcoin.unbonding(version=version)
    assert found.figures["blocks"] == blocks
    assert found.source.verified == (version <= 4)  # that 301 blocks were adopted is not confirmed


def test_without_either_nothing_is_guessed() -> None:
    with pytest.raises(UserError, match="blocks are missing"):
        bitcoin.unbonding()


def test_a_stake_that_nobody_unbonds() -> None:
    found = bitcoin.expiry(900_000, 301)
    assert found.figures["inactive_from_block"] == 963_699
    assert found.claimable_block == 964_000
    with pytest.raises(UserError, match="timelock is shorter"):
        bitcoin.expiry(900_000, 301, 300)


@given(st.integers(0, 10**6), st.integers(1, 500), st.integers(500, 2000))
def test_a_stake_is_active_until_its_unbonding_would_outlast_it(staked: int, blocks: int, lock: int) -> None:
    found = bitcoin.expiry(staked, blocks, lock)
    height = staked
    while height + blocks < staked + lock:
        height += 1
    assert found.figures["inactive_from_block"] == height


@pytest.mark.parametrize(
    ("stake", "fee", "burned", "returned", "loss"),
    [
        (500_000, 150_000, 500, 349_500, "0.301"),
        (100_000_000, 100_000, 100_000, 99_800_000, "0.002"),
        (100_000_000, 150_000, 100_000, 99_750_000, "0.0025"),
    ],
)
def test_a_slash_burns_the_rate_and_pays_a_fee(
    stake: int, fee: int, burned: int, returned: int, loss: str
) -> None:
    found = bitcoin.slashing(stake, fee).figures
    assert (found["burned_sat"], found["returned_sat"]) == (burned, returned)
    assert found["effective_loss"] == Fraction(loss)


def test_below_one_and_a_half_btc_the_fee_outweighs_the_rate() -> None:
    assert 150_000 * 1000 == 150_000_000
    at_it = bitcoin.slashing(150_000_000, 150_000).figures
    assert at_it["burned_sat"] == 150_000


@given(st.integers(10**6, 10**12), st.integers(0, 10**6))
def test_nothing_of_a_slashed_stake_gets_lost_on_the_way(stake: int, fee: int) -> None:
    found = bitcoin.slashing(stake + fee, fee).figures
    parts = [found["burned_sat"], found["returned_sat"], fee]
    assert sum(p for p in parts if isinstance(p, int)) == stake + fee


def test_a_stake_smaller_than_its_fee_is_told() -> None:
    with pytest.raises(UserError, match="too small"):
        bitcoin.slashing(1000, 150_000)


@pytest.mark.parametrize(("blocks", "most"), [(301, 4.0903), (1008, 9), (None, 9)])
def test_lbtc_takes_at_most_two_days_more(blocks: int | None, most: float) -> None:
    assert in_days(bitcoin.lombard(blocks).wait) == (None, None, most)


# -- calendars -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requested", "paid"),
    [
        ("2026-11-01", "2026-11-20"),  # a Friday
        ("2026-11-09", "2026-11-20"),
        ("2026-11-10", "2026-11-30"),
        ("2026-11-19", "2026-11-30"),
        ("2026-11-20", "2026-12-10"),
        ("2026-11-30", "2026-12-10"),
        ("2026-12-25", "2027-01-11"),  # the 10th is a Sunday
        ("2026-06-05", "2026-06-22"),  # the 20th is a Saturday
        ("2026-02-15", "2026-03-02"),  # 28 February is a Saturday
        ("2028-02-10", "2028-02-29"),
    ],
)
def test_xsolvbtc_pays_by_its_calendar(requested: str, paid: str) -> None:
    assert bitcoin.xsolvbtc(at(f"{requested}T13:00:00")).claimable_at == at(f"{paid}T00:00:00")


@given(moments)
def test_xsolvbtc_by_looking_at_one_day_after_the_other(requested: datetime) -> None:
    goal = "20" if requested.day <= 9 else "last" if requested.day <= 19 else "10"
    day = requested.date() + timedelta(days=1)
    while not (
        (goal == "last" and (day + timedelta(days=1)).day == 1) or (goal != "last" and day.day == int(goal))
    ):
        day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    found = bitcoin.xsolvbtc(requested)
    assert found.claimable_at is not None
    assert found.claimable_at.date() == day
    assert ordered(found)
    assert days(8) <= (found.wait.minimum or 0) <= days(23)


def test_unknown_days_are_the_calendars_range() -> None:
    assert in_days(bitcoin.xsolvbtc().wait) == (8, None, 23)
    assert in_days(bitcoin.xsolvbtc(at("2029-02-19T23:59:59")).wait)[0] == 8
    assert in_days(bitcoin.xsolvbtc(at("2026-01-10T00:00:00")).wait)[0] == 23
    assert in_days(bitcoin.solvbtc().wait) == (0, None, 8)


@pytest.mark.parametrize(
    ("requested", "wait"), [("2026-11-02", 7), ("2026-11-04", 5), ("2026-11-07", 2)]
)  # Monday, Wednesday, Saturday
def test_solvbtc_pays_on_the_monday_after_the_week(requested: str, wait: int) -> None:
    found = bitcoin.solvbtc(at(f"{requested}T00:00:00"))
    assert in_days(found.wait) == (wait, wait, wait)


def test_a_sunday_can_be_read_both_ways() -> None:
    assert in_days(bitcoin.solvbtc(at("2026-11-01T00:00:00")).wait) == (1, None, 8)
