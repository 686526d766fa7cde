"""Polkadot and Kusama: unbonding in eras under both regimes, and the slash for signing twice."""

from datetime import datetime
from fractions import Fraction

from desktop_app.analysis.clocks.answer import CHECKED, DAY, Answer, Wait
from desktop_app.analysis.clocks.cycles import cyclic
from desktop_app.domain.catalogue import Source
from desktop_app.errors import UserError

ERA, KUSAMA_ERA = DAY, DAY // 4
"""Seconds."""

ERAS, FAST_ERAS = 28, 2
DEFERRAL_ERAS = 27
"""A slash is applied so many eras after the offence: within the unbonding."""

_AT = "https://github.com/polkadot-fellows/runtimes/blob/cb16c0820f005ba74f89472de2c20c99a5c3abb9/system-parachains/"
SOURCE = Source(
    _AT + "asset-hubs/asset-hub-polkadot/src/staking/mod.rs", "2026-07-23", verified=True, checked=CHECKED
)
KUSAMA_SOURCE = Source(
    _AT + "asset-hubs/asset-hub-kusama/src/staking/mod.rs", "2026-07-23", verified=True, checked=CHECKED
)
SLASHING_SOURCE = Source(
    "https://docs.piertwo.com/docs/polkadot-slashing-explained", "undated", verified=False, checked=CHECKED
)


def unbonding(
    *,
    nominators_slashable: bool | None = None,
    validator: bool = False,
    requested: datetime | None = None,
    era_start: datetime | None = None,
) -> Answer:
    """Return when unbonded DOT is free: 28 eras on, or 2 where nominators cannot be slashed.

    Validators keep 28 in both regimes. Which one is in force is unverified: without it the range over both.
    """
    slow = _eras(SOURCE, requested, era_start, ERA, ERAS)
    if validator or nominators_slashable:
        return slow
    fast = cyclic(SOURCE, requested, era_start, ERA, FAST_ERAS)
    if nominators_slashable is False:
        return fast
    return Answer(SOURCE, Wait(fast.wait.minimum, None, slow.wait.maximum), requested)


def kusama(requested: datetime | None = None, era_start: datetime | None = None) -> Answer:
    """Return when unbonded KSM is free: 28 eras of six hours on."""
    return _eras(KUSAMA_SOURCE, requested, era_start, KUSAMA_ERA, ERAS)


def _eras(source: Source, requested: datetime | None, start: datetime | None, era: int, ahead: int) -> Answer:
    found = cyclic(source, requested, start, era, ahead)
    return Answer(source, found.wait, requested, found.claimable_at, slashable_until=found.claimable_at)


def slashing(offenders: int, validators: int) -> Answer:
    """Return the fraction lost when ``offenders`` of ``validators`` sign twice in one era."""
    if not 0 <= offenders <= validators or validators == 0:
        raise UserError("There cannot be more offenders than validators.", "Enter offenders ≤ validators.")
    fraction = min(Fraction(3 * offenders, validators) ** 2, Fraction(1))
    return Answer(SLASHING_SOURCE, figures={"fraction": fraction, "applied_after_eras": DEFERRAL_ERAS})
