"""What the portfolio stands on: the value that depends on each node (definitions.md 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension


@dataclass(frozen=True, slots=True)
class NodeExposure:
    """``value`` in the portfolio's currency and ``share`` of its known value depend on ``node`` (None: nothing priced).

    ``by_position``: position id -> ρ, the fraction of the position that depends on the node, only ρ > 0.
    """

    node: str
    dimension: Dimension
    value: float | None
    share: float | None
    positions: int
    by_position: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A position whose value is unknown; it enters no sum."""

    position: str
    asset: str
    quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class Exposure:
    """``nodes``: node id -> exposure, largest value first. ``worths``: position id -> known V (equity)."""

    portfolio_value: Decimal | None
    worths: Mapping[str, Decimal]
    nodes: Mapping[str, NodeExposure]
    unpriced: tuple[Unpriced, ...]
    unavailable: Mapping[str, str]


def exposure(portfolio: Portfolio, as_of: date | None = None) -> Exposure:
    """Return E(n) and ρ(p, n) of every node that some position reaches."""
    raise NotImplementedError


def group_values(
    portfolio: Portfolio, groups: Mapping[str, frozenset[str]], as_of: date | None = None
) -> Mapping[str, float]:
    """Return, for each named set of nodes, the value that meets the set (not the sum of its members)."""
    raise NotImplementedError
