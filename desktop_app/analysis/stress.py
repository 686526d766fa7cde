"""What a scenario would cost (definitions.md 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from desktop_app.analysis.losses import Floats, Losses, losses_of
from desktop_app.analysis.worths import total, worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario


@dataclass(frozen=True, slots=True)
class ScenarioLoss:
    """Loss in the portfolio's currency, its share and range.

    ``by_position`` holds every priced position that can be computed (see ``Exposure.unavailable``);
    ``sampled``: "loss", "low", "high" -> error of the figure, for those that rest on sampled units.
    """

    id: str
    name: str
    loss: float
    share: float
    low: float
    high: float
    by_position: Mapping[str, float]
    sampled: Mapping[str, float] = field(default_factory=dict)


def stress(portfolio: Portfolio, as_of: date | None = None) -> Mapping[str, ScenarioLoss]:
    """Return scenario id -> loss for every scenario of the portfolio; empty where nothing is priced.

    A shock to a node that is no longer there takes nothing; a scenario with a fraction outside 0 to 1 is left
    out.
    """
    known = worths(portfolio, as_of)
    value = total(known)
    scenarios = [
        s for s in portfolio.scenarios.values() if all(0 <= fraction <= 1 for _, fraction in s.shocks)
    ]
    if not value or not scenarios:
        return {}
    losses = losses_of(portfolio, known, as_of)
    taken = losses.by_stack(losses.shocks(dict(s.shocks) for s in scenarios))
    return {s.id: _scenario(s, losses, taken[:, i], float(value)) for i, s in enumerate(scenarios)}


def _scenario(scenario: Scenario, losses: Losses, taken: Floats, value: float) -> ScenarioLoss:
    shocks = dict(scenario.shocks)
    low, high, drawn = losses.range(shocks)
    loss = float(losses.stack_values @ taken)
    return ScenarioLoss(
        id=scenario.id,
        name=scenario.name,
        loss=loss,
        share=loss / value,
        low=float(losses.stack_values @ np.minimum(low, taken)),
        high=float(losses.stack_values @ np.clip(high, taken, 1.0)),
        by_position=losses.by_position(taken[losses.stacks]),
        sampled=_errors(losses, shocks) if drawn else {},
    )


def _errors(losses: Losses, shocks: Mapping[str, float]) -> Mapping[str, float]:
    matrix = losses.shocks([shocks])

    def figures(scrambling: int) -> Floats:
        low, high, _ = losses.range(shocks, scrambling)
        taken = losses.by_stack(matrix, scrambling)[:, 0]
        return losses.stack_values @ np.column_stack([taken, low, high])

    return {
        name: float(e)
        for name, e in zip(("loss", "low", "high"), losses.error(figures), strict=True)
        if e > 0
    }
