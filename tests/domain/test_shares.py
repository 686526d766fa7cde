"""Shares that are typed: slices leave a rest, overlapping ones none; every position on the owner follows."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.analysis.exposure import exposure
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.shares import Crowd, crowds, with_shares
from desktop_app.domain.stacks import Holding, add_holdings
from desktop_app.errors import UserError

CATALOGUE = shipped.catalogue()


def held(*services: str) -> Portfolio:
    """Return two positions of weETH, of which one names operators and services."""
    named = Holding("weETH", Decimal(1), Decimal(1000), operators=("Kiln", "P2P"), services=services)
    portfolio, _ = add_holdings(Portfolio(), CATALOGUE, [named, Holding("weETH", Decimal(3), Decimal(1000))])
    return portfolio


def crowd_of(portfolio: Portfolio, member: str) -> Crowd:
    position = next(iter(portfolio.positions.values()))
    return next(c for c in crowds(portfolio, position) if any(member in n for n in c.members))


def value(portfolio: Portfolio, node: str) -> float:
    found = exposure(portfolio).nodes.get(node)
    return (found.value or 0.0) if found else 0.0


def said(
    portfolio: Portfolio,
    crowd: Crowd,
    *shares: float | None,
    overlapping: bool | None = None,
    rest_unknown: bool = True,
) -> Portfolio:
    members = dict(zip(crowd.members, shares, strict=True))
    overlap = crowd.overlapping if overlapping is None else overlapping
    changed = replace(crowd, members=members, overlapping=overlap, rest_unknown=rest_unknown)
    return with_shares(portfolio, changed)


def test_names_without_a_share_leave_all_to_the_unknown() -> None:
    portfolio = held()
    crowd = crowd_of(portfolio, "kiln")
    assert list(crowd.members.values()) == [None, None]
    assert (crowd.overlapping, crowd.positions) == (False, 2)
    assert value(portfolio, "operator:kiln") == 0
    assert value(portfolio, "unknown:operator") == 4000


def test_a_share_is_a_slice_for_every_position_on_the_owner() -> None:
    portfolio = held()
    after = said(portfolio, crowd_of(portfolio, "kiln"), 0.25, None)
    assert value(after, "operator:kiln") == pytest.approx(1000)
    assert value(after, "unknown:operator") == pytest.approx(3000)
    crowd = crowd_of(after, "kiln")
    assert sorted(crowd.members.values(), key=str) == [0.25, None]
    assert not list(check(after))
    assert with_shares(after, crowd) == after
    assert value(said(after, crowd, None, None), "unknown:operator") == 4000


def test_what_is_free_stands_on_nobody() -> None:
    portfolio = held()
    after = said(portfolio, crowd_of(portfolio, "kiln"), 0.25, 0.25, rest_unknown=False)
    assert value(after, "unknown:operator") == 0


def test_services_overlap_until_they_are_said_to_be_slices() -> None:
    portfolio = held("EigenDA", "Lagrange")
    crowd = crowd_of(portfolio, "eigenda")
    assert crowd.overlapping
    assert value(portfolio, "service:eigenda") == 4000
    shared = said(portfolio, crowd, 0.8, 0.7)
    assert value(shared, "service:eigenda") == pytest.approx(3200)
    with pytest.raises(UserError, match="150 %"):
        said(portfolio, crowd, 0.8, 0.7, overlapping=False)
    split = said(portfolio, crowd, 0.2, 0.1, overlapping=False, rest_unknown=False)
    assert value(split, "service:eigenda") == pytest.approx(800)
    assert not crowd_of(split, "eigenda").overlapping


def test_a_share_beyond_everything_is_refused() -> None:
    portfolio = held()
    with pytest.raises(UserError, match="between 0 and 100"):
        said(portfolio, crowd_of(portfolio, "kiln"), 1.2, None)


@given(st.lists(st.none() | st.floats(0.001, 0.5), min_size=2, max_size=2), st.booleans(), st.booleans())
def test_what_is_said_is_read_back(shares: list[float | None], overlapping: bool, rest: bool) -> None:
    portfolio = held()
    crowd = crowd_of(portfolio, "kiln")
    after = said(portfolio, crowd, *shares, overlapping=overlapping, rest_unknown=rest)
    assert not list(check(after))
    again = crowd_of(after, "kiln")
    assert dict(again.members) == dict(zip(crowd.members, shares, strict=True))
    assert again.overlapping is overlapping
    named = {e for p in after.positions.values() for la in p.layers for e in la.edges}
    assert named <= after.edges.keys()
