"""The expected annual loss counts what has assumptions, and says what has none."""

import pytest

from desktop_app.analysis.annual import ExpectedLoss, expected_annual_loss
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Node
from tests.builders import drawn, node


def expected(*nodes: Node, drawing: str = "p: 1000 -> A -> B -> C") -> ExpectedLoss | None:
    return expected_annual_loss(drawn(drawing).with_graph(nodes))


def test_each_node_takes_its_part_of_what_is_left() -> None:
    found = expected(node("A", 0.1, 0.5), node("B", 0.2, 0.5), node("C", 0, None))
    assert found is not None
    assert found.total == pytest.approx(1000 * (1 - 0.95 * 0.9))
    assert found.share == pytest.approx(found.total / 1000)
    assert (found.assumed_nodes, found.left_out_nodes, found.left_out_value) == (("A", "B", "C"), (), 0.0)


def test_a_node_without_a_probability_is_left_out_with_its_value() -> None:
    found = expected(node("A", 0.1, 0.5), node("B", None, 0.5), node("C", 0.1, None))
    assert found is not None
    assert found.total == pytest.approx(50)
    assert (found.assumed_nodes, found.left_out_nodes, found.left_out_value) == (("A",), ("B", "C"), 1000.0)


def test_an_unknown_bucket_is_left_out_like_any_node_without_a_rate() -> None:
    portfolio = drawn("p: 1000 -> A", "A -30%-> operator:o", "A -rest-> unknown:operator")
    found = expected_annual_loss(portfolio.with_graph([node("A", 0.1, 0.5), node("operator:o", 0.1, 0.5)]))
    assert found is not None
    assert found.left_out_nodes == ("unknown:operator",)
    assert found.left_out_value == pytest.approx(700)


@pytest.mark.parametrize(
    "nodes",
    [
        (),
        (node("A", 0, 0.5), node("B", 0.1, 0)),
        (node("A", 1.5, 0.5), node("B", 0.1, -1.0)),
        (node("elsewhere", 0.1, 0.5),),
    ],
)
def test_without_any_node_that_can_fail_there_is_no_figure(nodes: tuple[Node, ...]) -> None:
    assert expected(*nodes) is None


def test_what_only_a_position_of_unknown_value_reaches_cannot_fail() -> None:
    portfolio = drawn("p: 1000 -> A", "q: ? -> B").with_graph([node("B", 0.1, 0.5)])
    assert expected_annual_loss(portfolio) is None


def test_with_nothing_priced_there_is_no_figure() -> None:
    assert expected(node("A", 0.1, 0.5), drawing="p: ? -> A") is None
    assert expected_annual_loss(Portfolio()) is None
