"""Clocks rule the steps of the catalogue they belong to, and nothing that the user has typed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import steps
from desktop_app.analysis.clocks.claims import Claims
from desktop_app.analysis.clocks.rules import RULES
from desktop_app.analysis.clocks.steps import Clock, Leaving, clock_of
from desktop_app.analysis.withdrawals import PASSES, Days, plan_of, withdrawals
from desktop_app.domain.congestion import Congestion, Fork
from desktop_app.domain.exits import STANDARD
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, Origin
from desktop_app.figures.time_axis import day_after
from desktop_app.shipped import catalogue
from tests.builders import position, step, way_out
from tests.domain.reach import one

AS_OF = date(2026, 11, 24)
BLOCK = 12 / 86400
PT = "PT-weETH-25MAR2027"
CLOCKS = steps._CLOCKS


def leaving(asset: str = "ETH", amount: str = "32", **congestion: Any) -> Leaving:
    return Leaving(asset, Decimal(amount), Congestion(**congestion))


def shipped(name: str, *days: float | None, after: str = "") -> ExitStep:
    return step(name, *(days or (None,)), after=after, origin=Origin.CATALOGUE)


SOONER = {"ton-staking"}
"""Asked for while the stake is held already, it is free sooner than the catalogue's least, a whole hold."""

QUEUED = replace(leaving(queue_eth=Decimal(1_240_000)), maturity=3 * 86400)


@pytest.mark.parametrize("name", CLOCKS)
def test_every_ruled_step_is_one_of_the_catalogue_and_its_clock_keeps_to_its_days(name: str) -> None:
    entry, path, number = name.split("/")
    told_as = STANDARD if name == "eigenlayer/native/1" else path  # told with the validator's exit beside it
    fact = [f for f in catalogue().entries[entry].exits if f.path == told_as][int(number) - 1]
    clock = clock_of(shipped(name), replace(QUEUED, asset=PT if entry == "pendle-pt" else "ETH"))
    assert clock is not None
    assert RULES[clock.rule].answer is clock.ask
    told = clock.answer(datetime(2026, 11, 24, tzinfo=UTC)).wait.days
    slack = 0.01
    assert entry in SOONER or fact.minimum is None or told[0] is None or told[0] >= fact.minimum - slack
    assert fact.maximum is None or told[2] is None or told[2] <= fact.maximum + slack


def test_what_the_user_typed_is_nobody_elses() -> None:
    assert clock_of(shipped("eigenlayer/standard/1"), QUEUED) is not None
    assert clock_of(replace(shipped("eigenlayer/standard/1"), origin=Origin.YOURS), QUEUED) is None
    assert clock_of(shipped("eigenlayer/standard/1"), replace(QUEUED, own_entries={"eigenlayer"})) is None
    assert clock_of(shipped("lido/standard/1"), QUEUED) is None


def test_the_queue_is_unknown_until_somebody_says_how_long_it_is() -> None:
    queue = shipped("ethereum-native-staking/standard/1", 0.02, None, None)
    assert clock_of(queue, leaving()) is None
    assert clock_of(queue, leaving(queue_eth=Decimal(-5))) is None
    assert Claims(leaving(), AS_OF)(queue, 0.0) == (0.02, None, None)


@pytest.mark.parametrize(
    ("held", "eth"),
    [("32", 32), ("32.08", 33), ("1", 32), ("3200.000000000000000001", 3201), ("1E+20", 10**9)],
)
def test_a_validator_leaves_with_whole_eth_and_32_at_least(held: str, eth: int) -> None:
    assert leaving(amount=held).eth == eth


def test_of_another_asset_one_validator_leaves() -> None:
    assert leaving("weETH", "500").eth == 32
    assert Leaving("ETH", None).eth == 32


