"""Which of the user's limits bound the shares of a dimension, and how each of its names stands to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.analysis.limits import LimitState
from desktop_app.domain.limits import Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, counted_dimension, is_unknown


@dataclass(frozen=True, slots=True)
class DimensionLimits:
    """``largest`` bounds every named node, ``unknown`` what nobody has published, ``nodes`` one each."""

    largest: LimitState | None
    unknown: LimitState | None
    nodes: Mapping[str, LimitState]

    def bound(self, node: str) -> float | None:
        """Return the share that a name may carry; the tighter where two limits bound it."""
        if is_unknown(node):
            found = [self.unknown, self.nodes.get(node)]
        else:
            found = [self.largest, self.nodes.get(node)]
        return min((state.limit.bound for state in found if state is not None), default=None)

    @property
    def is_broken(self) -> bool:
        """Tell whether any of them is broken."""
        every = (self.largest, self.unknown, *self.nodes.values())
        return any(state is not None and state.broken for state in every)


NONE = DimensionLimits(None, None, {})


def dimension_limits(dimension: str, portfolio: Portfolio, states: Iterable[LimitState]) -> DimensionLimits:
    """Return the limits on the shares of one dimension."""
    if dimension not in set(Dimension):
        return NONE
    found = [state for state in states if _dimension(state.limit, portfolio) == dimension]
    of = {kind: [s for s in found if s.limit.kind is kind] for kind in LimitKind}
    return DimensionLimits(
        next(iter(of[LimitKind.LARGEST_SHARE]), None),
        next(iter(of[LimitKind.UNKNOWN_SHARE]), None),
        {state.limit.subject: state for state in of[LimitKind.NODE_SHARE]},
    )


def _dimension(limit: Limit, portfolio: Portfolio) -> str:
    """Return the dimension whose shares a limit bounds, "" for other kinds."""
    kind, subject = limit.kind, limit.subject
    if kind in {LimitKind.LARGEST_SHARE, LimitKind.UNKNOWN_SHARE}:
        return subject
    if kind is not LimitKind.NODE_SHARE or not (is_unknown(subject) or subject in portfolio.nodes):
        return ""
    return str(counted_dimension(subject, portfolio.nodes))


def share_bounds(
    nodes: Iterable[NodeExposure], portfolio: Portfolio, states: Sequence[LimitState]
) -> dict[str, float]:
    """Return node -> the share that it may carry, for those that a limit bounds."""
    bounds = {}
    for node in nodes:
        bound = dimension_limits(str(node.dimension), portfolio, states).bound(node.node)
        if bound is not None:
            bounds[node.node] = bound
    return bounds


def limit_place(limit: Limit, portfolio: Portfolio) -> tuple[str, str]:
    """Return the page that shows what a limit bounds, and the thing on it."""
    if limit.kind is LimitKind.DAYS_OUT:
        return "withdrawals", ""
    if limit.kind is LimitKind.EXPECTED_LOSS:
        return "stress", ""
    if limit.kind is LimitKind.REWARD_RATIO:
        return "rewards", ""
    return "concentration", _dimension(limit, portfolio)
