"""Further chains: TON's rounds, Aptos' lockup, NEAR's epochs, and those with one delay for everybody."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from desktop_app.analysis.clocks.answer import (
    AT_ONCE,
    CHECKED,
    DAY,
    Answer,
    Wait,
    days,
    exactly,
    later,
    ranged,
    until,
)
from desktop_app.analysis.clocks.cycles import begin, cyclic, number
from desktop_app.domain.catalogue import Source

TON_ELECTION, TON_GAP, TON_VALIDATION, TON_HOLD = 24_576, 8_192, 65_536, 32_768
"""Seconds: election, from its end to the validation, validation, hold."""

TON_ROUND = TON_ELECTION + TON_GAP + TON_VALIDATION + TON_HOLD
APTOS_CYCLE = 14 * DAY
NEAR_EPOCH = DAY // 2
"""Seconds of 43,200 blocks by the guides; the length after faster blocks is unverified."""

CHECKPOINT = 1800
"""Seconds of one of Polygon's 80 checkpoints, twice as long where Ethereum is congested."""


def _at(cited: str, dated: str = "undated", *, verified: bool = True) -> Source:
    return Source(cited, dated, verified, CHECKED)


TON_SOURCE = _at(
    "ton-community/ton-docs docs/v3/documentation/network/config-params/overview.mdx", "2026-06-05"
)
APTOS_SOURCE = _at(
    "https://docs.cdp.coinbase.com/staking/staking-delegation-guides/aptos/aptos-delegation-guide"
)
NEAR_SOURCE = _at("https://docs.near.org/integrations/staking")
AVALANCHE_SOURCE = _at("https://docs.yield.xyz/documentation/earn/staking/evm/avalanche.md")

DELAYS: Mapping[str, tuple[Wait, Source]] = {
    "bnb": (
        exactly(7 * DAY),
        _at("bnb-chain/bsc-genesis-contract contracts/StakeHub.sol", "2025-09-25"),
    ),
    "cardano": (AT_ONCE, _at("https://docs.cardano.org/learn/delegation/")),
    "polygon": (
        Wait(None, Fraction(80 * CHECKPOINT), Fraction(160 * CHECKPOINT)),
        _at("0xPolygon/polygon-docs docs/pos/how-to/delegate.md", "2025-12-26"),
    ),
    "sui": (
        days("0", "0", "1"),
        _at("https://docs.sui.io/guides/operator/validator/validator-rewards"),
    ),
    "tron": (
        exactly(14 * DAY),
        _at("https://tronprotocol.github.io/documentation-en/api/rpc/stake-v2/UnfreezeBalanceV2/"),
    ),
}
"""Chains whose wait depends on no phase that a user could know."""


def delay(chain: str, requested: datetime | None = None) -> Answer:
    """Return the wait on one of ``DELAYS``."""
    wait, source = DELAYS[chain]
    fixed = wait.minimum is not None and wait.minimum == wait.maximum
    claim = later(requested, wait.minimum) if fixed and requested and wait.minimum is not None else None
    return Answer(source, wait, requested, claimable_at=claim)


def ton(requested: datetime | None = None, election_start: datetime | None = None) -> Answer:
    """Return when a stake of the running round is free: at the end of its hold; fined until then.

    ``election_start`` is that of any round of the same parity.
    """
    found = cyclic(TON_SOURCE, requested, election_start, TON_ROUND, 1)
    if requested is None or election_start is None:
        return found
    start = begin(number(requested, election_start, TON_ROUND), election_start, TON_ROUND)
    validation = later(start, TON_ELECTION + TON_GAP)
    return Answer(
        TON_SOURCE,
        found.wait,
        requested,
        found.claimable_at,
        slashable_until=found.claimable_at,
        figures={
            "election_end_at": later(start, TON_ELECTION),
            "validation_start_at": validation,
            "hold_start_at": later(validation, TON_VALIDATION),
        },
    )


def aptos(requested: datetime | None = None, cycle_start: datetime | None = None) -> Answer:
    """Return when unlocked APT is free: at the end of the validator's running lockup."""
    return cyclic(APTOS_SOURCE, requested, cycle_start, APTOS_CYCLE, 1)


def near(requested: datetime | None = None, epoch_start: datetime | None = None) -> Answer:
    """Return when unstaked NEAR is free: four epochs on; at an unknown phase up to the guides' 60 hours."""
    found = cyclic(NEAR_SOURCE, requested, epoch_start, NEAR_EPOCH, 4)
    if found.claimable_at is not None:
        return found
    wait = Wait(found.wait.minimum, Fraction(4 * NEAR_EPOCH), Fraction(60 * 3600))
    return ranged(NEAR_SOURCE, wait, requested)


def avalanche(requested: datetime | None = None, ends: datetime | None = None) -> Answer:
    """Return when AVAX is free: at the end of the term chosen at entry, at most a year."""
    if ends is None:
        return ranged(AVALANCHE_SOURCE, Wait(Fraction(0), None, Fraction(365 * DAY)), requested)
    wait = Wait() if requested is None else until(requested, ends)
    return Answer(AVALANCHE_SOURCE, wait, requested, claimable_at=ends)
