"""A debt amplifies what happens to the collateral, not what happens to the equity (definitions.md 5.1)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.concentration import concentration
from desktop_app.analysis.dependencies import dependencies
from desktop_app.analysis.exposure import exposure, group_values
from desktop_app.analysis.stress import stress
from desktop_app.domain.portfolio import Portfolio
from tests.builders import drawn, node, scenario

DRAWING = ("loop: 50000 -> T", "loop ..> lender:m", "plain: 50000 -> T")


def indebted(*lines: str, **changes: Any) -> Portfolio:
    """Return a drawing in which the position ``loop`` has collateral 250,000 and debt 200,000."""
    portfolio = drawn(*(lines or DRAWING))
    terms: dict[str, Any] = {"liquidation_threshold": 0.95, "liquidation_penalty": 0.05, **changes}
    loop = replace(portfolio.positions["loop"], **{"debt": Decimal(200_000), **terms})
    return portfolio.with_positions(loop)


@pytest.mark.parametrize(("fraction", "lost"), [(0.15, 37_500), (0.18, 50_000), (0.0, 0.0)])
def test_a_fall_of_the_token_is_amplified_and_liquidates_at_the_threshold(
    fraction: float, lost: float
) -> None:
    answer = stress(indebted().with_scenarios(scenario("fall", T=fraction)))["fall"]
    assert answer.by_position["loop"] == pytest.approx(lost)


def test_a_ratio_equal_to_the_threshold_is_liquidated() -> None:
    # 200,000 of 250,000 less 12 % is 0.9090…; 250,000 less 1/6 leaves a ratio of 0.96 exactly.
    portfolio = indebted(liquidation_threshold=0.96).with_scenarios(scenario("edge", T=1 / 6))
    assert stress(portfolio)["edge"].by_position["loop"] == pytest.approx(50_000)


def test_the_equity_side_is_not_amplified() -> None:
    portfolio = indebted().with_scenarios(scenario("lender", **{"lender:m": 0.3}))
    assert stress(portfolio)["lender"].by_position["loop"] == pytest.approx(15_000)


def test_dependence_is_the_loss_of_the_equity_when_the_node_fails_alone() -> None:
    portfolio = indebted("loop: 50000 -> T", "T ~10%~> service:s", "T ~1%~> service:t")
    nodes = exposure(portfolio).nodes
    assert nodes["T"].by_position == {"loop": 1.0}
    assert nodes["service:s"].by_position == {"loop": pytest.approx(0.5)}
    assert nodes["service:t"].by_position == {"loop": pytest.approx(0.05)}


def test_a_group_of_nodes_is_shocked_together() -> None:
    portfolio = indebted("loop: 50000 -> T", "T ~10%~> service:s", "T ~10%~> service:t")
    values = group_values(portfolio, {"both": frozenset({"service:s", "service:t"})})
    assert values["both"] == pytest.approx(50_000)  # 19 % of the collateral liquidates the rest
    assert exposure(portfolio).nodes["service:s"].value == pytest.approx(25_000)


def test_a_node_below_both_sides_counts_on_each() -> None:
    portfolio = indebted("loop: 50000 ~10%~> S", "loop ..> lender:m -> S")
    assert exposure(portfolio).nodes["S"].by_position["loop"] == 1.0


def test_a_node_that_the_whole_collateral_stands_on_is_left_out_on_the_equity_side() -> None:
    portfolio = indebted("loop: 50000 -> T -> chain:c", "loop ..> lender:m -> chain:c")
    answer = stress(portfolio.with_scenarios(scenario("s", **{"chain:c": 0.1})))["s"]
    assert answer.by_position["loop"] == pytest.approx(25_000)


def test_low_and_high_use_the_largest_shock_and_the_sum() -> None:
    answer = stress(indebted("loop: 50000 -> T -> X").with_scenarios(scenario("s", T=0.05, X=0.05)))["s"]
    assert [answer.low, answer.high] == pytest.approx([12_500, 25_000])
    assert answer.loss == pytest.approx(250_000 * (1 - 0.95**2))


LEFT_OUT: dict[str, dict[str, Any]] = {
    "over the threshold": {"liquidation_threshold": 0.79},
    "at the threshold": {"liquidation_threshold": 0.8},
    "no equity": {"value": Decimal(0)},
    "less than no equity": {"value": Decimal(-10)},
    "unknown value": {"value": None},
    "no threshold": {"liquidation_threshold": None},
    "no penalty": {"liquidation_penalty": None},
}


@pytest.fixture(params=LEFT_OUT)
def left_out(request: pytest.FixtureRequest) -> Portfolio:
    risky = (node("T", 0.1, 0.1), node("lender:m", 0.1, 0.1))
    return indebted(**LEFT_OUT[request.param]).with_graph(risky).with_scenarios(scenario("s", T=0.1))


def test_what_cannot_be_told_is_left_out_and_named(left_out: Portfolio) -> None:
    found = exposure(left_out)
    assert list(found.unavailable) == ["exposure/loop"]
    assert found.nodes["T"].by_position == {"plain": 1.0}
    assert stress(left_out)["s"].by_position == {"plain": pytest.approx(5000)}
    loss = expected_annual_loss(left_out)
    assert loss is not None
    assert loss.by_position == {"plain": pytest.approx(500)}


def test_its_dependence_still_counts_for_the_gateways(left_out: Portfolio) -> None:
    assert dependencies(left_out, exposure(left_out)).gateways == {"T": "portfolio", "lender:m": "loop"}


def test_a_liquidatable_position_stays_in_the_value_and_lowers_the_coverage() -> None:
    portfolio = indebted(liquidation_threshold=0.79)
    found = exposure(portfolio)
    assert "80 %" in found.unavailable["exposure/loop"]
    assert found.portfolio_value == 100_000
    dimensions = concentration(portfolio, found).dimensions
    assert dimensions["underlying"].values == {"ETH": 100_000.0}
    assert dimensions["protocol"].coverage == pytest.approx(0.5)


def test_a_debt_larger_than_the_collateral_counts_zero() -> None:
    assert exposure(indebted(value=Decimal(-10))).portfolio_value == 50_000


def risky_collateral(nodes: int, chance: float) -> tuple[Portfolio, float]:
    """Return a loop whose collateral each failing service lessens by 0.5 %, and the exact expected loss."""
    risky = [node(f"service:{i}", chance, 0.5) for i in range(nodes)]
    portfolio = indebted("loop: 50000 -> T", *(f"T ~1%~> {n.id}" for n in risky), "plain: 100 -> service:0")
    kept = (1 - chance + chance * 0.995) ** nodes
    return portfolio.with_graph(risky), 250_000 * (1 - kept) + 100 * chance * 0.5


def test_the_expected_loss_over_many_nodes_is_bounded_by_the_states_with_few_failures() -> None:
    portfolio, exact = risky_collateral(25, 0.01)
    found = expected_annual_loss(portfolio)
    assert found is not None
    assert found.total <= exact <= found.total + found.missing
    assert found.missing <= 0.005 * found.total
    assert found.error is None


def test_the_expected_loss_over_many_nodes_that_often_fail_is_drawn_and_has_a_spread() -> None:
    portfolio, exact = risky_collateral(30, 0.1)
    found = expected_annual_loss(portfolio)
    assert found is not None
    assert found.error is not None
    assert abs(found.total - exact) <= 3 * found.error
    assert found.error < 0.001 * found.total
    assert found.missing == 0


def test_a_debt_of_zero_is_none() -> None:
    portfolio = indebted(debt=Decimal(0), liquidation_threshold=None, liquidation_penalty=None)
    assert exposure(portfolio).nodes["T"].by_position == {"loop": 1.0, "plain": 1.0}
