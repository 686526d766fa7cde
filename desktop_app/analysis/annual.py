"""What a year is expected to cost under the user's assumptions (definitions.md 6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from desktop_app.analysis.exposure import values_meeting
from desktop_app.analysis.losses import Floats, Losses
from desktop_app.analysis.states import MAX_NODES, expectation, lost_by_state
from desktop_app.analysis.worths import total, worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis

KEY = "expected_annual_loss"

Hazards = Mapping[str, tuple[float, float]]
"""Node -> (q, λ): its chance to fail in a year, and what it then takes."""


@dataclass(frozen=True, slots=True)
class ExpectedLoss:
    """Expected annual loss in the portfolio's currency.

    ``left_out_nodes`` lack a probability or a loss, unknown buckets among them; ``left_out_value`` stands on
    them. ``illustrative``: some assumption is made up. ``unavailable``: "expected_annual_loss/POSITION" -> why
    it is in no sum. ``error``: of ``total`` if it rests on sampled units.
    """

    total: float
    share: float
    by_position: Mapping[str, float]
    assumed_nodes: tuple[str, ...]
    left_out_nodes: tuple[str, ...]
    left_out_value: float
    illustrative: bool = False
    unavailable: Mapping[str, str] = field(default_factory=dict)
    error: float | None = None


def expected_annual_loss(portfolio: Portfolio, as_of: date | None = None) -> ExpectedLoss | None:
    """Return the expected annual loss; None where no reached node can fail or nothing is priced."""
    known = worths(portfolio, as_of)
    value = total(known)
    losses = Losses(portfolio, known)
    reached = losses.reached(by_value=True)
    assumed = assumptions(portfolio, reached)
    hazards = failing(assumed)
    if not value or not hazards:
        return None
    left_out = [node for node in reached if node not in assumed]
    taken, unavailable = _expected(losses, hazards)
    by_position = losses.by_position(taken)
    for position in unavailable:
        del by_position[position.removeprefix(f"{KEY}/")]
    amount = float(losses.values @ taken)
    return ExpectedLoss(
        total=amount,
        share=amount / float(value),
        by_position=by_position,
        assumed_nodes=tuple(assumed),
        left_out_nodes=tuple(left_out),
        left_out_value=values_meeting(losses, {"": left_out})[""],
        illustrative=is_illustrative(portfolio, hazards),
        unavailable=unavailable,
        error=_error(losses, hazards),
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


def _expected(losses: Losses, hazards: Hazards) -> tuple[Floats, dict[str, str]]:
    """Return the expected fraction lost of each position, 0 where it cannot be told, and why it cannot."""
    taken = losses.of(losses.shocks([{node: q * severity for node, (q, severity) in hazards.items()}]))[:, 0]
    unavailable = {}
    for row in losses.levered.tolist():
        reached = {node: risk for node, risk in hazards.items() if losses.touches(row, node)}
        if len(reached) <= MAX_NODES:
            by_state = lost_by_state(losses, row, {node: severity for node, (_, severity) in reached.items()})
            taken[row] = expectation(by_state, np.array([[q] for q, _ in reached.values()]).reshape(-1, 1))[0]
        else:
            taken[row] = 0.0
            position = losses.positions[row]
            unavailable[f"{KEY}/{position}"] = too_many(position, len(reached))
    return taken, unavailable


def too_many(position: str, nodes: int) -> str:
    """Return why the year of a position with debt is not worked out."""
    return f"{nodes} nodes that can fail carry “{position}”, which has a debt; {MAX_NODES} can be worked out."


def _error(losses: Losses, hazards: Hazards) -> float | None:
    if not losses.uncertain:
        return None
    shocks = losses.shocks([{node: q * severity for node, (q, severity) in hazards.items()}])
    return float(losses.error(lambda scrambling: losses.values @ losses.of(shocks, scrambling))[0]) or None
