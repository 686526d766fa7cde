"""The first page in numbers: value, largest dependencies, layers, the way out, what is missing."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from desktop_app.analysis.annual import ExpectedLoss, expected_annual_loss
from desktop_app.analysis.concentration import LARGE, Concentration, concentration
from desktop_app.analysis.exposure import Exposure, NodeExposure, exposure
from desktop_app.analysis.missing import Missing, is_within_total, missing, reward_is_open
from desktop_app.analysis.withdrawals import Withdrawals, withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import BASE_LAYERS, LAYER_NAMES, Dimension

__all__ = ["LayerSum", "Missing", "Overview", "overview"]

GROUND = (Dimension.ASSET, Dimension.CHAIN)
"""What nearly everything stands on: shown apart, or it would hide what can be chosen (definitions.md 4)."""


@dataclass(frozen=True, slots=True)
class LayerSum:
    """Value of the positions that have a layer, and what it pays a year.

    ``reward`` sums the known rates; ``reward_unknown`` counts the positions whose rate for it is not known.
    A rate not split over its layers counts in its layer (the outermost paying one): ``unsplit`` such rates
    pay ``unsplit_reward`` of the reward, which is not this layer's own; ``within_total`` counts the positions
    in which such a rate of another layer speaks for this one. ``priced``: those with a known value.
    """

    layer: str
    positions: int
    value: float
    reward: float
    reward_unknown: int
    unsplit: int
    extra: bool
    priced: int = 1
    unsplit_reward: float = 0.0
    within_total: int = 0

    @property
    def known_value(self) -> float | None:
        """Return the value as it is shown to a person: None where no position of the layer has a price."""
        return self.value if self.priced else None

    @property
    def known_reward(self) -> float | None:
        """Return the reward as it is shown to a person: None where nothing of it is known."""
        missing = self.reward_unknown or self.within_total
        return None if not self.priced or (missing and not self.reward) else self.reward


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
    closed: int = 0
    negative: int = 0


def overview(portfolio: Portfolio, as_of: date | None = None, now: datetime | None = None) -> Overview:
    """Return the overview; ``largest`` is every node beside asset, chain and unknown buckets, largest first.

    ``common_ground``: the assets and chains that carry a quarter of the value or more. ``layers`` from the
    outermost to hold, only those that some position has. ``names``: id -> name of every node and position.
    ``closed`` positions are counted apart, and nowhere else. ``negative`` are those with a negative amount.
    ``now``: the moment up to which requests have waited, by default the beginning of the as-of date in UTC.
    """
    exposed = exposure(portfolio, as_of)
    out = withdrawals(portfolio, as_of, now)
    ground = [n for n in exposed.nodes.values() if n.dimension in GROUND]
    lacking = missing(portfolio, exposed, out, as_of)
    return Overview(
        portfolio_value=exposed.portfolio_value,
        positions=len(portfolio.counted_positions()),
        unpriced=len(exposed.unpriced),
        common_ground=tuple(n for n in ground if n.share is not None and n.share >= LARGE - 1e-9),
        largest=tuple(n for n in exposed.nodes.values() if n.dimension not in (*GROUND, Dimension.UNKNOWN)),
        layers=_layers(portfolio, exposed),
        missing=lacking,
        exposed=exposed,
        concentrated=concentration(portfolio, exposed),
        out=out,
        expected_loss=expected_annual_loss(portfolio, as_of),
        names={n.id: n.name for n in portfolio.nodes.values()}
        | {p.id: p.name for p in portfolio.positions.values()},
        closed=len(portfolio.positions) - len(portfolio.counted_positions()),
        negative=sum(item.kind == "negative" for item in lacking),
    )


def _layers(portfolio: Portfolio, exposed: Exposure) -> tuple[LayerSum, ...]:
    """Return the sums by layer, the outermost first; layers of the user's own lie above the known ones."""
    found = {layer.name for p in portfolio.counted_positions() for layer in p.layers}
    names = [*LAYER_NAMES, *sorted(found.difference(LAYER_NAMES))]
    return tuple(_layer(name, portfolio, exposed) for name in reversed(names) if name in found)


def _layer(name: str, portfolio: Portfolio, exposed: Exposure) -> LayerSum:
    having = [(p, [la for la in p.layers if la.name == name]) for p in portfolio.counted_positions()]
    having = [(position, layers) for position, layers in having if layers]
    worths = {p.id: float(exposed.worths.get(p.id, 0)) for p, _ in having}
    return LayerSum(
        layer=name,
        positions=len(having),
        value=math.fsum(worths.values()),
        reward=math.fsum(worths[p.id] * (la.reward_rate or 0.0) for p, layers in having for la in layers),
        reward_unknown=sum(any(reward_is_open(p, la) for la in layers) for p, layers in having),
        unsplit=sum(any(la.unsplit for la in layers) for _, layers in having),
        extra=name not in BASE_LAYERS,
        priced=sum(p.id in exposed.worths for p, _ in having),
        unsplit_reward=math.fsum(
            worths[p.id] * (la.reward_rate or 0.0) for p, layers in having for la in layers if la.unsplit
        ),
        within_total=sum(any(is_within_total(p, la) for la in layers) for p, layers in having),
    )
