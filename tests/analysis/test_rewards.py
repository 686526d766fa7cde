"""A layer is worth it if it pays more than what it adds is assumed to take (definitions.md 7)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.analysis.rewards import LayerReward, Rewards, rewards
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Layer, Mode, Node, Status
from tests.builders import drawn, layer, node, position, step, way_out

RISKS = (node("Lido", 0.01, 0.5), node("Eigen", 0.02, 0.8))


def answered(portfolio: Portfolio) -> Rewards:
    return rewards(portfolio, withdrawals(portfolio))


def stacked(*layers: Layer, value: str = "1000", nodes: tuple[Node, ...] = RISKS) -> Portfolio:
    """Return a position on Lido and Eigen, whose edges are "p>Lido" and "p>Eigen"."""
    portfolio = drawn(f"p: {value} -> Lido", "p -> Eigen").with_graph(nodes)
    found = replace(portfolio.positions["p"], layers=layers, exit=way_out(step("queue", 73)))
    return portfolio.with_positions(found)


def two(rate: float | None = 0.02, *, nodes: tuple[Node, ...] = RISKS, value: str = "1000") -> LayerReward:
    """Return the upper of two layers, the one that adds Eigen."""
    lower, upper = layer("liquid staking", 0.03, "p>Lido"), layer("restaking", rate, "p>Eigen")
    return answered(stacked(layer("hold"), lower, upper, nodes=nodes, value=value)).rows[1]


def test_a_layer_is_held_against_what_it_adds_to_the_layers_below_it() -> None:
    found = two()
    assert (found.position, found.layer, found.extra) == ("p", "restaking", True)
    assert found.extra_reward == pytest.approx(20)
    assert found.loss_without == pytest.approx(1000 * 0.005)
    assert found.loss_with == pytest.approx(1000 * (1 - 0.995 * 0.984))
    assert found.incremental_expected_loss == pytest.approx(1000 * 0.995 * 0.016)
    assert found.reward_to_expected_loss == pytest.approx(20 / (1000 * 0.995 * 0.016))
    assert (found.risk.worst_new_node, found.risk.new_nodes) == ("Eigen", ("Eigen",))
    assert (found.risk.worst_probability, found.risk.worst_loss) == (0.02, 0.8)


def test_break_evens_count_the_other_rewards_and_the_way_out() -> None:
    found = two()
    assert found.breakeven_simple == pytest.approx(0.02 / 0.8)
    part = (1 - 1.03 / 1.05) / 0.8
    assert found.exit_days == 73
    assert found.breakeven_exact == pytest.approx(1 - (1 - part) ** (1 / 1.2))


def test_the_multiplier_makes_reward_and_loss_equal() -> None:
    found = two()
    assert found.hazard_multiplier is not None
    chance = 1 - 0.98**found.hazard_multiplier
    assert 1000 * 0.995 * 0.8 * chance == pytest.approx(20, rel=1e-9)


def test_a_layer_that_pays_more_than_it_can_lose_has_no_multiplier_and_pays_every_year() -> None:
    found = two(0.9)
    assert found.hazard_multiplier is None
    assert found.breakeven_simple == 1.0
    assert found.breakeven_exact == pytest.approx(1 - (1 - 0.9 / 1.93 / 0.8) ** (1 / 1.2))


@pytest.mark.parametrize("rate", [0.0, -0.0627])
def test_a_layer_that_pays_nothing_is_worth_no_risk(rate: float) -> None:
    found = two(rate)
    assert (found.breakeven_simple, found.breakeven_exact, found.hazard_multiplier) == (0.0, 0.0, None)
    assert found.reward_to_expected_loss == pytest.approx(rate / (0.995 * 0.016))
    assert found.underpaid


def test_a_reward_that_is_not_known_leaves_the_loss() -> None:
    found = two(None)
    assert found.incremental_expected_loss == pytest.approx(1000 * 0.995 * 0.016)
    assert found.risk.loss_given_failure == pytest.approx(0.8)
    assert (found.extra_reward, found.reward_to_expected_loss, found.hazard_multiplier) == (None, None, None)
    assert (found.breakeven_simple, found.breakeven_exact) == (None, None)


def test_a_rate_below_that_is_not_known_leaves_the_simple_break_even() -> None:
    portfolio = stacked(layer("staking", None, "p>Lido"), layer("restaking", 0.02, "p>Eigen"))
    found = answered(portfolio).rows[1]
    assert found.breakeven_simple == pytest.approx(0.025)
    assert found.breakeven_exact is None


def test_a_way_out_without_a_date_leaves_the_simple_break_even() -> None:
    portfolio = stacked(layer("restaking", 0.02, "p>Eigen"))
    open_ended = replace(portfolio.positions["p"], exit=way_out(step("queue", 1.0, None, None)))
    found = answered(portfolio.with_positions(open_ended)).rows[0]
    assert (found.exit_days, found.breakeven_exact) == (None, None)
    assert found.breakeven_simple == pytest.approx(0.025)


def test_without_assumptions_the_break_even_counts_a_failure_as_the_loss_of_everything() -> None:
    found = two(nodes=())
    assert found.breakeven_simple == pytest.approx(0.02)
    assert (found.risk.worst_new_node, found.risk.worst_loss, found.risk.worst_assumed) == (
        "Eigen",
        1.0,
        False,
    )
    assert (found.incremental_expected_loss, found.reward_to_expected_loss) == (None, None)
    assert found.hazard_multiplier is None


def test_what_nobody_made_an_assumption_about_is_not_a_loss_of_zero() -> None:
    found = two(nodes=(node("Lido", 0.01, 0.5), node("Eigen", None, 0.8)))
    assert found.risk.left_out_nodes == ("Eigen",)
    assert found.incremental_expected_loss is None
    assert found.risk.loss_given_failure == pytest.approx(0.8)


def test_what_cannot_fail_costs_nothing_and_is_never_the_worst() -> None:
    found = two(nodes=(node("Lido", 0.01, 0.5), node("Eigen", 0.0, None)))
    assert (found.incremental_expected_loss, found.reward_to_expected_loss) == (0.0, None)
    assert (found.risk.worst_new_node, found.breakeven_simple) == (None, None)


def test_a_layer_that_adds_no_node_has_neither_loss_nor_break_even() -> None:
    found = answered(stacked(layer("yield", 0.02))).rows[0]
    assert found.risk.new_nodes == ()
    assert (found.incremental_expected_loss, found.breakeven_simple, found.hazard_multiplier) == (
        0.0,
        None,
        None,
    )


def test_an_unknown_bucket_is_new_but_never_the_worst() -> None:
    portfolio = drawn("p: 1000 -rest-> unknown:operator", "p -40%-> operator:a")
    held = replace(portfolio.positions["p"], layers=(layer("staking", 0.03, "p>operator:a"),))
    found = answered(portfolio.with_positions(held)).rows[0]
    assert set(found.risk.new_nodes) == {"operator:a", "unknown:operator"}
    assert found.risk.worst_new_node == "operator:a"
    assert found.risk.loss_given_failure == pytest.approx(0.4)


def test_of_nodes_that_take_the_same_the_most_telling_is_named() -> None:
    portfolio = drawn("p: 1000 -> token:weETH -> protocol:etherfi -> chain:c")
    held = replace(portfolio.positions["p"], layers=(layer("liquid staking", 0.03, "p>token:weETH"),))
    assert answered(portfolio.with_positions(held)).rows[0].risk.worst_new_node == "protocol:etherfi"


def test_leaving_a_layer_out_removes_edges_of_shared_nodes_for_that_position_only() -> None:
    portfolio = drawn("p: 1000 -> Lido -> Eigen", "q: 1000 -> Lido").with_graph(RISKS)
    held = replace(portfolio.positions["p"], layers=(layer("restaking", 0.02, "Lido>Eigen"),))
    other = replace(portfolio.positions["q"], layers=(layer("liquid staking", 0.02, "q>Lido"),))
    first, second = answered(portfolio.with_positions(held, other)).rows
    assert first.loss_without == pytest.approx(5)
    assert second.loss_with == first.loss_with == pytest.approx(1000 * (1 - 0.995 * 0.984))


def test_an_edge_that_a_lower_layer_names_too_stays_with_it() -> None:
    portfolio = stacked(layer("staking", 0.03, "p>Lido"), layer("restaking", 0.02, "p>Lido", "p>Eigen"))
    lower, upper = answered(portfolio).rows
    assert lower.incremental_expected_loss == pytest.approx(5)
    assert upper.risk.new_nodes == ("Eigen",)


def test_a_split_without_its_edges_is_absent_with_its_rest() -> None:
    portfolio = drawn("p: 1000 -> Lido -40%-> operator:a", "Lido -rest-> unknown:operator")
    held = replace(portfolio.positions["p"], layers=(layer("staking", 0.03, "Lido>operator:a"),))
    found = answered(portfolio.with_positions(held)).rows[0]
    assert set(found.risk.new_nodes) == {"operator:a", "unknown:operator"}


def test_a_rate_of_the_whole_stack_has_one_row_without_more_than_its_reward() -> None:
    portfolio = stacked(
        layer("hold"),
        layer("liquid staking", None, "p>Lido"),
        Layer("restaking", 0.05, ("p>Eigen",), unsplit=True),
    )
    answer = answered(portfolio)
    (found,) = answer.rows
    assert (found.layer, found.reward_rate, found.extra_reward) == (None, 0.05, 50)
    assert found.incremental_expected_loss is found.breakeven_simple is found.exit_days is None
    assert answer.reward(extra=True) is None


def test_a_position_without_a_price_keeps_its_break_even() -> None:
    found = two(value="?")
    assert (found.value, found.extra_reward, found.incremental_expected_loss) == (None, None, None)
    assert found.breakeven_simple == pytest.approx(0.025)


def test_closed_positions_have_no_rows() -> None:
    portfolio = stacked(layer("staking", 0.03, "p>Lido"))
    closed = replace(portfolio.positions["p"], status=Status.CLOSED)
    assert answered(portfolio.with_positions(closed)).rows == ()


def test_a_position_that_cannot_be_computed_says_why_and_keeps_its_rate() -> None:
    portfolio = stacked(layer("staking", 0.03, "p>Lido"))
    indebted = replace(portfolio.positions["p"], debt=Decimal(500))
    found = answered(portfolio.with_positions(indebted)).rows[0]
    assert found.fault == "“p” has a debt: enter its liquidation threshold and penalty."
    assert (found.extra_reward, found.incremental_expected_loss, found.breakeven_simple) == (30, None, None)


def test_with_a_debt_each_layer_carries_the_leverage() -> None:
    portfolio = stacked(layer("staking", 0.12, "p>Lido"), layer("collateral", -0.02, "p>Eigen"))
    indebted = replace(
        portfolio.positions["p"], debt=Decimal(3000), liquidation_threshold=0.9, liquidation_penalty=0.0
    )
    gentle = (node("Lido", 0.01, 0.1), node("Eigen", 0.02, 0.05))
    lower, upper = answered(portfolio.with_positions(indebted).with_graph(gentle)).rows
    assert lower.incremental_expected_loss == pytest.approx(0.01 * 400)
    assert lower.risk.loss_given_failure == pytest.approx(0.4)
    assert upper.loss_with == pytest.approx(0.01 * 0.98 * 400 + 0.99 * 0.02 * 200 + 0.01 * 0.02 * 580)


def test_a_debt_over_more_nodes_than_can_be_listed_has_a_loss_but_no_multiplier() -> None:
    names = [f"n{i}" for i in range(21)]
    portfolio = drawn("p: 1000 -> Lido", *(f"p -> {n}" for n in names)).with_graph(
        [node(n, 0.001, 0.1) for n in ("Lido", *names)]
    )
    held = replace(
        portfolio.positions["p"],
        layers=(layer("staking", 0.03, "p>Lido"),),
        debt=Decimal(1000),
        liquidation_threshold=0.9,
        liquidation_penalty=0.05,
    )
    found = answered(portfolio.with_positions(held)).rows[0]
    assert found.incremental_expected_loss == pytest.approx(1000 * 0.001 * 0.2, rel=0.02)
    assert (found.hazard_multiplier, found.risk.exact) == (None, False)
    assert found.breakeven_simple == pytest.approx(0.03 / 0.2)


def test_the_least_paid_come_first_and_unknown_rewards_before_them() -> None:
    upper = answered(stacked(layer("staking", 0.03, "p>Lido"), layer("restaking", 0.001, "p>Eigen")))
    assert [row.layer for row in upper.ranked] == ["restaking", "staking"]
    unknown = answered(stacked(layer("staking", None, "p>Lido"), layer("restaking", 0.001, "p>Eigen")))
    assert [row.layer for row in unknown.ranked] == ["staking", "restaking"]
    assert [row.layer for row in unknown.underpaid] == ["restaking"]


def test_base_and_extra_layers_are_summed_apart() -> None:
    answer = answered(stacked(layer("staking", 0.03, "p>Lido"), layer("restaking", 0.02, "p>Eigen")))
    assert answer.reward(extra=False) == pytest.approx(30)
    assert answer.reward(extra=True) == pytest.approx(20)
    assert answer.loss(extra=False) == pytest.approx(5)
    assert answer.loss(extra=True) == pytest.approx(1000 * 0.995 * 0.016)


def test_the_weakest_extra_layer_is_the_first_to_stop_being_worth_it() -> None:
    answer = answered(
        stacked(layer("staking", 0.001, "p>Lido"), layer("restaking", 0.02, "p>Eigen"), nodes=())
    )
    assert answer.weakest is not None
    assert answer.weakest.layer == "restaking"
    assert answer.nothing_assumed


def test_positions_on_the_same_layers_are_worked_out_once_and_each_has_its_own_amounts() -> None:
    portfolio = stacked(layer("staking", 0.03, "p>Lido"), layer("restaking", 0.02, "p>Eigen"))
    first = portfolio.positions["p"]
    twin = replace(
        first,
        id="twin",
        value=Decimal(3000),
        layers=(layer("staking", 0.03, "twin>Lido"), layer("restaking", 0.02, "twin>Eigen")),
    )
    own = [Edge(f"twin>{n}", "twin", n, Mode.ALL) for n in ("Lido", "Eigen")]
    rows = answered(portfolio.with_positions(twin).with_graph(edges=own)).rows
    assert rows[3].risk is rows[1].risk
    assert rows[3].incremental_expected_loss == pytest.approx(3 * (rows[1].incremental_expected_loss or 0))


def test_a_position_on_nothing_at_all_has_rows_without_risk() -> None:
    alone = Portfolio().with_positions(position("p", layers=(layer("staking", 0.03),)))
    (found,) = answered(alone).rows
    assert (found.extra_reward, found.risk.new_nodes, found.breakeven_simple) == (30, (), None)


def test_an_empty_portfolio_has_no_rows() -> None:
    assert answered(Portfolio()) == Rewards((), nothing_assumed=True)
