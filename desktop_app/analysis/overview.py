"""The first page in numbers: value, largest dependencies, layers, the way out, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.analysis.annual import ExpectedLoss
from desktop_app.analysis.concentration import Concentration
from desktop_app.analysis.exposure import Exposure, NodeExposure
from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.domain.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class LayerSum:
    """Value of the positions that have a layer, and what it pays a year.

    ``reward`` sums the known rates; ``reward_unknown`` counts the positions whose rate for it is not known.
    A rate not split over its layers counts in its layer (the outermost paying one) and is ``unsplit``.
    """

    layer: str
    positions: int
    value: float
    reward: float
    reward_unknown: int
    unsplit: int
    extra: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing, old or unverified. ``kind``: price, operators, services, exit, reward, unverified, old.

    ``subject``: the position, node or fact; ``value``: the value it touches, if any.
    """

    kind: str
    subject: str
    value: float | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first page and the summary's head need, from one pass over the portfolio."""

    portfolio_value: Decimal | None
    positions: int
    unpriced: int
    common_ground: tuple[NodeExposure, ...]
    largest: tuple[NodeExposure, ...]
    layers: tuple[LayerSum, ...]
    missing: tuple[Missing, ...]
    exposed: Exposure
    concentrated: Concentration
    out: Withdrawals
    expected_loss: ExpectedLoss | None
    names: Mapping[str, str]


def overview(portfolio: Portfolio, as_of: date | None = None) -> Overview:
    """Return the overview; ``largest`` is every node beside asset, chain and unknown buckets, largest first.

    ``common_ground``: the assets and chains that carry a quarter of the value or more. ``layers`` from the
    outermost to hold, only those that some position has. ``names``: id -> name of every node and position.
    """
    raise NotImplementedError
