"""Two portfolios side by side: nothing differs from itself, unknown stays unknown, changes add up."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from desktop_app.analysis.what_if import Comparison, Figure, Measure, compare
from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import is_unknown
from tests.analysis.strategies import layered, portfolios
from tests.builders import drawn, layer, node, step, way_out

law = settings(max_examples=40)


def held() -> Portfolio:
    """Return 1,000 in two positions: 750 on X with an operator, half of whom is not known; 250 on Y."""
    found = drawn(
        "a: 750 -> X -50%-> operator:A",
        "X -rest-> unknown:operator",
        "b: 250 -> Y",
    ).with_graph([node("X", 0.1, 0.5), node("Y", 0.0)])
    return found.with_positions(
        replace(
            found.positions["a"],
            layers=(layer("staking", 0.03), layer("restaking", 0.02, "a>X")),
            exit=way_out(step("queue", 7, 14, 21)),
        ),
        replace(found.positions["b"], exit=way_out(step("queue", 1, 2, 3))),
    )


def figures(found: Comparison, measure: Measure, subject: str = "") -> tuple[object, object, object]:
    row = found.row(measure, subject)
    return row.before.value, row.after.value, row.change


@law
@given(portfolios(indebted=True) | layered())
def test_a_portfolio_beside_itself_shows_no_change(portfolio: Portfolio) -> None:
    found = compare(portfolio, portfolio)
    assert all(row.is_same for row in found.rows)
    assert all(not row.change for row in found.rows)
    assert (found.worsened, found.mended) == ((), ())


@law
@given(portfolios(), portfolios())
def test_the_way_back_is_the_change_with_the_other_sign(one: Portfolio, other: Portfolio) -> None:
    there, back = compare(one, other), compare(other, one)
    assert [row.id for row in there.rows] == [row.id for row in back.rows]
    for row, again in zip(there.rows, back.rows, strict=True):
        assert (row.before, row.after) == (again.after, again.before)
        assert row.change == (None if again.change is None else pytest.approx(-again.change))


@law
@given(portfolios())
def test_without_prices_no_share_and_no_amount_is_made_up(portfolio: Portfolio) -> None:
    unpriced = portfolio.with_positions(*(replace(p, value=None) for p in portfolio.positions.values()))
    found = compare(portfolio, unpriced)
    counts = {Measure.POSITIONS, Measure.UNPRICED, Measure.BROKEN}
    for row in found.rows:
        if row.measure not in counts and row.measure not in {Measure.REWARD, Measure.EXTRA_REWARD}:
            assert row.after.value is None, row
            assert row.change is None, row


def test_the_main_measures_stand_side_by_side() -> None:
    before = held()
    found = compare(before, before.without_positions("b"))
    assert figures(found, Measure.VALUE) == (Decimal(1000), Decimal(750), Decimal(-250))
    assert figures(found, Measure.POSITIONS) == (2, 1, -1)
    assert figures(found, Measure.DAYS_OUT, "0.5") == (14.0, 14.0, 0.0)
    assert figures(found, Measure.LARGEST, "protocol") == (0.75, 1.0, 0.25)
    assert figures(found, Measure.NOT_KNOWN, "operator") == (0.375, 0.5, 0.125)
    assert found.row(Measure.LARGEST, "operator").after == Figure(0.5, "operator:A")
    assert figures(found, Measure.REWARD) == (37.5, 37.5, 0.0)
    assert figures(found, Measure.EXTRA_REWARD) == (15.0, 15.0, 0.0)
    assert figures(found, Measure.EXPECTED_LOSS) == (37.5, 37.5, 0.0)
    assert figures(found, Measure.RATIO) == (0.4, 0.4, 0.0)
    assert figures(found, Measure.VAR) == (375.0, 375.0, 0.0)
    assert figures(found, Measure.SINGLE_POINTS) == (3, 2, -1)


def test_a_dimension_that_is_left_has_no_share_any_more() -> None:
    before = held()
    found = compare(before, before.without_positions("a"))
    assert figures(found, Measure.LARGEST, "operator") == (0.375, 0.0, -0.375)
    assert figures(found, Measure.NOT_KNOWN, "operator") == (0.375, 0.0, -0.375)
    assert not any(is_unknown(row.after.node) for row in found.rows)


def test_the_change_of_an_amount_is_exact_to_the_last_digit() -> None:
    before = held()
    after = before.with_positions(replace(before.positions["b"], value=Decimal("250.000000000000000000001")))
    assert compare(before, after).row(Measure.VALUE).change == Decimal("0.000000000000000000001")


def test_a_reward_that_is_partly_known_has_no_change() -> None:
    before = held()
    a = before.positions["a"]
    after = before.with_positions(replace(a, layers=(a.layers[0], layer("restaking", None, "a>X"))))
    row = compare(before, after).row(Measure.REWARD)
    assert (row.after, row.change) == (Figure(22.5, partly=True), None)
    assert compare(before, after).row(Measure.EXTRA_REWARD).after.value is None


def test_limits_that_a_change_breaks_and_mends_are_told() -> None:
    x = limit_of(LimitKind.NODE_SHARE, "X", 0.8)
    y = limit_of(LimitKind.NODE_SHARE, "Y", 0.2)
    before = held().with_limits(x, y)
    found = compare(before, before.without_positions("b"))
    assert [worse.after.limit for worse in found.worsened] == [x]
    assert found.mended == (y,)
    assert figures(found, Measure.BROKEN) == (1, 1, 0)


def test_a_limit_that_is_taken_away_is_not_mended() -> None:
    before = held().with_limits(limit_of(LimitKind.NODE_SHARE, "Y", 0.2))
    found = compare(before, replace(before, limits={}))
    assert (found.mended, figures(found, Measure.BROKEN)) == ((), (1, 0, -1))
