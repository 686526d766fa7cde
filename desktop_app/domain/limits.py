"""The limits that a user sets for the whole portfolio."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.errors import UserError


class LimitKind(StrEnum):
    """What a limit bounds; all but the last are kept by staying at or below the bound.

    The subject is a node id (NODE_SHARE), a dimension (LARGEST_SHARE, UNKNOWN_SHARE), a fraction of the value
    as text (DAYS_OUT: "0.9") or nothing (EXPECTED_LOSS, REWARD_RATIO).
    """

    NODE_SHARE = "node share"
    LARGEST_SHARE = "largest share"
    UNKNOWN_SHARE = "unknown share"
    DAYS_OUT = "days out"
    EXPECTED_LOSS = "expected loss"
    REWARD_RATIO = "reward ratio"


SHARES = frozenset(
    {LimitKind.NODE_SHARE, LimitKind.LARGEST_SHARE, LimitKind.UNKNOWN_SHARE, LimitKind.EXPECTED_LOSS}
)
"""The kinds whose bound is a fraction of the portfolio's value."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: shares and losses (a year) are fractions of the portfolio's value, times are days.

    REWARD_RATIO is the least that the extra layers should pay, in multiples of their expected loss.
    """

    id: str
    kind: LimitKind
    subject: str
    bound: float

    @property
    def about(self) -> tuple[LimitKind, str]:
        """Return what it bounds, which tells it from every other limit."""
        return self.kind, self.subject


@dataclass(frozen=True, slots=True)
class Break:
    """One time that a limit was broken: since when, by which edit, and when and by which it was mended.

    ``bound`` and ``figure`` (both in the unit of the limit) are of the day on which it broke. ``mended_on``
    None: it is broken still. ``broken_by`` and ``mended_by`` name the edit as undo does; "" where no edit did
    it: it was found so.
    """

    id: str
    kind: LimitKind
    subject: str
    bound: float
    figure: float
    broke_on: date
    broken_by: str = ""
    mended_on: date | None = None
    mended_by: str = ""

    @property
    def about(self) -> tuple[LimitKind, str]:
        """Return what the limit bounds, which tells it from every other."""
        return self.kind, self.subject


def limit_of(kind: LimitKind, subject: str, bound: float) -> Limit:
    """Return a limit; there is one for each kind and subject. Raises UserError where the bound cannot be."""
    if kind in SHARES and not 0 <= bound <= 1:
        raise UserError("A share lies between 0 and 100 %.")
    if not 0 <= bound < math.inf:
        raise UserError("A limit cannot be less than nothing.")
    return Limit(f"{kind}:{subject}", kind, subject, bound)
