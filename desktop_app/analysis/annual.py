"""What a year is expected to cost under the user's assumptions (definitions.md 6)."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.equity import EquityLoss, Hazards
from desktop_app.analysis.exposure import values_meeting
from desktop_app.analysis.losses import Losses, losses_of
from desktop_app.analysis.worths import total, worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis


@dataclass(frozen=True, slots=True)
class ExpectedLoss:
    """Expected annual loss in the portfolio's currency.

    ``left_out_nodes`` lack a probability or a loss, unknown buckets among them; ``left_out_value`` stands on
    them. ``illustrative``: some assumption is made up. Of a position with a debt that more than 20 nodes can
    hit not all states can be listed: ``total`` may be too low by up to ``missing``. ``error``: its standard
    deviation, where units or states are drawn.
    """

    total: float
    share: float
    by_position: Mapping[str, float]
    assumed_nodes: tuple[str, ...]
    left_out_nodes: tuple[str, ...]
    left_out_value: float
    illustrative: bool = False
    missing: float = 0.0
    error: float | None = None


def expected_annual_loss(portfolio: Portfolio, as_of: date | None = None) -> ExpectedLoss | None:
    """Return the expected annual loss; None where no reached node can fail or nothing is priced."""
    known = worths(portfolio, as_of)
    value = total(known)
    losses = losses_of(portfolio, known, as_of)
    reached = losses.reached(by_value=True)
    assumed = assumptions(portfolio, reached)
    hazards = failing(assumed)
    if not value or not hazards:
        return None
    left_out = [node for node in reached if node not in assumed]
    expected = Expected(losses, hazards)
    return ExpectedLoss(
        total=expected.total,
        share=expected.total / float(value),
        by_position=losses.by_position(expected.taken),
        assumed_nodes=tuple(assumed),
        left_out_nodes=tuple(left_out),
        left_out_value=values_meeting(losses, {"": left_out})[""],
        illustrative=is_illustrative(portfolio, hazards),
        missing=expected.missing,
        error=expected.error or None,
    )


def assumptions(portfolio: Portfolio, nodes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Return (q, λ) of those nodes for which both are assumed; what cannot fail (q = 0) needs no λ."""
    return {node: risk for node in nodes if (risk := _assumption(portfolio, node)) is not None}


def failing(assumed: Hazards) -> Hazards:
    """Return the nodes whose failure costs something."""
    return {node: (q, severity) for node, (q, severity) in assumed.items() if q * severity > 0}


def is_illustrative(portfolio: Portfolio, nodes: Iterable[str]) -> bool:
    """Tell whether any of these assumptions is of the illustrative set."""
    return any(portfolio.nodes[node].basis is Basis.ILLUSTRATIVE for node in nodes)


def _assumption(portfolio: Portfolio, node: str) -> tuple[float, float] | None:
    """Return (q, λ); None where one of them is unknown or cannot be."""
    row = portfolio.nodes.get(node)
    if row is None or row.failure_probability is None or not 0 <= row.failure_probability <= 1:
        return None
    if row.failure_probability == 0:
        return (0.0, 0.0)
    if row.loss_given_failure is None or not 0 <= row.loss_given_failure <= 1:
        return None
    return (row.failure_probability, row.loss_given_failure)


class Expected:
    """The expected loss of every position under hazards; ``taken``: fractions, row by row of ``losses``."""

    def __init__(self, losses: Losses, hazards: Hazards) -> None:
        self._losses = losses
        self._risks = {node: q * severity for node, (q, severity) in hazards.items()}
        self.taken = losses.of(losses.shocks([self._risks]))[:, 0]
        self._equity = {row: EquityLoss(losses, row, hazards) for row in losses.levered.tolist()}
        for row, found in self._equity.items():
            self.taken[row] = found.mean

    @property
    def total(self) -> float:
        """Return the sum, in the portfolio's currency."""
        return float(self._losses.values @ self.taken)

    @property
    def missing(self) -> float:
        """Return what states that were not looked at could add to the sum."""
        return sum(float(self._losses.values[row]) * found.missing for row, found in self._equity.items())

    @property
    def error(self) -> float:
        """Return the standard deviation of the sum, where units or states are drawn."""
        spreads = [float(self._losses.values[row]) * found.spread for row, found in self._equity.items()]
        if self._losses.uncertain:
            shocks = self._losses.shocks([self._risks])
            drawn = self._losses.error(lambda scrambling: self._losses.totals(shocks, scrambling))
            spreads.append(float(drawn[0]))
        return math.hypot(*spreads)

    def without(self) -> Mapping[str, float]:
        """Return node -> the sum if it could not fail."""
        columns = ({n: x for n, x in self._risks.items() if n != spared} for spared in self._risks)
        plain = dict(
            zip(self._risks, self._losses.plain_totals(self._losses.shocks(columns)).tolist(), strict=True)
        )
        values = self._losses.values
        return {
            node: total + sum(float(values[row]) * e.mean_without(node) for row, e in self._equity.items())
            for node, total in plain.items()
        }
