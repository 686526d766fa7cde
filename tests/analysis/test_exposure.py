"""Exposure counts known values once, and tells what it could not count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.analysis.exposure import Unpriced, exposure, group_values
from desktop_app.domain.imports import Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Status
from tests.builders import drawn


def test_weights_multiply_along_a_path_and_slices_add() -> None:
    portfolio = drawn("p: 1000 -> X", "X -30% a-> O", "X -50% b-> R -> O")
    assert exposure(portfolio).nodes["O"].value == pytest.approx(1000 * (1 - 0.7 * 0.5))


def test_a_diamond_counts_once() -> None:
    portfolio = drawn("p: 1000 -> A -> C", "p -> B -> C")
    assert exposure(portfolio).nodes["C"].value == 1000


def test_the_value_of_a_group_is_not_the_sum_of_its_members() -> None:
    portfolio = drawn("p: 1000 ~50%~> A", "p ~50%~> B")
    assert group_values(portfolio, {"both": frozenset({"A", "B"}), "none": frozenset()}) == {
        "both": pytest.approx(750),
        "none": 0.0,
    }


def test_nodes_come_largest_value_first() -> None:
    portfolio = drawn("p: 100 -> A", "q: 1000 -> B", "r: 10 -> C -> B")
    assert list(exposure(portfolio).nodes) == ["B", "A", "C"]


def test_an_unknown_value_enters_no_sum_but_its_dependence_is_told() -> None:
    found = exposure(drawn("p: 1000 -> A", "q: 5 weETH -> A", "q ~50%~> B"))
    assert found.portfolio_value == 1000
    assert (found.nodes["A"].value, found.nodes["A"].share) == (1000.0, 1.0)
    assert found.nodes["A"].positions == 2
    assert found.nodes["B"].by_position == {"q": 0.5}
    assert (found.nodes["B"].value, found.nodes["B"].share) == (0.0, 0.0)
    assert found.unpriced == (Unpriced("q", "weETH", Decimal(5)),)


def test_with_nothing_priced_values_are_unknown_and_dependence_stays() -> None:
    found = exposure(drawn("q: ? ~50%~> B"))
    assert found.portfolio_value is None
    assert (found.nodes["B"].value, found.nodes["B"].share) == (None, None)
    assert found.nodes["B"].by_position == {"q": 0.5}


def test_a_worthless_portfolio_has_no_shares() -> None:
    found = exposure(drawn("q: 0 -> B"))
    assert found.portfolio_value == 0
    assert (found.nodes["B"].value, found.nodes["B"].share) == (0.0, None)


def test_a_closed_position_counts_nowhere() -> None:
    portfolio = drawn("p: 1000 -> A", "q: 500 -> B")
    closed = portfolio.with_positions(replace(portfolio.positions["q"], status=Status.CLOSED))
    found = exposure(closed)
    assert found.portfolio_value == 1000
    assert (set(found.nodes), set(found.worths)) == ({"A"}, {"p"})


def test_an_empty_portfolio_has_an_empty_answer() -> None:
    found = exposure(Portfolio())
    assert (found.portfolio_value, dict(found.nodes), found.unpriced) == (None, {}, ())


def test_the_newest_price_up_to_the_day_counts() -> None:
    portfolio = drawn("q: 5 weETH -> A").with_prices(
        Price("weETH", date(2026, 1, 1), "USD", Decimal("3000.1"), ""),
        Price("weETH", date(2026, 2, 1), "USD", Decimal(4000), ""),
        Price("weETH", date(2026, 1, 15), "EUR", Decimal(1), ""),
    )
    assert exposure(portfolio, date(2026, 1, 31)).portfolio_value == Decimal("15000.5")
    assert exposure(portfolio).portfolio_value == 20000
    assert exposure(portfolio, date(2025, 12, 31)).portfolio_value is None


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-5"])
def test_a_value_that_cannot_be_is_unknown(amount: str) -> None:
    portfolio = drawn("p: 1000 -> A", "q: 5 -> A")
    broken = portfolio.with_positions(replace(portfolio.positions["q"], value=Decimal(amount)))
    found = exposure(broken)
    assert found.portfolio_value == 1000
    assert found.unpriced[0].position == "q"


def test_a_node_without_any_price_on_it_has_no_amount_to_show() -> None:
    found = exposure(drawn("p: 600 -> A -> X", "q: ? -> B -> X")).nodes
    assert (found["B"].value, found["B"].known_value, found["B"].known_share) == (0.0, None, None)
    assert (found["X"].known_value, found["X"].known_share) == (600.0, 1.0)


def test_a_price_of_zero_is_a_known_value() -> None:
    found = exposure(drawn("p: 0 -> A", "q: 5 -> B")).nodes["A"]
    assert (found.known_value, found.known_share) == (0.0, 0.0)
