from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, Scenario
from desktop_app.domain.stacks import Holding, add_holding, add_holdings, holding_of
from tests.domain.reach import reached

HOLDINGS = {
    "held": Holding("ETH", Decimal(1)),
    "named account": Holding("ETH", Decimal(1), account="Kraken", custody=True),
    "validator": Holding("ETH", Decimal(32), layer="staking", operators=("P2P.org",), reward_rate=0.031),
    "pool token": Holding("stETH", Decimal(3), reward_rate=0.027, unit_price=Decimal(3000)),
    "pool operators": Holding("stETH", Decimal(3), operators=("P2P.org", "Kiln")),
    "restaking token": Holding(
        "weETH", Decimal(2), operators=("P2P.org",), services=("EigenDA",), reward_rate=0.04
    ),
    "own delegation": Holding(
        "stETH",
        Decimal(2),
        protocol="EigenLayer",
        layer="restaking",
        operators=("Bob",),
        services=("EigenDA", "X"),
    ),
    "several operators": Holding(
        "stETH",
        Decimal(2),
        protocol="EigenLayer",
        layer="restaking",
        operators=("Bob", "Kiln"),
        services=("X",),
    ),
    "unknown platform": Holding("stETH", Decimal(2), layer="restaking"),
    "native restaking": Holding("ETH", Decimal(2), protocol="EigenLayer", layer="restaking"),
    "collateral": Holding("weETH", Decimal(2), protocol="Aave v3", layer="collateral"),
    "own vault": Holding("weETH", Decimal(2), protocol="Bob's Vault", layer="yield"),
    "own pool": Holding("ETH", Decimal(2), protocol="Bob's Pool", layer="liquid restaking"),
    "distributed validator": Holding("ETH", Decimal(2), layer="staking", services=("SSV Network",)),
    "layer only": Holding("ETH", Decimal(2), layer="liquid restaking"),
    "abroad": Holding("weETH", Decimal(2), chain="Arbitrum"),
    "principal": Holding("PT-weETH-26DEC2024", Decimal(2), notes="two\nlines", opened_on=date(2026, 1, 2)),
    "own asset": Holding("FOO", Decimal(2), total_value=Decimal("12.5"), priced_on=date(2026, 1, 2)),
    "value only": Holding("FOO", total_value=Decimal("12.5"), status="closed"),
}


def added(*holdings: Holding) -> Portfolio:
    return add_holdings(Portfolio(), shipped.catalogue(), holdings)[0]


def edited(portfolio: Portfolio, ident: str, **changes: object) -> Portfolio:
    holding = replace(holding_of(portfolio, portfolio.positions[ident]), **changes)  # type: ignore[arg-type]
    return add_holding(portfolio, shipped.catalogue(), holding, ident)


@pytest.mark.parametrize("kind", HOLDINGS)
def test_a_position_tells_back_what_was_entered(kind: str) -> None:
    portfolio = added(HOLDINGS[kind])
    (position,) = portfolio.positions.values()
    assert replace(holding_of(portfolio, position), name="") == HOLDINGS[kind]


@pytest.mark.parametrize("kind", HOLDINGS)
def test_saving_without_a_change_changes_nothing(kind: str) -> None:
    portfolio = added(HOLDINGS[kind], HOLDINGS["restaking token"])
    first, *_ = portfolio.positions
    assert edited(portfolio, first) == portfolio


@pytest.mark.parametrize("kind", HOLDINGS)
def test_a_position_that_became_another_leaves_nothing_behind(kind: str) -> None:
    portfolio = added(HOLDINGS["held"])
    (ident,) = portfolio.positions
    there = add_holding(portfolio, shipped.catalogue(), replace(HOLDINGS[kind], name="N"), ident)
    assert check(there) == ()
    back = add_holding(there, shipped.catalogue(), replace(HOLDINGS["held"], name="ETH"), ident)
    assert back == portfolio


def test_a_replaced_position_keeps_id_and_place() -> None:
    portfolio = added(Holding("ETH", Decimal(1)), Holding("stETH", Decimal(2)), Holding("SOL", Decimal(3)))
    after = edited(portfolio, "stETH", asset="weETH")
    assert list(after.positions) == ["ETH", "stETH", "SOL"]
    assert after.positions["stETH"].asset == "weETH"
    assert after.positions["stETH"].name == "weETH"
    assert not any(node.endswith("lido") for node in after.nodes)


def test_a_new_amount_leaves_the_stack_as_the_user_has_made_it() -> None:
    portfolio = added(Holding("stETH", Decimal(2)))
    (position,) = portfolio.positions.values()
    own = portfolio.with_positions(replace(position, exit=Exit(), layers=position.layers[:1]))
    after = edited(own, position.id, quantity=Decimal(5), name="Mine")
    assert after.positions[position.id] == replace(
        own.positions[position.id], quantity=Decimal(5), name="Mine"
    )


