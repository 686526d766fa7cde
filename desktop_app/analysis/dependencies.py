"""The dependency graph of the portfolio: gateways, and the value that flows along each edge (definitions.md 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Mode

PORTFOLIO = "portfolio"


@dataclass(frozen=True, slots=True)
class Flow:
    """The value that passes from ``source`` (a position or node) to ``target``; a split's unknown rest is a flow too.

    ``id`` is the edge's id, or the group's id for its unknown rest. ``value`` None: nothing priced.
    """

    id: str
    source: str
    target: str
    mode: Mode
    weight: float
    value: float | None


@dataclass(frozen=True, slots=True)
class Dependencies:
    """``gateways``: node -> its immediate dominator, or "portfolio"; flows in the order of the graph's edges."""

    gateways: Mapping[str, str]
    flows: tuple[Flow, ...]


def dependencies(portfolio: Portfolio, exposed: Exposure) -> Dependencies:
    """Return gateways and flows of everything that the counted positions reach."""
    raise NotImplementedError


def passing(portfolio: Portfolio, node: str, as_of: date | None = None) -> Mapping[str, float]:
    """Return flow id -> the value that passes both the flow and ``node`` (a node or a position)."""
    raise NotImplementedError
