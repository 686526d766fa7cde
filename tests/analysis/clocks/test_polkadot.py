"""Both regimes of Polkadot, Kusama, and slashes of equivocations (protocol-clocks B 5)."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given

from desktop_app.analysis.clocks.polkadot import DEFERRAL_ERAS, ERA, ERAS, kusama, slashing, unbonding
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at, in_days, moments, ordered

START = at("2026-06-12T08:00:00")


@given(moments, moments)
def test_unbonding_in_era_e_is_free_at_the_start_of_era_e_plus_28_or_2(
    requested: datetime, start: datetime
) -> None:
    for slashable, eras in ((True, 28), (False, 2)):
        found = unbonding(nominators_slashable=slashable, requested=requested, era_start=start)
        assert found.claimable_at is not None
        era = (requested - start) // timedelta(days=1)
        assert found.claimable_at == start + timedelta(days=era + eras)
        assert (found.slashable_until == found.claimable_at) is slashable


def test_the_regime_may_be_unknown() -> None:
    found = unbonding(requested=START, era_start=START)
    assert in_days(found.wait) == (2, None, 28)
    assert in_days(unbonding().wait) == (1, None, 28)
    assert found.claimable_at is None
    assert ordered(found)


def test_an_unknown_phase_is_up_to_an_era() -> None:
    assert in_days(unbonding(nominators_slashable=True).wait) == (27, 27.5, 28)
    assert in_days(unbonding(nominators_slashable=False).wait) == (1, 1.5, 2)
    assert in_days(kusama().wait) == (6.75, 6.875, 7)


def test_validators_keep_28_eras() -> None:
    found = unbonding(nominators_slashable=False, validator=True, requested=START, era_start=START)
    assert found.claimable_at == START + timedelta(days=28)


def test_kusamas_eras_last_six_hours() -> None:
    assert kusama(START, START).claimable_at == START + timedelta(days=7)
    assert kusama(START - timedelta(seconds=1), START).claimable_at == START + timedelta(days=6, hours=18)


def test_a_slash_is_applied_before_the_stake_is_free() -> None:
    assert DEFERRAL_ERAS * ERA < ERAS * ERA


@pytest.mark.parametrize(
    ("offenders", "validators", "fraction"),
    [(1, 297, 0.000102), (10, 297, 0.010203), (99, 297, 1.0), (1, 600, 0.000025)],
)
def test_equivocations_of_the_table(offenders: int, validators: int, fraction: float) -> None:
    figures = slashing(offenders, validators).figures
    assert figures["applied_after_eras"] == 27
    found = figures["fraction"]
    assert isinstance(found, Fraction)
    assert round(float(found), 6) == fraction


def test_more_offenders_than_validators_are_refused() -> None:
    with pytest.raises(UserError, match="more offenders"):
        slashing(2, 1)
