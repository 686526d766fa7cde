"""What slashes take from Symbiotic vaults, and whose stake backs what (protocol-clocks B 1.2 and 1.3)."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks.symbiotic_slashing import (
    Capture,
    Delegator,
    Vault,
    operator_stake,
    slashable_stake,
    slashing,
)
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at


@pytest.mark.parametrize(
    ("amount", "capture", "slashed", "left"),
    [
        (230, Capture.CURRENT, 230, (791, 50, 79)),
        (2000, Capture.CURRENT, 1100, (0, 50, 0)),
        (2000, Capture.PREVIOUS, 1150, (0, 0, 0)),
    ],
)
def test_slashes_of_the_table(
    amount: int, capture: Capture, slashed: int, left: tuple[int, int, int]
) -> None:
    found = slashing(1000, 50, 100, amount, capture).figures
    assert found["slashed"] == slashed
    assert (found["active_after"], found["current_after"], found["following_after"]) == left


whole = st.integers(0, 10**24)


@given(whole, whole, whole, whole, st.sampled_from(Capture))
def test_a_slash_takes_its_amount_pro_rata_and_never_more_than_there_is(
    active: int, current: int, following: int, amount: int, capture: Capture
) -> None:
    before = Vault(active, current, following)
    after = before.slashed(amount, capture)
    parts = [(active, after.active), (current, after.current), (following, after.following)]
    assert all(0 <= left <= held for held, left in parts)
    exposed = active + following + (current if capture is Capture.PREVIOUS else 0)
    assert sum(held - left for held, left in parts) == min(amount, exposed)
    if capture is Capture.CURRENT:
        assert after.current == current
    if exposed:
        share = Fraction(min(amount, exposed), exposed)
        assert abs((active - after.active) - share * active) < 1


def test_three_networks_that_each_take_half_of_what_is_left() -> None:
    vault = Vault(1000, 0, 0)
    for _ in range(3):
        vault = vault.slashed(vault.active // 2, Capture.CURRENT)
    assert 1000 - vault.active == 875


def test_stake_by_kind_of_delegator() -> None:
    network = Delegator.NETWORK_RESTAKE
    assert operator_stake(network, 1000, 800, shares=3, total_shares=4).figures["stake"] == 600
    assert operator_stake(network, 1000, 800, shares=1, total_shares=4).figures["stake"] == 200
    full = [operator_stake(Delegator.FULL_RESTAKE, 1000, 800, 700).figures["stake"] for _ in range(2)]
    assert full == [700, 700]  # more than the vault: the overlap
    assert operator_stake(Delegator.OPERATOR, 1000, 800).figures["stake"] == 800
    assert operator_stake(Delegator.OPERATOR_NETWORK, 500, 800).figures["stake"] == 500


def test_a_missing_part_or_limit_is_told() -> None:
    with pytest.raises(UserError, match="part is missing"):
        operator_stake(Delegator.NETWORK_RESTAKE, 1000, 800)
    with pytest.raises(UserError, match="own limit is missing"):
        operator_stake(Delegator.FULL_RESTAKE, 1000, 800)


WEEK = 604_800
CAPTURED = at("2025-02-05T00:00:00")


def left(stake: int, requested: datetime, latest_slashed: datetime | None = None) -> object:
    """Return what can be slashed of a stake of which 30 were slashed since its capture."""
    return slashable_stake(CAPTURED, stake, requested, WEEK, 5, 35, latest_slashed).figures["stake"]


def test_a_capture_can_be_slashed_for_the_length_of_an_epoch() -> None:
    last, second = CAPTURED + timedelta(seconds=WEEK), timedelta(seconds=1)
    assert left(100, last) == 70
    assert left(20, last) == 0
    assert left(100, last + second) == 0
    assert left(100, CAPTURED) == 0
    assert left(100, last, CAPTURED) == 70
    assert left(100, last, CAPTURED + second) == 0
