"""sUSDe, Pendle, Veda, Karak, loops and Lido's bunker mode (protocol-clocks B 7 and the notes)."""

import math
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import wrappers
from desktop_app.analysis.clocks.answer import DAY
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at, in_days, moments, ordered

# -- sUSDe ---------------------------------------------------------------------------------------------------


def test_every_cooldown_call_starts_the_clock_again() -> None:
    calls = [at("2026-02-01T00:00:00"), at("2026-02-05T00:00:00")]
    found = wrappers.susde(calls, Fraction(7))
    assert found.claimable_at == at("2026-02-12T00:00:00")
    assert found.requested == calls[1]


@given(st.lists(moments, min_size=1, max_size=6), st.integers(0, 90))
def test_the_contract_keeps_one_end_for_the_whole_amount(calls: list[datetime], cooldown: int) -> None:
    end = None
    for call in sorted(calls):
        end = call + timedelta(days=cooldown)
    assert wrappers.susde(calls, Fraction(cooldown)).claimable_at == end


def test_the_live_cooldown_has_to_be_entered() -> None:
    found = wrappers.susde([at("2026-02-01T00:00:00")])
    assert in_days(found.wait) == (1, None, 7)
    assert found.claimable_at is None


def test_without_a_cooldown_it_is_claimable_at_once() -> None:
    now = at("2026-02-01T00:00:00")
    assert wrappers.susde([now], Fraction(0)).claimable_at == now


# -- Pendle --------------------------------------------------------------------------------------------------


def test_a_principal_token_names_its_maturity() -> None:
    found = wrappers.pendle(at("2026-11-24T06:00:00"), symbol="PT-weETH-25MAR2027")
    assert found.claimable_at == at("2027-03-25T00:00:00")
    assert in_days(found.wait) == (120.75,) * 3
    assert wrappers.expiry_of("YT-sUSDe-7FEB2026") == at("2026-02-07T00:00:00")


@pytest.mark.parametrize("symbol", ["weETH", "PT-weETH", "PT-weETH-31FEB2027", "PT-weETH-25MAI2027"])
def test_a_name_without_a_date_is_told(symbol: str) -> None:
    assert wrappers.expiry_of(symbol) is None
    with pytest.raises(UserError, match="does not end with a date"):
        wrappers.pendle(symbol=symbol)


def test_after_expiry_nothing_is_waited_for() -> None:
    now = at("2027-04-01T00:00:00")
    found = wrappers.pendle(now, at("2027-03-25T00:00:00"))
    assert in_days(found.wait) == (0, 0, 0)
    assert found.claimable_at == now
    assert in_days(wrappers.pendle(now).wait) == (0, None, None)


@pytest.mark.parametrize(
    ("index", "rate", "sy", "underlying", "loss"),
    [("1.25", None, 96, 120, 0.0), ("1.20", "1.15", 100, 115, 0.0417), ("1.20", "1.25", 96, 120, 0.0)],
)
def test_redemption(index: str, rate: str | None, sy: int, underlying: int, loss: float) -> None:
    found = wrappers.pendle_redemption(Fraction(120), Fraction(index), Fraction(rate) if rate else None)
    assert [found.figures["sy"], found.figures["underlying"]] == [sy, underlying]
    missing = found.figures["loss"]
    assert isinstance(missing, Fraction)
    assert round(float(missing), 4) == loss


@given(st.lists(st.integers(80, 130), min_size=1, max_size=8))
def test_the_stored_index_is_the_highest_rate_seen(rates: list[int]) -> None:
    stored = Fraction(0)
    for rate in rates:
        stored = max(stored, Fraction(rate, 100))
    found = wrappers.pendle_redemption(Fraction(100), stored, Fraction(rates[-1], 100)).figures
    assert found["sy"] == 100 / stored
    assert found["underlying"] == 100 * Fraction(rates[-1]) / 100 / stored
    assert found["loss"] == 1 - Fraction(rates[-1], 100) / stored


@pytest.mark.parametrize(
    ("yt", "pt", "days", "implied"),
    [("0.05", "0.95", 365, "0.052632"), ("0.02", "0.98", 73, "0.106292"), ("0", "1", 30, "0")],
)
def test_the_implied_yield(yt: str, pt: str, days: int, implied: str) -> None:
    found = wrappers.pendle_yield(Fraction(yt), Fraction(pt), days).figures["implied_apy"]
    assert isinstance(found, Fraction)
    assert round(found, 6) == Fraction(implied)


@given(st.fractions(0, 1), st.fractions(Fraction(1, 10), 1), st.integers(30, 36_500))
def test_a_year_at_the_implied_yield_makes_the_discount_good(yt: Fraction, pt: Fraction, days: int) -> None:
    found = wrappers.pendle_yield(yt, pt, days).figures["implied_apy"]
    assert isinstance(found, Fraction)
    grown = math.exp(math.log(1 + found) * days / 365)
    assert grown == pytest.approx(float(1 + yt / pt), rel=1e-9)


