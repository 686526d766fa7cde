"""A scenario that has happened has taken from what is held just what it was said to take."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.analysis.aftermath import aftermath
from desktop_app.analysis.stress import stress
from desktop_app.analysis.worths import worths
from desktop_app.domain.imports import Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario
from tests.analysis.strategies import portfolios, shocks_on
from tests.builders import drawn, scenario


@settings(max_examples=60)
@given(portfolios(indebted=True), st.data())
def test_every_position_is_worth_less_by_its_loss(portfolio: Portfolio, data: st.DataObject) -> None:
    shocks = data.draw(shocks_on(portfolio))
    happened = Scenario("s", "s", tuple(shocks.items()))
    with_it = portfolio.with_scenarios(happened)
    after = aftermath(with_it, happened)
    lost, old, new = stress(with_it)["s"], worths(with_it), worths(after)
    for ident, loss in lost.by_position.items():
        assert float(new[ident]) == pytest.approx(float(old[ident]) - loss, abs=1e-6)
    assert set(new) == set(old)


def test_what_nothing_hits_is_the_same_portfolio() -> None:
    held = drawn("a: 1000 -> X")
    assert aftermath(held, scenario("none", Y=0.5)) is held
    assert aftermath(held, scenario("none", X=0.0)) is held


def test_what_is_worth_nothing_or_of_unknown_worth_stays() -> None:
    held = drawn("a: 0 weETH @ 3000 -> X", "b: 10 weETH @ 0 -> X", "c: ? -> X", "d: 5 -> X")
    after = aftermath(held, scenario("all", X=1.0))
    assert {k: p for k, p in after.positions.items() if p != held.positions[k]} == {
        "d": replace(held.positions["d"], value=Decimal(0))
    }


def test_quantities_stay_and_the_price_falls() -> None:
    held = drawn("a: 10 weETH @ 3000 -> X", "b: 4 weETH -> X", "c: ? -> X")
    held = held.with_prices(Price("weETH", date(2026, 1, 1), "USD", Decimal(2000), "mine"))
    total = held.with_positions(replace(held.positions["a"], id="d", unit_price=None, total_value=Decimal(7)))
    total = total.with_graph(edges=[replace(held.edges["a>X"], id="d>X", source="d")])
    after = aftermath(total, scenario("half", X=0.5)).positions
    assert (after["a"].quantity, after["a"].unit_price) == (Decimal(10), Decimal(1500))
    assert (after["b"].quantity, after["b"].unit_price) == (Decimal(4), Decimal(1000))
    assert after["c"] == held.positions["c"]
    assert after["d"].total_value == Decimal("3.5")


def looped(threshold: float = 0.95) -> Portfolio:
    """Return the example of definitions.md 5.1: collateral 250,000, debt 200,000."""
    held = drawn("a: 50000 -> token:T", "a ..> lender:L")
    position = replace(
        held.positions["a"],
        debt=Decimal(200_000),
        liquidation_threshold=threshold,
        liquidation_penalty=0.05,
    )
    return held.with_positions(position)


@pytest.mark.parametrize(
    ("shocks", "value", "debt"),
    [
        ({"token:T": 0.15}, 12_500, 200_000),
        ({"token:T": 0.18}, 0, None),
        ({"lender:L": 0.5}, 25_000, 100_000),
        ({"token:T": 0.15, "lender:L": 0.5}, 6_250, 100_000),
    ],
)
def test_a_position_with_a_debt_keeps_what_is_left_of_its_equity(
    shocks: dict[str, float], value: int, debt: int | None
) -> None:
    after = aftermath(looped(), Scenario("s", "s", tuple(shocks.items()))).positions["a"]
    assert float(after.value or 0) == pytest.approx(value, abs=1e-6)
    assert after.debt == (None if debt is None else pytest.approx(Decimal(debt)))
    assert (after.liquidation_threshold is None) is (debt is None)


def test_amounts_do_not_grow_with_every_loss() -> None:
    held = drawn("a: 10 weETH @ 3000.123456789 -> X")
    for _ in range(40):
        held = aftermath(held, scenario("some", X=0.012345678901234567))
    price = held.positions["a"].unit_price
    assert price is not None
    assert len(price.as_tuple().digits) <= 34
