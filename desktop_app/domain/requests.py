"""Withdrawal requests: what the user has asked a protocol for, and when it was claimed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Request:
    """One request to take ``amount`` units of the position's asset out; times in UTC.

    Open until ``claimed_at``; whether it waits, can be claimed or is overdue follows from a protocol's clock.
    """

    id: str
    amount: Decimal
    requested_at: datetime
    claimed_at: datetime | None = None
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it has not been claimed yet."""
        return self.claimed_at is None
