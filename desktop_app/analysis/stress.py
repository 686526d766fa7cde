"""What a scenario would cost (definitions.md 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class ScenarioLoss:
    """Loss in the portfolio's currency, its share and range; ``by_position`` holds every priced position."""

    id: str
    name: str
    loss: float
    share: float
    low: float
    high: float
    by_position: Mapping[str, float]


def stress(portfolio: Portfolio, as_of: date | None = None) -> Mapping[str, ScenarioLoss]:
    """Return scenario id -> loss for every scenario of the portfolio; empty where nothing is priced."""
    raise NotImplementedError
