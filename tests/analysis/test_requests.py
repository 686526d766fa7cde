"""Each request is a part of its own with its own clock, beside what nobody has asked for."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.agenda import Kind, agenda
from desktop_app.analysis.clocks.claims import leaving_together
from desktop_app.analysis.clocks.steps import can_expire
from desktop_app.analysis.exit_queue import leavers
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.request_states import Progress, RequestState, open_progress, progress, state_of
from desktop_app.analysis.tranches import parts_of
from desktop_app.analysis.withdrawals import PASSES, Days, TranchePlan, plan_of, withdrawals
from desktop_app.domain.checks import check
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Market, Origin, PathTerms, Position, Request, Tranche
from desktop_app.domain.requests import with_request
from desktop_app.figures.labels import Labels
from desktop_app.figures.timeline_rows import timeline_rows
from desktop_app.ui.tables.columns import withdrawal_rows
from tests.builders import drawn, step, way_out

AS_OF = date(2026, 11, 24)
TODAY = datetime(2026, 11, 24, tzinfo=UTC)
COSMOS = step("cosmos-hub-staking/standard/1", 21, slashable=True, origin=Origin.CATALOGUE)
RANGE = step("queue", 1, 5, 9)


def held(quantity: str = "8", *steps: ExitStep, **fields: object) -> Portfolio:
    way = way_out(*steps) if steps else Exit()
    return Portfolio().with_positions(
        Position("p", "p", "ATOM", "ATOM", Decimal(quantity), Decimal(100), exit=way, **fields)  # type: ignore[arg-type]
    )


def asked(portfolio: Portfolio, amount: str, at: datetime, *steps: ExitStep, **fields: object) -> Portfolio:
    request = Request("r", Decimal(amount), at, steps=steps, **fields)  # type: ignore[arg-type]
    return with_request(portfolio, "p", request)


def first(portfolio: Portfolio, as_of: date | None = AS_OF) -> TranchePlan:
    return withdrawals(portfolio, as_of).positions["p"].tranches[0]


def how_far(portfolio: Portfolio, now: datetime | None = None, as_of: date = AS_OF) -> Progress:
    (found,) = progress(plan_of(portfolio, portfolio.positions["p"], as_of), as_of, now)
    return found


def test_a_request_and_the_rest_have_their_own_ways() -> None:
    portfolio = asked(held("8", COSMOS), "2", TODAY - timedelta(days=12, hours=1), COSMOS)
    requested, rest = withdrawals(portfolio, AS_OF).positions["p"].tranches
    assert (requested.fraction, requested.amount, requested.value) == (0.25, Decimal(2), 200)
    assert (rest.fraction, rest.amount, rest.value, rest.name) == (0.75, Decimal(6), 600, "the rest")
    assert requested.finish.typical == pytest.approx(9 - 1 / 24)
    assert rest.finish == Days(21, 21, 21)
    assert requested.asked == pytest.approx(-12 - 1 / 24)
    assert requested.steps[0].waited == pytest.approx(12 + 1 / 24)


def test_a_claim_date_is_exact_to_the_second() -> None:
    at = datetime(2026, 1, 5, 12, 34, 56, tzinfo=UTC)
    found = how_far(asked(held("8", COSMOS), "2", at, COSMOS))
    assert found.claim == (datetime(2026, 1, 26, 12, 34, 56, tzinfo=UTC),) * 3
    assert found.slashable == found.claim
    assert found.is_exact


def test_what_was_asked_for_long_ago_is_out_today_and_what_is_to_come_is_not() -> None:
    done = first(asked(held("8", COSMOS), "2", TODAY - timedelta(days=30), COSMOS))
    assert (done.finish, done.claim) == (Days(0, 0, 0), Days(-9, -9, -9))
    ahead = first(asked(held("8", COSMOS), "2", TODAY + timedelta(days=2), COSMOS))
    assert ahead.finish == Days(23, 23, 23)
    assert ahead.steps[0].waited == 0


def test_steps_follow_each_other_from_the_request_on() -> None:
    steps = (step("a", 3), step("b", 4, after="a"), step("c", 5))
    found = first(asked(held("8", *steps), "2", TODAY - timedelta(days=5), *steps))
    assert [(s.start, s.end) for s in found.steps] == [(0, 0), (0, 2), (0, 0)]
    assert [s.waited for s in found.steps] == [3, 2, 5]
    assert [s.critical for s in found.steps] == [False, True, False]
    assert found.finish == Days(2, 2, 2)


def test_requests_take_first_from_what_has_not_been_started() -> None:
    started = replace(RANGE, elapsed_days=1.0)
    way = Exit((Tranche("begun", 0.5, (started,)), Tranche("idle", 0.5, (RANGE,))))
    portfolio = Portfolio().with_positions(
        Position("p", "p", "ETH", "ETH", Decimal(8), exit=way, requests=(Request("r", Decimal(3), TODAY),))
    )
    parts = parts_of(portfolio.positions["p"])
    assert [(p.tranche.name, p.tranche.fraction) for p in parts] == [
        ("requested", 0.375),
        ("begun", 0.5),
        ("idle", 0.125),
    ]
    more = with_request(portfolio, "p", Request("r", Decimal(6), TODAY))
    assert [p.tranche.fraction for p in parts_of(more.positions["p"])] == [0.75, 0.25]


def test_where_no_way_is_known_neither_part_has_a_date() -> None:
    requested, rest = withdrawals(asked(held(), "2", TODAY), AS_OF).positions["p"].tranches
    assert requested.finish == rest.finish == Days(None, None, None)
    assert (requested.fraction, rest.fraction) == (0.25, 0.75)


def test_a_request_without_steps_walks_the_positions_own_way() -> None:
    assert first(asked(held("8", RANGE), "2", TODAY)).claim == Days(1, 5, 9)
    other = first(asked(held("8", RANGE), "2", TODAY, path="instant"))
    assert other.claim == Days(None, None, None)


def test_unsound_steps_count_as_no_known_way() -> None:
    circle = first(asked(held("8", RANGE), "2", TODAY, step("a", 1, after="a")))
    assert circle.finish == Days(None, None, None)


def test_requests_beyond_what_is_held_share_it_and_without_a_quantity_there_are_none() -> None:
    wrong = held("8", RANGE).positions["p"]
    both = tuple(Request(i, Decimal(n), TODAY) for i, n in (("r", 12), ("s", 4), ("t", -4)))
    assert [p.tranche.fraction for p in parts_of(replace(wrong, requests=both))] == [0.75, 0.25]
    valued = replace(wrong, quantity=None, value=Decimal(5), requests=both)
    assert [p.request for p in parts_of(valued)] == [None]


def test_what_is_requested_cannot_be_sold_any_more() -> None:
    portfolio = asked(held("8", RANGE), "2", TODAY, RANGE)
    sale = replace(portfolio.positions["p"].exit, market=Market(1.0, 0.0, 0.0, 0.0, 0.0))
    sold = portfolio.with_positions(replace(portfolio.positions["p"], exit=sale))
    assert withdrawals(sold, AS_OF).ladder.market_curve["typical"] == ((0.0, 600.0), (5.0, 800.0))


def test_the_claim_of_a_request_is_dated_on_the_day_of_its_moment() -> None:
    portfolio = asked(held("8", COSMOS), "2", TODAY - timedelta(days=20) + timedelta(hours=9), COSMOS)
    (found,) = agenda(portfolio, withdrawals(portfolio, AS_OF), AS_OF)
    assert (found.kind, found.part, found.days, found.earliest, found.latest) == (Kind.CLAIM, "r", 1, 1, 1)
    past = asked(held("8", COSMOS), "2", TODAY - timedelta(days=30), COSMOS)
    assert [d.days for d in agenda(past, withdrawals(past, AS_OF), AS_OF)] == [-9]


def test_until_it_is_claimed_a_request_counts_as_exposure() -> None:
    portfolio = drawn("p: 8 ATOM @ 100 -> chain:hub")
    requested = asked(portfolio, "2", TODAY - timedelta(days=30), COSMOS)
    before, after = (exposure(p, AS_OF).nodes["chain:hub"].value for p in (portfolio, requested))
    assert before == after


# -- states ------------------------------------------------------------------------------------------------


def at(day: float, *steps: ExitStep, **fields: object) -> RequestState:
    """Return the state of a request of today so many days later."""
    return state_of(first(asked(held("8", RANGE), "2", TODAY, *steps, **fields)), day)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (-1, RequestState.REQUESTED),
        (0, RequestState.WAITING),
        (4.99, RequestState.WAITING),
        (5, RequestState.CLAIMABLE),
        (8.99, RequestState.CLAIMABLE),
        (9, RequestState.OVERDUE),
    ],
)
def test_a_range_is_claimable_from_its_typical_and_overdue_after_its_latest_time(
    day: float, state: RequestState
) -> None:
    assert at(day, RANGE) is state


def test_what_has_one_moment_is_never_overdue() -> None:
    assert at(20.9999, COSMOS) is RequestState.WAITING
    assert at(21, COSMOS) is RequestState.CLAIMABLE
    assert at(400, COSMOS) is RequestState.CLAIMABLE


def test_what_has_no_latest_time_is_never_overdue() -> None:
    assert at(400, step("q", 1, None, None)) is RequestState.WAITING
    assert at(400, step("q", 1, 5, None)) is RequestState.CLAIMABLE


def test_a_claimed_request_is_no_part_any_more() -> None:
    plan = first(asked(held("8", RANGE), "2", TODAY, RANGE))
    assert plan.request is not None
    done = replace(plan, request=replace(plan.request, claimed_at=TODAY))
    assert state_of(done, 5) is RequestState.CLAIMED
    portfolio = asked(held("8", RANGE), "2", TODAY, RANGE, claimed_at=TODAY)
    assert first(portfolio).request is None


def test_what_expires_has_to_be_asked_for_again() -> None:
    plan = replace(first(asked(held("8", RANGE), "2", TODAY, RANGE)), expires=7.0)
    assert state_of(plan, 6.9) is RequestState.CLAIMABLE
    assert state_of(plan, 7) is RequestState.EXPIRED


VEDA = step("veda-boring-vault/standard/1", 0, 3, None, origin=Origin.CATALOGUE)
LEAVE = step("step/2", None, after=VEDA.id, origin=Origin.ASSUMED)


def test_a_request_expires_when_it_says_so_itself() -> None:
    until = TODAY + timedelta(days=6)
    portfolio = asked(held("8", VEDA), "2", TODAY, VEDA, expires_at=until)
    assert can_expire(VEDA)
    assert first(portfolio).expires == 6
    assert how_far(portfolio).expires == until
    assert how_far(portfolio).expiry_rule is None
    assert how_far(portfolio, until).state is RequestState.EXPIRED
    assert at(400, RANGE) is RequestState.OVERDUE


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (0, RequestState.WAITING),
        (1.9999, RequestState.WAITING),
        (2, RequestState.CLAIMABLE),
        (4.9999, RequestState.CLAIMABLE),
        (5, RequestState.EXPIRED),
    ],
)
def test_a_window_opens_and_closes_by_its_rule(day: float, state: RequestState) -> None:
    window = {"maturity_seconds": 2 * 86400, "deadline_seconds": 3 * 86400}
    portfolio = asked(held("8", VEDA, LEAVE), "2", TODAY, VEDA, LEAVE, **window)
    found = how_far(portfolio, TODAY + timedelta(days=day))
    assert found.state is state
    assert found.claim == (TODAY + timedelta(days=2),) * 3
    assert found.expires == TODAY + timedelta(days=5)
    assert found.expiry_rule is not None
    assert found.expiry_rule.cited.endswith("BoringOnChainQueue.sol")
    plan = first(portfolio)
    assert plan.finish == Days(None, None, None)  # what the vault pays out has to be left, too
    assert (plan.steps[0].step.minimum, plan.steps[0].step.typical, plan.steps[0].step.maximum) == (
        2,
        2,
        None,
    )


def test_the_users_date_wins_over_that_of_the_rule() -> None:
    window = {"maturity_seconds": 2 * 86400, "deadline_seconds": 3 * 86400}
    portfolio = asked(held("8", VEDA), "2", TODAY, VEDA, expires_at=TODAY + timedelta(days=4), **window)
    assert (how_far(portfolio).expires, how_far(portfolio).expiry_rule) == (TODAY + timedelta(days=4), None)


def test_a_window_of_unknown_length_is_nowhere_made_up() -> None:
    assert how_far(asked(held("8", VEDA), "2", TODAY, VEDA, deadline_seconds=86400)).expires is None
    known = how_far(asked(held("8", VEDA), "2", TODAY, VEDA, maturity_seconds=86400))
    assert (known.claim[0], known.expires) == (TODAY + timedelta(days=1), None)


def test_the_older_module_closes_after_a_week_where_nothing_else_is_said() -> None:
    older = step("veda-boring-vault/delayed-withdraw/1", None, origin=Origin.CATALOGUE)
    portfolio = asked(held("8", older), "2", TODAY, older, maturity_seconds=86400)
    assert (first(portfolio).claim, first(portfolio).expires) == (Days(1, 1, 1), 8)
    shorter = asked(held("8", older), "2", TODAY, older, maturity_seconds=86400, deadline_seconds=43200)
    assert first(shorter).expires == 1.5


def test_what_has_expired_is_out_as_if_it_were_asked_for_again() -> None:
    at = TODAY - timedelta(days=30)
    window = {"maturity_seconds": 2 * 86400, "deadline_seconds": 3 * 86400}
    plan = first(asked(held("8", VEDA), "2", at, VEDA, **window))
    assert (plan.expires, plan.claim, plan.finish) == (-25, Days(None, None, None), Days(2, 2, None))
    assert plan.steps[0].waited == 0
    portfolio = asked(held("8", VEDA), "2", at, VEDA, **window)
    assert [d.kind for d in agenda(portfolio, withdrawals(portfolio, AS_OF), AS_OF)] == [Kind.EXPIRY]


def test_a_window_below_nothing_is_named_and_no_clock_is_asked() -> None:
    wrong = asked(held("8", VEDA), "2", TODAY, VEDA, maturity_seconds=-1)
    assert "takes less than no time" in next(iter(check(wrong))).text
    assert first(wrong).claim == Days(None, None, None)


def test_claim_and_expiry_of_a_window_are_dated() -> None:
    window = {"maturity_seconds": 2 * 86400, "deadline_seconds": 3 * 86400}
    portfolio = asked(held("8", VEDA, LEAVE), "2", TODAY, VEDA, LEAVE, **window)
    found = agenda(portfolio, withdrawals(portfolio, AS_OF), AS_OF)
    assert [(d.kind, d.days, d.at) for d in found] == [
        (Kind.CLAIM, 2, TODAY + timedelta(days=2)),
        (Kind.EXPIRY, 5, TODAY + timedelta(days=5)),
    ]


def test_the_state_is_that_of_the_moment_not_of_the_day() -> None:
    portfolio = asked(held("8", COSMOS), "2", TODAY - timedelta(days=21) + timedelta(hours=9), COSMOS)
    assert how_far(portfolio).state is RequestState.WAITING
    assert how_far(portfolio, TODAY + timedelta(hours=9)).state is RequestState.CLAIMABLE
    early = how_far(portfolio, TODAY - timedelta(days=400))  # the computer's clock was set back
    assert early.state is RequestState.REQUESTED


def test_a_request_has_waited_until_now_and_what_nobody_asked_for_starts_with_the_day() -> None:
    portfolio = asked(held("8", COSMOS), "2", TODAY - timedelta(days=2), COSMOS)
    requested, rest = withdrawals(portfolio, AS_OF, TODAY + timedelta(hours=18)).positions["p"].tranches
    assert (requested.steps[0].waited, requested.steps[0].start, requested.steps[0].end) == (2.75, 0.75, 19)
    assert requested.finish == Days(19, 19, 19)
    assert (rest.steps[0].waited, rest.steps[0].start, rest.steps[0].end) == (0, 0, 21)
    assert withdrawals(portfolio, AS_OF, TODAY) == replace(withdrawals(portfolio, AS_OF), now=TODAY)


@pytest.mark.parametrize("hours", [-30, -1, 0, 1, 23])
def test_a_clock_set_back_or_forward_shows_no_negative_wait(hours: int) -> None:
    portfolio = asked(held("8", COSMOS, RANGE), "2", TODAY, COSMOS, RANGE)
    now = TODAY + timedelta(hours=hours)
    out = withdrawals(portfolio, AS_OF, now)
    row = next(r for r in timeline_rows(out, portfolio, AS_OF) if r.state is not None)
    assert row.waited == max(0, hours / 24)
    for planned in out.positions["p"].tranches[0].steps:
        assert planned.waited >= 0
        assert planned.start is not None
        assert planned.end is not None
        assert planned.end >= planned.start >= hours / 24
    (listed,) = open_progress(portfolio, out, AS_OF)
    assert listed.at == now
    assert listed.state is (RequestState.REQUESTED if hours < 0 else RequestState.WAITING)


@given(st.integers(-20, 44), st.integers(0, 40 * 24))
def test_chart_list_and_table_agree_to_the_hour(hour: int, ago: int) -> None:
    now = TODAY + timedelta(hours=hour)
    portfolio = asked(held("8", RANGE), "2", now - timedelta(hours=ago), RANGE)
    out = withdrawals(portfolio, AS_OF, now)
    (listed,) = open_progress(portfolio, out, AS_OF)
    (drawn_row,) = (row for row in timeline_rows(out, portfolio, AS_OF) if row.state is not None)
    assert drawn_row.state is listed.state
    assert drawn_row.waited == pytest.approx(ago / 24)
    widths = [row.end - row.start for row in drawn_row.bars]
    seen = [width for width in widths if width > 1e-9]  # floats may leave an instant of what is just over
    assert seen == pytest.approx([5 - ago / 24] if ago < 120 else [])
    part = withdrawal_rows(out, portfolio, AS_OF, Labels())[0].part
    assert part == f"requested, {listed.state}"


def test_a_request_that_expired_this_morning_is_asked_for_again() -> None:
    window = {"maturity_seconds": 86400, "deadline_seconds": 86400}
    portfolio = asked(held("8", VEDA), "2", TODAY - timedelta(days=1, hours=12), VEDA, **window)
    morning, noon = (
        withdrawals(portfolio, AS_OF, TODAY + timedelta(hours=h)).positions["p"].tranches[0] for h in (11, 12)
    )
    assert (morning.expired, morning.finish.typical) == (False, 0)
    assert (noon.expired, noon.finish.typical) == (True, 1)


# -- phases and queues -------------------------------------------------------------------------------------

VAULT = step("symbiotic/standard/1", 7, 10.5, 14, slashable=True, origin=Origin.CATALOGUE)


def test_an_unknown_phase_is_a_range_and_a_known_one_a_date() -> None:
    assert first(asked(held("8", VAULT), "2", TODAY, VAULT)).claim == Days(7, 10.5, 14)
    known = asked(held("8", VAULT), "2", TODAY, VAULT, phase=datetime(2026, 11, 20, tzinfo=UTC))
    assert first(known).claim == Days(10, 10, 10)
    later = asked(held("8", VAULT), "2", TODAY, VAULT, phase=datetime(2027, 1, 1, tzinfo=UTC))
    assert first(later).claim == Days(10, 10, 10)  # any start of an epoch tells the phase


@pytest.mark.parametrize(
    ("name", "hours", "days"),
    [
        ("solana-staking/standard/1", 12, 1.5),
        ("jito-restaking/standard/1", 12, 3.5),
        ("kusama-staking/standard/1", 3, 6.875),
        ("polkadot-staking/standard/1", 6, 27.75),
        ("near-staking/standard/1", 3, 1.875),
        ("aptos-staking/standard/1", 48, 12),
    ],
)
def test_each_phase_fixes_the_rest_of_its_clock(name: str, hours: int, days: float) -> None:
    ruled = step(name, 0, 1, 60, origin=Origin.CATALOGUE)
    known = asked(held("8", ruled), "2", TODAY, ruled, phase=TODAY - timedelta(hours=hours))
    assert first(known).claim == Days(days, days, days)


def told(portfolio: Portfolio, **terms: object) -> Portfolio:
    """Return the portfolio with a position whose own clock is told something."""
    known = PathTerms("", **terms)  # type: ignore[arg-type]
    held = portfolio.positions["p"]
    return portfolio.with_positions(replace(held, exit=held.exit.with_terms(known)))


def test_a_planned_exit_of_a_known_phase_has_a_date() -> None:
    phase = datetime(2026, 11, 20, tzinfo=UTC)
    assert first(held("8", VAULT)).finish == Days(7, 10.5, 14)
    planned = first(told(held("8", VAULT), phase=phase))
    assert planned.finish == Days(10, 10, 10)
    assert planned.steps[0].step.cited.endswith("Vault.sol")
    assert planned.expires is None
    window = told(held("8", VEDA), maturity_seconds=86400, deadline_seconds=86400)
    assert (first(window).finish, first(window).expires) == (Days(1, 1, None), None)


def test_a_request_that_knows_nothing_follows_its_position_and_its_own_word_wins() -> None:
    known = told(held("8", VAULT), phase=datetime(2026, 11, 20, tzinfo=UTC))
    assert first(asked(known, "2", TODAY, VAULT)).claim == Days(10, 10, 10)
    assert first(asked(known, "2", TODAY, VAULT, path="instant")).claim == Days(7, 10.5, 14)
    own = asked(known, "2", TODAY, VAULT, phase=datetime(2026, 11, 22, tzinfo=UTC))
    assert first(own).claim == Days(12, 12, 12)
    veda = told(held("8", VEDA), maturity_seconds=86400, deadline_seconds=86400)
    assert first(asked(veda, "2", TODAY, VEDA, maturity_seconds=0)).expires == 1


COOLDOWN = step("ethena-susde/standard/1", 1, 1, 7, origin=Origin.CATALOGUE)


def cooling(
    *moments: datetime, as_of: date = AS_OF, days: float | None = None, now: datetime | None = None
) -> list[Days]:
    """Return when what was asked for at these moments leaves the cooldown, of ``days`` or the catalogue's."""
    cooldown = COOLDOWN if days is None else replace(COOLDOWN, minimum=days, typical=days, maximum=days)
    portfolio = held("8", cooldown)
    for number, at in enumerate(moments):
        portfolio = with_request(portfolio, "p", Request(f"r{number}", Decimal(1), at, steps=(cooldown,)))
    tranches = withdrawals(portfolio, as_of, now).positions["p"].tranches
    return [tranche.claim for tranche in tranches if tranche.request is not None]


