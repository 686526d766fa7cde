from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.imports import Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Edge, Group, Node, Position, Scenario, Status
from tests.domain.reach import graph

A, B, C = (Node(i, i.upper(), Dimension.PROTOCOL) for i in "abc")
P = Position("p", "P", "ETH", "ETH", quantity=Decimal(2))
Q = replace(P, id="q", name="Q")
EDGES = [Edge("p>a", "p", "a"), Edge("a>b", "a", "b"), Edge("q>b", "q", "b")]
BOTH = graph([A, B, C], EDGES, [Group("p#g", "p"), Group("a#g", "a")], P, Q)


def price(on: int, amount: int, currency: str = "USD") -> Price:
    return Price("ETH", date(2026, 1, on), currency, Decimal(amount), "me")


def test_deleting_a_position_takes_along_what_nothing_else_stands_on() -> None:
    after = BOTH.without_positions("p")
    assert list(after.positions) == ["q"]
    assert list(after.edges) == ["q>b"]
    assert after.groups == {}
    assert set(after.nodes) == {"b", "c"}


def test_a_node_that_nothing_ever_reached_stays() -> None:
    assert "c" in BOTH.without_positions("p", "q").nodes


def test_a_node_of_a_scenario_stays_with_what_is_under_it() -> None:
    shocked = BOTH.with_scenarios(Scenario("s", "S", (("a", 0.5),)))
    after = shocked.without_positions("p", "q")
    assert set(after.nodes) == {"a", "b", "c"}
    assert "a>b" in after.edges


def test_a_name_that_is_listed_in_a_group_stays() -> None:
    listed = BOTH.with_graph(groups=[Group("q#g", "q", None, ("a",))])
    assert "a" in listed.without_positions("p").nodes


def test_an_edit_leaves_the_portfolio_before_it_alone() -> None:
    before = Portfolio().with_positions(P)
    before.with_positions(Q).without_positions("p")
    assert list(before.positions) == ["p"]


def test_an_edit_shares_what_it_does_not_change() -> None:
    after = BOTH.with_positions(replace(P, name="New"))
    assert after.edges is BOTH.edges
    assert after.positions["q"] is BOTH.positions["q"]


def test_a_closed_position_counts_nowhere() -> None:
    portfolio = BOTH.with_positions(replace(P, unit_price=Decimal(3)), replace(Q, status=Status.CLOSED))
    assert [p.id for p in portfolio.counted_positions()] == ["p"]
    assert portfolio.value() == Decimal(6)


def test_the_newest_price_up_to_the_day_counts() -> None:
    portfolio = BOTH.with_prices(price(1, 10), price(5, 50), price(3, 99, "EUR"))
    assert portfolio.worth(P) == Decimal(100)
    assert portfolio.worth(P, date(2026, 1, 4)) == Decimal(20)
    assert portfolio.worth(P, date(2025, 1, 1)) is None


def test_the_price_of_the_position_itself_goes_before_others() -> None:
    portfolio = BOTH.with_prices(price(1, 10))
    assert portfolio.worth(replace(P, unit_price=Decimal(7))) == Decimal(14)
    assert portfolio.worth(replace(P, total_value=Decimal(9))) == Decimal(9)


def test_a_value_that_is_unknown_is_not_zero() -> None:
    assert BOTH.value() is None
    assert BOTH.with_positions(replace(Q, unit_price=Decimal(5))).value() == Decimal(10)
    assert BOTH.worth(replace(P, quantity=None)) is None


def test_a_debt_comes_off_and_equity_below_zero_counts_zero() -> None:
    owing = replace(P, total_value=Decimal(10), debt=Decimal(4))
    assert BOTH.worth(owing) == Decimal(6)
    under = replace(Q, total_value=Decimal(1), debt=Decimal(4))
    assert BOTH.with_positions(owing, under).value() == Decimal(6)


def test_a_portfolio_without_positions_is_empty() -> None:
    assert Portfolio().is_empty
    assert not BOTH.is_empty
