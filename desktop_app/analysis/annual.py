"""What a year is expected to cost under the user's assumptions (definitions.md 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class ExpectedLoss:
    """Expected annual loss in the portfolio's currency; nodes without a probability are left out and listed."""

    total: float
    share: float
    by_position: Mapping[str, float]
    assumed_nodes: tuple[str, ...]
    left_out_nodes: tuple[str, ...]
    left_out_value: float


def expected_annual_loss(portfolio: Portfolio, as_of: date | None = None) -> ExpectedLoss | None:
    """Return the expected annual loss in closed form; None where no reached node can fail or nothing is priced."""
    raise NotImplementedError
