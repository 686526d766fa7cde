"""Cycles hold against counting second by second and slot by slot."""

from datetime import datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks.answer import Wait
from desktop_app.analysis.clocks.cycles import cyclic, slot_cyclic
from desktop_app.domain.catalogue import Source
from tests.analysis.clocks.clocks import moments, ordered

SOURCE = Source("here", "2026-01-01", verified=True, checked="")
lengths, aheads = st.integers(1, 40), st.integers(1, 5)


def counted(phase: int, length: int, ahead: int) -> int:
    """Count ticks from ``phase`` ticks into a cycle until ``ahead`` cycles have begun."""
    tick, begun = phase, 0
    while begun < ahead:
        tick += 1
        begun += tick % length == 0
    return tick - phase


@given(moments, st.integers(-200, 200), lengths, aheads)
def test_a_request_waits_until_so_many_cycles_have_begun(
    start: datetime, passed: int, length: int, ahead: int
) -> None:
    requested = start + timedelta(seconds=passed)
    found = cyclic(SOURCE, requested, start, length, ahead)
    assert found.wait.minimum == found.wait.maximum == counted(passed % length, length, ahead)
    assert found.claimable_at == requested + timedelta(seconds=counted(passed % length, length, ahead))


@given(st.integers(0, 400), lengths, aheads)
def test_slots_are_counted_alike(slot: int, length: int, ahead: int) -> None:
    found = slot_cyclic(SOURCE, slot, length, ahead, Fraction(2, 5))
    slots = counted(slot % length, length, ahead)
    assert found.claimable_slot == slot + slots
    assert found.wait.typical == slots * Fraction(2, 5)


@given(lengths, aheads)
def test_an_unknown_phase_is_the_range_over_all_phases_and_their_mean(length: int, ahead: int) -> None:
    waits = [counted(phase, length, ahead) for phase in range(length)]
    expected = Wait(Fraction(min(waits)), Fraction(sum(waits), length), Fraction(max(waits)))
    assert cyclic(SOURCE, None, None, length, ahead).wait == expected
    assert slot_cyclic(SOURCE, None, length, ahead, Fraction(1)).wait == expected


@given(moments, moments, moments, st.integers(1, 10**7), aheads)
def test_a_later_request_is_never_claimable_earlier(
    start: datetime, one: datetime, other: datetime, length: int, ahead: int
) -> None:
    first, second = (cyclic(SOURCE, r, start, length, ahead) for r in sorted((one, other)))
    assert first.claimable_at is not None
    assert second.claimable_at is not None
    assert first.claimable_at <= second.claimable_at
    assert ordered(first)
    assert ordered(second)
