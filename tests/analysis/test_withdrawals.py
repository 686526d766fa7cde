"""When each tranche is out, and what has arrived by when (definitions.md 8)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from desktop_app.analysis.withdrawals import PASSES, SHARES, Days, TranchePlan, Withdrawals, withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Market, Status, Tranche
from tests.analysis import oracle
from tests.analysis.strategies import exits
from tests.builders import position, step, way_out

NEVER = Days(None, None, None)


def out(exit_: Exit, value: str | None = "1000", **fields: Any) -> Withdrawals:
    """Return the answer for one position with this way out."""
    return withdrawals(Portfolio().with_positions(position("p", value, exit=exit_, **fields)))


def tranche(*steps: ExitStep, value: str | None = "1000") -> TranchePlan:
    """Return the plan of one tranche of these steps."""
    return out(way_out(*steps), value).positions["p"].tranches[0]


def same(curve: tuple[tuple[float, float], ...], *steps: tuple[float, float]) -> None:
    """Compare the steps of a curve."""
    assert [number for found in curve for number in found] == pytest.approx([n for s in steps for n in s])


# -- steps -----------------------------------------------------------------------------------------------


def test_steps_wait_for_those_before_them_and_run_beside_the_others() -> None:
    found = tranche(step("a", 5), step("b", 3), step("c", 2, after="a b"), step("d", 1))
    assert found.finish == Days(7, 7, 7)
    assert [(s.start, s.end) for s in found.steps] == [(0, 5), (0, 3), (5, 7), (0, 1)]


def test_the_three_passes_are_a_range() -> None:
    assert tranche(step("a", 1, 6, 13), step("b", 0, 1, 2, after="a")).finish == Days(1, 7, 15)


def test_steps_need_not_be_listed_in_order() -> None:
    assert tranche(step("b", 2, after="a"), step("a", 5)).finish == Days(7, 7, 7)


def test_a_started_step_counts_what_is_left() -> None:
    found = tranche(step("a", 5, 10, 20, elapsed_days=7.0))
    assert found.finish == Days(0, 3, 13)
    assert [(s.waited, s.overdue) for s in found.steps] == [(7, False)]


def test_a_step_that_took_longer_than_its_most_is_overdue() -> None:
    found = tranche(step("a", 5, 10, 20, elapsed_days=21.0))
    assert found.finish == Days(0, 0, 0)
    assert found.steps[0].overdue


def test_an_unknown_duration_makes_every_finish_behind_it_unknown() -> None:
    found = tranche(step("a", 5), step("b", None, after="a"), step("c", 2, after="b"))
    assert (found.finish, found.at_least) == (NEVER, Days(7, 7, 7))
    assert [(s.start, s.end) for s in found.steps] == [(0, 5), (5, None), (None, None)]


def test_an_unknown_most_lasts_at_least_as_long_as_what_is_typical() -> None:
    found = tranche(step("a", 5), step("b", 1, 2, None, after="a"))
    assert (found.finish, found.at_least) == (Days(6, 7, None), Days(6, 7, 7))


def test_the_least_known_path_of_a_finish_that_is_known_is_the_finish() -> None:
    assert tranche(step("a", 1, 6, 13)).at_least == Days(1, 6, 13)


def test_a_tranche_without_steps_is_out_at_once() -> None:
    assert tranche().finish == Days(0, 0, 0)


def critical(*steps: ExitStep) -> list[str]:
    return [s.step.id for s in tranche(*steps).steps if s.critical]


def test_the_longest_path_is_critical() -> None:
    assert critical(step("a", 5), step("b", 3), step("c", 2, after="a b")) == ["a", "c"]


def test_a_step_of_no_length_is_not_worth_shortening() -> None:
    assert critical(step("a", 5), step("b", 0, after="a")) == ["a"]


def test_an_unknown_end_is_later_than_any_other() -> None:
    assert critical(step("a", 5), step("b", None, after="a"), step("c", 90)) == ["a", "b"]


@given(exits())
def test_finish_is_the_longest_path(exit_: Exit) -> None:
    for part, plan in zip(exit_.tranches, out(exit_).positions["p"].tranches, strict=True):
        for number, name in enumerate(PASSES):
            days = {s.id: (s.minimum, s.typical, s.maximum)[number] for s in part.steps}
            if None in days.values():
                assert plan.finish.of(name) is None
            else:
                assert plan.finish.of(name) == oracle.finish(part.steps, {k: v or 0 for k, v in days.items()})


# -- positions -------------------------------------------------------------------------------------------


def halves(first: ExitStep, second: ExitStep, market: Market | None = None) -> Exit:
    return Exit((Tranche("a", 0.5, (first,)), Tranche("b", 0.5, (second,))), market)


def test_a_position_is_out_with_its_last_tranche() -> None:
    assert out(halves(step("a", 3), step("b", 9))).positions["p"].finish == Days(9, 9, 9)


def test_a_position_whose_last_tranche_is_unknown_has_no_date() -> None:
    assert out(halves(step("a", 3), step("b", 1, 2, None))).positions["p"].finish == Days(3, 3, None)


def test_without_tranches_nothing_is_known() -> None:
    found = out(Exit())
    assert found.positions["p"].finish == NEVER
    assert found.ladder.unknown_value == {"min": 1000, "typical": 1000, "max": 1000}


BROKEN = {
    "circle": way_out(step("a", 1, after="b"), step("b", 1, after="a")),
    "missing step": way_out(step("a", 1, after="gone")),
    "fractions": Exit((Tranche("a", 0.4, (step("a", 1),)),)),
    "negative": way_out(step("a", -1)),
    "falling": way_out(step("a", 3, 2, 1)),
    "market": Exit((Tranche("a", 1.0, (step("a", 1),)),), Market(2.0, 0.0, 0, 0, 0)),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_way_out_that_cannot_be_is_unknown(broken: str) -> None:
    assert out(BROKEN[broken]).positions["p"].finish == NEVER


def test_a_closed_position_has_no_plan() -> None:
    assert out(way_out(step("a", 1)), status=Status.CLOSED).positions == {}


def test_a_position_of_unknown_value_keeps_its_dates_and_enters_no_ladder() -> None:
    found = out(way_out(step("a", 3)), value=None)
    assert found.positions["p"].finish == Days(3, 3, 3)
    assert found.positions["p"].tranches[0].value is None
    assert (found.value, found.ladder.protocol["typical"][-1]) == (0, 0)
    assert found.days_to_share["typical"] == dict.fromkeys(SHARES)


# -- capacity --------------------------------------------------------------------------------------------


def test_what_does_not_fit_through_a_capacity_has_no_date() -> None:
    found = out(way_out(step("a", 3), step("b", 4, after="a", capacity=Decimal(250))))
    plan = found.positions["p"]
    assert (plan.finish, plan.tranches[0].finish) == (NEVER, Days(7, 7, 7))
    assert plan.tranches[0].frozen_share == pytest.approx(0.75)
    same(found.ladder.curve["typical"], (7, 250))
    assert found.ladder.unknown_value["typical"] == pytest.approx(750)


def test_a_capacity_is_compared_with_the_tranche() -> None:
    found = out(halves(step("a", 3, capacity=Decimal(500)), step("b", 3)))
    assert found.positions["p"].finish == Days(3, 3, 3)


def test_a_capacity_of_nothing_freezes_even_what_has_no_value() -> None:
    assert tranche(step("a", 3, capacity=Decimal(0))).frozen_share == 1
    assert tranche(step("a", 3, capacity=Decimal(0)), value=None).frozen_share == 1
    assert tranche(step("a", 3, capacity=Decimal(1)), value=None).frozen_share == 0


def test_with_a_debt_the_collateral_has_to_pass() -> None:
    exit_ = way_out(step("a", 3, capacity=Decimal(1000)))
    found = out(exit_, debt=Decimal(3000), liquidation_threshold=0.9, liquidation_penalty=0.05)
    assert found.positions["p"].tranches[0].frozen_share == pytest.approx(0.75)
    same(found.ladder.curve["typical"], (3, 250))


# -- the ladder ------------------------------------------------------------------------------------------


def test_a_day_of_the_ladder_includes_what_arrives_on_it() -> None:
    found = out(halves(step("a", 7), step("b", 8))).ladder
    assert found.days == (0, 1, 7, 14, 21, 30, 60, 90)
    assert list(found.protocol["typical"]) == [0, 0, 500, 1000, 1000, 1000, 1000, 1000]
    same(found.curve["typical"], (7, 500), (8, 1000))


def test_rounding_does_not_miss_a_day() -> None:
    steps = step("a", 0.2), step("b", 5.9, after="a"), step("c", 0.9, after="b")
    assert out(way_out(*steps)).ladder.protocol["typical"][2] == 1000


def test_days_to_share_are_reached_inclusively() -> None:
    thirds = Exit(tuple(Tranche(str(i), 1 / 3, (step("a", i),)) for i in (3, 6, 9)))
    assert out(thirds).days_to_share["typical"] == {0.25: 3, 0.5: 6, 0.75: 9, 0.9: 9, 1.0: 9}


def test_a_share_that_needs_what_has_no_date_is_never_reached() -> None:
    found = out(halves(step("a", 3), step("b", None)))
    assert found.days_to_share["typical"] == {0.25: 3, 0.5: 3, 0.75: None, 0.9: None, 1.0: None}
    assert found.ladder.unknown_value["typical"] == 500


SALE = Market(0.5, 0.01, 0, 1, 2)


def sold(*steps: ExitStep, market: Market = SALE, **fields: Any) -> tuple[tuple[float, float], ...]:
    """Return the typical curve with selling first."""
    return out(replace(way_out(*steps), market=market), **fields).ladder.market_curve["typical"]


def test_what_can_be_sold_arrives_first_less_the_haircut() -> None:
    same(sold(step("a", 7)), (1, 495), (7, 995))


def test_nothing_is_sold_where_waiting_is_quicker() -> None:
    same(sold(step("a", 0.5)), (0.5, 1000))


def test_a_sale_as_quick_as_waiting_is_made() -> None:
    same(sold(step("a", 1)), (1, 995))


def test_an_unknown_finish_is_later_than_any_sale() -> None:
    same(sold(step("a", None)), (1, 495))
    same(out(Exit((), SALE)).ladder.market_curve["typical"], (1, 495))


def test_what_is_frozen_can_be_sold() -> None:
    same(sold(step("a", 7, capacity=Decimal(0))), (1, 495))


def test_what_is_already_requested_cannot_be_sold() -> None:
    same(sold(step("a", 7, elapsed_days=2.0)), (5, 1000))
    same(sold(step("a", 7), status=Status.UNBONDING), (7, 1000))


def test_selling_never_mixes_into_the_protocol_curve() -> None:
    found = out(replace(way_out(step("a", 7)), market=SALE)).ladder
    assert found.curve["typical"] == ((7, 1000),)
