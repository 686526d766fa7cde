"""Positions that came, went or hold another amount; a price alone is no change of a position."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from desktop_app.analysis.position_changes import Holding, PositionChange, position_changes
from desktop_app.analysis.worths import worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Status
from tests.analysis.strategies import portfolios
from tests.builders import drawn


def changes(before: Portfolio, after: Portfolio) -> dict[str, PositionChange]:
    found = position_changes(before, after, worths(before, None), worths(after, None))
    return {change.position: change for change in found}


def test_what_came_went_and_changed_is_told_the_largest_first() -> None:
    before = drawn("a: 10 ETH @ 100 -> X", "b: 5 ETH @ 100 -> X", "c: 1 ETH @ 100 -> X")
    after = drawn("a: 12 ETH @ 100 -> X", "c: 1 ETH @ 100 -> X", "d: 3 ETH @ 100 -> X")
    found = changes(before, after)
    assert list(found) == ["b", "d", "a"]
    assert (found["b"].before, found["b"].after) == (Holding(Decimal(5), Decimal(500)), None)
    assert (found["d"].before, found["d"].after) == (None, Holding(Decimal(3), Decimal(300)))
    assert found["a"].size == 200


def test_a_price_is_no_change_of_a_position_and_a_closed_one_has_gone() -> None:
    before = drawn("a: 10 ETH @ 100 -> X", "b: 5 ETH @ 100 -> X")
    after = drawn("a: 10 ETH @ 150 -> X", "b: 5 ETH @ 100 -> X")
    closed = after.with_positions(replace(after.positions["b"], status=Status.CLOSED))
    assert changes(before, after) == {}
    assert changes(before, closed)["b"].after is None


def test_another_debt_or_another_value_as_it_stands_is_a_change() -> None:
    before = drawn("a: 10 ETH @ 100 -> X", "b: 500 -> X")
    held = before.positions
    after = before.with_positions(
        replace(held["a"], debt=Decimal(50)), replace(held["b"], value=Decimal(400))
    )
    assert set(changes(before, after)) == {"a", "b"}


@given(portfolios(), portfolios())
def test_the_way_back_tells_the_same_positions(one: Portfolio, other: Portfolio) -> None:
    assert changes(one, one) == {}
    there, back = changes(one, other), changes(other, one)
    assert there.keys() == back.keys()
    assert all((c.before, c.after) == (back[i].after, back[i].before) for i, c in there.items())
