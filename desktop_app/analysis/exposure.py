"""What the portfolio stands on: the value that depends on each node (definitions.md 3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np

from desktop_app.analysis.losses import Losses, losses_of
from desktop_app.analysis.worths import total, worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, is_unknown


@dataclass(frozen=True, slots=True)
class NodeExposure:
    """``value`` in the portfolio's currency and ``share`` of its known value stand on ``node``.

    Both are None where nothing is priced.

    ``by_position``: position id -> ρ, the fraction of the position that depends on the node, only ρ > 0.
    ``priced`` tells whether any of them has a known value: a sum over none of them is no amount to show.
    """

    node: str
    dimension: Dimension
    value: float | None
    share: float | None
    positions: int
    by_position: Mapping[str, float]
    priced: bool = True

    @property
    def known_value(self) -> float | None:
        """Return the value as it is shown to a person: None where nothing on the node has a price."""
        return self.value if self.priced else None

    @property
    def known_share(self) -> float | None:
        """Return the share as it is shown to a person: None where nothing on the node has a price."""
        return self.share if self.priced else None


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A position whose value is unknown; it enters no sum."""

    position: str
    asset: str
    quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class Exposure:
    """``nodes``: node id -> exposure, largest value first. ``worths``: position id -> known V (equity).

    ``unavailable``: "exposure/POSITION" -> why it is left out of ``nodes`` (it stays in ``worths``).
    ``sampled``: node id -> error of its value (of the sum of its ρ where nothing is priced), for the numbers
    that rest on sampled units; empty where everything is exact. ``as_of``: the day of all this.
    """

    portfolio_value: Decimal | None
    worths: Mapping[str, Decimal]
    nodes: Mapping[str, NodeExposure]
    unpriced: tuple[Unpriced, ...]
    unavailable: Mapping[str, str]
    sampled: Mapping[str, float] = field(default_factory=dict)
    as_of: date | None = None


def exposure(portfolio: Portfolio, as_of: date | None = None) -> Exposure:
    """Return E(n) and ρ(p, n) of every node that some position reaches."""
    known = worths(portfolio, as_of)
    value = total(known)
    losses = losses_of(portfolio, known, as_of)
    ids = np.array(losses.positions, dtype=object)
    nodes = []
    for node, dependent in losses.by_node():
        met = np.flatnonzero(dependent > 0)
        if met.size:
            found = np.sort(np.concatenate([losses.members(stack) for stack in met.tolist()]))
            by_position = dict(
                zip(ids[found].tolist(), dependent[losses.stacks[found]].tolist(), strict=True)
            )
            carried = None if value is None else float(losses.stack_values @ dependent)
            priced = bool(losses.priced[found].any())
            nodes.append(_node(portfolio, node, carried, value, by_position, priced=priced))
    nodes.sort(key=lambda n: (-(n.value or 0.0), -n.positions))
    return Exposure(
        portfolio_value=value,
        worths=known,
        nodes={n.node: n for n in nodes},
        unpriced=tuple(
            Unpriced(p.id, p.asset, p.quantity) for p in portfolio.counted_positions() if p.id not in known
        ),
        unavailable={f"exposure/{position}": why for position, why in losses.unavailable.items()},
        sampled=_errors(losses, {n.node for n in nodes}, priced=value is not None)
        if losses.uncertain
        else {},
        as_of=as_of,
    )


def _node(
    portfolio: Portfolio,
    node: str,
    carried: float | None,
    value: Decimal | None,
    by_position: Mapping[str, float],
    *,
    priced: bool,
) -> NodeExposure:
    dimension = Dimension.UNKNOWN if is_unknown(node) else portfolio.nodes[node].dimension
    share = carried / float(value) if carried is not None and value else None
    return NodeExposure(node, dimension, carried, share, len(by_position), by_position, priced)


def _errors(losses: Losses, nodes: set[str], *, priced: bool) -> dict[str, float]:
    alike = np.bincount(losses.stacks, minlength=len(losses.stack_values))
    weights = losses.stack_values if priced else alike
    spread = losses.error(lambda scrambling: np.array([weights @ d for _, d in losses.by_node(scrambling)]))
    return {
        node: float(error)
        for node, error in zip(losses.graph.ids, spread, strict=True)
        if error > 0 and node in nodes
    }


def group_values(
    portfolio: Portfolio, groups: Mapping[str, frozenset[str]], as_of: date | None = None
) -> Mapping[str, float]:
    """Return, for each named set of nodes, the value that meets the set (not the sum of its members)."""
    return values_meeting(losses_of(portfolio, worths(portfolio, as_of), as_of), groups)


def values_meeting(losses: Losses, groups: Mapping[str, Collection[str]]) -> Mapping[str, float]:
    """Return the same as ``group_values`` for losses that are at hand."""
    met = losses.totals(losses.shocks(dict.fromkeys(members, 1.0) for members in groups.values()))
    return dict(zip(groups, met.tolist(), strict=True))
