"""How concentrated each dimension is, and the single points of failure (definitions.md 4)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.analysis.exposure import Exposure, values_meeting
from desktop_app.analysis.losses import FULLY, losses_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, counted_dimension, is_unknown

UNDERLYING = "underlying"

LARGE = 0.25
"""Share of the value from which a node is a single point of failure."""


@dataclass(frozen=True, slots=True)
class DimensionConcentration:
    """Measures of one dimension (or ``underlying``); ``values``: node id (or asset) -> E, largest first."""

    dimension: str
    names: int
    coverage: float
    overlap: float
    hhi: float
    effective_number: float
    gini: float
    largest_share: float
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A node that carries a quarter of the value or more, and the positions that depend on it fully."""

    node: str
    share: float
    fully_dependent_positions: tuple[str, ...]
    fully_dependent_share: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """``dimensions``: ``underlying``, then in the order of ``Dimension``; ``single_points``: largest first.

    Empty where nothing is priced.
    """

    dimensions: Mapping[str, DimensionConcentration]
    single_points: tuple[SinglePoint, ...]


def concentration(portfolio: Portfolio, exposed: Exposure) -> Concentration:
    """Return the concentration of every dimension that some value reaches, except ``role``."""
    if not exposed.portfolio_value:
        return Concentration({}, ())
    total = float(exposed.portfolio_value)
    members = _members(portfolio, exposed)
    covered = values_meeting(losses_of(portfolio, exposed.worths, exposed.as_of), members)
    underlying = _underlying(portfolio, exposed)
    dimensions = {UNDERLYING: _measures(UNDERLYING, underlying, math.fsum(underlying.values()), total)}
    for dimension, values in members.items():
        dimensions[dimension] = _measures(dimension, values, covered[dimension], total)
    return Concentration(dimensions, _single_points(exposed))


def _members(portfolio: Portfolio, exposed: Exposure) -> dict[str, dict[str, float]]:
    """Return dimension -> its nodes that some value reaches, largest first, with the unknown bucket."""
    members: dict[str, dict[str, float]] = {
        dimension: {} for dimension in Dimension if dimension is not Dimension.ROLE
    }
    for node in exposed.nodes.values():
        dimension = counted_dimension(node.node, portfolio.nodes)
        if node.value and dimension in members:
            members[dimension][node.node] = node.value
    return {dimension: values for dimension, values in members.items() if values}


def _underlying(portfolio: Portfolio, exposed: Exposure) -> dict[str, float]:
    """Return asset -> the plain value that the positions have in it, largest first."""
    values: dict[str, float] = {}
    for position_id, worth in exposed.worths.items():
        if worth:
            asset = portfolio.positions[position_id].underlying
            values[asset] = values.get(asset, 0.0) + float(worth)
    return dict(sorted(values.items(), key=lambda item: -item[1]))


def _measures(
    dimension: str, values: Mapping[str, float], covered: float, total: float
) -> DimensionConcentration:
    """Return the measures of definitions.md 4 for at least one value above zero."""
    amount, count = math.fsum(values.values()), len(values)
    shares = [v / amount for v in values.values()]
    hhi = math.fsum(s * s for s in shares)
    ranked = math.fsum((2 * i - count - 1) * s for i, s in enumerate(sorted(shares), 1))
    return DimensionConcentration(
        dimension=dimension,
        names=count,
        coverage=covered / total,
        overlap=amount / covered,
        hhi=hhi,
        effective_number=1 / hhi,
        gini=ranked / count,
        largest_share=max(shares),
        values=values,
    )


def _single_points(exposed: Exposure) -> tuple[SinglePoint, ...]:
    points = []
    for node in exposed.nodes.values():
        if node.share is None or node.share < LARGE - 1e-9 or is_unknown(node.node):
            continue
        fully = tuple(position for position, part in node.by_position.items() if part >= FULLY)
        carried = math.fsum(float(exposed.worths.get(position, 0)) for position in fully)
        share = carried / float(exposed.portfolio_value or 1)
        points.append(SinglePoint(node.node, node.share, fully, share))
    return tuple(points)