def test_a_call_made_today_starts_again_what_has_long_been_out() -> None:
    calls = (TODAY - timedelta(days=20), TODAY + timedelta(hours=10))
    planned, made = pytest.approx([-13, 7 + 10 / 24]), pytest.approx([7 + 10 / 24] * 2)
    assert [claim.max for claim in cooling(*calls, days=7)] == planned
    assert [claim.max for claim in cooling(*calls, days=7, now=TODAY + timedelta(hours=15))] == made


def test_a_later_call_starts_the_cooldown_of_susde_again_for_all_that_is_in_it() -> None:
    first_, second = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 2, 5, tzinfo=UTC)
    both = cooling(first_, second, as_of=date(2026, 2, 6), days=7)
    assert both == [Days(6, 6, 6)] * 2  # the 12th
    assert cooling(first_, as_of=date(2026, 2, 6), days=7) == [Days(2, 2, 2)]
    planned = cooling(first_, second, as_of=date(2026, 2, 2), days=7)
    assert planned == [Days(10, 10, 10)] * 2
    over = cooling(first_, second, as_of=date(2026, 2, 2), days=3)
    assert over == [Days(2, 2, 2), Days(6, 6, 6)]  # claimed by then, as far as is known
    unclaimed = cooling(first_, second, as_of=date(2026, 2, 6), days=3)
    assert unclaimed == [Days(2, 2, 2)] * 2


