"""Scenarios take what their shocks say, within the range."""

from desktop_app.analysis.stress import stress
from tests.builders import drawn, scenario


def test_a_failed_node_takes_its_fraction_of_what_is_left() -> None:
    portfolio = drawn("p: 1000 -> A -> B").with_scenarios(scenario("s", A=0.5, B=0.5))
    answer = stress(portfolio)["s"]
    assert (answer.low, answer.loss, answer.high) == (500, 750, 1000)
    assert (answer.share, answer.sampled) == (0.75, {})


def test_without_a_scenario_the_answer_is_empty() -> None:
    assert stress(drawn("p: 1000 -> A")) == {}


def test_with_nothing_priced_the_answer_is_empty() -> None:
    assert stress(drawn("p: ? -> A").with_scenarios(scenario("s", A=0.5))) == {}


def test_a_shock_to_a_node_that_is_gone_takes_nothing() -> None:
    answer = stress(drawn("p: 1000 -> A").with_scenarios(scenario("s", gone=0.5)))["s"]
    assert (answer.low, answer.loss, answer.high) == (0, 0, 0)


def test_a_scenario_with_an_impossible_fraction_is_left_out() -> None:
    portfolio = drawn("p: 1000 -> A").with_scenarios(scenario("bad", A=1.5), scenario("good", A=0.5))
    assert list(stress(portfolio)) == ["good"]


def test_an_unknown_bucket_can_be_shocked() -> None:
    portfolio = drawn("p: 1000 -> A", "A -30%-> operator:o", "A -rest-> unknown:operator")
    answer = stress(portfolio.with_scenarios(scenario("s", **{"unknown:operator": 1.0})))["s"]
    assert answer.loss == 700


def test_by_position_holds_every_priced_position() -> None:
    portfolio = drawn("p: 1000 -> A", "q: 5 -> B", "r: ? -> A").with_scenarios(scenario("s", A=0.5))
    assert stress(portfolio)["s"].by_position == {"p": 500, "q": 0}
