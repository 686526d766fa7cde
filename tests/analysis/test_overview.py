"""The first page in numbers."""

import pytest

from desktop_app.analysis.overview import overview
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Layer
from tests.builders import drawn, layer, position


def test_common_ground_is_apart_and_the_rest_is_ranked() -> None:
    portfolio = drawn(
        "p: 800 -> A -> chain:c",
        "p -> asset:a",
        "q: 200 -> B -> chain:d",
        "B -0%-> C",
        "B -rest-> unknown:operator",
    )
    found = overview(portfolio)
    assert [n.node for n in found.common_ground] == ["chain:c", "asset:a"]
    assert [n.node for n in found.largest] == ["A", "B"]


def test_layers_come_outermost_first_with_those_of_the_user_on_top() -> None:
    layers = (layer("hold"), layer("staking", 0.03), layer("restaking", 0.01), layer("my own"))
    found = overview(Portfolio().with_positions(position("p", layers=layers))).layers
    assert [la.layer for la in found] == ["my own", "restaking", "staking", "hold"]
    assert [la.extra for la in found] == [True, True, False, False]


def test_a_position_counts_in_each_of_its_layers_and_known_rates_are_summed() -> None:
    portfolio = Portfolio().with_positions(
        position("p", "1000", layers=(layer("hold"), layer("staking", 0.03))),
        position("q", "500", layers=(layer("hold"), layer("staking"))),
        position("r", None, layers=(layer("hold"), layer("staking", 0.02))),
    )
    staking, hold = overview(portfolio).layers
    assert (staking.positions, staking.value, staking.reward_unknown) == (3, 1500.0, 1)
    assert staking.reward == pytest.approx(30)
    assert (hold.positions, hold.value, hold.reward, hold.reward_unknown) == (3, 1500.0, 0.0, 0)


def test_names_are_of_every_node_and_position() -> None:
    assert overview(drawn("p: 1 -> A")).names == {"A": "A", "p": "p"}


def test_an_empty_portfolio_has_an_overview() -> None:
    found = overview(Portfolio())
    assert (found.positions, found.largest, found.layers, found.missing) == (0, (), (), ())
    assert found.expected_loss is None


def test_nothing_priced_leaves_what_needs_no_value() -> None:
    found = overview(drawn("p: ? -> A -> chain:c"))
    assert found.portfolio_value is None
    assert (found.positions, found.unpriced, found.common_ground) == (1, 1, ())
    assert [n.node for n in found.largest] == ["A"]


def test_a_layer_without_any_price_has_no_amounts_to_show() -> None:
    portfolio = Portfolio().with_positions(
        position("p", "1000", layers=(layer("staking", 0.03),)),
        position("q", None, layers=(layer("restaking", 0.03),)),
    )
    restaking, staking = overview(portfolio).layers
    assert (restaking.value, restaking.known_value, restaking.known_reward) == (0.0, None, None)
    assert (staking.known_value, staking.known_reward) == (1000.0, 30.0)


def test_a_rate_of_a_whole_stack_is_apart_and_the_layers_below_it_have_none_of_their_own() -> None:
    total = Layer("restaking", 0.032, unsplit=True)
    portfolio = Portfolio().with_positions(position("p", "1000", layers=(layer("liquid staking"), total)))
    restaking, staking = overview(portfolio).layers
    assert (restaking.reward, restaking.unsplit_reward, restaking.unsplit) == (32.0, 32.0, 1)
    assert (staking.within_total, staking.reward_unknown, staking.known_reward) == (1, 0, None)
