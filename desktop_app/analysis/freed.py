"""The part of each position that waits to be paid out and cannot be slashed any more (definitions.md 8).

A withdrawal request counts in full until the last of its slashable steps is surely over: by the clock of the
step where it has one, else by the longest that it takes. A step of which nobody knows whether it is slashable
is taken for one that is. To the claim counts what has no known end, what is sold or paid from a buffer (until
then it is held as it was), and what has expired.

If it is over at the beginning of the as-of date (UTC), its part of the position stands no more on what only
reaches a stake by getting it slashed: roles, operators, services, clients, the unknown buckets of these, and
what lies behind them alone (what any edge of the position reaches in another way stays). All through which it
has yet to be paid out stays until the claim: issuer, token, platform, chain, asset, custody, bridge, oracle,
lender. A way of several requests is taken to be walked without a pause, as its dates are everywhere.
"""

import math
from collections.abc import Collection, Mapping
from datetime import date

from desktop_app.analysis.atoms import Formula
from desktop_app.analysis.exit_plans import Planner
from desktop_app.analysis.graph import Mask
from desktop_app.analysis.newest import Newest
from desktop_app.analysis.worths import worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Side

NOTHING: Mapping[str, float] = {}


def freed_parts(portfolio: Portfolio, as_of: date | None) -> Mapping[str, float]:
    """Return counted position -> the fraction of it (above 0) that is freed; of no date nothing is known."""
    if as_of is None:
        return NOTHING
    made_of = (portfolio.positions, portfolio.prices, portfolio.entries)
    told = (as_of, portfolio.congestion, portfolio.currency)
    return _freed.get(made_of, told, lambda: dict(_looked_up(portfolio, as_of)))


_freed: Newest[Mapping[str, float]] = Newest()


def _looked_up(portfolio: Portfolio, as_of: date) -> Mapping[str, float]:
    asking = [p for p in portfolio.counted_positions() if any(r.is_open for r in p.requests)]
    if not asking:
        return NOTHING
    planner, known = Planner(portfolio, as_of), worths(portfolio, as_of)
    found = {
        position.id: math.fsum(
            plan.fraction * (1 - plan.frozen_share)
            for plan in planner.requested(position, known.get(position.id))
            if plan.is_freed
        )
        for position in asking
    }
    return {position: min(1.0, part) for position, part in found.items() if part > 0}


def standing_row(
    formula: Formula,
    position: str,
    part: float = 0.0,
    *,
    side: Side | None = None,
    way: str = "",
    without: Collection[str] = (),
    hidden: Mask = 0,
) -> int:
    """Return the row of a position in the formula, of which a ``part`` is freed; see ``Graph.footing``."""
    footing = formula.graph.footing(position, side, way, without)
    whole = formula.stack(footing, hidden)
    if not part:
        return whole
    left = formula.graph.met_otherwise(formula.graph.own_edges(position, side, without))
    freed = formula.stack(footing, hidden | formula.reached[whole] & ~left)
    return formula.mixture(whole, freed, part)
