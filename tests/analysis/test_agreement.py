"""The formula agrees with units listed one by one, on portfolios with edges of every mode."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.dependencies import dependencies, passing
from desktop_app.analysis.exposure import exposure, group_values
from desktop_app.analysis.stress import stress
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario
from tests.analysis import oracle
from tests.analysis.strategies import portfolios, shocks_on

few = settings(max_examples=50)


def worth(portfolio: Portfolio, position: str) -> float:
    return float(portfolio.positions[position].value or Decimal(0))


def same(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@given(portfolios())
def test_part_of_each_position_that_depends_on_each_node(portfolio: Portfolio) -> None:
    nodes = exposure(portfolio).nodes
    for place in [*portfolio.nodes, "unknown:operator", "unknown:service"]:
        for position in portfolio.positions:
            part = nodes[place].by_position.get(position, 0.0) if place in nodes else 0.0
            assert part == same(oracle.meeting(portfolio, position, [place]))


@given(portfolios(), st.data())
def test_value_that_meets_a_group(portfolio: Portfolio, data: st.DataObject) -> None:
    group = frozenset(data.draw(st.sets(st.sampled_from(sorted(portfolio.nodes)))))
    expected = sum(worth(portfolio, p) * oracle.meeting(portfolio, p, group) for p in portfolio.positions)
    assert group_values(portfolio, {"g": group})["g"] == same(expected)


@given(portfolios(), st.data())
def test_loss_and_range_of_a_scenario(portfolio: Portfolio, data: st.DataObject) -> None:
    shocks = data.draw(shocks_on(portfolio))
    answer = stress(portfolio.with_scenarios(Scenario("s", "s", tuple(shocks.items()))))["s"]
    for position in portfolio.positions:
        expected = worth(portfolio, position) * oracle.loss(portfolio, position, shocks)
        assert answer.by_position[position] == same(expected)
    for found, definition in ((answer.low, oracle.lowest), (answer.high, oracle.highest)):
        assert found == same(
            sum(worth(portfolio, p) * definition(portfolio, p, shocks) for p in portfolio.positions)
        )


@given(portfolios())
def test_expected_annual_loss(portfolio: Portfolio) -> None:
    answer = expected_annual_loss(portfolio)
    risks = {
        n.id: n.failure_probability * n.loss_given_failure
        for n in portfolio.nodes.values()
        if n.failure_probability and n.loss_given_failure
    }
    expected = sum(worth(portfolio, p) * oracle.loss(portfolio, p, risks) for p in portfolio.positions)
    if answer is None:
        assert expected == 0
    else:
        assert answer.total == same(expected)


@given(portfolios())
def test_value_that_flows_along_each_edge(portfolio: Portfolio) -> None:
    found = {flow.id: flow.value for flow in dependencies(portfolio, exposure(portfolio)).flows}
    expected: dict[str, float] = {}
    for position in portfolio.positions:
        for flow, part in oracle.flows(portfolio, position).items():
            expected[flow] = expected.get(flow, 0.0) + worth(portfolio, position) * part
    assert found == same_flows(expected)


@given(portfolios(), st.data())
def test_value_that_passes_an_edge_and_meets_a_node(portfolio: Portfolio, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(sorted(portfolio.nodes)))
    expected: dict[str, float] = {}
    for position in portfolio.positions:
        for flow, part in oracle.flows(portfolio, position, node).items():
            expected[flow] = expected.get(flow, 0.0) + worth(portfolio, position) * part
    found = {flow: value for flow, value in passing(portfolio, node).items() if value > 1e-9}
    assert found == same_flows({flow: value for flow, value in expected.items() if value > 1e-9})


@given(portfolios(), st.data())
def test_value_of_one_position_along_each_edge(portfolio: Portfolio, data: st.DataObject) -> None:
    position = data.draw(st.sampled_from(sorted(portfolio.positions)))
    parts = oracle.flows(portfolio, position)
    assert passing(portfolio, position) == same_flows(
        {flow: worth(portfolio, position) * part for flow, part in parts.items()}
    )


def same_flows(expected: dict[str, float]) -> object:
    return pytest.approx({k: v for k, v in expected.items() if v > 1e-12}, rel=1e-9, abs=1e-9)


@given(portfolios())
def test_gateways_are_the_dominators_of_the_graph(portfolio: Portfolio) -> None:
    assert dependencies(portfolio, exposure(portfolio)).gateways == oracle.gateways(portfolio)


@given(portfolios(indebted=True), st.data())
def test_loss_of_a_position_with_debt(portfolio: Portfolio, data: st.DataObject) -> None:
    shocks = data.draw(shocks_on(portfolio))
    shocked = portfolio.with_scenarios(Scenario("s", "s", tuple(shocks.items())))
    answer = stress(shocked)["s"]
    expected = worth(portfolio, "p0") * oracle.levered_loss(portfolio, "p0", shocks)
    assert answer.by_position["p0"] == same(expected)
    assert answer.low <= answer.loss <= answer.high <= sum(worth(portfolio, p) for p in portfolio.positions)


@given(portfolios(indebted=True))
def test_dependence_of_a_position_with_debt(portfolio: Portfolio) -> None:
    nodes = exposure(portfolio).nodes
    for place in portfolio.nodes:
        part = nodes[place].by_position.get("p0", 0.0) if place in nodes else 0.0
        assert part == same(oracle.levered_loss(portfolio, "p0", {place: 1.0}))


@few
@given(portfolios(indebted=True), st.data())
def test_flows_of_a_position_with_debt(portfolio: Portfolio, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(sorted(portfolio.nodes)))
    only = replace(portfolio, positions={"p0": portfolio.positions["p0"]})
    marked = oracle.with_nodes_on_edges(only)
    flows = {f.id: f.value for f in dependencies(only, exposure(only)).flows}
    joint = passing(only, node)
    meeting = oracle.levered_loss(marked, "p0", {node: 1.0})
    for edge in portfolio.edges:
        alone = oracle.levered_loss(marked, "p0", {f"on:{edge}": 1.0})
        either = oracle.levered_loss(marked, "p0", {f"on:{edge}": 1.0, node: 1.0})
        assert flows.get(edge, 0.0) == same(worth(only, "p0") * alone)
        if meeting > 0:
            assert joint.get(edge, 0.0) == same(worth(only, "p0") * max(0.0, alone + meeting - either))


@given(portfolios(indebted=True))
def test_expected_annual_loss_of_a_position_with_debt(portfolio: Portfolio) -> None:
    only = replace(portfolio, positions={"p0": portfolio.positions["p0"]})
    only = replace(only, edges={e.id: e for e in only.edges.values() if e.source in {"p0", *only.nodes}})
    answer = expected_annual_loss(only)
    hazards = {
        n.id: (n.failure_probability, n.loss_given_failure)
        for n in only.nodes.values()
        if n.failure_probability and n.loss_given_failure
    }
    expected = worth(only, "p0") * oracle.expected_levered_loss(only, "p0", hazards)
    assert math.isclose(0.0 if answer is None else answer.total, expected, rel_tol=1e-9, abs_tol=1e-9)