def test_stake_and_fork_set_the_churn() -> None:
    queue = shipped("ethereum-native-staking/standard/1")

    def waits(**more: Any) -> float:
        days = Claims(leaving(queue_eth=Decimal(500_000), **more), None)(queue, 0.0)
        assert days[0] == days[1] == days[2]
        return days[0] or 0.0

    assert round(waits(), 4) == 8.7022
    assert round(waits(total_stake_eth=Decimal(10_000_000)), 2) > 8.7022
    assert waits(fork=Fork.GLOAS) < 3
    assert waits(fork=Fork.GLOAS, total_stake_eth=Decimal(36_000_000)) == waits(fork=Fork.GLOAS)


# -- plans -------------------------------------------------------------------------------------------------


def finish(portfolio: Portfolio, as_of: date | None = AS_OF) -> Days:
    (plan,) = withdrawals(portfolio, as_of).positions.values()
    return plan.finish


def test_a_principal_token_waits_for_its_maturity() -> None:
    held = position("p", asset=PT, exit=way_out(shipped("pendle-pt/standard/1", 0, None, None)))
    portfolio = Portfolio().with_positions(held)
    assert finish(portfolio) == Days(121, 121, 121)
    assert finish(portfolio, date(2027, 3, 25)) == Days(0, 0, 0)
    assert finish(portfolio, date(2028, 1, 1)) == Days(0, 0, 0)
    assert finish(portfolio, None) == Days(0, None, None)


def test_what_is_done_first_does_not_postpone_a_maturity() -> None:
    steps_ = (step("repay", 1, 5, 200), shipped("pendle-pt/standard/1", 0, None, None, after="repay"))
    portfolio = Portfolio().with_positions(position("p", asset=PT, exit=way_out(*steps_)))
    assert finish(portfolio) == Days(121, 121, 200)
    waited = replace(steps_[1], after=(), elapsed_days=30.0)
    portfolio = Portfolio().with_positions(position("p", asset=PT, exit=way_out(waited)))
    assert finish(portfolio) == Days(121, 121, 121)


def test_a_principal_token_without_a_date_stays_unknown() -> None:
    held = position("p", asset="PT-weETH", exit=way_out(shipped("pendle-pt/standard/1", 0, None, None)))
    assert finish(Portfolio().with_positions(held)) == Days(0, None, None)


def test_eigenlayer_takes_fourteen_days_and_a_block() -> None:
    held = position("p", exit=way_out(shipped("eigenlayer/standard/1", 14)))
    found = finish(Portfolio().with_positions(held))
    assert found.typical == pytest.approx(14 + BLOCK, abs=1e-12)
    out = withdrawals(Portfolio(ladder_days=(13, 14)).with_positions(held), AS_OF)
    assert out.ladder.protocol["typical"] == (0.0, 1000.0)  # a block later is still that day


def test_the_validator_of_a_queue_is_out_on_a_day() -> None:
    portfolio, _ = one("ETH", layer="staking")
    assert finish(portfolio).typical is None
    queued = replace(portfolio, congestion=Congestion(Decimal(1_240_000), date(2026, 11, 23)))
    typical = finish(queued).typical
    assert typical is not None
    assert day_after(AS_OF, typical) == date(2026, 12, 21)
    (plan,) = withdrawals(queued, AS_OF).positions.values()
    queue = plan.tranches[0].steps[0].step
    assert queue.typical == pytest.approx(4848 * 384 / 86400)
    assert (queue.cited, queue.dated) == (
        "ethereum/consensus-specs specs/electra/beacon-chain.md",
        "2026-08-07",
    )


def behind(queue: int, name: str, amount: str, *days: float | None) -> Days:
    """Return when an amount of ETH is out by one step behind a queue."""
    held = position("p", None, quantity=Decimal(amount), exit=way_out(shipped(name, *days)))
    return finish(Portfolio(congestion=Congestion(Decimal(queue))).with_positions(held))


def test_a_partial_withdrawal_waits_in_the_same_queue() -> None:
    name = "ethereum-native-staking/partial/1"
    found = behind(500_000, name, "10", 1.16, None, None)
    assert found.min == pytest.approx((1958 + 256) * 384 / 86400)
    assert (found.typical, found.max) == (None, None)
    assert behind(500_000, name, "0.1234567891234", 1.16, None, None) == found  # whole gwei are enough
    assert (behind(500_000, name, "300", 1.16, None, None).min or 0) > (found.min or 0)


