"""What a year is expected to cost under the user's assumptions (definitions.md 6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.exposure import values_meeting
from desktop_app.analysis.losses import Losses
from desktop_app.analysis.worths import total, worths
from desktop_app.domain.portfolio import Portfolio

Floats = NDArray[np.float64]

KEY = "expected_annual_loss"

MAX_STATES_LOG2 = 20
"""A position with debt that more failing nodes reach has no exact figure here (definitions.md 5.1)."""


@dataclass(frozen=True, slots=True)
class ExpectedLoss:
    """Expected annual loss in the portfolio's currency.

    ``left_out_nodes`` lack a probability or a loss, unknown buckets among them; ``left_out_value`` stands on
    them. ``unavailable``: "expected_annual_loss/POSITION" -> why it is in no sum. ``error``: of ``total`` if
    it rests on sampled units.
    """

    total: float
    share: float
    by_position: Mapping[str, float]
    assumed_nodes: tuple[str, ...]
    left_out_nodes: tuple[str, ...]
    left_out_value: float
    unavailable: Mapping[str, str] = field(default_factory=dict)
    error: float | None = None


def expected_annual_loss(portfolio: Portfolio, as_of: date | None = None) -> ExpectedLoss | None:
    """Return the expected annual loss; None where no reached node can fail or nothing is priced."""
    known = worths(portfolio, as_of)
    value = total(known)
    losses = Losses(portfolio, known)
    reached = losses.reached(by_value=True)
    assumed = {node: risk for node in reached if (risk := _assumption(portfolio, node)) is not None}
    hazards = {node: risk for node, risk in assumed.items() if risk[0] * risk[1] > 0}
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
        unavailable=unavailable,
        error=_error(losses, hazards),
    )


def _assumption(portfolio: Portfolio, node: str) -> tuple[float, float] | None:
    """Return (q, λ); None where one of them is unknown or cannot be. What cannot fail (q = 0) needs no λ."""
    row = portfolio.nodes.get(node)
    if row is None or row.failure_probability is None or not 0 <= row.failure_probability <= 1:
        return None
    if row.failure_probability == 0:
        return (0.0, 0.0)
    if row.loss_given_failure is None or not 0 <= row.loss_given_failure <= 1:
        return None
    return (row.failure_probability, row.loss_given_failure)


def _expected(losses: Losses, hazards: Mapping[str, tuple[float, float]]) -> tuple[Floats, dict[str, str]]:
    """Return the expected fraction lost of each position, 0 where it cannot be told, and why it cannot."""
    taken = losses.of(losses.shocks([{node: q * severity for node, (q, severity) in hazards.items()}]))[:, 0]
    unavailable = {}
    for row in losses.levered.tolist():
        failing = {node: risk for node, risk in hazards.items() if losses.touches(row, node)}
        if len(failing) <= MAX_STATES_LOG2:
            taken[row] = _levered(losses, row, failing)
        else:
            taken[row] = 0.0
            position = losses.positions[row]
            unavailable[f"{KEY}/{position}"] = (
                f"{len(failing)} nodes that can fail carry “{position}”, which has a debt: "
                f"up to {MAX_STATES_LOG2} can be worked out."
            )
    return taken, unavailable


def _levered(losses: Losses, row: int, hazards: Mapping[str, tuple[float, float]]) -> float:
    """Return the expected fraction of the equity lost, over all states of the failing nodes."""
    chances = np.ones(1)
    for q, _ in hazards.values():
        chances = np.concatenate([chances * (1 - q), chances * q])
    collateral, equity = (
        _by_state(side, [severity for _, severity in hazards.values()])
        for side in losses.met_sets(row, list(hazards))
    )
    place = int(np.flatnonzero(losses.levered == row)[0])
    lost = losses.debts.take(place).losses(collateral[None, :], equity[None, :])
    return float(lost[0] @ chances)


def _by_state(met: Mapping[int, float], severities: list[float]) -> Floats:
    """Return the loss in every state: bit i of its index tells that node i failed, as in the keys of ``met``.

    Node by node, sets that contain it are taken together with those that do not, weighted with what is left.
    """
    left = np.zeros(1 << len(severities))
    for nodes, chance in met.items():
        left[nodes] = chance
    for node, severity in enumerate(severities):
        pairs = left.reshape(-1, 2, 1 << node)
        without, within = pairs[:, 0].copy(), pairs[:, 1].copy()
        pairs[:, 0] = without + within
        pairs[:, 1] = without + within * (1 - severity)
    lost: Floats = np.clip(1 - left, 0.0, 1.0)
    return lost


def _error(losses: Losses, hazards: Mapping[str, tuple[float, float]]) -> float | None:
    if not losses.uncertain:
        return None
    shocks = losses.shocks([{node: q * severity for node, (q, severity) in hazards.items()}])
    return float(losses.error(lambda scrambling: losses.values @ losses.of(shocks, scrambling))[0]) or None
