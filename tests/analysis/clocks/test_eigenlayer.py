"""EigenLayer's delays end in the right block (protocol-clocks A 3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import eigenlayer
from desktop_app.analysis.clocks.answer import DAY
from tests.analysis.clocks.clocks import at, in_days


@pytest.mark.parametrize(
    ("blocks", "days"), [(100_800, 14), (126_000, 17.5), (50_400, 7), (28_800, 4), (7_200, 1)]
)
def test_blocks_count_twelve_seconds(blocks: int, days: float) -> None:
    assert blocks * eigenlayer.BLOCK / DAY == days
    assert eigenlayer.allocation(blocks).wait.days == (days,) * 3


@given(st.integers(0, 10**9))
def test_a_withdrawal_completes_after_the_last_slashable_block(requested: int) -> None:
    found = eigenlayer.withdrawal(requested)
    still_slashable = range(requested, requested + 100_801)  # up to and including start + 100,800
    assert found.claimable_block == still_slashable[-1] + 1 == requested + 100_801
    assert found.figures["last_slashable_block"] == requested + 100_800


def test_a_withdrawal_by_time_takes_14_days_and_a_block() -> None:
    found = eigenlayer.withdrawal(requested=at("2026-03-01T12:00:00"))
    assert found.claimable_at == found.slashable_until == at("2026-03-15T12:00:12")
    assert found.wait.minimum == found.wait.maximum == 14 * DAY + 12
    assert found.claimable_block is None


def test_every_delay_of_the_table() -> None:
    block = 1000
    assert eigenlayer.deallocation(block).claimable_block == block + 100_801
    assert eigenlayer.allocation_delay(requested_block=block).claimable_block == block + 126_001
    assert eigenlayer.allocation_delay(new_operator=True, requested_block=block).claimable_block == block
    assert eigenlayer.allocation(0, block).claimable_block == block
    assert eigenlayer.slasher_change(block).claimable_block == block + 126_000
    assert eigenlayer.redistribution(block).claimable_block == block + 50_400
    assert not eigenlayer.redistribution().source.verified


def test_a_deregistered_operator_stays_slashable_for_14_days() -> None:
    found = eigenlayer.deregistration(1000, at("2026-03-01T12:00:00"))
    assert [found.claimable_block, found.claimable_at] == [None, None]
    assert found.figures["last_slashable_block"] == 101_800
    assert in_days(found.wait) == (14, 14, 14)
    next_block = at("2026-03-15T12:00:12")
    assert found.slashable_until == next_block


def test_what_nobody_can_slash_is_taken_back_at_once() -> None:
    found = eigenlayer.deallocation(1000, at("2026-03-01T12:00:00"), slashable=False)
    assert (found.claimable_block, found.claimable_at) == (1000, at("2026-03-01T12:00:00"))
    assert found.slashable_until is None
    assert found.wait.maximum == 0


def test_rewards_wait_a_week_and_roots_serve_about_a_day() -> None:
    assert in_days(eigenlayer.rewards().wait) == (7, 7, 7)
    found = eigenlayer.proof(at("2026-03-01T00:00:00"))
    assert found.expires_at == at("2026-03-02T03:18:12")
    assert round(8191 * 12 / DAY, 2) == 1.14