def test_a_replaced_position_keeps_its_debt_and_its_import() -> None:
    portfolio = added(Holding("weETH", Decimal(2), unit_price=Decimal(100), protocol="Aave v3"))
    (position,) = portfolio.positions.values()
    owing = replace(
        position,
        debt=Decimal(50),
        liquidation_threshold=0.9,
        liquidation_penalty=0.05,
        import_id="i",
        import_key="k",
    )
    after = edited(portfolio.with_positions(owing), position.id, asset="stETH").positions[position.id]
    assert (after.debt, after.liquidation_threshold, after.liquidation_penalty) == (Decimal(50), 0.9, 0.05)
    assert (after.import_id, after.import_key) == ("i", "k")


def test_the_account_of_a_position_with_debt_is_on_the_equity_side() -> None:
    portfolio = added(Holding("weETH", Decimal(2), unit_price=Decimal(100)))
    (position,) = portfolio.positions.values()
    owing = portfolio.with_positions(replace(position, debt=Decimal(50)))
    for changes in ({}, {"asset": "stETH"}):
        after = edited(owing, position.id, account="Kraken", custody=True, **changes)
        assert after.edges[f"{position.id}>custody:kraken"].side == "equity"


def test_a_moved_position_leaves_its_old_account() -> None:
    portfolio = added(HOLDINGS["named account"])
    (ident,) = portfolio.positions
    moved = edited(portfolio, ident, account="Ledger")
    assert reached(moved, ident) == {"asset:eth", "chain:ethereum", "custody:ledger"}
    assert "custody:kraken" not in moved.nodes
    assert edited(moved, ident, custody=False) == replace(
        added(Holding("ETH", Decimal(1))), positions=edited(moved, ident, custody=False).positions
    )


def test_an_operator_taken_away_in_the_editor_is_gone_from_the_pool() -> None:
    portfolio = added(HOLDINGS["pool operators"], Holding("wstETH", Decimal(1)))
    after = edited(portfolio, "stETH", operators=("Kiln",))
    assert "operator:p2p" not in after.nodes
    assert "operator:kiln" in reached(after, "wstETH")
    assert check(after) == ()


def test_a_service_taken_away_in_the_editor_is_gone_from_the_role() -> None:
    portfolio = added(HOLDINGS["own delegation"], replace(HOLDINGS["own delegation"], services=()))
    first, second = portfolio.positions
    after = edited(portfolio, first, services=("X",))
    assert "service:eigenda" not in reached(after, second)
    assert "service:x" in reached(after, second)
    assert "unknown:service" in reached(edited(after, first, services=()), second)


def test_a_new_total_rate_takes_the_place_of_a_split_one() -> None:
    portfolio = added(Holding("weETH", Decimal(1)))
    (position,) = portfolio.positions.values()
    rates = (0.0, 0.03, 0.01)
    split = [replace(la, reward_rate=r) for la, r in zip(position.layers, rates, strict=True)]
    known = portfolio.with_positions(replace(position, layers=tuple(split)))
    assert holding_of(known, known.positions["weETH"]).reward_rate == pytest.approx(0.04)
    unchanged = edited(known, "weETH", quantity=Decimal(2)).positions["weETH"]
    assert [la.reward_rate for la in unchanged.layers] == [0.0, 0.03, 0.01]
    changed = edited(known, "weETH", reward_rate=0.05).positions["weETH"]
    assert [(la.reward_rate, la.unsplit) for la in changed.layers] == [
        (0.0, False),
        (None, False),
        (0.05, True),
    ]


def test_split_rates_stay_where_the_layers_stay() -> None:
    portfolio = added(Holding("weETH", Decimal(1)))
    (position,) = portfolio.positions.values()
    split = [replace(la, reward_rate=r) for la, r in zip(position.layers, (0.0, 0.03, 0.01), strict=True)]
    known = portfolio.with_positions(replace(position, layers=tuple(split)))
    after = edited(known, "weETH", asset="ezETH").positions["weETH"]
    assert [la.reward_rate for la in after.layers] == [0.0, 0.03, 0.01]


def test_a_rate_of_a_layer_that_is_gone_does_not_stay() -> None:
    portfolio = added(Holding("weETH", Decimal(1), reward_rate=0.04))
    after = edited(portfolio, "weETH", asset="stETH").positions["weETH"]
    assert [(la.name, la.reward_rate) for la in after.layers] == [("hold", 0.0), ("liquid staking", 0.04)]


def test_a_scenario_keeps_the_nodes_that_it_shocks() -> None:
    portfolio = added(HOLDINGS["validator"]).with_scenarios(Scenario("s", "S", (("operator:p2p", 0.5),)))
    (ident,) = portfolio.positions
    assert check(edited(portfolio, ident, operators=())) == ()
    assert check(portfolio.without_positions(ident)) == ()
