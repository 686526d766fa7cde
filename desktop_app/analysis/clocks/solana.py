"""Solana's epochs: deactivation, Jito's vault tickets, Marinade's delayed tickets (a slot counts 0.4 s)."""

from datetime import datetime
from fractions import Fraction

from desktop_app.analysis.clocks.answer import CHECKED, DAY, Answer, Wait, exactly, later
from desktop_app.analysis.clocks.cycles import cyclic, slot_cyclic
from desktop_app.domain.catalogue import Source

EPOCH_SLOTS = 432_000
SLOT = Fraction(2, 5)
"""Seconds, nominal."""

COOLDOWN_SHARE = Fraction(9, 100)
"""So much of the cluster's effective stake can become inactive in one epoch."""

TICKET_SECONDS = 1800
"""Marinade's ticket is due so long after the start of its epoch."""

SURELY_EARLY = DAY // 2
"""With more seconds left of an epoch a ticket is typically not late: that happens in the last hours."""

SOURCE = Source(
    "https://help.marinade.finance/understanding-delayed-unstake-on-marinade",
    "undated",
    verified=True,
    checked=CHECKED,
)
JITO_SOURCE = Source(
    "https://github.com/jito-foundation/restaking/blob/8109c879f43498e36920d1e4d0ddef80a190ee29/vault_core/src/"
    "vault_staker_withdrawal_ticket.rs",
    "2025-10-09",
    verified=True,
    checked=CHECKED,
)
MARINADE_SOURCE = Source(
    "https://github.com/marinade-finance/liquid-staking-program/blob/"
    "3e7c0904945a9fd6ddda6eddf10e19ab5b717a81/programs/marinade-finance/src/instructions/delayed_unstake/claim.rs",
    "2026-06-22",
    verified=True,
    checked=CHECKED,
)


def deactivation(
    slot: int | None = None,
    leaving: Fraction = Fraction(0),
    requested: datetime | None = None,
    epoch_start: datetime | None = None,
) -> Answer:
    """Return when deactivated stake is inactive: at the next epoch.

    Where more than 9 % of the cluster's stake is ``leaving`` a part waits for later epochs: only the
    earliest is known then. Without the slot, ``epoch_start`` (of any epoch) tells the phase, nominally.
    """
    found = _cyclic(SOURCE, slot, 1, requested, epoch_start)
    if leaving > COOLDOWN_SHARE:
        return Answer(SOURCE, Wait(found.wait.minimum), requested)
    return found


def jito_ticket(
    slot: int | None = None, requested: datetime | None = None, epoch_start: datetime | None = None
) -> Answer:
    """Return when a withdrawal ticket of a Jito vault can be burnt: after a whole epoch has passed."""
    return _cyclic(JITO_SOURCE, slot, 2, requested, epoch_start)


def _cyclic(
    source: Source, slot: int | None, ahead: int, requested: datetime | None, start: datetime | None
) -> Answer:
    if slot is None and requested is not None and start is not None:
        return cyclic(source, requested, start, int(EPOCH_SLOTS * SLOT), ahead)
    found = slot_cyclic(source, slot, EPOCH_SLOTS, ahead, SLOT)
    return Answer(source, found.wait, requested, claimable_slot=found.claimable_slot)


def marinade_ticket(
    slot: int | None = None,
    *,
    late: bool | None = None,
    requested: datetime | None = None,
    epoch_start: datetime | None = None,
) -> Answer:
    """Return when a delayed-unstake ticket is due, half an hour into its epoch, if the reserve has the SOL.

    ``late``: ordered after the stake delta of its epoch, in the last hours, which costs one epoch more.
    Without the slot, ``epoch_start`` (of any epoch) tells the phase, nominally.
    """
    early, after = (_cyclic(MARINADE_SOURCE, slot, ahead, requested, epoch_start) for ahead in (1, 2))
    found = after if late else early
    wait, due = found.wait, found.claimable_at
    if late is None:
        is_early = (early.wait.minimum or 0) > SURELY_EARLY
        wait = Wait(early.wait.minimum, early.wait.typical if is_early else None, after.wait.maximum)
        due = None
    epoch = None if slot is None or late is None else slot // EPOCH_SLOTS + (2 if late else 1)
    return Answer(
        MARINADE_SOURCE,
        wait.then(exactly(TICKET_SECONDS)),
        requested,
        claimable_at=None if due is None else later(due, TICKET_SECONDS),
        figures={"claimable_epoch": epoch},
    )
