"""Magnitudes and shares after slashes (protocol-clocks A 4)."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks.eigenlayer_slashing import (
    WAD,
    Allocation,
    Shares,
    operator_shares,
    slashing,
    staker_shares,
)
from desktop_app.errors import UserError


def part(text: str) -> int:
    """Return a fraction in WAD."""
    return int(Fraction(text) * WAD)


def in_turn(slices: list[tuple[str, str]]) -> list[Fraction]:
    """Slash sets one after the other, (magnitude, fraction) each; return what each took of the rest."""
    maximum, lost = WAD, []
    for held, fraction in slices:
        after = Allocation(maximum, part(held)).slashed(part(fraction)).maximum
        lost.append(1 - Fraction(after, maximum))
        maximum = after
    return lost


def test_the_example_of_the_documentation() -> None:
    first = Allocation(WAD, part("0.20")).slashed(part("0.5"))
    assert (first.maximum, first.current) == (part("0.90"), part("0.10"))
    second = Allocation(first.maximum, part("0.25")).slashed(WAD)
    assert (second.maximum, second.current) == (part("0.65"), 0)
    after_first = operator_shares(200, WAD, first.maximum)
    assert (after_first, operator_shares(after_first, first.maximum, second.maximum)) == (180, 130)
    assert [round(float(x), 4) for x in in_turn([("0.2", "0.5"), ("0.25", "1")])] == [0.1, 0.2778]
    assert second.maximum - 0 - part("0.20") - part("0.10") == part("0.35")  # free throughout


def test_a_pending_deallocation_falls_by_the_same_fraction() -> None:
    after = Allocation(10_000, 2_500, 1_000).slashed(part("0.5"))
    assert (after.current, after.pending, after.current - after.pending) == (1_250, 500, 750)


def test_four_equal_sets_slashed_whole_in_turn() -> None:
    assert in_turn([("0.25", "1")] * 4) == [Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), 1]


def test_the_order_of_slashes_does_not_matter() -> None:
    sets = [("0.3", "0.1"), ("0.3", "0.1"), ("0.4", "0.1")]
    for order in permutations(sets):
        left = Fraction(1)
        for lost in in_turn(list(order)):
            left *= 1 - lost
        assert left == Fraction(9, 10)


def test_the_smallest_slash_takes_a_unit() -> None:
    assert Allocation(WAD, 3).slashed(1) == Allocation(WAD - 1, 2)


@given(st.integers(1, WAD), st.integers(0, 10**30), st.integers(0, WAD))
def test_an_operator_never_loses_more_than_its_magnitude(after: int, held: int, fraction: int) -> None:
    assert held * after <= operator_shares(held, WAD, after) * WAD < held * after + WAD
    slashed = Allocation(after, after).slashed(fraction)
    assert 0 <= slashed.current <= after
    assert slashed.maximum == slashed.current


def test_a_withdrawal_pays_by_the_magnitude_of_the_last_slashable_block() -> None:
    queued = Shares(Fraction(100))
    assert queued.withdrawable(Fraction(9, 10)) == 90
    assert queued.withdrawable(Fraction(1)) == 100


def test_a_deposit_after_a_slash_inherits_no_loss() -> None:
    after = Shares(Fraction(100)).with_deposit(Fraction(50), Fraction(4, 5))
    assert round(float(after.scaling), 6) == 1.083333
    assert after.withdrawable(Fraction(4, 5)) == 130
    found = staker_shares(Fraction(100), magnitude=Fraction(4, 5), deposit=Fraction(50)).figures
    assert found["withdrawable"] == 130


factors = st.fractions(Fraction(1, 100), 1)


@given(st.fractions(0, 1000), factors, factors, st.fractions(Fraction(1, 10), 1000))
def test_a_deposit_adds_exactly_itself(
    held: Fraction, beacon: Fraction, magnitude: Fraction, deposit: Fraction
) -> None:
    before = Shares(held, beacon=beacon)
    after = before.with_deposit(deposit, magnitude)
    assert after.withdrawable(magnitude) == before.withdrawable(magnitude) + deposit


def test_both_chains_slash_one_native_position() -> None:
    proven = Shares(Fraction(32))
    quarter = Fraction(1, 4)
    assert [proven.withdrawable(Fraction(1)), proven.withdrawable(quarter)] == [32, 8]
    halved = Shares(Fraction(32), beacon=Fraction(1, 2))
    assert halved.withdrawable(quarter) == 4
    order_a = proven.with_deposit(Fraction(32), quarter)
    assert [order_a.deposited, order_a.scaling, order_a.withdrawable(quarter)] == [64, Fraction(5, 2), 40]
    checked = Shares(order_a.deposited, order_a.scaling, Fraction(48, 64))
    assert checked.withdrawable(quarter) == 30
    order_b = halved.with_deposit(Fraction(32), quarter)
    assert order_b.withdrawable(quarter) == 36


def test_after_a_full_slash_and_an_undelegation_half_of_the_pod_stays_locked() -> None:
    gone = Shares(Fraction(32)).withdrawable(Fraction(0))
    assert gone == 0
    pod = Fraction(32 - 16 + 32)  # what is left of the slashed validator, and a second one proven since
    second = Shares(Fraction(32), beacon=pod / 64)
    assert second.withdrawable(Fraction(1)) == 24
    assert pod - second.withdrawable(Fraction(1)) == 24


def test_where_all_is_slashed_nothing_can_be_deposited() -> None:
    with pytest.raises(UserError, match="everything has been slashed"):
        staker_shares(Fraction(1), magnitude=Fraction(0), deposit=Fraction(1))


def test_a_slash_of_a_set_as_an_answer() -> None:
    found = slashing(Fraction("0.25"), Fraction(1), Fraction("0.9"), Fraction("0.05"), 180).figures
    assert found["position_loss"] == Fraction("0.25") / Fraction("0.9")
    assert (found["magnitude_after"], found["allocated_after"]) == (Fraction("0.65"), 0)
    assert (found["pending_after"], found["shares_after"]) == (0, 130)


def test_a_set_holds_no_more_than_its_operator() -> None:
    with pytest.raises(UserError, match="more than the operator has left"):
        slashing(Fraction("0.5"), Fraction(1), Fraction("0.4"))


def test_the_waterfall_of_a_liquid_token() -> None:
    first, second = in_turn([("0.2", "0.5"), ("0.25", "1")])
    both = 1 - (1 - first) * (1 - second)
    assert [float(x) for x in (first, both)] == [0.1, 0.35]
    assert [float(x) for x in (first / 4, both / 4)] == [0.025, 0.0875]
    assert [round(float(x / 4 * Fraction(2, 5)), 4) for x in (first, both)] == [0.01, 0.035]
