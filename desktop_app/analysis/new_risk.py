"""What one layer of one stack adds: expected loss, the worst new node, how much riskier it may be (7)."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from desktop_app.analysis.annual import Hazards, assumptions, failing
from desktop_app.analysis.layering import Stage
from desktop_app.analysis.losses import Floats
from desktop_app.analysis.multiplier import hazard_multiplier, riskier
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import TELLING, Node, is_unknown

RAISED = 1e-12
"""A layer raises a node if ρ grows by more than this."""


@dataclass(frozen=True, slots=True)
class NewRisk:
    """What a layer adds, in fractions of the position's V.

    ``new_nodes``: those whose ρ it raises, unknown buckets among them; ``left_out_nodes``: those of them
    about which nothing is assumed. ``loss_with``, ``loss_without``: expected in a year with the layer and
    with only those below it; None where nothing is assumed about any new node, or where there is a debt and
    ``too_many`` nodes can fail. ``worst_new_node`` with the q that is assumed of it, None not assumed, and
    the λ that was taken, which is 1 where none is assumed (``worst_assumed`` False).
    ``error``: of the increment, if it rests on sampled units.
    """

    new_nodes: tuple[str, ...] = ()
    left_out_nodes: tuple[str, ...] = ()
    loss_with: float | None = None
    loss_without: float | None = None
    too_many: int = 0
    worst_new_node: str | None = None
    worst_probability: float | None = None
    worst_loss: float | None = None
    worst_assumed: bool = True
    loss_given_failure: float | None = None
    multiplier: float | None = None
    error: float | None = None

    @property
    def increment(self) -> float | None:
        """Return what the layer is expected to lose in a year."""
        if self.loss_with is None or self.loss_without is None:
            return None
        return self.loss_with - self.loss_without


NOTHING = NewRisk()


def new_risk(
    portfolio: Portfolio, below: Stage, above: Stage, rate: float | None, *, annual: bool
) -> NewRisk:
    """Return what the step from one stage to the next adds; without ``annual`` no figures of a year."""
    raised = tuple(node for node, part in above.reach.items() if part - below.reach.get(node, 0.0) > RAISED)
    assumed = assumptions(portfolio, above.reach)
    left_out = tuple(node for node in raised if node not in assumed)
    found = _with_worst(NewRisk(raised, left_out), portfolio, below, above)
    if not annual or (raised and len(left_out) == len(raised)):
        return found
    year = _Year(below, above, failing(assumed), raised)
    if many := above.too_many(year.severities):
        return replace(found, too_many=many)
    with_it, without = (float(loss[0]) for loss in year.losses(np.ones(1)))
    return replace(
        found,
        loss_with=with_it,
        loss_without=without,
        multiplier=hazard_multiplier(year.increments, rate) if rate and rate > 0 else None,
        error=year.error(),
    )


def _with_worst(found: NewRisk, portfolio: Portfolio, below: Stage, above: Stage) -> NewRisk:
    """Add the new node whose failure takes most; of equal ones the most telling."""
    worst: tuple[float, int] | None = None
    for row in (portfolio.nodes[n] for n in found.new_nodes if not is_unknown(n)):
        if row.failure_probability == 0:
            continue
        severity = 1.0 if (known := _fraction(row.loss_given_failure)) is None else known
        lost = above.loss(row.id, severity) - below.loss(row.id, severity)
        weight = (round(lost, 12), -_telling(row))
        if worst is None or weight > worst:
            worst = weight
            found = replace(
                found,
                worst_new_node=row.id,
                worst_probability=_fraction(row.failure_probability),
                worst_loss=severity,
                worst_assumed=known is not None,
                loss_given_failure=lost,
            )
    return found


def _fraction(number: float | None) -> float | None:
    """Return an assumption, None where there is none or it cannot be."""
    return number if number is not None and 0 <= number <= 1 else None


def _telling(node: Node) -> int:
    return TELLING.index(node.dimension) if node.dimension in TELLING else len(TELLING)


class _Year:
    """What a year is expected to cost with and without a layer, its new nodes m times as risky."""

    def __init__(self, below: Stage, above: Stage, hazards: Hazards, raised: Collection[str]) -> None:
        self.severities = {node: severity for node, (_, severity) in hazards.items()}
        self._chances = {node: q for node, (q, _) in hazards.items()}
        self._below, self._above, self._raised = below, above, frozenset(raised)

    def losses(self, multipliers: Floats, scrambling: int | None = None) -> tuple[Floats, Floats]:
        """Return the losses with the layer and without it for each multiplier."""
        chances = {
            node: riskier(q, multipliers) if node in self._raised else np.full(len(multipliers), q)
            for node, q in self._chances.items()
        }
        with_it, without = (
            stage.expected(self.severities, chances, len(multipliers), scrambling)
            for stage in (self._above, self._below)
        )
        return with_it, without

    def increments(self, multipliers: Floats, scrambling: int | None = None) -> Floats:
        """Return what the layer adds for each multiplier."""
        with_it, without = self.losses(multipliers, scrambling)
        return with_it - without

    def error(self) -> float | None:
        """Return the error of the increment as it stands; None where it is exact."""
        if not (self._above.losses.uncertain or self._below.losses.uncertain):
            return None
        return float(self._above.losses.error(lambda scrambling: self.increments(np.ones(1), scrambling))[0])
