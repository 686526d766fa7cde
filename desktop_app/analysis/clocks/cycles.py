"""Cycles of a fixed length: epochs, eras, lockups; a request waits for the start of a later one."""

from datetime import datetime, timedelta
from fractions import Fraction

from desktop_app.analysis.clocks.answer import Answer, anywhere, until
from desktop_app.domain.catalogue import Source


def number(moment: datetime, start: datetime, length: int) -> int:
    """Return the number of the cycle of ``length`` seconds that a moment lies in; 0 begins at ``start``."""
    return (moment - start) // timedelta(seconds=length)


def begin(cycle: int, start: datetime, length: int) -> datetime:
    """Return the first moment of a cycle."""
    return start + cycle * timedelta(seconds=length)


def cyclic(
    source: Source, requested: datetime | None, start: datetime | None, length: int, ahead: int
) -> Answer:
    """Return the answer where a request is paid at the start of the cycle ``ahead`` cycles after its own.

    ``start`` is the start of any cycle. Without it the phase is unknown: the wait is the range over all
    seconds of a cycle.
    """
    if requested is None or start is None:
        return Answer(source, anywhere((ahead - 1) * length + 1, ahead * length), requested)
    claim = begin(number(requested, start, length) + ahead, start, length)
    return Answer(source, until(requested, claim), requested, claimable_at=claim)


def slot_cyclic(source: Source, slot: int | None, length: int, ahead: int, slot_seconds: Fraction) -> Answer:
    """Return the same in slots of a nominal length; slot 0 begins cycle 0."""
    if slot is None:
        wait = anywhere((ahead - 1) * length + 1, ahead * length)
        return Answer(source, wait.times(slot_seconds))
    claim = (slot // length + ahead) * length
    wait = anywhere(claim - slot, claim - slot)
    return Answer(source, wait.times(slot_seconds), claimable_slot=claim)
