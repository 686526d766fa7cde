"""Claims, vetoes and the v2 queue of Symbiotic (protocol-clocks B 1)."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import symbiotic
from desktop_app.analysis.clocks.answer import DAY
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at, moments

WEEK = 604_800
ALIGNED, UNALIGNED = at("2025-01-28T00:00:00"), at("2025-01-29T15:30:11")


@pytest.mark.parametrize(
    ("start", "requested", "epoch", "bucket", "claim", "delay"),
    [
        (ALIGNED, "2025-02-04T00:00:00", 1, 2, "2025-02-18T00:00:00", 1_209_600),
        (ALIGNED, "2025-02-04T00:00:01", 1, 2, "2025-02-18T00:00:00", 1_209_599),
        (ALIGNED, "2025-02-10T23:59:59", 1, 2, "2025-02-18T00:00:00", 604_801),
        (ALIGNED, "2025-02-11T00:00:00", 2, 3, "2025-02-25T00:00:00", 1_209_600),
        (UNALIGNED, "2025-01-29T15:30:11", 0, 1, "2025-02-12T15:30:11", 1_209_600),
        (UNALIGNED, "2025-02-05T15:30:10", 0, 1, "2025-02-12T15:30:11", 604_801),
        (UNALIGNED, "2025-02-05T15:30:11", 1, 2, "2025-02-19T15:30:11", 1_209_600),
    ],
)
def test_claims_of_the_tables(
    start: datetime, requested: str, epoch: int, bucket: int, claim: str, delay: int
) -> None:
    found = symbiotic.withdrawal(WEEK, at(requested), start)
    assert found.figures == {"epoch": epoch, "bucket": bucket}
    assert found.claimable_at == found.slashable_until == at(claim)
    assert found.wait.minimum == found.wait.maximum == delay


def test_unix_seconds_of_the_tables() -> None:
    assert at(1_738_022_400) == ALIGNED
    assert at(1_738_164_611) == UNALIGNED
    assert symbiotic.withdrawal(WEEK, at(1_738_769_411), UNALIGNED).claimable_at == at(1_739_979_011)


@given(moments, st.integers(0, 10**8), st.integers(1, 10**7))
def test_the_contract_pays_from_that_second_on_and_no_earlier(
    start: datetime, passed: int, length: int
) -> None:
    requested = start + timedelta(seconds=passed)
    found = symbiotic.withdrawal(length, requested, start)
    assert found.claimable_at is not None
    now = int(found.claimable_at.timestamp())

    def reverts(moment: int) -> bool:
        current = (moment - int(start.timestamp())) // length
        return int(found.figures["bucket"] or 0) >= current  # type: ignore[arg-type]

    assert reverts(now - 1)
    assert not reverts(now)
    assert length + 1 <= (found.wait.minimum or 0) <= 2 * length


def test_an_unknown_phase_is_one_to_two_epochs() -> None:
    found = symbiotic.withdrawal(WEEK, at("2025-02-04T00:00:00"), None)
    assert [found.wait.minimum, found.wait.maximum] == [WEEK + 1, 2 * WEEK]
    assert found.claimable_at is None
    assert found.dates[2] == at("2025-02-18T00:00:00")


def test_a_request_before_the_vault_is_told() -> None:
    with pytest.raises(UserError, match="older than the vault"):
        symbiotic.withdrawal(WEEK, at("2025-01-27T00:00:00"), ALIGNED)


# -- vetoes --------------------------------------------------------------------------------------------------

CAPTURE = at("2025-02-05T00:00:00")


def test_the_last_request_and_the_last_execution() -> None:
    found = symbiotic.veto(CAPTURE, WEEK, DAY, at("2025-02-06T00:00:00")).figures
    assert found["last_request_at"] == at("2025-02-11T00:00:00")
    assert found["executable_at"] == at("2025-02-07T00:00:00")
    assert found["last_execution_at"] == at("2025-02-12T00:00:00")


@pytest.mark.parametrize("requested", [CAPTURE, at("2025-02-11T00:00:01")])
def test_a_slash_is_requested_in_time_or_not_at_all(requested: datetime) -> None:
    with pytest.raises(UserError, match="has to be requested"):
        symbiotic.veto(CAPTURE, WEEK, DAY, requested)
    assert symbiotic.veto(CAPTURE, WEEK, DAY, at("2025-02-11T00:00:00")).wait.minimum == DAY


@given(st.integers(1, 14 * 24), st.integers(0, 20), st.integers(1, 20), st.booleans())
def test_a_slash_is_executed_in_the_hours_in_which_the_contract_lets_it(
    after: int, vetoing: int, longer: int, resolver: bool
) -> None:
    epoch, hour = (vetoing + longer) * 3600, timedelta(hours=1)
    requested = CAPTURE + after * hour
    allowed = requested - CAPTURE <= timedelta(seconds=epoch) - vetoing * hour
    if not allowed:
        with pytest.raises(UserError):
            symbiotic.veto(CAPTURE, epoch, vetoing * 3600, requested, resolver=resolver)
        return
    found = symbiotic.veto(CAPTURE, epoch, vetoing * 3600, requested, resolver=resolver)
    hours = [requested + n * hour for n in range(epoch // 3600 + 1)]
    open_ = [
        now
        for now in hours
        if (not resolver or now >= requested + vetoing * hour) and now - CAPTURE <= timedelta(seconds=epoch)
    ]
    assert (open_[0], open_[-1]) == (found.figures["executable_at"], found.figures["last_execution_at"])


def test_a_veto_fits_into_the_epoch() -> None:
    with pytest.raises(UserError, match="veto cannot last longer"):
        symbiotic.veto(CAPTURE, DAY, WEEK, None)


def test_a_resolver_takes_over_three_epochs_after_the_start_of_its_own() -> None:
    found = symbiotic.resolver_change(at("2025-02-07T12:00:00"), ALIGNED, WEEK)
    assert found.claimable_at == at("2025-02-25T00:00:00")
    first = symbiotic.resolver_change(at("2025-02-07T12:00:00"), ALIGNED, WEEK, first=True)
    assert first.claimable_at == at("2025-02-07T12:00:00")
    assert first.wait.maximum == 0


@given(moments, st.integers(0, 10**6), st.integers(3, 6))
def test_a_resolver_waits_for_whole_epochs(start: datetime, passed: int, delay: int) -> None:
    requested, turn = start + timedelta(seconds=passed), start
    while turn + timedelta(days=1) <= requested:
        turn += timedelta(days=1)
    for _ in range(delay):
        turn += timedelta(days=1)
    assert symbiotic.resolver_change(requested, start, DAY, delay).claimable_at == turn


# -- the queue of v2 -----------------------------------------------------------------------------------------


def test_a_queue_is_paid_from_what_is_free_and_then_from_the_quickest_adapters() -> None:
    adapters = [(Fraction(50), 3 * DAY), (Fraction(30), DAY)]
    for amount, earliest in ((10, 0), (11, DAY), (40, DAY), (41, 3 * DAY), (90, 3 * DAY)):
        wait = symbiotic.queue(Fraction(20), Fraction(10), Fraction(amount), adapters).wait
        assert [wait.minimum, wait.typical, wait.maximum] == [earliest, None, None]
    assert symbiotic.queue(Fraction(20), Fraction(10), Fraction(91), adapters).wait.minimum is None


@given(
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(1, 20), st.integers(1, 40)), max_size=4),
)
def test_the_queue_is_filled_in_the_first_second_that_has_enough(
    free: int, ahead: int, mine: int, adapters: list[tuple[int, int]]
) -> None:
    filled = None
    for second in range(41):
        there = free + sum(amount for amount, duration in adapters if duration <= second)
        if there >= ahead + mine:
            filled = second
            break
    given_ = [(Fraction(amount), duration) for amount, duration in adapters]
    assert symbiotic.queue(Fraction(free), Fraction(ahead), Fraction(mine), given_).wait.minimum == filled


amounts = st.fractions(0, 1000)


@given(amounts, amounts, amounts, st.lists(st.tuples(amounts, st.integers(0, 10**7)), max_size=5), amounts)
def test_a_longer_queue_never_shortens(
    free: Fraction, ahead: Fraction, mine: Fraction, adapters: list[tuple[Fraction, int]], more: Fraction
) -> None:
    short = symbiotic.queue(free, ahead, mine, adapters).wait.minimum
    long = symbiotic.queue(free, ahead + more, mine, adapters).wait.minimum
    assert long is None or (short is not None and short <= long)
