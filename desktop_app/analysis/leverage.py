"""Positions with a debt: what a loss of the collateral does to the equity (definitions.md 5.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import money
from desktop_app.domain.positions import Position

Floats = NDArray[np.float64]

ROUNDING = 1e-12
"""Room for rounding at the threshold: a ratio equal to it on paper is liquidated."""


@dataclass(frozen=True, slots=True)
class Debts:
    """Debts of several positions, one in each place; collateral and debt are per unit of equity."""

    collateral: Floats
    debt: Floats
    threshold: Floats
    penalty: Floats

    def losses(self, collateral_loss: Floats, equity_loss: Floats) -> Floats:
        """Return the fraction of the equity lost, from those of the two sides (positions × columns)."""
        collateral, debt, threshold, penalty = (
            column[:, None] for column in (self.collateral, self.debt, self.threshold, self.penalty)
        )
        liquidated = debt >= threshold * collateral * (1 - collateral_loss) * (1 - ROUNDING)
        amplified = np.minimum(1.0, collateral * collateral_loss + penalty * debt * liquidated)
        return equity_loss + amplified * (1 - equity_loss)

    def alone(self, collateral_loss: Floats, equity_loss: Floats) -> Floats:
        """Return the same for the debt of one position alone (by column)."""
        lost: Floats = self.losses(collateral_loss[None, :], equity_loss[None, :])[0]
        return lost

    def take(self, row: int) -> "Debts":
        """Return the debt of one position alone."""
        one = slice(row, row + 1)
        return Debts(self.collateral[one], self.debt[one], self.threshold[one], self.penalty[one])


def debts_of(positions: Iterable[tuple[Position, Decimal]]) -> Debts:
    """Return the debts of positions that pass ``obstacle``, each with its equity."""
    rows = [
        (
            float((equity + debt) / equity),
            float(debt / equity),
            p.liquidation_threshold,
            p.liquidation_penalty,
        )
        for p, equity in positions
        if (debt := p.debt) is not None
    ]
    columns = np.array(rows, dtype=np.float64).reshape(-1, 4).T
    return Debts(*columns)


def obstacle(position: Position, equity: Decimal | None) -> str:
    """Return why the loss of a position with debt cannot be told; empty when it can."""
    name, threshold = position.name, position.liquidation_threshold
    if position.debt is None or equity is None:
        return f"The value of “{name}” is not known, so neither is its leverage: enter a price."
    if threshold is None or position.liquidation_penalty is None:
        return f"“{name}” has a debt: enter its liquidation threshold and penalty."
    collateral = money.total((equity, position.debt))
    if equity <= 0:
        return f"The debt of “{name}” is as large as its collateral or larger: it can be liquidated now."
    if position.debt >= Decimal(threshold) * collateral * Decimal(1 - ROUNDING):
        ratio = float(position.debt / collateral)
        return (
            f"“{name}” can be liquidated now: its debt is {ratio * 100:.4g} % of the collateral, "
            f"and the threshold is {threshold * 100:.4g} %."
        )
    return ""
