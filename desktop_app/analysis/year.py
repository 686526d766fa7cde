"""What a year can cost: the distribution of the loss under the user's assumptions (definitions.md 6)."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from desktop_app.analysis.annual import Expected, assumptions, failing, is_illustrative
from desktop_app.analysis.equity import Hazards
from desktop_app.analysis.exceedance import Curve, Plateau, curve, plateau
from desktop_app.analysis.failures import States
from desktop_app.analysis.lines import Lines
from desktop_app.analysis.losses import Floats, Losses, losses_of
from desktop_app.analysis.sampling import SCRAMBLINGS
from desktop_app.analysis.spared import cvar_without
from desktop_app.analysis.tail import LEVELS, Tail, single, sorted_part, tail
from desktop_app.analysis.views import View, view
from desktop_app.analysis.worths import worths
from desktop_app.domain.portfolio import Portfolio

ByLevel = Mapping[float, float]


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """What expected loss and CVaR (0.95, 0.99) are, less what they would be if a node could not fail."""

    expected_annual_loss: float
    cvar: ByLevel


@dataclass(frozen=True, slots=True)
class Year:
    """The loss of a year in the portfolio's currency; mappings by level (0.90, 0.95, 0.99).

    ``states``: how many were looked at: all, those with at most ``failures`` failures (``missing`` is the
    probability of the others), or ``drawn`` ones. ``tail`` takes missing states for harmless, ``upper`` for
    the loss of everything: the truth lies between. ``spread``: standard deviations over scramblings where
    states or units are drawn. ``curve``: (x, chance to lose at least x). ``leave_one_out``: node -> what less
    would be lost without it, which does not sum.
    """

    mean: float
    p_no_loss: float
    max_loss: float
    tail: Tail
    cvar_by_position: Mapping[float, Mapping[str, float]]
    leave_one_out: Mapping[str, LeaveOneOut]
    curve: Curve
    plateau: Plateau | None
    states: int
    failures: int | None = None
    drawn: bool = False
    missing: float = 0.0
    upper: Tail | None = None
    spread: Tail | None = None
    illustrative: bool = False


def year(portfolio: Portfolio, as_of: date | None = None) -> Year | None:
    """Return the distribution of the loss; None where no reached node can fail or nothing is priced."""
    known = worths(portfolio, as_of)
    losses = losses_of(portfolio, known, as_of)
    hazards = failing(assumptions(portfolio, losses.reached(by_value=True)))
    if not hazards or not any(known.values()):
        return None
    return _Asked(losses, hazards).answer(illustrative=is_illustrative(portfolio, hazards))


_MEASURES: Mapping[str, Callable[[Tail], ByLevel]] = {
    "var": lambda tail: tail.var,
    "cvar": lambda tail: tail.cvar,
}


def error_of(found: Year, measure: str, level: float) -> float:
    """Return how far VaR or CVaR may be off: to its upper bound, or the spread of what is drawn."""
    of = _MEASURES[measure]
    error = of(found.upper)[level] - of(found.tail)[level] if found.upper else 0.0
    return error + (of(found.spread)[level] if found.spread else 0.0)


class _Asked:
    def __init__(self, losses: Losses, hazards: Hazards) -> None:
        self._losses = losses
        self._hazards = hazards
        alone = losses.totals(losses.shocks({node: severity} for node, (_, severity) in hazards.items()))
        weights = dict(zip(hazards, alone, strict=True))
        self._nodes = sorted(hazards, key=lambda node: -hazards[node][0] * weights[node])
        self._chances = [hazards[node][0] for node in self._nodes]
        self._severities = {node: hazards[node][1] for node in self._nodes}
        self._lines = Lines(losses, self._severities)
        self._expected = Expected(losses, hazards)

    def answer(self, *, illustrative: bool) -> Year:
        found = view(self._lines, self._chances, float(self._losses.values.sum()))
        steps = curve(found.sorted)
        return Year(
            mean=self._expected.total,
            p_no_loss=math.prod(1 - chance for chance in self._chances),
            max_loss=self._all_fail(),
            tail=found.tail,
            cvar_by_position=self._by_position(found),
            leave_one_out=self._leave_one_out(found),
            curve=steps,
            plateau=plateau(steps, found.sorted, found.states, self._nodes),
            states=len(found.states.chances),
            failures=found.failures,
            drawn=bool(found.states.draws),
            missing=found.states.missing,
            upper=found.upper,
            spread=self._spread(found),
            illustrative=illustrative,
        )

    def _all_fail(self) -> float:
        every = States(np.ones(1), [np.zeros(1, dtype=np.intp)] * len(self._nodes))
        return float(self._lines.total(every)[0])

    def _by_position(self, found: View) -> dict[float, dict[str, float]]:
        """Return level -> position -> its part of CVaR, 0 for positions that no failure reaches."""
        weights = [found.sorted.weights(level, var) for level, var in found.tail.var.items()]
        parts = np.zeros((len(LEVELS), len(self._losses.positions)))
        for line, sums in self._lines.sums(*found.states.weighed(weights)):
            parts[:, line.positions] = np.array(sums)[:, None]
        return {level: self._losses.by_position(part) for level, part in zip(LEVELS, parts, strict=True)}

    def _leave_one_out(self, found: View) -> dict[str, LeaveOneOut]:
        """Return node -> what less is lost if it cannot fail, the node that costs most first."""
        cvar, total, without = found.tail.cvar, self._expected.total, self._expected.without()
        spared = cvar_without(found, self._lines, len(self._nodes))
        return {
            node: LeaveOneOut(
                expected_annual_loss=total - without[node],
                cvar={level: cvar[level] - left for level, left in other.items()},
            )
            for node, other in zip(self._nodes, spared, strict=True)
        }

    def _spread(self, found: View) -> Tail | None:
        """Return the standard deviations over scramblings of what is drawn."""
        blocks, drawn = found.states.draws, []
        if blocks:
            even = np.full(len(found.total) // blocks, blocks / len(found.total))
            drawn.append([tail([sorted_part(block, even)]) for block in np.split(found.total, blocks)])
        if self._losses.uncertain:
            again = (Lines(self._losses, self._severities, scrambling=i) for i in range(SCRAMBLINGS))
            drawn.append([_tail(lines.total(found.states), found.states) for lines in again])
        return _spread(drawn) if drawn else None


def _tail(total: Floats, states: States) -> Tail:
    """Return the measures of other losses in the same states; in those that are missing nothing is lost."""
    return tail([sorted_part(total, states.chances), single(0.0, states.missing)])


def _spread(drawn: Sequence[Sequence[Tail]]) -> Tail:
    """Return the standard deviations of figures over independent draws, joined."""

    def joined(figures: Callable[[Tail], ByLevel]) -> dict[float, float]:
        return {
            level: math.hypot(*(float(np.std([figures(t)[level] for t in tails], ddof=1)) for tails in drawn))
            for level in LEVELS
        }

    return Tail(joined(lambda t: t.var), joined(lambda t: t.cvar))
