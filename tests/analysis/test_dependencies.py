"""Gateways and flows of the graph, beyond what the worked examples show."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.analysis.dependencies import collateral_parts, dependencies, passing
from desktop_app.analysis.exposure import exposure
from desktop_app.domain import interchange
from desktop_app.domain.positions import Mode
from tests.builders import drawn, node


def test_a_node_that_two_positions_reach_has_the_portfolio_as_its_gateway() -> None:
    portfolio = drawn("p: 1 -> A -> C", "q: 1 -> B -> C", "C -> D")
    found = dependencies(portfolio, exposure(portfolio)).gateways
    assert found == {"A": "p", "B": "q", "C": "portfolio", "D": "C"}


def test_a_position_of_unknown_value_has_gateways() -> None:
    portfolio = drawn("p: ? -> A -> B")
    assert dependencies(portfolio, exposure(portfolio)).gateways == {"A": "p", "B": "A"}


def test_an_unknown_bucket_neither_has_nor_is_a_gateway() -> None:
    portfolio = drawn("p: 1 -> A", "A -0%-> operator:o", "A -rest-> unknown:operator")
    assert dependencies(portfolio, exposure(portfolio)).gateways == {"A": "p"}


def test_what_nobody_reaches_is_not_in_the_answer() -> None:
    portfolio = drawn("p: 1 -> A", "B -> C")
    found = dependencies(portfolio, exposure(portfolio))
    assert (found.gateways, [f.id for f in found.flows]) == ({"A": "p"}, ["p>A"])


def test_the_rest_of_a_split_is_a_flow_with_the_id_of_its_group() -> None:
    portfolio = drawn("p: 1000 -> A", "A -30%-> operator:o", "A -rest-> unknown:operator")
    rest = dependencies(portfolio, exposure(portfolio)).flows[-1]
    assert (rest.id, rest.source, rest.target, rest.mode) == ("A#split", "A", "unknown:operator", Mode.SPLIT)
    assert [rest.weight, rest.value] == pytest.approx([0.7, 700])


def test_with_nothing_priced_flows_have_no_value() -> None:
    portfolio = drawn("p: ? -> A -> B")
    assert [f.value for f in dependencies(portfolio, exposure(portfolio)).flows] == [None, None]


def test_only_what_meets_the_node_passes() -> None:
    portfolio = drawn("p: 1000 -> A", "A -30%-> B", "A -70%-> C", "q: 100 -> C")
    assert passing(portfolio, "C") == pytest.approx({"p>A": 700, "A>B": 0, "A>C": 700, "q>C": 100})


def test_nothing_passes_a_thing_that_is_not_there() -> None:
    assert passing(drawn("p: 1000 -> A"), "Z") == {}


def test_nothing_passes_a_node_that_no_position_reaches() -> None:
    assert passing(drawn("p: 1000 -> A").with_graph(nodes=[node("Z")]), "Z") == {}


def test_own_edges_of_alike_positions_are_told_apart() -> None:
    portfolio = drawn("p: 1000 ~50%~> A", "q: 10 ~50%~> A", "p ~20%~> B", "q ~20%~> B")
    assert passing(portfolio, "A") == pytest.approx({"p>A": 500, "q>A": 5, "p>B": 100, "q>B": 1})


def test_flows_of_a_position_with_debt_are_amplified() -> None:
    portfolio = drawn("p: 1000 -> T", "T ~10%~> S", "p ..> L")
    levered = portfolio.with_positions(
        replace(
            portfolio.positions["p"],
            debt=Decimal(3000),
            liquidation_threshold=0.95,
            liquidation_penalty=0.0,
        )
    )
    found = {f.id: f.value for f in dependencies(levered, exposure(levered)).flows}
    assert found == pytest.approx({"p>T": 1000, "T>S": 400, "p>L": 1000})
    assert passing(levered, "S") == pytest.approx({"p>T": 400, "T>S": 400, "p>L": 400})


def test_the_parts_of_a_collateral_are_not_amplified_and_leave_the_equity_side_out() -> None:
    file = Path(__file__).parents[1] / "data" / "portfolio" / "debt-example.json"
    held = interchange.loads(file.read_text("utf-8"))
    parts = collateral_parts(held, "loop")
    assert parts["bridge:b"] == 1.0
    assert parts["operator:A"] == pytest.approx(0.5)
    assert parts["service:s1"] == pytest.approx(0.2)
    assert "lender:m" not in parts
    assert collateral_parts(held, "plain") == {}
