"""Positions folded from movements keep their sum; what is typed by hand is the difference to it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from desktop_app.domain.duplicates import duplicate
from desktop_app.domain.imports import Movement
from desktop_app.domain.ledgers import adjusted, income, movements_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Layer, Position
from desktop_app.domain.stacks import add_holding, holding_of
from desktop_app.shipped import catalogue

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FOLDED = Position("p", "ETH", "ETH", "ETH", quantity=Decimal(5), adjustment=Decimal(0))


def movement(ident: str, position: str, amount: str, *, reward: bool = False) -> Movement:
    return Movement(
        ident, "i", "Kraken", "spot", "ETH", Decimal(amount), NOW, ident, 2, reward=reward, position=position
    )


def test_a_change_by_hand_is_the_adjustment() -> None:
    first = adjusted(FOLDED, replace(FOLDED, quantity=Decimal("4.5")))
    second = adjusted(first, replace(first, quantity=Decimal("6.25")))
    assert (first.adjustment, second.adjustment) == (Decimal("-0.5"), Decimal("1.25"))


def test_a_position_of_no_ledger_has_no_adjustment() -> None:
    plain = replace(FOLDED, adjustment=None)
    assert adjusted(plain, replace(plain, quantity=Decimal(9))).adjustment is None


def test_a_quantity_that_is_taken_away_is_folded_no_more() -> None:
    assert adjusted(FOLDED, replace(FOLDED, quantity=None)).adjustment is None


def test_the_editor_writes_the_adjustment_also_where_the_stack_changes() -> None:
    before = add_holding(Portfolio(), catalogue(), holding_of(Portfolio(), FOLDED), "p")
    stored = before.with_positions(replace(before.positions["p"], adjustment=Decimal(0)))
    stored = stored.with_movements(movement("a", "p", "5"))
    holding = holding_of(stored, stored.positions["p"])
    plain = add_holding(stored, catalogue(), replace(holding, quantity=Decimal(7)), "p")
    staked = add_holding(stored, catalogue(), replace(holding, quantity=Decimal(7), layer="staking"), "p")
    for after in (plain, staked):
        assert after.positions["p"].adjustment == Decimal(2)
        assert [m.position for m in after.movements.values()] == ["p"]


def test_a_copy_is_folded_from_nothing() -> None:
    stored = Portfolio().with_positions(FOLDED).with_movements(movement("a", "p", "5"))
    after, (copy,) = duplicate(stored, "p")
    assert after.positions[copy].adjustment is None
    assert movements_of(after, copy) == ()


def test_movements_of_a_position_that_is_gone_stay_as_those_of_none() -> None:
    stored = Portfolio().with_positions(FOLDED).with_movements(movement("a", "p", "5"))
    assert [m.position for m in stored.without_positions("p").movements.values()] == [""]
    assert [m.id for m in movements_of(stored, "p")] == ["a"]


def test_income_counts_to_what_stakes() -> None:
    staked = replace(FOLDED, id="s", layers=(Layer("hold"), Layer("staking")))
    stored = Portfolio().with_positions(FOLDED, staked)
    stored = stored.with_movements(
        movement("a", "p", "5"), movement("b", "p", "0.5", reward=True), movement("c", "s", "3")
    )
    assert income(stored) == {"s": Decimal("0.5")}
    assert income(stored.without_positions("s")) == {"p": Decimal("0.5")}
