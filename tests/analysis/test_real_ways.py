"""The laws of the way out (definitions.md 9, 8) on the stacks of the catalogue, with their clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.analysis.percentiles import percentiles
from desktop_app.analysis.withdrawals import PASSES, SHARES, Days, withdrawals
from desktop_app.domain.congestion import Congestion, Fork
from desktop_app.domain.exits import STANDARD
from desktop_app.domain.paths import paths_of, with_path
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Request
from desktop_app.domain.requests import with_request
from tests.domain.reach import one

CATALOGUE = shipped.catalogue()
STAKED = ("ETH", "ATOM", "TIA", "DOT", "KSM", "SOL", "NEAR", "APT", "TON", "BABY", "AVAX")
STACKS: tuple[tuple[str, str, str], ...] = (
    *((t.symbol, "", "") for t in CATALOGUE.tokens if t.kind == "share" and t.entry),
    *((asset, "", "staking") for asset in STAKED),
    ("PT-weETH-25MAR2027", "", ""),
    ("ETH", "EigenLayer", ""),
    ("stETH", "EigenLayer", ""),
    ("wstETH", "Symbiotic core v1", ""),
    ("BTC", "Babylon", ""),
    ("weETH", "Aave v3", ""),
    ("JitoSOL", "Jito (Re)staking vaults", ""),
)
"""(asset, what it is in, layer)."""


@lru_cache
def held(stack: tuple[str, str, str], path: int) -> Portfolio:
    """Return ten units on a stack that leave by one of its paths."""
    asset, protocol, layer = stack
    portfolio, position = one(asset, protocol=protocol, layer=layer)
    portfolio = portfolio.with_positions(replace(position, quantity=Decimal(10), unit_price=Decimal(100)))
    names = [p.name for p in paths_of(portfolio, CATALOGUE, position)] or [STANDARD]
    name = names[path % len(names)]
    return portfolio if name == STANDARD else with_path(portfolio, CATALOGUE, position.id, name)


seconds = st.integers(-900 * 86400, 300 * 86400)
queues = st.builds(
    Congestion,
    st.none() | st.integers(0, 5_000_000).map(Decimal),
    st.none(),
    st.none() | st.integers(1, 50_000_000).map(Decimal),
    st.sampled_from(Fork),
    st.sampled_from([Decimal(1), Decimal("2.5")]),
)


def in_order(days: Days) -> bool:
    known = [d for d in (days.min, days.typical, days.max) if d is not None]
    return all(a <= b + 1e-9 for a, b in pairwise(known))


@given(
    st.sampled_from(STACKS),
    st.integers(0, 4),
    st.dates(date(2026, 1, 1), date(2028, 6, 1)),
    queues,
    st.lists(st.tuples(seconds, st.none() | seconds), max_size=3),
)
def test_every_way_of_the_catalogue_is_ordered_never_negative_and_shortens_by_the_day(
    stack: tuple[str, str, str],
    path: int,
    as_of: date,
    congestion: Congestion,
    asked: list[tuple[int, int | None]],
) -> None:
    portfolio = replace(held(stack, path), congestion=congestion)
    (position,) = portfolio.positions.values()
    midnight = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    for number, (since, turn) in enumerate(asked):
        phase = None if turn is None else midnight + timedelta(seconds=turn)
        at = midnight + timedelta(seconds=since)
        steps = position.exit.tranches[0].steps if position.exit.tranches else ()
        request = Request(f"r{number}", Decimal(2), at, path=position.exit.path, phase=phase, steps=steps)
        portfolio = with_request(portfolio, position.id, request)
    out = withdrawals(portfolio, as_of)
    plan = out.positions[position.id]
    later = withdrawals(portfolio, as_of + timedelta(days=1)).positions[position.id]
    for tranche, then in zip(plan.tranches, later.tranches, strict=True):
        assert in_order(tranche.finish)
        assert in_order(tranche.claim)
        assert in_order(tranche.at_least)
        assert tranche.slashable is None or in_order(tranche.slashable)
        for name in PASSES:
            assert (tranche.finish.of(name) or 0.0) >= 0
        for step in tranche.steps:
            assert min(step.waited, step.start or 0.0, step.end or 0.0) >= 0
            assert step.start is None or step.end is None or step.start <= step.end + 1e-9
        if tranche.request is not None and position.asset != "sUSDe":  # a call to come may become one made
            for name in PASSES:
                before, after = tranche.claim.of(name), then.claim.of(name)
                assert before is None or after is None or abs(before - 1 - after) < 1e-6
    drawn = percentiles(out)
    for share in SHARES:
        known = [day for day in drawn.days[share] if day is not None]
        assert known == sorted(known)
        least = out.days_to_share["min"][share]
        assert all(least is not None and day >= least - 1e-6 for day in known)
