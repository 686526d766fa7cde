"""What is rejected in the graph leaves only those positions out that stand on it."""

from dataclasses import replace

import pytest

from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.concentration import concentration
from desktop_app.analysis.dependencies import dependencies, passing
from desktop_app.analysis.exposure import exposure, group_values
from desktop_app.analysis.overview import overview
from desktop_app.analysis.stress import stress
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Group, Mode
from tests.builders import drawn, edge, scenario

SOUND = "good: 1000 -> X -> Y"


def circle() -> Portfolio:
    return drawn(SOUND, "bad: 500 -> A -> B -> C -> B")


def overweight() -> Portfolio:
    return drawn(SOUND, "bad: 500 -> A", "A -70%-> B", "A -70%-> C")


def missing_node() -> Portfolio:
    return drawn(SOUND, "bad: 500 -> A").with_graph(edges=[edge("A", "nowhere")])


def negative_weight() -> Portfolio:
    return drawn(SOUND, "bad: 500 -> A").with_graph(edges=[edge("bad", "Y", -0.5, Mode.SHARED)])


def partial_all() -> Portfolio:
    return drawn(SOUND, "bad: 500 -> A").with_graph(edges=[edge("A", "Y", 0.5)])


def not_a_number() -> Portfolio:
    return drawn(SOUND, "bad: 500 -> A").with_graph(edges=[edge("A", "Y", float("nan"), Mode.SHARED)])


def no_group() -> Portfolio:
    return drawn(SOUND, "bad: 500 -> A").with_graph(edges=[edge("A", "Y", 0.5, Mode.SPLIT, "gone")])


def leads_to_a_position() -> Portfolio:
    return drawn(SOUND, "bad: 500 -> A").with_graph(edges=[edge("A", "good")])


FAULTY = [
    circle,
    overweight,
    missing_node,
    negative_weight,
    partial_all,
    not_a_number,
    no_group,
    leads_to_a_position,
]


@pytest.fixture(params=FAULTY)
def portfolio(request: pytest.FixtureRequest) -> Portfolio:
    made: Portfolio = request.param()
    return made.with_scenarios(scenario("s", X=0.5, A=0.5))


def test_a_position_on_something_rejected_is_left_out_and_named(portfolio: Portfolio) -> None:
    found = exposure(portfolio)
    assert list(found.unavailable) == ["exposure/bad"]
    assert found.unavailable["exposure/bad"].endswith(".")
    assert {n: e.by_position for n, e in found.nodes.items()} == {"X": {"good": 1.0}, "Y": {"good": 1.0}}


def test_a_position_left_out_keeps_its_value(portfolio: Portfolio) -> None:
    found = exposure(portfolio)
    assert found.portfolio_value == 1500
    assert found.nodes["X"].share == pytest.approx(1000 / 1500)
    dimensions = concentration(portfolio, found).dimensions
    assert dimensions["underlying"].values == {"ETH": 1500.0}
    assert dimensions["protocol"].coverage == pytest.approx(1000 / 1500)


def test_everything_else_still_works(portfolio: Portfolio) -> None:
    assert stress(portfolio)["s"].by_position == {"good": 500.0}
    found = dependencies(portfolio, exposure(portfolio))
    assert found.gateways == {"X": "good", "Y": "X"}
    assert {f.id: f.value for f in found.flows} == {"good>X": 1000.0, "X>Y": 1000.0}
    assert passing(portfolio, "Y") == {"good>X": 1000.0, "X>Y": 1000.0}
    assert passing(portfolio, "bad") == {}
    assert expected_annual_loss(portfolio) is None
    assert set(overview(portfolio).out.positions) == {"good", "bad"}


def test_the_sentence_names_the_node() -> None:
    assert "“A#split”" in exposure(overweight()).unavailable["exposure/bad"]
    assert "B → C → B" in exposure(circle()).unavailable["exposure/bad"]


def test_every_position_above_any_circle_is_named() -> None:
    portfolio = drawn(SOUND, "p: 1 -> A -> B -> A", "q: 1 -> C -> D -> C", "r: 1 ~50%~> D")
    assert set(exposure(portfolio).unavailable) == {"exposure/p", "exposure/q", "exposure/r"}


def test_a_position_that_takes_the_id_of_a_node_is_left_out() -> None:
    portfolio = drawn(SOUND, "q: 1 -> Z").with_graph(nodes=drawn("x: 1 -> q").nodes.values())
    assert set(exposure(portfolio).unavailable) == {"exposure/q"}


def test_an_edge_of_weight_zero_carries_nothing() -> None:
    portfolio = drawn("p: 1 -> A", "A ~0%~> B", "A -0%-> C")
    found = exposure(portfolio)
    assert set(found.nodes) == {"A"}
    assert {f.id for f in dependencies(portfolio, found).flows} == {"p>A"}


def test_what_the_slices_leave_goes_to_the_unknown_node() -> None:
    portfolio = drawn("p: 1 -> A", "A -0%-> C", "A -rest-> unknown:operator")
    assert exposure(portfolio).nodes["unknown:operator"].by_position == {"p": 1.0}


def test_a_split_without_any_edge_is_absent_with_its_rest() -> None:
    portfolio = drawn("p: 1 -> A").with_graph(groups=[Group("A#split", "A", "unknown:operator")])
    found = exposure(portfolio)
    assert set(found.nodes) == {"A"}
    assert {f.id for f in dependencies(portfolio, found).flows} == {"p>A"}


def test_slices_that_rounding_puts_over_1_still_make_one_whole() -> None:
    portfolio = drawn("p: 1 -> A", "A -50%-> B", "A -50%-> C")
    slices = [replace(portfolio.edges[f"A>{n}"], weight=0.5 + 4e-10) for n in "BC"]
    met = group_values(portfolio.with_graph(edges=slices), {"both": frozenset("BC")})["both"]
    assert met == pytest.approx(1, rel=1e-12)


def test_rounding_invents_no_unknown_rest() -> None:
    tenths = [Edge(f"A>{i}", "A", f"operator:{i}", Mode.SPLIT, 0.1, "A#split") for i in range(10)]
    portfolio = drawn("p: 1 -> A", *(f"A -> operator:{i}" for i in range(10)))
    portfolio = replace(portfolio, edges={"p>A": portfolio.edges["p>A"], **{e.id: e for e in tenths}})
    portfolio = portfolio.with_graph(groups=[Group("A#split", "A", "unknown:operator")])
    assert "unknown:operator" not in exposure(portfolio).nodes
