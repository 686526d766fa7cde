"""What one layer adds: expected loss, the worst new node, how much riskier the new ones may be (7)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from desktop_app.analysis.annual import assumptions, failing
from desktop_app.analysis.equity import Hazards
from desktop_app.analysis.layering import Stage
from desktop_app.analysis.losses import Floats
from desktop_app.analysis.multiplier import hazard_multipliers, riskier
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

    @property
    def assumable(self) -> bool:
        """Tell whether anything is assumed about what the layer adds, or it adds nothing."""
        return not self.new_nodes or len(self.left_out_nodes) < len(self.new_nodes)


NOTHING = NewRisk()


def new_risk(
    portfolio: Portfolio, below: Stage, above: Stage, rate: float | None, *, annual: bool
) -> NewRisk:
    """Return what the step from one stage to the next adds; without ``annual`` no figures of a year."""
    raised = tuple(node for node, part in above.reach.items() if part - below.reach.get(node, 0.0) > RAISED)
    assumed = assumptions(portfolio, above.reach)
    severities = {node: severity_of(portfolio.nodes.get(node)) for node in raised}
    lost = {node: above.loss(node, x) - below.loss(node, x) for node, x in severities.items()}
    left_out = tuple(node for node in raised if node not in assumed)
    found = with_worst(NewRisk(raised, left_out), portfolio, lost)
    if not annual or not found.assumable:
        return found
    return _with_year(found, below, above, failing(assumed), rate)


def with_worst(found: NewRisk, portfolio: Portfolio, lost: Mapping[str, float]) -> NewRisk:
    """Add the new node whose failure takes most (node -> what it takes); of equal ones the most telling."""
    named = [portfolio.nodes[node] for node in found.new_nodes if not is_unknown(node)]
    failing_nodes = [row for row in named if row.failure_probability != 0]
    if not failing_nodes:
        return found
    worst = max(failing_nodes, key=lambda row: (round(lost[row.id], 12), -_telling(row)))
    return replace(
        found,
        worst_new_node=worst.id,
        worst_probability=_fraction(worst.failure_probability),
        worst_loss=severity_of(worst),
        worst_assumed=_fraction(worst.loss_given_failure) is not None,
        loss_given_failure=lost[worst.id],
    )


def severity_of(node: Node | None) -> float:
    """Return λ; where none is assumed a failure counts as the loss of everything."""
    severity = None if node is None else _fraction(node.loss_given_failure)
    return 1.0 if severity is None else severity


def _fraction(number: float | None) -> float | None:
    """Return an assumption, None where there is none or it cannot be."""
    return number if number is not None and 0 <= number <= 1 else None


def _telling(node: Node) -> int:
    return TELLING.index(node.dimension) if node.dimension in TELLING else len(TELLING)


def _with_year(found: NewRisk, below: Stage, above: Stage, hazards: Hazards, rate: float | None) -> NewRisk:
    """Add what a year is expected to cost with and without the layer, and the multiplier."""
    with_it, without = above.year(hazards), below.year(hazards)
    found = replace(found, loss_with=with_it.mean, loss_without=without.mean, exact=with_it.exact)
    if not rate or rate <= 0 or not with_it.exact:
        return found
    raised = {node: np.array(hazards[node][0]) for node in found.new_nodes if node in hazards}

    def losses(multipliers: Floats) -> Floats:
        changed = {node: riskier(q, multipliers[0]) for node, q in raised.items()}
        upper, lower = (y.means(changed, multipliers.shape[1]) for y in (with_it, without))
        return (upper - lower)[None, :]

    return replace(found, multiplier=hazard_multipliers(losses, np.array([rate]))[0])
