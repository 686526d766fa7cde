"""Solana's epochs, Jito's and Marinade's tickets (protocol-clocks B 3)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks.solana import deactivation, jito_ticket, marinade_ticket
from tests.analysis.clocks.clocks import in_days, ordered

LENGTH = 432_000


@pytest.mark.parametrize(
    ("slot", "claimable", "days"), [(0, 864_000, 4), (432_000, 1_296_000, 4), (431_999, 864_000, 2.0)]
)
def test_a_jito_ticket_waits_for_the_epoch_after_the_next(slot: int, claimable: int, days: float) -> None:
    found = jito_ticket(slot)
    assert found.claimable_slot == claimable
    assert in_days(found.wait) == (days,) * 3


@given(st.integers(0, 10**9))
def test_a_jito_ticket_by_the_condition_of_its_program(slot: int) -> None:
    claimable = jito_ticket(slot).claimable_slot
    assert claimable is not None
    assert (claimable - 1) // LENGTH <= slot // LENGTH + 1
    assert claimable // LENGTH > slot // LENGTH + 1
    assert LENGTH + 1 <= claimable - slot <= 2 * LENGTH


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_later_slot_is_never_claimable_earlier(one: int, other: int) -> None:
    for clock in (deactivation, jito_ticket):
        first, second = (clock(slot).claimable_slot or 0 for slot in sorted((one, other)))
        assert first <= second


def test_stake_is_inactive_at_the_next_epoch() -> None:
    assert deactivation(0).claimable_slot == LENGTH
    assert deactivation(LENGTH - 1).claimable_slot == LENGTH
    assert deactivation(LENGTH).claimable_slot == 2 * LENGTH
    assert in_days(deactivation().wait) == (0, 1, 2)


def test_above_nine_per_cent_only_the_earliest_is_known() -> None:
    assert deactivation(0, Fraction("0.09")).claimable_slot == LENGTH
    crowded = deactivation(0, Fraction("0.091"))
    assert crowded.claimable_slot is None
    assert in_days(crowded.wait) == (2, None, None)


@pytest.mark.parametrize(("late", "epoch", "days"), [(False, 1, 2.0208), (True, 2, 4.0208)])
def test_a_marinade_ticket_is_due_half_an_hour_into_its_epoch(late: bool, epoch: int, days: float) -> None:
    found = marinade_ticket(0, late=late)
    assert found.figures["claimable_epoch"] == epoch
    assert in_days(found.wait) == (days,) * 3


def test_whether_a_marinade_ticket_is_late_may_be_unknown() -> None:
    found = marinade_ticket(0)
    assert found.figures["claimable_epoch"] is None
    assert in_days(found.wait) == (2.0208, 2.0208, 4.0208)  # so early in the epoch it typically is not
    assert in_days(marinade_ticket(LENGTH - 1).wait) == (0.0208, None, 2.0208)
    assert in_days(marinade_ticket(late=False).wait) == (0.0208, 1.0208, 2.0208)
    assert ordered(marinade_ticket())
