"""What is missing, unverified or old is named with the value that it touches."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.missing import Missing, missing
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, Origin, Tranche
from tests.builders import drawn, edge, layer, position, step, way_out

AS_OF = date(2026, 1, 15)
KNOWN = way_out(step("a", 1))


def found(portfolio: Portfolio, as_of: date | None = AS_OF) -> list[Missing]:
    return list(missing(portfolio, exposure(portfolio, as_of), withdrawals(portfolio, as_of), as_of))


def one(value: str | None = "1000", **fields: Any) -> list[Missing]:
    """Return what one position lacks whose way out is known."""
    return found(Portfolio().with_positions(position("p", value, **{"exit": KNOWN, **fields})))


def test_a_complete_position_lacks_nothing() -> None:
    assert one() == []


def test_a_price() -> None:
    assert one(value=None) == [Missing("price", "p", None)]


def test_names_that_nobody_has_published() -> None:
    portfolio = drawn("p: 1000 -> X", "X -40%-> operator:o", "X -rest-> unknown:operator", "X ~50%~> S")
    portfolio = portfolio.with_graph(edges=[edge("S", "unknown:service"), edge("S", "unknown:platform")])
    portfolio = portfolio.with_positions(replace(portfolio.positions["p"], exit=KNOWN))
    named = found(portfolio)
    assert [(m.kind, m.subject) for m in named] == [
        ("operators", "unknown:operator"),
        ("services", "unknown:service"),
    ]
    assert [m.value for m in named] == pytest.approx([600, 500])


def test_a_way_out() -> None:
    assert one(exit=Exit()) == [Missing("exit", "p", 1000.0)]


def test_the_step_and_the_value_that_have_no_date() -> None:
    unknown = (step("a", 1), step("b", None, after="a"), step("c", 1, after="b"))
    parts = Exit((Tranche("x", 0.25, (step("a", 1),)), Tranche("y", 0.75, unknown)))
    assert one(exit=parts) == [Missing("exit", "p", 750.0, "b")]


def test_what_is_frozen_has_no_date() -> None:
    (frozen,) = one(exit=way_out(step("a", 1, capacity=Decimal(400))))
    assert (frozen.kind, frozen.subject) == ("exit", "p")
    assert frozen.value == pytest.approx(600)


def test_the_reward_of_every_layer_but_hold() -> None:
    layers = (layer("hold"), layer("staking"), layer("restaking", 0.01))
    assert one(layers=layers) == [Missing("reward", "p", 1000.0, "staking")]


def test_a_total_rate_speaks_for_all_layers() -> None:
    layers = (layer("hold"), layer("staking"), replace(layer("restaking", 0.04), unsplit=True))
    assert one(layers=layers) == []


def test_an_unverified_fact_is_named_once_with_the_value_of_all_that_rest_on_it() -> None:
    way = way_out(step("a", 1, node="X", verified=False))
    portfolio = Portfolio().with_positions(position("p", exit=way), position("q", "10", exit=way))
    assert found(portfolio) == [Missing("unverified", "X", 1010.0, "a")]


def test_a_fact_of_the_user_is_neither_unverified_nor_old() -> None:
    assert one(exit=way_out(step("a", 1, dated="2001-01-01"))) == []


def test_an_old_step_and_an_old_edge() -> None:
    old: dict[str, Any] = {"origin": Origin.CATALOGUE, "dated": "2024-06"}
    portfolio = drawn("p: 1000 -> X -> Y", "q: 10 -> Y")
    portfolio = portfolio.with_graph(edges=[replace(portfolio.edges["X>Y"], **old)])
    portfolio = portfolio.with_positions(
        replace(portfolio.positions["p"], exit=KNOWN),
        replace(portfolio.positions["q"], exit=way_out(step("claim", 1, node="Y", **old))),
    )
    assert found(portfolio) == [
        Missing("old", "X", 1000.0, "2024-06"),
        Missing("old", "Y", 10.0, "2024-06", "claim"),
    ]


def test_what_no_priced_position_rests_on_has_no_value() -> None:
    way = way_out(step("a", 1, node="X", verified=False))
    portfolio = drawn("p: ? -> X", "X -40%-> operator:o", "X -rest-> unknown:operator", "q: 5 -> Y")
    portfolio = portfolio.with_positions(
        replace(portfolio.positions["p"], exit=way), replace(portfolio.positions["q"], exit=KNOWN)
    )
    values = {(fact.kind, fact.value) for fact in found(portfolio)}
    assert values == {("price", None), ("operators", None), ("unverified", None)}


def test_what_has_no_value_comes_first_then_the_largest_value() -> None:
    portfolio = Portfolio().with_positions(
        *(position(n, v) for n, v in (("a", "1"), ("b", None), ("c", "9")))
    )
    assert [(m.kind, m.subject) for m in found(portfolio)] == [
        ("price", "b"),
        ("exit", "c"),
        ("exit", "a"),
        ("exit", "b"),
    ]


def test_facts_of_one_value_have_one_order() -> None:
    names = [f"{n:02}" for n in range(12)]
    unverified = [step(name, 1, verified=False) for name in names]
    assert [m.subject for m in one(exit=way_out(*unverified[::-1]))] == names