@given(st.lists(st.integers(-240, 240), min_size=1, max_size=5), st.integers(1, 7))
def test_the_cooldown_is_the_one_end_that_the_contract_keeps(hours: list[int], days: int) -> None:
    """Hour by hour: a call sets the end for all that is in; from today on what is out is claimed at once."""
    calls = sorted(hours)
    entered, claimed, end = set[int](), dict[int, int](), 0
    for hour in range(-240, 240 + 7 * 24 + 1):
        if hour > 0 and entered and hour >= end:
            claimed |= dict.fromkeys(entered, end)
            entered.clear()
        for number, call in enumerate(calls):
            if call == hour:
                entered.add(number)
                end = hour + days * 24
    claimed |= dict.fromkeys(entered, end)
    found = cooling(*(TODAY + timedelta(hours=call) for call in calls), days=days)
    expected = [claimed[number] / 24 for number in range(len(calls))]
    assert [claim.max for claim in found] == pytest.approx(expected)


def validators(*quantities: str) -> Portfolio:
    queue = step("ethereum-native-staking/standard/1", 0.02, None, None, origin=Origin.CATALOGUE)
    rows = [
        Position(f"v{n}", "v", "ETH", "ETH", Decimal(q), exit=way_out(queue))
        for n, q in enumerate(quantities)
    ]
    return Portfolio(congestion=Congestion(Decimal(256))).with_positions(*rows)


