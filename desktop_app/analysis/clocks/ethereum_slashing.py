"""Ethereum slashing: initial, correlation and attestation penalties, and the lock that follows."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from desktop_app.analysis.clocks.answer import Answer, exactly, later
from desktop_app.analysis.clocks.ethereum import (
    EPOCH,
    GWEI,
    SOURCE,
    TOTAL_STAKE,
    WITHDRAWABILITY_EPOCHS,
    exit_epochs,
    gwei,
)
from desktop_app.domain.congestion import Fork
from desktop_app.errors import UserError

VECTOR = 8192
"""Epochs that the record of slashings covers, and that a slashed balance stays locked at least."""

QUOTIENT = 4096
"""The share of the effective balance lost at once is one in so many."""

_SOURCE_WEIGHT, _TARGET_WEIGHT, _PROPOSER_WEIGHT, _WEIGHTS = 14, 26, 8, 64


def initial_penalty(effective: int) -> int:
    """Return the gwei lost when the evidence is included."""
    return effective // QUOTIENT


def reports(effective: int) -> tuple[int, int]:
    """Return the gwei paid for the evidence, and how much of that the proposer of the block keeps."""
    return effective // QUOTIENT, effective // QUOTIENT * _PROPOSER_WEIGHT // _WEIGHTS


def correlation_penalty(effective: int, slashed: int, total: int) -> int:
    """Return the gwei lost at half time; ``slashed`` of the last 8,192 epochs, of ``total`` gwei active."""
    return min(3 * slashed, total) // (total // GWEI) * (effective // GWEI)


def attestation_penalty(effective: int, total: int) -> int:
    """Return the gwei lost in one epoch for source and target votes."""
    base = GWEI * 64 // isqrt(total) * (effective // GWEI)
    return base * _SOURCE_WEIGHT // _WEIGHTS + base * _TARGET_WEIGHT // _WEIGHTS


LEFT_OUT = (
    "A large validator's effective balance has shrunk a little before the correlation penalty, and the total "
    "stake shrinks while slashed validators leave, which raises the fraction."
)
"""What the penalties are reckoned without."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Epochs from the slashing to the exit, to the correlation penalty and until withdrawable."""

    exit: int
    correlation: int
    withdrawable: int

    @property
    def in_record(self) -> bool:
        """Tell whether the record still holds the validator's own entry when its penalty is computed."""
        return self.correlation < VECTOR


def lock(ahead: int, effective: int, total: int, fork: Fork = Fork.ELECTRA) -> Lock:
    """Return the lock of a slashed validator behind ``ahead`` gwei in the exit queue."""
    leaves = exit_epochs(ahead, effective, total, fork)
    withdrawable = max(leaves + WITHDRAWABILITY_EPOCHS, VECTOR)
    return Lock(leaves, withdrawable - VECTOR // 2, withdrawable)


def slashing(
    slashed_eth: Decimal,
    total_stake_eth: Decimal = TOTAL_STAKE,
    effective_eth: Decimal = Decimal(32),
    queue_eth: Decimal = Decimal(0),
    fork: Fork = Fork.ELECTRA,
    requested: datetime | None = None,
) -> Answer:
    """Return the penalties in ETH and the wait until what is left is withdrawable.

    ``slashed_eth`` is the record's sum, the validator's own balance included. ``requested`` is the moment of
    the slashing. The effective balance counts undiminished, the total as it is at the penalty.
    """
    effective, total = gwei(effective_eth, "The effective balance"), gwei(total_stake_eth, "The total stake")
    slashed = gwei(slashed_eth, "The slashed stake")
    if total < GWEI:
        raise UserError("The total stake must be 1 ETH or more.", "Enter total_stake_eth.")
    locked = lock(gwei(queue_eth, "The queue"), effective, total, fork)
    initial, correlation = initial_penalty(effective), correlation_penalty(effective, slashed, total)
    reported, proposer = reports(effective)
    attestations = attestation_penalty(effective, total) * locked.withdrawable
    wait = Fraction(locked.withdrawable * EPOCH)
    return Answer(
        SOURCE,
        exactly(wait),
        requested,
        claimable_at=None if requested is None else later(requested, wait),
        exit_epoch_offset=locked.exit,
        figures={
            "initial_eth": Fraction(initial, GWEI),
            "correlation_eth": Fraction(correlation, GWEI),
            "fraction": Fraction(min(3 * slashed, total) // (total // GWEI), GWEI),
            "attestation_eth": Fraction(attestations, GWEI),
            "total_eth": Fraction(min(effective, initial + correlation + attestations), GWEI),
            "correlation_epoch_offset": locked.correlation,
            "withdrawable_epoch_offset": locked.withdrawable,
            "own_entry_in_record": locked.in_record,
            "reported_eth": Fraction(reported, GWEI),
            "proposer_eth": Fraction(proposer, GWEI),
            "left_out": LEFT_OUT,
        },
    )
