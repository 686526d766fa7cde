"""TON's rounds, Aptos' lockup, NEAR's epochs and the plain delays (protocol-clocks B 6)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import chains
from tests.analysis.clocks.clocks import at, in_days, moments, ordered


@given(st.integers(0, 131_071))
def test_a_round_of_ton(passed: int) -> None:
    found = chains.ton(at(1_600_000_000 + passed), at(1_600_000_000))
    assert found.figures == {
        "election_end_at": at(1_600_024_576),
        "validation_start_at": at(1_600_032_768),
        "hold_start_at": at(1_600_098_304),
    }
    assert found.claimable_at == found.slashable_until == at(1_600_131_072)
    assert found.wait.typical == 131_072 - passed


def test_a_parity_round_lasts_36_hours() -> None:
    assert chains.TON_ROUND == 131_072
    assert round(chains.TON_ROUND / 3600, 2) == 36.41
    assert in_days(chains.ton().wait) == (0, 0.7585, 1.517)


@pytest.mark.parametrize(("day", "wait"), [(12, 2), (2, 12)])
def test_aptos_unlocks_at_the_end_of_the_cycle(day: int, wait: int) -> None:
    start = at("2026-05-01T09:30:00")
    found = chains.aptos(start + timedelta(days=day), start)
    assert in_days(found.wait) == (wait,) * 3
    assert in_days(chains.aptos().wait) == (0, 7, 14)


@given(moments, moments)
def test_near_waits_for_the_fourth_epoch(requested: datetime, start: datetime) -> None:
    found = chains.near(requested, start)
    assert found.claimable_at is not None
    epochs, passed = divmod(found.claimable_at - start, timedelta(hours=12))
    assert not passed
    assert epochs - (requested - start) // timedelta(hours=12) == 4
    unknown = chains.near().wait
    assert (unknown.minimum or 0) <= (found.wait.typical or 0) <= (unknown.maximum or 0)
    assert in_days(unknown) == (1.5, 2, 2.5)


def test_a_fixed_term_ends_when_it_ends() -> None:
    ends = at("2026-09-01T00:00:00")
    assert chains.avalanche(at("2026-08-31T00:00:00"), ends).wait.days == (1, 1, 1)
    assert chains.avalanche(at("2026-09-02T00:00:00"), ends).wait.days == (0, 0, 0)
    assert chains.avalanche(None, ends).claimable_at == ends
    assert in_days(chains.avalanche().wait) == (0, None, 365)


@pytest.mark.parametrize(
    ("chain", "wait"),
    [
        ("bnb", (7, 7, 7)),
        ("cardano", (0, 0, 0)),
        ("polygon", (None, 1.6667, 3.3333)),
        ("sui", (0, 0, 1)),
        ("tron", (14, 14, 14)),
    ],
)
def test_plain_delays(chain: str, wait: tuple[float | None, ...]) -> None:
    requested = at("2026-03-01T10:00:00")
    found = chains.delay(chain, requested)
    assert in_days(found.wait) == wait
    assert ordered(found)
    fixed = wait[0] is not None and wait[0] == wait[2]
    expected = requested + timedelta(days=wait[0]) if fixed and wait[0] is not None else None
    assert found.claimable_at == expected
