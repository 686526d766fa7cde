"""Clocks against the plainest simulation: look at one moment after the other until the rule holds."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import bitcoin, chains, polkadot, solana
from desktop_app.analysis.clocks.answer import DAY
from tests.analysis.clocks.clocks import days, moments

EPOCH = 172_800
"""Seconds of a Solana epoch, nominally."""


@given(moments)
def test_solvbtc_is_paid_on_the_monday_after_the_week_of_the_request(requested: datetime) -> None:
    day = requested.date() + timedelta(days=1)
    while day.weekday() != 0:
        day += timedelta(days=1)
    found = bitcoin.solvbtc(requested)
    if requested.weekday() == 6:  # a Sunday ends one week or begins the next
        assert (found.claimable_at, found.wait.typical) == (None, None)
        assert found.wait.maximum == (found.wait.minimum or 0) + days(7)
    else:
        assert found.claimable_at is not None
        assert found.claimable_at.date() == day


@given(moments, st.integers(-5, 5), st.integers(0, EPOCH - 1))
def test_solana_waits_for_the_next_epoch_and_a_ticket_for_the_one_after(
    start: datetime, epochs: int, into: int
) -> None:
    requested = start + timedelta(seconds=epochs * EPOCH + into)
    begun = [start + timedelta(seconds=n * EPOCH) for n in range(epochs, epochs + 4)]
    later = [moment for moment in begun if moment > requested]
    assert solana.deactivation(requested=requested, epoch_start=start).claimable_at == later[0]
    assert solana.jito_ticket(requested=requested, epoch_start=start).claimable_at == later[1]
    assert solana.deactivation(requested=requested).claimable_at is None


@given(st.integers(0, 10 * solana.EPOCH_SLOTS), st.booleans())
def test_a_marinade_ticket_is_due_by_the_condition_of_its_program(slot: int, late: bool) -> None:
    """Looks every five minutes, which divide both the epoch and the half hour into it."""
    created = slot // solana.EPOCH_SLOTS + late
    began = slot - slot % 750  # slots of five minutes
    seen = began
    while True:
        epoch, since = divmod(seen, solana.EPOCH_SLOTS)
        if epoch > created + 1 or (epoch == created + 1 and since * solana.SLOT >= solana.TICKET_SECONDS):
            break
        seen += 750
    found = solana.marinade_ticket(slot, late=late)
    assert found.wait.minimum == found.wait.maximum == (seen - slot) * solana.SLOT
    assert found.figures["claimable_epoch"] == seen // solana.EPOCH_SLOTS


@given(moments, st.integers(0, 400))
def test_eras_and_lockups_are_counted_one_by_one(start: datetime, hours: int) -> None:
    requested = start + timedelta(hours=hours)
    for clock, length, ahead in (
        (polkadot.kusama(requested, start), polkadot.KUSAMA_ERA, 28),
        (polkadot.unbonding(nominators_slashable=True, requested=requested, era_start=start), DAY, 28),
        (polkadot.unbonding(nominators_slashable=False, requested=requested, era_start=start), DAY, 2),
        (chains.aptos(requested, start), chains.APTOS_CYCLE, 1),
        (chains.near(requested, start), chains.NEAR_EPOCH, 4),
        (chains.ton(requested, start), chains.TON_ROUND, 1),
    ):
        moment, begun = start, 0
        while begun < ahead:
            moment += timedelta(seconds=length)
            begun += moment > requested
        assert clock.claimable_at == moment
