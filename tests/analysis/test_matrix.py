"""The matrix: every part is the ρ of definitions.md 3, also of what is folded together."""

import pytest
from hypothesis import given

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.matrix import MOST, ORDER, position_matrix
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from tests.analysis.strategies import portfolios
from tests.builders import drawn

MANY = drawn(*(f"p{i}: {1000 - i} -> operator:{i}" for i in range(9)), "p0 ~50%~> operator:8")


def columns(portfolio: Portfolio, *opened: Dimension) -> dict[str, dict[str, float]]:
    matrix = position_matrix(portfolio, exposure(portfolio), opened)
    return {column.id: dict(column.parts) for column in matrix.columns}


def test_a_cell_is_the_part_of_the_position_that_depends_on_the_node() -> None:
    found = columns(drawn("a: 100 -> X -30%-> operator:O", "b: 50 -> operator:O"))
    assert found["operator:O"] == pytest.approx({"a": 0.3, "b": 1.0})
    assert found["X"] == {"a": 1.0}


def test_positions_stand_by_value_and_those_without_one_last() -> None:
    portfolio = drawn("none: ? -> X", "small: 10 -> X", "large: 20 -> X")
    assert position_matrix(portfolio, exposure(portfolio)).positions == ("large", "small", "none")


def test_dimensions_stand_in_their_order_and_what_nobody_published_last_in_its_own() -> None:
    found = list(columns(drawn("a: 10 -> X -40%-> operator:O", "X -rest-> unknown:operator", "a -> chain:C")))
    assert found == ["operator:O", "unknown:operator", "X", "chain:C"]


def test_the_smallest_names_stand_together_until_they_are_opened() -> None:
    folded = columns(MANY)
    assert list(folded) == [*(f"operator:{i}" for i in (8, 0, 1, 2, 3)), "others:operator"]
    assert len(columns(MANY, Dimension.OPERATOR)) == 9 > MOST


def test_a_fold_holds_what_meets_any_of_its_nodes_not_their_sum() -> None:
    lines = [f"p ~50%~> operator:{i}" for i in range(MOST + 1)]
    found = columns(drawn("p: 100 -> X", *lines))
    assert found["others:operator"] == pytest.approx({"p": 0.75})


def test_a_role_is_told_by_its_operator() -> None:
    assert list(columns(drawn("a: 10 -> role:R -> operator:O"))) == ["operator:O"]


@given(portfolios())
def test_every_named_node_is_in_exactly_one_column(portfolio: Portfolio) -> None:
    exposed = exposure(portfolio)
    matrix = position_matrix(portfolio, exposed)
    shown = sorted(node for column in matrix.columns for node in column.nodes)
    kinds = {*ORDER, Dimension.UNKNOWN}
    assert shown == sorted(n.node for n in exposed.nodes.values() if n.dimension in kinds)
    for column in matrix.columns:
        assert all(0 < part <= 1 + 1e-9 for part in column.parts.values())
        alone = [exposed.nodes[node].by_position for node in column.nodes]
        for position, part in column.parts.items():
            each = [parts.get(position, 0.0) for parts in alone]
            assert max(each) - 1e-9 <= part <= sum(each) + 1e-9
