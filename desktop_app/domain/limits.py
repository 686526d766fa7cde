"""The limits that a user sets for the whole portfolio."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: shares and losses (a year) are fractions of the portfolio's value, times are days.

    REWARD_RATIO is the least that the extra layers should pay, in multiples of their expected loss.
    """

    id: str
    kind: LimitKind
    subject: str
    bound: float