def test_own_validators_leave_through_the_queue_together() -> None:
    epoch = 384 / 86400
    alone = withdrawals(validators("32"), AS_OF).positions["v0"].finish.typical
    many = withdrawals(validators("32", "2048"), AS_OF).positions
    assert alone is not None
    assert many["v0"].finish == many["v1"].finish
    assert many["v0"].finish.typical == pytest.approx(alone + 8 * epoch)
    assert plan_of(validators("32", "2048"), validators("32").positions["v0"], AS_OF) == many["v0"]


def test_what_leaves_a_validator_in_part_stands_in_the_same_queue() -> None:
    part = step("ethereum-native-staking/partial/1", 1.16, None, None, origin=Origin.CATALOGUE)
    beside = Position("v1", "v", "ETH", "ETH", Decimal(512), exit=way_out(part))
    both = validators("32").with_positions(beside)
    assert leaving_together(both) == 544
    alone = withdrawals(validators("32"), AS_OF).positions["v0"].finish.typical
    together = withdrawals(both, AS_OF).positions
    assert alone is not None
    assert together["v0"].finish.typical == pytest.approx(alone + 2 * 384 / 86400)
    delay = 256 * 384 / 86400
    assert together["v1"].finish.min == pytest.approx((together["v0"].finish.min or 0) + delay)
    assert leavers(both) == ("v0", "v1")


