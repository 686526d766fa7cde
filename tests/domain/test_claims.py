"""What a claim pays out comes in as a holding: what is known of it, and nothing made up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.domain import money
from desktop_app.domain.checks import check
from desktop_app.domain.claims import claimed_for, is_counted_here, paid_out
from desktop_app.domain.holdings import Holding
from desktop_app.domain.interchange import dumps, loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Request
from desktop_app.domain.requests import with_request
from desktop_app.errors import UserError
from tests.domain.reach import one

CATALOGUE = shipped.catalogue()
NOW = datetime(2026, 11, 28, 9, 15, tzinfo=UTC)


def asking(amount: str = "1", path: str = "") -> Request:
    return Request("r", Decimal(amount), NOW, path=path)


@pytest.mark.parametrize(
    ("asset", "path", "given"),
    [
        ("weETH", "", "ETH"),
        ("weETH", "instant", "ETH"),
        ("weETH", "market", ""),
        ("stETH", "", "ETH"),
        ("sUSDe", "", "USDe"),
        ("xSolvBTC", "instant", "BTC"),
        ("mSOL", "", "SOL"),
        ("liquidETH", "", ""),
        ("MYCOIN", "", "MYCOIN"),
    ],
)
def test_a_way_ends_with_its_underlying(asset: str, path: str, given: str) -> None:
    _, position = one(asset)
    assert paid_out(CATALOGUE, position, asking(path=path)) == given


def test_an_unknown_underlying_is_left_open() -> None:
    assert paid_out(CATALOGUE, Position("p", "p", "LP", "varies"), asking()) == ""


def test_only_coins_of_the_same_kind_that_no_file_brings_are_counted() -> None:
    _, sol = one("SOL", layer="staking")
    assert is_counted_here(sol, "SOL")
    assert not is_counted_here(sol, "ETH")
    assert not is_counted_here(replace(sol, import_id="i"), "SOL")
    assert not is_counted_here(replace(sol, debt=Decimal(1)), "SOL")


def test_a_claim_and_its_receipt_are_one_portfolio() -> None:
    portfolio, position = one("weETH")
    asked = with_request(portfolio, position.id, asking("0.5"))
    got = Holding("ETH", Decimal("0.53"), Decimal(3000), account="Cold", custody=True)
    after = claimed_for(asked, CATALOGUE, position.id, "r", NOW + timedelta(days=3), got)
    (new,) = (p for i, p in after.positions.items() if i not in asked.positions)
    assert (new.asset, new.quantity, new.unit_price, new.account) == (
        "ETH",
        got.quantity,
        got.unit_price,
        "Cold",
    )
    assert [layer.name for layer in new.layers] == ["hold"]
    assert all(not tranche.steps for tranche in new.exit.tranches)
    assert not after.positions[position.id].requests[0].is_open
    assert check(after) == ()
    assert loads(dumps(after)) == after
    with pytest.raises(UserError, match="before it was asked for"):
        claimed_for(asked, CATALOGUE, position.id, "r", NOW - timedelta(days=3), got)


def test_without_a_receipt_nothing_comes_in() -> None:
    portfolio, position = one("weETH")
    asked = with_request(portfolio, position.id, asking("0.5"))
    assert claimed_for(asked, CATALOGUE, position.id, "r", NOW).positions.keys() == asked.positions.keys()


@given(st.decimals("0.000000000000000001", 1, places=18))
def test_what_left_comes_in_to_the_last_digit(amount: Decimal) -> None:
    portfolio, position = one("SOL", layer="staking")
    asked = with_request(portfolio, position.id, asking(str(amount)))
    after = claimed_for(asked, CATALOGUE, position.id, "r", NOW, Holding("SOL", amount))
    assert money.total(p.quantity or Decimal(0) for p in after.positions.values()) == position.quantity


def test_a_position_that_is_emptied_is_closed_beside_what_came_in() -> None:
    portfolio, position = one("SOL", layer="staking")
    whole = with_request(portfolio, position.id, asking(str(position.quantity)))
    after = claimed_for(whole, CATALOGUE, position.id, "r", NOW, Holding("SOL", position.quantity))
    assert len(after.counted_positions()) == 1
    assert isinstance(after, Portfolio)
