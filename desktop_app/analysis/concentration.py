"""How concentrated each dimension is, and the single points of failure (definitions.md 4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio


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
    """``dimensions`` in the order of ``Dimension``; single points largest first. Empty where nothing is priced."""

    dimensions: Mapping[str, DimensionConcentration]
    single_points: tuple[SinglePoint, ...]


def concentration(portfolio: Portfolio, exposed: Exposure) -> Concentration:
    """Return the concentration of every dimension that some value reaches, except ``role``."""
    raise NotImplementedError
