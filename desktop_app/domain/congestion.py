"""How crowded the way out is: what the user read of Ethereum's exit queue, and how long others are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

MOST_ETH = Decimal(10**9)
MOST_TIMES = Decimal(100)
_LEAST_STAKE = Decimal(1)
_GWEI_PLACES = -9


class Fork(StrEnum):
    """The rules of the churn; when mainnet takes up Gloas was not settled on 2026-08-07."""

    ELECTRA = "electra"
    GLOAS = "gloas"


@dataclass(frozen=True, slots=True)
class Congestion:
    """ETH in the exit queue as read on ``dated``, ETH at stake in all, the fork whose churn holds.

    None is unknown: of the queue that makes its wait unknown, of the stake the clock's own figure serves.
    ``others``: every other queue takes so many times as long as the catalogue says.
    """

    queue_eth: Decimal | None = None
    dated: date | None = None
    total_stake_eth: Decimal | None = None
    fork: Fork = Fork.ELECTRA
    others: Decimal = Decimal(1)

    @property
    def fault(self) -> str:
        """Return in a sentence what cannot be; empty where all is well."""
        for name, least, value in (
            ("The exit queue", Decimal(0), self.queue_eth),
            ("The total stake", _LEAST_STAKE, self.total_stake_eth),
        ):
            if value is not None and not (_whole_gwei(value) and least <= value <= MOST_ETH):
                return f"{name} is an amount of ETH from {least} to {MOST_ETH:,}, with at most nine decimals."
        if not 0 < self.others <= MOST_TIMES:
            return f"Other queues take more than 0 and at most {MOST_TIMES} times as long."
        return ""


def _whole_gwei(value: Decimal) -> bool:
    exponent = value.normalize().as_tuple().exponent  # a letter where it is no finite number
    return isinstance(exponent, int) and exponent >= _GWEI_PLACES


NOTHING_READ = Congestion()