@pytest.mark.parametrize(
    ("queue", "epochs"), [(0, 8_192), (500_000, 8_192), (2_031_616, 8_197), (2_600_000, 10_161 + 256)]
)
def test_the_lock_of_a_slashed_validator_is_that_of_the_queue_where_it_is_longer(
    queue: int, epochs: int
) -> None:
    days = epochs * 384 / 86400
    found = behind(queue, "ethereum-native-staking/slashed/1", "32", 36.4, 36.4, 36.4)
    assert [found.min, found.typical, found.max] == pytest.approx([days] * 3)


def test_the_cosmos_chains_wait_to_the_second() -> None:
    held = position("p", exit=way_out(shipped("celestia-staking/standard/1", 14.0417)))
    assert finish(Portfolio().with_positions(held)).typical == pytest.approx(337 / 24, abs=1e-12)


def test_a_calendar_counts_from_the_day_that_its_step_begins() -> None:
    steps_ = (step("unlock", 3), shipped("solv-xsolvbtc/standard/1", 9, 15, 23, after="unlock"))
    held = position("p", exit=way_out(*steps_))
    out = finish(Portfolio().with_positions(held), date(2026, 11, 7))  # asked for on the 10th
    assert out == Days(23, 23, 23)  # paid on the 30th, a Monday


def test_what_ends_after_the_last_year_has_the_catalogues_days() -> None:
    held = position("p", exit=way_out(shipped("solvbtc/standard/1", 1, 5, 8)))
    assert finish(Portfolio().with_positions(held), date(9999, 12, 31)) == Days(1, 5, 8)


names = st.sampled_from(sorted(CLOCKS))
waits = st.lists(st.floats(0, 400), min_size=3, max_size=3).map(sorted)


@given(names, waits, st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 3_000_000))
def test_plans_stay_ordered_and_monotone(name: str, first: list[float], as_of: date, queue: int) -> None:
    entry = name.partition("/")[0]
    fact = next(f for f in catalogue().entries[entry].exits if f.path == STANDARD)
    ruled = shipped(name, fact.minimum, fact.typical, fact.maximum, after="first")
    asset = PT if entry == "pendle-pt" else "ETH"
    held = position("p", asset=asset, exit=way_out(step("first", *first), ruled))

    def plan(eth: int, day: date) -> Days:
        return finish(Portfolio(congestion=Congestion(Decimal(eth))).with_positions(held), day)

    found = plan(queue, as_of)
    known = [found.of(p) for p in PASSES if found.of(p) is not None]
    assert known == sorted(known, key=lambda d: d or 0.0)
    longer = plan(queue + 100_000, as_of)
    later = plan(queue, as_of + timedelta(days=1))
    for which in PASSES:
        days = found.of(which)
        if days is not None:
            assert (longer.of(which) or 0.0) >= days
            assert later.of(which) is None or (later.of(which) or 0.0) + 1 >= days - 1e-9


def test_a_clock_can_be_asked_for_the_date_of_a_request() -> None:
    clock = clock_of(shipped("eigenlayer/standard/1"), QUEUED)
    assert isinstance(clock, Clock)
    asked = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
    assert clock.answer(asked).claimable_at == asked + timedelta(days=14, seconds=12)


def test_a_position_is_shown_with_the_days_of_its_clocks() -> None:
    held = position("p", asset=PT, exit=way_out(shipped("pendle-pt/standard/1", 0, None, None), step("b", 2)))
    portfolio = Portfolio().with_positions(held)
    plan = plan_of(portfolio, held, AS_OF)
    first, second = plan.dated(held).exit.tranches[0].steps
    assert (first.minimum, first.typical, first.maximum) == (121, 121, 121)
    assert "pendle-finance" in first.cited
    assert second is held.exit.tranches[0].steps[1]
    unsound = replace(held, exit=way_out(step("a", 1, after="missing")))
    assert plan_of(portfolio, unsound, AS_OF).dated(unsound) is unsound
