"""What one layer of one stack adds: expected loss, the worst new node, how much riskier it may be (7)."""

from dataclasses import dataclass, replace

import numpy as np

from desktop_app.analysis.annual import assumptions, failing
from desktop_app.analysis.equity import Hazards
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
    with only those below it; None where nothing is assumed about any new node. ``exact``: not so where there
    is a debt over more nodes than can be listed; there is no multiplier then. ``worst_new_node`` comes with
    the q that is assumed of it (None: not assumed) and the λ that was taken, which is 1 where none is assumed
    (``worst_assumed`` False). ``error``: of the increment, if it rests on sampled units.
    """

    new_nodes: tuple[str, ...] = ()
    left_out_nodes: tuple[str, ...] = ()
    loss_with: float | None = None
    loss_without: float | None = None
    exact: bool = True
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
    return _with_year(found, below, above, failing(assumed), rate)


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


def _with_year(found: NewRisk, below: Stage, above: Stage, hazards: Hazards, rate: float | None) -> NewRisk:
    """Add what a year is expected to cost with and without the layer, and the multiplier."""
    with_it, without = above.year(hazards), below.year(hazards)
    raised = {node: hazards[node][0] for node in found.new_nodes if node in hazards}

    def increments(multipliers: Floats, scrambling: int | None = None) -> Floats:
        changed = {node: riskier(q, multipliers) for node, q in raised.items()}
        upper, lower = (y.means(changed, len(multipliers), scrambling) for y in (with_it, without))
        return upper - lower

    uncertain = above.losses.uncertain or below.losses.uncertain
    return replace(
        found,
        loss_with=with_it.mean,
        loss_without=without.mean,
        exact=with_it.exact,
        multiplier=hazard_multiplier(increments, rate) if rate and rate > 0 and with_it.exact else None,
        error=float(above.losses.error(lambda number: increments(np.ones(1), number))[0])
        if uncertain
        else None,
    )