def test_a_pt_for_nothing_has_no_yield() -> None:
    with pytest.raises(UserError, match="price of the PT"):
        wrappers.pendle_yield(Fraction(1), Fraction(0), 1)
    with pytest.raises(UserError, match="yield that cannot be"):
        wrappers.pendle_yield(Fraction(10**9), Fraction(1, 10**9), 1)


def test_an_index_is_above_zero() -> None:
    with pytest.raises(UserError, match="index is above 0"):
        wrappers.pendle_redemption(Fraction(1), Fraction(0))


# -- others --------------------------------------------------------------------------------------------------


@given(moments, st.integers(0, 30 * DAY), st.integers(0, 100 * DAY))
def test_a_veda_request_is_filled_in_its_window(requested: datetime, maturity: int, deadline: int) -> None:
    found = wrappers.veda(maturity, deadline, requested)
    assert found.claimable_at == requested + timedelta(seconds=maturity)
    assert found.expires_at == requested + timedelta(seconds=maturity + deadline)
    assert found.wait.days == (maturity / DAY, maturity / DAY, None)
    assert wrappers.veda(maturity, None, requested).expires_at is None


@given(moments, st.integers(0, 100 * DAY))
def test_the_older_module_of_veda_is_open_for_a_week_by_default(requested: datetime, delay: int) -> None:
    found = wrappers.veda_delayed(delay, requested=requested)
    assert found.claimable_at == requested + timedelta(seconds=delay)
    assert found.expires_at == requested + timedelta(days=7, seconds=delay)
    assert wrappers.veda_delayed(delay, 60, requested).expires_at == found.claimable_at + timedelta(minutes=1)
    assert ordered(found)


def test_karak_by_version() -> None:
    requested = at("2026-03-01T00:00:00")
    v1, v2 = wrappers.KarakVersion
    assert in_days(wrappers.karak(v1).wait) == (1, None, 30)
    assert wrappers.karak(v1, requested, Fraction(3)).claimable_at == at("2026-03-04T00:00:00")
    assert wrappers.karak(v2, requested).claimable_at == at("2026-03-10T00:00:00")


@pytest.mark.parametrize(
    ("threshold", "health", "leverage"),
    [("0.95", "1.01", 16.83), ("0.965", "1.01", 22.44), ("0.95", "1", 20)],
)
def test_the_highest_leverage_of_a_loop(threshold: str, health: str, leverage: float) -> None:
    found = wrappers.loop_leverage(Fraction(threshold), Fraction(health)).figures["leverage"]
    assert isinstance(found, Fraction)
    assert round(float(found), 2) == leverage
    with pytest.raises(UserError, match="no highest leverage"):
        wrappers.loop_leverage(Fraction(1))


@given(st.fractions(Fraction(1, 10), Fraction(97, 100)), st.integers(100, 130))
def test_a_loop_taken_round_after_round_nears_its_highest_leverage(threshold: Fraction, health: int) -> None:
    held, added = 1.0, 1.0
    for _ in range(2_000):
        added *= float(threshold) * 100 / health  # lent on, bought with, and deposited again
        held += added
    found = wrappers.loop_leverage(threshold, Fraction(health, 100)).figures["leverage"]
    assert isinstance(found, Fraction)
    assert float(found) == pytest.approx(held, rel=1e-9)


@given(st.lists(st.integers(1, 30), min_size=40, max_size=40))
def test_karak_v1_reads_the_delay_of_the_day_on_which_it_is_finished(delays: list[int]) -> None:
    """Whatever it is set to meanwhile, it is paid no sooner than after a day and no later than after 30."""
    finished = next(day for day, delay in enumerate(delays) if day >= delay)
    low, _, high = wrappers.karak(wrappers.KarakVersion.V1).wait.days
    assert (low or 0) <= finished <= (high or 0)


FRAME, SLASHED = at("2026-03-02T12:00:00"), at("2026-03-01T15:00:00")


def test_bunker_mode_holds_the_younger_requests_until_the_slashed_are_withdrawable() -> None:
    held = wrappers.lido_bunker(at("2026-03-10T00:00:00"), FRAME, SLASHED)
    assert held.slashable_until == SLASHED + timedelta(seconds=8192 * 384)
    assert [round(d or -1, 2) for d in held.wait.days] == [28.03, -1, -1]
    assert held.figures["held"] is True
    older = wrappers.lido_bunker(FRAME - timedelta(hours=2), FRAME, SLASHED, 7200)
    assert older.figures["held"] is False
    assert wrappers.lido_bunker(FRAME - timedelta(hours=2), FRAME, SLASHED, 7201).figures["held"] is True


def test_the_hold_is_nominally_36_days_at_most() -> None:
    found = wrappers.lido_bunker(SLASHED, FRAME - timedelta(days=2), SLASHED).wait.minimum
    assert found is not None
    assert round(float(found / DAY), 1) == 36.4
