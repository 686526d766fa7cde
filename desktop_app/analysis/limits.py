"""How the portfolio stands to each of the user's limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.withdrawals import Withdrawals, days_to_share, withdrawals
from desktop_app.domain.limits import Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import UNKNOWN_PREFIX, Dimension, counted_dimension, is_unknown


@dataclass(frozen=True, slots=True)
class LimitState:
    """``figure`` is in the unit of the limit's bound; None: it cannot be computed."""

    limit: Limit
    figure: float | None

    @property
    def broken(self) -> bool | None:
        """Tell whether the figure is beyond the bound; None where there is no figure."""
        if self.figure is None:
            return None
        if self.limit.kind is LimitKind.REWARD_RATIO:
            return self.figure < self.limit.bound - TOLERANCE
        return self.figure > self.limit.bound + TOLERANCE


TOLERANCE = 1e-9
"""A figure that differs from its bound by rounding alone keeps the limit."""


def limits(portfolio: Portfolio, exposed: Exposure, as_of: date | None = None) -> tuple[LimitState, ...]:
    """Return the state of every limit; ``exposed``: what each node carries on that day.

    Shares are of the known value (definitions.md 3), days of the typical pass (8), the loss expected a year
    (6), the ratio that of all extra layers together (7): their reward over their incremental expected loss.
    """
    figures = _Figures(portfolio, exposed, as_of)
    return tuple(LimitState(limit, figures.of(limit)) for limit in portfolio.limits.values())


class _Figures:
    """The present figures; each analysis runs once, and only where a limit needs it."""

    def __init__(self, portfolio: Portfolio, exposed: Exposure, as_of: date | None) -> None:
        self._portfolio = portfolio
        self._exposed = exposed
        self._as_of = as_of

    def of(self, limit: Limit) -> float | None:
        """Return the figure that a limit bounds."""
        kinds: Mapping[LimitKind, Callable[[str], float | None]] = {
            LimitKind.NODE_SHARE: self._node_share,
            LimitKind.LARGEST_SHARE: self._largest_share,
            LimitKind.UNKNOWN_SHARE: lambda dimension: self._node_share(UNKNOWN_PREFIX + dimension),
            LimitKind.DAYS_OUT: self._days_out,
            LimitKind.EXPECTED_LOSS: lambda _: self._expected_loss,
            LimitKind.REWARD_RATIO: lambda _: self._reward_ratio,
        }
        return kinds[limit.kind](limit.subject)

    def _node_share(self, node: str) -> float | None:
        """Return the share that stands on a node; nothing does on one that no position reaches."""
        if not self._exposed.portfolio_value:
            return None
        found = self._exposed.nodes.get(node)
        return 0.0 if found is None else found.share

    def _largest_share(self, dimension: str) -> float | None:
        if not self._exposed.portfolio_value or dimension not in set(Dimension):
            return None
        nodes = self._portfolio.nodes
        return max(
            (
                found.share or 0.0
                for found in self._exposed.nodes.values()
                if not is_unknown(found.node) and counted_dimension(found.node, nodes) == dimension
            ),
            default=0.0,
        )

    def _days_out(self, share: str) -> float | None:
        try:
            fraction = float(share)
        except ValueError:
            return None
        return days_to_share(self._out, fraction) if 0 < fraction <= 1 else None

    @cached_property
    def _out(self) -> Withdrawals:
        return withdrawals(self._portfolio, self._as_of)

    @cached_property
    def _expected_loss(self) -> float | None:
        expected = expected_annual_loss(self._portfolio, self._as_of)
        return None if expected is None else expected.share

    @cached_property
    def _reward_ratio(self) -> float | None:
        from desktop_app.analysis.rewards import rewards  # only such a limit needs it, and not every start

        return rewards(self._portfolio, self._out, self._as_of).extra_ratio
