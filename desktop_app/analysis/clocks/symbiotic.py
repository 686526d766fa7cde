"""Symbiotic: claims of v1 vaults by epoch, veto and resolver times, the queue of a v2 vault."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from desktop_app.analysis.clocks.answer import CHECKED, Answer, Wait, later, until
from desktop_app.analysis.clocks.cycles import begin, cyclic, number
from desktop_app.domain.catalogue import Source
from desktop_app.errors import UserError

_AT = "https://github.com/symbioticfi/core/blob/25a065a3dd71150a588162bd2ad4833bbd4e2423/src/contracts/"
SOURCE = Source(_AT + "vault/Vault.sol", "2026-08-07", verified=True, checked=CHECKED)
VETO_SOURCE = Source(_AT + "slasher/VetoSlasher.sol", "2026-08-07", verified=True, checked=CHECKED)
QUEUE_SOURCE = Source(_AT + "vault/WithdrawalQueue.sol", "2026-08-07", verified=True, checked=CHECKED)

LEAST_RESOLVER_EPOCHS = 3


def withdrawal(
    epoch_seconds: int, requested: datetime | None = None, epoch_start: datetime | None = None
) -> Answer:
    """Return when a request in a v1 vault can be claimed: at the start of the epoch after the next.

    ``epoch_start`` is ``epochDurationInit``; raise UserError for a request before it. Slashable until then
    (in the second epoch only by captures of the first).
    """
    found = cyclic(SOURCE, requested, epoch_start, epoch_seconds, 2)
    if requested is None or epoch_start is None or found.claimable_at is None:
        return found
    epoch = number(requested, epoch_start, epoch_seconds)
    _started(requested, epoch)
    return Answer(
        SOURCE,
        found.wait,
        requested,
        found.claimable_at,
        slashable_until=found.claimable_at,
        figures={"epoch": epoch, "bucket": epoch + 1},
    )


def veto(
    captured: datetime,
    epoch_seconds: int,
    veto_seconds: int,
    requested: datetime | None = None,
    *,
    resolver: bool = True,
) -> Answer:
    """Return until when a slash captured at ``captured`` can be requested, vetoed and executed.

    Without a ``resolver`` (at the capture or now) nobody can veto it, and it is executed at once.
    """
    if veto_seconds > epoch_seconds:
        raise UserError("The veto cannot last longer than the epoch.", "Enter a smaller veto_seconds.")
    last_request = captured + timedelta(seconds=epoch_seconds - veto_seconds)
    if requested is not None and not captured < requested <= last_request:
        raise UserError(
            "A slash has to be requested after its capture, and a veto's length before the epoch's is over.",
            "Enter another time for requested.",
        )
    vetoed = None if requested is None else later(requested, veto_seconds if resolver else 0)
    return Answer(
        VETO_SOURCE,
        Wait() if requested is None or vetoed is None else until(requested, vetoed),
        requested,
        figures={
            "last_request_at": last_request,
            "executable_at": vetoed,
            "last_execution_at": captured + timedelta(seconds=epoch_seconds),
        },
    )


def resolver_change(
    requested: datetime,
    epoch_start: datetime,
    epoch_seconds: int,
    delay_epochs: int = LEAST_RESOLVER_EPOCHS,
    *,
    first: bool = False,
) -> Answer:
    """Return when a changed resolver takes over; the first one does at once."""
    epoch = number(requested, epoch_start, epoch_seconds)
    _started(requested, epoch)
    effective = requested if first else begin(epoch + delay_epochs, epoch_start, epoch_seconds)
    return Answer(VETO_SOURCE, until(requested, effective), requested, claimable_at=effective)


def queue(
    free: Fraction,
    ahead: Fraction,
    amount: Fraction,
    adapters: Sequence[tuple[Fraction, int]] = (),
    requested: datetime | None = None,
) -> Answer:
    """Return the earliest payment from a v2 vault's queue; it has no typical and no longest wait.

    ``adapters``: what each can free and its seconds, if asked at once. Unknown where all of it is too little.
    """
    wanted, covered, earliest = ahead + amount, free, 0
    for frees, duration in sorted(adapters, key=lambda adapter: adapter[1]):
        if covered >= wanted:
            break
        covered, earliest = covered + frees, duration
    return Answer(QUEUE_SOURCE, Wait(Fraction(earliest) if covered >= wanted else None), requested)


def _started(requested: datetime, epoch: int) -> None:
    if epoch < 0:
        raise UserError(
            f"The request of {requested:%Y-%m-%d %H:%M:%S} is older than the vault.",
            "Enter the vault's epochDurationInit as epoch_start.",
        )
