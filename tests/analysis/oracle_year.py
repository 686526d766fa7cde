"""The year and the rewards at their word: every state, every layer, slow and obvious (definitions 6, 7)."""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import is_unknown
from tests.analysis import oracle

Hazards = Mapping[str, tuple[float, float]]


def hazards_of(portfolio: Portfolio) -> Hazards:
    """Return node -> (q, λ) of the nodes that can fail and that some value meets."""
    return {
        n.id: (n.failure_probability, n.loss_given_failure)
        for n in portfolio.nodes.values()
        if n.failure_probability
        and n.loss_given_failure
        and any(fraction(portfolio, p, {n.id: 1.0}) > 0 for p in portfolio.positions)
    }


def fraction(portfolio: Portfolio, position: str, shocks: Mapping[str, float]) -> float:
    """Return the fraction of its V that a position loses."""
    if portfolio.positions[position].debt:
        return oracle.levered_loss(portfolio, position, shocks)
    return oracle.loss(portfolio, position, shocks)


def states(hazards: Hazards) -> Iterator[tuple[float, dict[str, float]]]:
    """Yield each state: its chance, and the shocks of the nodes that fail."""
    for failed in itertools.product([False, True], repeat=len(hazards)):
        pairs = list(zip(hazards.items(), failed, strict=True))
        chance = math.prod(q if fails else 1 - q for (_, (q, _)), fails in pairs)
        yield chance, {node: severity for (node, (_, severity)), fails in pairs if fails}


@dataclass(frozen=True)
class Outcome:
    """One state of the year: its chance and what each position loses."""

    chance: float
    lost: Mapping[str, float]

    @property
    def total(self) -> float:
        return round(sum(self.lost.values()), 6)


def outcomes(portfolio: Portfolio, hazards: Hazards) -> list[Outcome]:
    """Return all states of a year."""
    values = {p.id: float(p.value or 0) for p in portfolio.positions.values()}
    return [
        Outcome(chance, {p: value * fraction(portfolio, p, shocks) for p, value in values.items()})
        for chance, shocks in states(hazards)
    ]


def var(found: list[Outcome], level: float) -> float:
    """Return min{x: P(L ≤ x) ≥ α}."""
    return min(
        x for x in {o.total for o in found} if sum(o.chance for o in found if o.total <= x) >= level - 1e-12
    )


def cvar(found: list[Outcome], level: float) -> float:
    """Return VaR + E[(L − VaR)+]/(1 − α)."""
    at = var(found, level)
    return at + sum(o.chance * max(0.0, o.total - at) for o in found) / (1 - level)


def cvar_of(found: list[Outcome], position: str, level: float) -> float:
    """Return what a position adds to CVaR."""
    at = var(found, level)
    beyond = sum(o.chance for o in found if o.total > at)
    equal = sum(o.chance for o in found if o.total == at)
    above = sum(o.chance * o.lost[position] for o in found if o.total > at)
    mean = sum(o.chance * o.lost[position] for o in found if o.total == at) / equal
    return (above + (1 - level - beyond) * mean) / (1 - level)


def mean(found: list[Outcome]) -> float:
    """Return E[L]."""
    return sum(o.chance * sum(o.lost.values()) for o in found)


# -- rewards ---------------------------------------------------------------------------------------------


def with_layers(portfolio: Portfolio, position: str, count: int) -> Portfolio:
    """Return the position alone, with its lowest ``count`` layers."""
    row = portfolio.positions[position]
    kept = {edge for layer in row.layers[:count] for edge in layer.edges}
    gone = {edge for layer in row.layers[count:] for edge in layer.edges} - kept
    edges = {
        e.id: e
        for e in portfolio.edges.values()
        if e.id not in gone and (e.source == position or e.source in portfolio.nodes)
    }
    return replace(portfolio, positions={position: row}, edges=edges)


def expected(portfolio: Portfolio, position: str, hazards: Hazards) -> float:
    """Return the expected fraction lost in a year."""
    return sum(chance * fraction(portfolio, position, shocks) for chance, shocks in states(hazards))


@dataclass(frozen=True)
class Step:
    """One layer of a position: the stages below and above it."""

    portfolio: Portfolio
    position: str
    below: Portfolio
    above: Portfolio

    def raised(self) -> set[str]:
        """Return the nodes and buckets whose ρ the layer raises."""
        places = {*self.portfolio.nodes, "unknown:operator", "unknown:service"}
        return {n for n in places if self.added({n: 1.0}) > 1e-12}

    def added(self, shocks: Mapping[str, float]) -> float:
        """Return what shocks take more than without the layer."""
        return fraction(self.above, self.position, shocks) - fraction(self.below, self.position, shocks)

    def lgf(self) -> float | None:
        """Return the loss given the failure of the worst new node."""
        named = [self.portfolio.nodes[n] for n in self.raised() if not is_unknown(n)]
        taken = [
            self.added({n.id: 1.0 if n.loss_given_failure is None else n.loss_given_failure})
            for n in named
            if n.failure_probability != 0
        ]
        return max(taken, default=None)

    def increment(self, hazards: Hazards, multiplier: float = 1.0) -> float:
        """Return the incremental expected loss with all new nodes so many times as risky."""
        raised = self.raised()
        risky = {
            n: (1 - (1 - q) ** multiplier if n in raised else q, severity)
            for n, (q, severity) in hazards.items()
        }
        return expected(self.above, self.position, risky) - expected(self.below, self.position, risky)


def step(portfolio: Portfolio, position: str, number: int) -> Step:
    """Return the step of a layer."""
    lower, upper = (with_layers(portfolio, position, n) for n in (number, number + 1))
    return Step(portfolio, position, lower, upper)


def least_root(function: Callable[[float], float], most: float = 1e4) -> float | None:
    """Return the smallest root in (0, most], looked for in small steps."""
    points = [0.0, *(10 ** (k / 8) for k in range(-32, 33))]
    for low, high in itertools.pairwise(points):
        if high > most or function(low) * function(high) > 0:
            continue
        left, right = low, high
        for _ in range(60):
            middle = (left + right) / 2
            left, right = (left, middle) if function(left) * function(middle) <= 0 else (middle, right)
        return right
    return None
