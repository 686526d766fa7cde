"""Bridge, oracle, loan and rates of a position: what is said of it becomes edges, sides and figures."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.stress import stress
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.checks import check
from desktop_app.domain.interchange import dumps, loads
from desktop_app.domain.paths import with_path_terms
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import PathTerms, Scenario, Side
from desktop_app.domain.stacks import Holding, add_holding, holding_of
from desktop_app.domain.terms import Terms, terms_of, with_terms
from desktop_app.errors import UserError

CATALOGUE = shipped.catalogue()
LOOP = Holding(
    "rsETH",
    Decimal(24),
    Decimal(3452),
    account="Day wallet",
    custody=True,
    chain="arbitrum",
    protocol="Aave v3",
)
BRIDGE = "bridge:layerzero"
LOAN = Terms("LayerZero", "Chainlink", Decimal(60264), 0.93, 0.05)
"""Collateral 82,848, equity 22,584: 72.7 % lent against, 3.67 times the equity."""


@pytest.fixture
def held() -> Portfolio:
    return add_holding(Portfolio(), CATALOGUE, LOOP, "loop")


def said(portfolio: Portfolio, terms: Terms) -> Portfolio:
    return with_terms(portfolio, CATALOGUE, "loop", terms)


def stands_on(portfolio: Portfolio) -> set[str]:
    return {n for n, found in exposure(portfolio).nodes.items() if "loop" in found.by_position}


def lost(portfolio: Portfolio, node: str, fraction: float) -> float:
    return stress(portfolio.with_scenarios(Scenario("s", "s", ((node, fraction),))))["s"].loss


def test_what_is_said_is_read_back(held: Portfolio) -> None:
    after = said(held, LOAN)
    found = terms_of(after, after.positions["loop"])
    assert (found.bridge, found.oracle, found.debt) == ("LayerZero", "Chainlink", Decimal(60264))
    assert (found.threshold, found.penalty) == (0.93, 0.05)
    assert said(after, found) == after
    assert not list(check(after))


def test_the_named_bridge_takes_the_place_of_the_unknown_one_and_gives_it_back(held: Portfolio) -> None:
    assert "unknown:bridge" in stands_on(held)
    named = said(held, LOAN)
    assert {"bridge:layerzero", "oracle:chainlink", "lender:aave-v3", "chain:arbitrum"} <= stands_on(named)
    assert "unknown:bridge" not in stands_on(named)
    assert {s.node for t in named.positions["loop"].exit.tranches for s in t.steps} >= {"bridge:layerzero"}
    again = said(named, Terms())
    assert stands_on(again) == stands_on(held)
    assert again.nodes.keys() == held.nodes.keys()


def test_lender_oracle_and_account_are_on_the_side_of_the_equity(held: Portfolio) -> None:
    sides = {e.target: e.side for e in said(held, LOAN).edges.values() if e.source == "loop"}
    assert {t for t, side in sides.items() if side is Side.EQUITY} == {
        "lender:aave-v3",
        "oracle:chainlink",
        "custody:day-wallet",
    }
    assert not any(e.side for e in said(said(held, LOAN), Terms()).edges.values())


def test_losses_are_amplified_liquidated_and_capped_as_reckoned_by_hand(held: Portfolio) -> None:
    portfolio = said(held, LOAN)
    # 60,264 / (82,848 · 0.82) = 0.887 < 0.93: the collateral's loss alone.
    assert lost(portfolio, BRIDGE, 0.18) == pytest.approx(82_848 * 0.18, rel=1e-9)
    # 60,264 / (82,848 · 0.78) = 0.9326 ≥ 0.93: liquidated, and 5 % of the debt on top.
    assert lost(portfolio, BRIDGE, 0.22) == pytest.approx(82_848 * 0.22 + 3_013.2, rel=1e-9)
    assert lost(portfolio, BRIDGE, 0.25) == pytest.approx(22_584, rel=1e-9)
    # The lender is not amplified.
    assert lost(portfolio, "lender:aave-v3", 0.3) == pytest.approx(22_584 * 0.3, rel=1e-9)


def test_a_lender_that_pays_nothing_out_freezes_the_way_out(held: Portfolio) -> None:
    plan = withdrawals(
        said(held, Terms(debt=Decimal(60264), threshold=0.93, penalty=0.05, liquidity=Decimal(0)))
    )
    assert plan.positions["loop"].finish.typical is None
    part = withdrawals(said(held, Terms(liquidity=Decimal(41_424)))).positions["loop"].tranches[0]
    assert part.frozen_share == pytest.approx(0.5)


def test_a_rate_of_one_layer_is_no_total_any_more(held: Portfolio) -> None:
    total = add_holding(held, CATALOGUE, Holding("weETH", Decimal(1), reward_rate=0.03), "weETH")
    assert any(layer.unsplit for layer in total.positions["weETH"].layers)
    rates = {"hold": 0.0, "liquid staking": 0.025, "liquid restaking": 0.005}
    split = with_terms(total, CATALOGUE, "weETH", Terms(rates=rates)).positions["weETH"]
    assert {la.name: la.reward_rate for la in split.layers} == rates
    assert not any(layer.unsplit for layer in split.layers)


def test_another_protocol_keeps_bridge_oracle_and_loan(held: Portfolio) -> None:
    portfolio = said(held, LOAN)
    now = holding_of(portfolio, portfolio.positions["loop"])
    moved = add_holding(portfolio, CATALOGUE, replace(now, protocol="Morpho"), "loop")
    found = terms_of(moved, moved.positions["loop"])
    assert (found.bridge, found.oracle, found.debt) == ("LayerZero", "Chainlink", Decimal(60264))
    assert "lender:aave-v3" not in moved.nodes


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(debt=Decimal(0)), "above zero"),
        (Terms(debt=Decimal(5), penalty=0.05), "liquidation threshold"),
        (Terms(debt=Decimal(5), threshold=1.2, penalty=0.05), "liquidation threshold"),
        (Terms(debt=Decimal(5), threshold=0.9), "liquidation penalty"),
        (Terms(liquidity=Decimal(-1)), "no less than zero"),
    ],
)
def test_what_cannot_be_is_refused(held: Portfolio, terms: Terms, words: str) -> None:
    with pytest.raises(UserError, match=words):
        said(held, terms)


def test_a_clock_is_told_its_phase_and_the_terms_of_the_way_stay() -> None:
    phase = datetime(2026, 11, 20, tzinfo=UTC)
    sol = add_holding(Portfolio(), CATALOGUE, Holding("SOL", Decimal(2), layer="staking"), "loop")
    costly = with_path_terms(sol, "loop", PathTerms("", 0.01))
    after = said(
        costly, replace(terms_of(costly, costly.positions["loop"]), clock=PathTerms("", phase=phase))
    )
    assert after.positions["loop"].exit.terms == (PathTerms("", 0.01, phase=phase),)
    assert loads(dumps(after)) == after
    assert said(after, Terms(rates={"hold": 0.0})).positions["loop"].exit == after.positions["loop"].exit
    renamed = replace(holding_of(after, after.positions["loop"]), quantity=Decimal(3), operators=("Kiln",))
    rebuilt = add_holding(after, CATALOGUE, renamed, "loop")
    assert rebuilt.positions["loop"].exit.terms == after.positions["loop"].exit.terms
    other = add_holding(after, CATALOGUE, replace(renamed, asset="stETH", layer="", operators=()), "loop")
    assert other.positions["loop"].exit.terms == ()
    none = said(after, replace(terms_of(after, after.positions["loop"]), clock=PathTerms("")))
    assert none.positions["loop"].exit.terms == (PathTerms("", 0.01),)


def test_a_window_below_nothing_is_named() -> None:
    sol = add_holding(Portfolio(), CATALOGUE, Holding("SOL", Decimal(2), layer="staking"), "loop")
    wrong = with_path_terms(sol, "loop", PathTerms("", deadline_seconds=-1))
    assert "takes less than no time" in check(wrong)[0].text
