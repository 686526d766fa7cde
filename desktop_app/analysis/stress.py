"""What a scenario would cost (definitions.md 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.losses import Losses
from desktop_app.analysis.worths import total, worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario


@dataclass(frozen=True, slots=True)
class ScenarioLoss:
    """Loss in the portfolio's currency, its share and range.

    ``by_position`` holds every priced position that can be computed (see ``Exposure.unavailable``);
    ``error`` is the error of ``loss`` where it rests on sampled units, else None.
    """

    id: str
    name: str
    loss: float
    share: float
    low: float
    high: float
    by_position: Mapping[str, float]
    error: float | None = None


def stress(portfolio: Portfolio, as_of: date | None = None) -> Mapping[str, ScenarioLoss]:
    """Return scenario id -> loss for every scenario of the portfolio; empty where nothing is priced.

    A shock to a node that is no longer there takes nothing; a scenario with a fraction outside 0 to 1 is left out.
    """
    known = worths(portfolio, as_of)
    value = total(known)
    scenarios = [
        s for s in portfolio.scenarios.values() if all(0 <= fraction <= 1 for _, fraction in s.shocks)
    ]
    if not value or not scenarios:
        return {}
    losses = Losses(portfolio, known)
    shocks = losses.shocks(dict(s.shocks) for s in scenarios)
    taken = losses.of(shocks)
    errors = losses.error(lambda i: losses.values @ losses.of(shocks, i)) if losses.uncertain else None
    return {
        s.id: _scenario(s, losses, taken[:, i], float(value), None if errors is None else float(errors[i]))
        for i, s in enumerate(scenarios)
    }


def _scenario(
    scenario: Scenario, losses: Losses, taken: NDArray[np.float64], value: float, error: float | None
) -> ScenarioLoss:
    low, high = losses.range(dict(scenario.shocks))
    loss = float(losses.values @ taken)
    by_position = {
        position: float(worth * fraction)
        for position, priced, worth, fraction in zip(
            losses.positions, losses.priced, losses.values, taken, strict=True
        )
        if priced
    }
    return ScenarioLoss(
        id=scenario.id,
        name=scenario.name,
        loss=loss,
        share=loss / value,
        low=float(losses.values @ np.minimum(low, taken)),
        high=float(losses.values @ np.clip(high, taken, 1.0)),
        by_position=by_position,
        error=error or None,
    )
