"""Waits add up, keep what is unknown, never fall below zero and do not drift; no local time moves them."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import cosmos, eigenlayer, ethereum, polkadot, symbiotic, wrappers
from desktop_app.analysis.clocks.answer import DAY, Answer, Wait, exactly, later, seconds, until
from tests.analysis.clocks.clocks import at, moments

parts = st.none() | st.fractions(0, 10**6)
waits = st.builds(Wait, parts, parts, parts)


@given(waits, waits)
def test_a_sum_knows_what_both_know(one: Wait, other: Wait) -> None:
    found = one.then(other)
    for name in ("minimum", "typical", "maximum"):
        a, b, c = (getattr(wait, name) for wait in (one, other, found))
        assert c == (None if a is None or b is None else a + b)


@given(moments, st.integers(0, 10**9))
def test_a_wait_reaches_its_moment_to_the_microsecond(moment: datetime, wait: int) -> None:
    assert seconds(later(moment, wait) - moment) == wait
    assert later(moment, Fraction(1, 3)) == moment + timedelta(microseconds=333_334)


@given(moments, moments)
def test_a_clock_set_back_gives_no_negative_wait(requested: datetime, claim: datetime) -> None:
    assert (until(requested, claim).minimum or 0) >= 0


def test_days_are_rounded_once() -> None:
    assert exactly(Fraction(DAY, 3)).days == (1 / 3,) * 3


@pytest.fixture(params=["Europe/Berlin", "Pacific/Chatham", "America/St_Johns"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """Let this process live in a zone whose clock is put forward and back."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield ZoneInfo(request.param)
    monkeypatch.undo()
    time.tzset()


def changes(zone: ZoneInfo) -> list[datetime]:
    """Return the hours of 2026 (UTC) at whose end the zone's clock is changed."""
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(365 * 24)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hour for hour, a, b in zip(hours, offsets, offsets[1:], strict=False) if a != b]


def test_no_change_of_local_clocks_moves_a_claim(zone: ZoneInfo) -> None:
    found = changes(zone)
    assert len(found) == 2
    for hour in found:
        for request in (hour + timedelta(minutes=n) for n in range(-90, 150, 30)):
            assert cosmos.undelegation("osmosis", request).claimable_at == request + timedelta(days=14)
            eigen = eigenlayer.withdrawal(requested=request).claimable_at
            assert eigen == request + timedelta(days=14, seconds=12)
            vault = symbiotic.withdrawal(7 * DAY, request, at("2025-01-28T00:00:00")).claimable_at
            assert vault is not None
            assert (vault.hour, vault.minute, vault.utcoffset()) == (0, 0, timedelta())
            maturity = wrappers.pendle(request, symbol="PT-weETH-25MAR2027").claimable_at
            assert maturity == at("2027-03-25T00:00:00")


@given(moments)
def test_dates_are_the_request_and_the_wait(requested: datetime) -> None:
    answers: list[Answer] = [
        ethereum.withdrawal(requested=requested),
        polkadot.unbonding(requested=requested),
        wrappers.susde([requested], Fraction(3)),
    ]
    for answer in answers:
        parts_of = (answer.wait.minimum, answer.wait.typical, answer.wait.maximum)
        assert [None if d is None else seconds(d - requested) for d in answer.dates] == list(parts_of)
    assert Answer(answers[0].source, exactly(1)).dates == (None, None, None)
