"""Builders of hand-made answers, so that each sentence is tested on its own."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from desktop_app.analysis.annual import ExpectedLoss
from desktop_app.analysis.concentration import Concentration, SinglePoint
from desktop_app.analysis.exposure import Exposure, NodeExposure
from desktop_app.analysis.overview import LayerSum, Overview
from desktop_app.analysis.withdrawals import (
    PASSES,
    SHARES,
    Days,
    Ladder,
    PositionPlan,
    TranchePlan,
    Withdrawals,
)
from desktop_app.domain.positions import Dimension

Finishes = Mapping[str, tuple[float | None, float]]
"""Position id -> (typical days, value)."""


def node(name: str, dimension: Dimension, share: float | None, positions: int = 1) -> NodeExposure:
    """Return an exposure of a portfolio worth 1,000 whose single position is P."""
    value = None if share is None else share * 1000
    return NodeExposure(name, dimension, value, share, positions, {"P": 1.0 if share is None else share})


def finishing(finishes: Finishes, sold_at_once: float = 0.0) -> Withdrawals:
    """Return the way out of positions with one tranche each; ``sold_at_once`` is what market first frees."""
    total = sum(value for _, value in finishes.values())
    dated = sorted((days, value) for days, value in finishes.values() if days is not None)
    curve = tuple((day, sum(v for d, v in dated if d <= day)) for day in dict.fromkeys(d for d, _ in dated))
    unknown = total - sum(value for _, value in dated)
    reached = {
        share: next((day for day, value in curve if value >= (share - 1e-9) * total), None)
        for share in SHARES
    }
    market = ((0.0, sold_at_once), *curve) if sold_at_once else curve
    return Withdrawals(
        positions={p: _plan(p, days, value) for p, (days, value) in finishes.items()},
        ladder=Ladder(
            (),
            {},
            {},
            dict.fromkeys(PASSES, curve),
            dict.fromkeys(PASSES, market),
            dict.fromkeys(PASSES, unknown),
        ),
        days_to_share=dict.fromkeys(PASSES, reached),
        value=total,
    )


def _plan(position: str, days: float | None, value: float) -> PositionPlan:
    finish = Days(days, days, days)
    return PositionPlan(position, finish, (TranchePlan(position, "all", 1.0, value, finish, finish, ()),))


def overview(
    *,
    positions: int = 12,
    unpriced: int = 0,
    value: str | None = "1000",
    largest: tuple[NodeExposure, ...] = (),
    common: tuple[NodeExposure, ...] = (),
    layers: tuple[LayerSum, ...] = (),
    out: Withdrawals | None = None,
    expected_loss: ExpectedLoss | None = None,
    single_points: tuple[SinglePoint, ...] = (),
) -> Overview:
    """Return an overview of a made-up portfolio worth 1,000."""
    worth = None if value is None else Decimal(value)
    nodes = {n.node: n for n in (*common, *largest)}
    exposed = Exposure(worth, {} if worth is None else {"P": worth}, nodes, (), {})
    return Overview(
        portfolio_value=worth,
        positions=positions,
        unpriced=unpriced,
        common_ground=common,
        largest=largest,
        layers=layers,
        missing=(),
        exposed=exposed,
        concentrated=Concentration({}, single_points),
        out=out or finishing({"P": (7.0, 1000.0)}),
        expected_loss=expected_loss,
        names={"P": "weETH"} | {n: n for n in nodes},
    )


def layer(name: str, reward: float, *, unknown: int = 0, extra: bool = True) -> LayerSum:
    """Return the sums of a layer that one position of 1,000 has."""
    return LayerSum(name, 1, 1000.0, reward, unknown, 0, extra)


def open_ended(out: Withdrawals) -> Withdrawals:
    """Return the same way out with nothing priced."""
    return replace(out, value=0.0)
