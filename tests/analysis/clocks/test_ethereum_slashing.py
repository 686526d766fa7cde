"""Penalties and the lock after a slashing hold against the specification (protocol-clocks A 2)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks.ethereum import GWEI
from desktop_app.analysis.clocks.ethereum_slashing import (
    attestation_penalty,
    correlation_penalty,
    initial_penalty,
    lock,
    slashing,
)
from desktop_app.domain.congestion import Fork
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at, in_days

TOTAL = 36_000_000 * GWEI


@pytest.mark.parametrize(
    ("slashed", "fraction", "on_32", "on_2048"),
    [
        (32, "0.000002666", "0.000085312", "0.005459968"),
        (3_200, "0.000266666", "0.008533312", "0.546131968"),
        (360_000, "0.03", "0.96", "61.44"),
        (11_988_000, "0.999", "31.968", "2045.952"),
        (12_000_000, "1", "32", "2048"),
        (18_000_000, "1", "32", "2048"),
    ],
)
def test_penalties_of_the_table(slashed: int, fraction: str, on_32: str, on_2048: str) -> None:
    found = slashing(Decimal(slashed)).figures
    assert (found["fraction"], found["correlation_eth"]) == (Fraction(fraction), Fraction(on_32))
    assert found["initial_eth"] == Fraction("0.0078125")
    large = slashing(Decimal(slashed), effective_eth=Decimal(2048)).figures
    assert (large["initial_eth"], large["correlation_eth"]) == (Fraction("0.5"), Fraction(on_2048))


def test_votes_missed_while_slashed() -> None:
    assert attestation_penalty(32 * GWEI, TOTAL) == 6_740
    assert slashing(Decimal(32)).figures["attestation_eth"] == Fraction("0.05521408")
    large = slashing(Decimal(32), effective_eth=Decimal(2048)).figures["attestation_eth"]
    assert isinstance(large, Fraction)
    assert round(float(large), 4) == 3.5337


def test_an_isolated_slashing_costs_a_fifth_of_a_per_cent() -> None:
    total = slashing(Decimal(32)).figures["total_eth"]
    assert isinstance(total, Fraction)
    assert (round(float(total), 4), round(float(total / 32), 5)) == (0.0631, 0.00197)


def test_no_penalty_takes_more_than_the_balance() -> None:
    assert slashing(Decimal(18_000_000)).figures["total_eth"] == 32


def test_a_shrinking_total_raises_the_fraction() -> None:
    slashed, total = 3_600_000 * GWEI, 34_950_000 * GWEI
    assert round(Fraction(correlation_penalty(32 * GWEI, slashed, total), 32 * GWEI), 3) == Fraction("0.309")


@given(st.integers(32, 2048), st.integers(0, 36_000_000), st.integers(1_000_000, 40_000_000))
def test_the_penalty_grows_with_what_is_slashed_up_to_the_whole(
    effective: int, slashed: int, total: int
) -> None:
    one, more = (
        correlation_penalty(effective * GWEI, s * GWEI, total * GWEI) for s in (slashed, slashed + 32)
    )
    assert 0 <= one <= more <= effective * GWEI
    assert more == effective * GWEI or 3 * (slashed + 32) < total
    exact = min(Fraction(1), Fraction(3 * slashed, total)) * effective * GWEI
    assert exact - effective <= one <= exact
    assert initial_penalty(effective * GWEI) == effective * GWEI // 4096


def test_the_report_is_paid_as_much_as_the_initial_penalty_and_an_eighth_of_it_goes_to_the_proposer() -> None:
    found = slashing(Decimal(32)).figures
    assert (found["reported_eth"], found["proposer_eth"]) == (Fraction("0.0078125"), Fraction("0.000976562"))
    large = slashing(Decimal(32), effective_eth=Decimal(2048)).figures
    assert (large["reported_eth"], large["proposer_eth"]) == (Fraction("0.5"), Fraction("0.0625"))


def test_a_large_validator_has_shrunk_before_the_correlation_penalty() -> None:
    """What the answer leaves out, and says so: 2,047 after the initial penalty, about 2,045 at half time."""
    assert "has shrunk" in str(slashing(Decimal(32)).figures["left_out"])
    left = 2048 * GWEI - initial_penalty(2048 * GWEI)
    assert left + GWEI // 4 < 2048 * GWEI
    assert left // GWEI == 2_047
    assert (left - 4_096 * attestation_penalty(2048 * GWEI, TOTAL)) // GWEI == 2_045


@pytest.mark.parametrize(
    ("queue", "leaves", "withdrawable", "days", "correlation", "half"),
    [
        (0, 5, 8_192, 36.409, 4_096, 18.204),
        (500_000, 1_959, 8_192, 36.409, 4_096, 18.204),
        (2_031_616, 7_941, 8_197, 36.431, 4_101, 18.227),
    ],
)
def test_the_lock_of_the_table_whose_exit_can_be_one_epoch_late(
    queue: int, leaves: int, withdrawable: int, days: float, correlation: int, half: float
) -> None:
    found = lock(queue * GWEI, 32 * GWEI, TOTAL)
    assert found.exit in {leaves, leaves - 1}
    assert (found.withdrawable, found.correlation) == (withdrawable, correlation)
    answer = slashing(Decimal(32), queue_eth=Decimal(queue))
    assert (answer.wait.days[1] or 0) == pytest.approx(days, abs=6e-4)
    assert correlation * 384 / 86400 == pytest.approx(half, abs=6e-4)


@given(st.integers(0, 5_000_000), st.sampled_from(Fork))
def test_the_lock_is_the_queue_or_8192_epochs(queue: int, fork: Fork) -> None:
    found = lock(queue * GWEI, 32 * GWEI, TOTAL, fork)
    assert found.withdrawable == max(8_192, found.exit + 256)
    assert found.correlation == found.withdrawable - 4_096
    assert lock((queue + 1000) * GWEI, 32 * GWEI, TOTAL, fork).withdrawable >= found.withdrawable


def test_the_queue_binds_from_2_03_million_eth() -> None:
    assert lock(2_030_000 * GWEI, 32 * GWEI, TOTAL).withdrawable == 8_192
    assert lock(2_033_000 * GWEI, 32 * GWEI, TOTAL).withdrawable > 8_192


def test_behind_3_08_million_eth_the_own_entry_has_left_the_record() -> None:
    assert lock(3_070_000 * GWEI, 32 * GWEI, TOTAL).in_record
    assert not lock(3_090_000 * GWEI, 32 * GWEI, TOTAL).in_record


@pytest.mark.parametrize("queue", [0, 500_000, 2_031_616, 2_500_000, 3_079_136, 3_079_424, 3_090_000])
def test_lock_and_record_are_those_of_the_specification_walked_epoch_by_epoch(queue: int) -> None:
    """As an epoch ends its penalties are taken, then the slot of the record for the next one is emptied."""
    found = lock(queue * GWEI, 32 * GWEI, TOTAL)
    leaves, room = 5, 256
    for validator in [32] * (queue // 32 + 1):
        if room < validator:
            leaves, room = leaves + 1, room + 256
        room -= validator
    withdrawable = max(leaves + 256, 8_192)
    assert (found.exit, found.withdrawable) == (leaves, withdrawable)
    record, epoch = [0] * 8_192, 0
    record[0] = 32
    while epoch + 4_096 != withdrawable:
        record[(epoch + 1) % 8_192] = 0
        epoch += 1
    assert (found.correlation, found.in_record) == (epoch, sum(record) == 32)


def test_the_lock_has_a_date() -> None:
    found = slashing(Decimal(32), requested=at("2026-01-01T00:00:00"))
    assert found.claimable_at == at("2026-02-06T09:48:48")
    assert in_days(found.wait) == (36.4089, 36.4089, 36.4089)


def test_without_any_stake_nothing_can_be_told() -> None:
    with pytest.raises(UserError, match="total stake must be 1 ETH"):
        slashing(Decimal(32), Decimal(0))
