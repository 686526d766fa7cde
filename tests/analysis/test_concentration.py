"""Concentration and single points of failure, beyond what the worked examples show."""

import pytest

from desktop_app.analysis.concentration import Concentration, concentration
from desktop_app.analysis.exposure import exposure
from desktop_app.domain.portfolio import Portfolio
from tests.builders import drawn


def concentrated(*lines: str) -> Concentration:
    portfolio = drawn(*lines)
    return concentration(portfolio, exposure(portfolio))


def test_dimensions_come_underlying_first_then_in_their_order_without_roles() -> None:
    found = concentrated("p: 100 -> service:s", "p -> role:r -> operator:o", "p -> token:t", "p -> asset:a")
    assert list(found.dimensions) == ["underlying", "asset", "token", "operator", "service"]


def test_an_unknown_bucket_counts_in_its_dimension_as_one_name() -> None:
    found = concentrated("p: 100 -> X", "X -50%-> operator:o", "X -rest-> unknown:operator")
    operators = found.dimensions["operator"]
    assert operators.names == 2
    assert operators.effective_number == pytest.approx(2)
    assert "unknown" not in found.dimensions


def test_coverage_is_what_touches_the_dimension_and_overlap_the_names_per_covered_unit() -> None:
    found = concentrated("p: 100 -> operator:a", "p -> operator:b", "q: 300 -> X")
    assert found.dimensions["operator"].coverage == pytest.approx(0.25)
    assert found.dimensions["operator"].overlap == pytest.approx(2)


def test_gini_of_unequal_names() -> None:
    found = concentrated("p: 100 -> operator:a", "q: 300 -> operator:b")
    assert found.dimensions["operator"].gini == pytest.approx(0.25)
    assert found.dimensions["operator"].largest_share == pytest.approx(0.75)


def test_underlying_uses_plain_values_largest_first() -> None:
    found = concentrated("p: 1 SOL @ 100", "q: 1 ETH @ 300")
    assert list(found.dimensions["underlying"].values.items()) == [("ETH", 300.0), ("SOL", 100.0)]


def test_a_quarter_of_the_value_makes_a_single_point_of_failure() -> None:
    found = concentrated("p: 250 -> A", "q: 249 -> B", "r: 501 -> C")
    assert [point.node for point in found.single_points] == ["C", "A"]


def test_an_unknown_bucket_is_never_a_single_point() -> None:
    found = concentrated("p: 250 -> X", "X -0%-> operator:o", "X -rest-> unknown:operator")
    assert [point.node for point in found.single_points] == ["X"]


def test_positions_that_depend_fully_are_listed_with_their_share() -> None:
    (point,) = concentrated("p: 600 -> A", "q: 400 ~50%~> A", "r: ? -> A").single_points
    assert point.fully_dependent_positions == ("p", "r")
    assert point.fully_dependent_share == pytest.approx(0.6)


def test_nothing_priced_gives_nothing() -> None:
    assert concentrated("p: ? -> A") == Concentration({}, ())
    assert concentration(Portfolio(), exposure(Portfolio())) == Concentration({}, ())
