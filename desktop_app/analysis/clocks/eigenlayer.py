"""EigenLayer's delays in blocks of 12 s; as slots can be missed, a real delay is never shorter."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.analysis.clocks.answer import CHECKED, Answer, delayed, exactly, later
from desktop_app.domain.catalogue import Source

BLOCK = 12
"""Seconds."""

PROOF_ROOTS = 8191
"""A beacon root can be proven so many slots long."""

CONFIGURED = Source(
    "Layr-Labs/eigenlayer-contracts script/configs/mainnet.json", "2026-05-01", verified=True, checked=CHECKED
)
ALLOCATIONS = Source(
    "Layr-Labs/eigenlayer-contracts docs/core/AllocationManager.md",
    "2026-05-01",
    verified=True,
    checked=CHECKED,
)
ELIP_016 = Source("eigenfoundation/ELIPs ELIPs/ELIP-016.md", "2026-05-20", verified=False, checked=CHECKED)


@dataclass(frozen=True, slots=True)
class _Delay:
    """So many blocks; ``after``: blocks more until the first that is free; None: nothing is claimed."""

    blocks: int
    source: Source
    after: int | None = 0
    slashable: bool = False


_WITHDRAWAL = _Delay(100_800, CONFIGURED, after=1, slashable=True)
_DEALLOCATION = _Delay(100_800, ALLOCATIONS, after=1, slashable=True)
_DEREGISTRATION = _Delay(100_800, ALLOCATIONS, after=None, slashable=True)
_ALLOCATION_DELAY = _Delay(126_000, ALLOCATIONS, after=1)
_SLASHER = _Delay(126_000, ALLOCATIONS)
_REDISTRIBUTION = _Delay(50_400, ELIP_016)


def withdrawal(requested_block: int | None = None, requested: datetime | None = None) -> Answer:
    """Return when a queued withdrawal can be completed; slashable up to and including the block before."""
    return _over(_WITHDRAWAL, requested_block, requested)


def deallocation(
    requested_block: int | None = None, requested: datetime | None = None, *, slashable: bool = True
) -> Answer:
    """Return when stake that an operator takes back is free: at once what nobody could slash."""
    return _over(_DEALLOCATION if slashable else _Delay(0, ALLOCATIONS), requested_block, requested)


def deregistration(requested_block: int | None = None, requested: datetime | None = None) -> Answer:
    """Return how long an operator stays slashable after leaving an operator set."""
    return _over(_DEREGISTRATION, requested_block, requested)


def allocation_delay(
    *, new_operator: bool = False, requested_block: int | None = None, requested: datetime | None = None
) -> Answer:
    """Return when a change of an operator's allocation delay holds: at once for a new one (v1.9.0)."""
    delay = _Delay(0, ALLOCATIONS) if new_operator else _ALLOCATION_DELAY
    return _over(delay, requested_block, requested)


def allocation(blocks: int, requested_block: int | None = None, requested: datetime | None = None) -> Answer:
    """Return when an allocation takes effect; the operator chooses the delay in blocks."""
    return _over(_Delay(blocks, ALLOCATIONS), requested_block, requested)


def slasher_change(requested_block: int | None = None, requested: datetime | None = None) -> Answer:
    """Return when a set's new slasher holds (by the documentation; a comment in the code says 14 days)."""
    return _over(_SLASHER, requested_block, requested)


def redistribution(requested_block: int | None = None, requested: datetime | None = None) -> Answer:
    """Return when slashed funds are burnt or handed on (ELIP-016; in force on mainnet: unverified)."""
    return _over(_REDISTRIBUTION, requested_block, requested)


def rewards(requested: datetime | None = None) -> Answer:
    """Return when the rewards of a root posted at ``requested`` can be claimed."""
    return delayed(CONFIGURED, 604_800, requested)


def proof(requested: datetime | None = None) -> Answer:
    """Return until when a beacon root of ``requested`` serves as a proof."""
    expires = None if requested is None else later(requested, PROOF_ROOTS * BLOCK)
    return Answer(CONFIGURED, exactly(0), requested, claimable_at=requested, expires_at=expires)


def _over(delay: _Delay, requested_block: int | None, requested: datetime | None) -> Answer:
    blocks = delay.blocks + (delay.after or 0)
    wait = blocks * BLOCK
    end = None if requested is None else later(requested, wait)
    last = requested_block + delay.blocks if requested_block is not None and delay.slashable else None
    return Answer(
        delay.source,
        exactly(wait),
        requested,
        claimable_at=None if delay.after is None else end,
        claimable_block=None if delay.after is None or requested_block is None else requested_block + blocks,
        slashable_until=later(requested, (delay.blocks + 1) * BLOCK)
        if requested and delay.slashable
        else None,
        figures={} if last is None else {"last_slashable_block": last},
    )
