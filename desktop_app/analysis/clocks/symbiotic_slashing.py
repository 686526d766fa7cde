"""Symbiotic: what a slash takes from stake and pending withdrawals, and whose stake backs what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.analysis.clocks.answer import CHECKED, Answer
from desktop_app.analysis.clocks.symbiotic import SOURCE
from desktop_app.domain.catalogue import Source
from desktop_app.errors import UserError

DELEGATOR_SOURCE = Source(
    "https://github.com/symbioticfi/core/tree/25a065a3dd71150a588162bd2ad4833bbd4e2423/src/contracts/delegator",
    "2026-08-07",
    verified=True,
    checked=CHECKED,
)


class Capture(StrEnum):
    """The epoch of a slash's capture; an older one cannot slash."""

    CURRENT = "current"
    PREVIOUS = "previous"


class Delegator(StrEnum):
    """How a vault's stake is given to operators and networks."""

    NETWORK_RESTAKE = "network-restake"
    FULL_RESTAKE = "full-restake"
    OPERATOR = "operator-specific"
    OPERATOR_NETWORK = "operator-network-specific"


@dataclass(frozen=True, slots=True)
class Vault:
    """Whole units of the token: active stake, withdrawals of the current and of the next epoch."""

    active: int
    current: int
    following: int

    def slashed(self, amount: int, capture: Capture) -> "Vault":
        """Return what a slash of ``amount`` leaves."""
        if capture is Capture.CURRENT:
            taken = min(amount, exposed := self.active + self.following)
            of_active = taken * self.active // exposed if exposed else 0
            return Vault(self.active - of_active, self.current, self.following - (taken - of_active))
        exposed = self.active + self.current + self.following
        taken = min(amount, exposed)
        of_active = taken * self.active // exposed if exposed else 0
        of_following = taken * self.following // exposed if exposed else 0
        of_current = taken - of_active - of_following
        over = max(0, of_current - self.current)
        return Vault(
            self.active - of_active, self.current - of_current + over, self.following - of_following - over
        )


def slashing(active: int, current: int, following: int, amount: int, capture: Capture) -> Answer:
    """Return what is slashed and what is left of the active stake and of the two buckets."""
    before = Vault(active, current, following)
    after = before.slashed(amount, capture)
    left = after.active + after.current + after.following
    return Answer(
        SOURCE,
        figures={
            "slashed": active + current + following - left,
            "active_after": after.active,
            "current_after": after.current,
            "following_after": after.following,
        },
    )


def operator_stake(
    delegator: Delegator,
    active: int,
    limit: int,
    operator_limit: int | None = None,
    shares: int | None = None,
    total_shares: int | None = None,
) -> Answer:
    """Return the stake of one operator in one subnetwork.

    ``operator_limit`` belongs to full restaking, the shares to restaking by network; the limit of an
    operator-network vault is its own maximum.
    """
    stake = min(active, limit)
    if delegator is Delegator.NETWORK_RESTAKE:
        if shares is None or not total_shares or shares > total_shares:
            raise UserError("The operator's part is missing.", "Enter shares ≤ total_shares.")
        stake = shares * stake // total_shares
    elif delegator is Delegator.FULL_RESTAKE:
        if operator_limit is None:
            raise UserError("The operator's own limit is missing.", "Enter operator_limit.")
        stake = min(stake, operator_limit)
    return Answer(DELEGATOR_SOURCE, figures={"stake": stake})


def slashable_stake(
    captured: datetime,
    stake: int,
    requested: datetime,
    epoch_seconds: int,
    slashed_before: int = 0,
    slashed_since: int = 0,
    latest_slashed: datetime | None = None,
) -> Answer:
    """Return what a slash asked for at ``requested`` can still take of the ``stake`` at its capture.

    ``slashed_before`` and ``slashed_since``: all ever slashed at the capture and by now. Nothing once
    the capture is an epoch's length old, or older than the latest one slashed.
    """
    in_time = requested - timedelta(seconds=epoch_seconds) <= captured < requested
    overtaken = latest_slashed is not None and captured < latest_slashed
    left = max(0, stake - (slashed_since - slashed_before)) if in_time and not overtaken else 0
    return Answer(SOURCE, requested=requested, figures={"stake": left})