def test_other_queues_take_as_many_times_as_long_as_the_user_says() -> None:
    lido = step("lido/standard/1", 1, 3, 5, kind="queue")
    fixed = step("eigen", 14, kind="fixed-delay", after="lido/standard/1")
    portfolio = replace(held("8", lido, fixed), congestion=Congestion(others=Decimal("2.5")))
    assert first(portfolio).finish == Days(16.5, 21.5, 26.5)
    exit_ = step(
        "ethereum-native-staking/standard/1", 0.02, None, None, kind="queue", origin=Origin.CATALOGUE
    )
    unread = Congestion(others=Decimal("2.5"))
    assert first(replace(held("8", exit_), congestion=unread)).finish == Days(0.02, None, None)
    assert step("exit queue", 1).is_queue
    assert not step("queue of old", 1, kind="claim").is_queue


# -- laws --------------------------------------------------------------------------------------------------

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.lists(st.floats(0, 60), min_size=3, max_size=3).map(sorted)
shares = st.lists(st.decimals("0.01", 3, places=18), min_size=1, max_size=4)


@given(shares, st.lists(moments, min_size=4, max_size=4), days, days)
def test_parts_make_the_whole_and_each_range_rises(
    amounts: list[Decimal], times: list[datetime], one: list[float], two: list[float]
) -> None:
    steps = (step("a", *one), step("b", *two, after="a"))
    portfolio = held("12", *steps)
    for number, (amount, moment) in enumerate(zip(amounts, times, strict=False)):
        portfolio = with_request(portfolio, "p", Request(f"r{number}", amount, moment, steps=steps))
    plan = withdrawals(portfolio, AS_OF).positions["p"]
    assert math.fsum(t.fraction for t in plan.tranches) == pytest.approx(1, abs=1e-12)
    for tranche in plan.tranches:
        found = [tranche.finish.of(name) for name in PASSES]
        assert found == sorted(found, key=lambda d: d or 0.0)
        assert all(d is not None and d >= 0 for d in found)
        assert all(s.waited >= 0 and (s.start or 0) >= 0 for s in tranche.steps)
        if tranche.request is not None:
            total = one[1] + two[1]
            assert tranche.claim.typical == pytest.approx(tranche.asked + total, abs=1e-9)


@given(moments, days)
def test_a_day_later_a_request_waits_a_day_less(moment: datetime, waits: list[float]) -> None:
    portfolio = asked(held("8", step("a", *waits)), "2", moment, step("a", *waits))
    now, then = first(portfolio), first(portfolio, AS_OF + timedelta(days=1))
    for name in PASSES:
        before, after = now.claim.of(name), then.claim.of(name)
        assert after == pytest.approx((before or 0.0) - 1, abs=1e-9)
