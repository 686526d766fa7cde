"""Slashing rules as weights and severities of the graph, for what an operator's allocations mean."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from desktop_app.analysis.clocks.ethereum import GWEI, TOTAL_STAKE, gwei
from desktop_app.analysis.clocks.ethereum_slashing import (
    attestation_penalty,
    correlation_penalty,
    initial_penalty,
    lock,
)
from desktop_app.errors import UserError


def unique_weights(magnitudes: Mapping[str, int], maximum: int) -> Mapping[str, float]:
    """Return service -> weight of its slice: its current magnitude ÷ the operator's maximum (EigenLayer).

    The edges are a ``split``, as a unit of stake is allocated once; what is free is its rest. A service that
    slashes a fraction of its allocation then takes that fraction of its slice. UserError where more is
    allocated than there is.
    """
    if maximum <= 0 or min(magnitudes.values(), default=0) < 0 or sum(magnitudes.values()) > maximum:
        raise UserError(
            "The services hold more of the operator than it has left.",
            "Enter magnitudes from 0 up that add up to no more than its maximum.",
        )
    return {service: float(Fraction(held, maximum)) for service, held in magnitudes.items()}


def shared_weights(stakes: Mapping[str, int], active: int) -> Mapping[str, float]:
    """Return network -> weight: what it can slash ÷ the vault's active stake, at most 1 (Symbiotic).

    The edges are ``shared``: the same stake can back several networks, so weights may sum to more than 1.
    ``stakes`` come from the limits and shares of the vault's delegator (``clocks.symbiotic_slashing``).
    """
    if active <= 0 or min(stakes.values(), default=0) < 0:
        raise UserError(
            "A vault without active stake backs nothing.", "Enter stakes from 0 up and the active."
        )
    return {network: float(min(Fraction(1), Fraction(stake, active))) for network, stake in stakes.items()}


def ethereum_severity(
    slashed_eth: Decimal, total_stake_eth: Decimal = TOTAL_STAKE, effective_eth: Decimal = Decimal(32)
) -> float:
    """Return λ of a failure that gets ``slashed_eth`` slashed within 36 days: the part of a balance lost.

    Initial, correlation and attestation penalties together. Of an operator that runs a third of the stake it
    is all; of a single validator a fifth of a per cent.
    """
    effective, slashed, total = (
        gwei(*amount)
        for amount in (
            (effective_eth, "The effective balance"),
            (slashed_eth, "The slashed stake"),
            (total_stake_eth, "The total stake"),
        )
    )
    if effective == 0 or total < GWEI:
        raise UserError("Without a stake nothing can be slashed.", "Enter balances of 1 ETH or more.")
    penalties = initial_penalty(effective) + correlation_penalty(effective, slashed, total)
    missed = attestation_penalty(effective, total) * lock(0, effective, total).withdrawable
    return min(1.0, float(Fraction(penalties + missed, effective)))
