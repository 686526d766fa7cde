"""Churn, exit queue and sweep hold against the specification walked step by step (protocol-clocks A 1)."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks.answer import DAY
from desktop_app.analysis.clocks.ethereum import (
    EPOCH,
    GWEI,
    SLOT,
    Churn,
    ExitQueue,
    churn,
    churn_limits,
    exit_epochs,
    least_round,
    partial_withdrawal,
    sweep,
    sweep_round,
    withdrawal,
)
from desktop_app.domain.congestion import Fork
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at, in_days, ordered

MAINNET = 36_000_000 * GWEI


@pytest.mark.parametrize(
    ("total", "balance", "either", "consolidation", "a_day"),
    [
        (5_000_000, 128, 128, 0, 28_800),
        (8_388_608, 128, 128, 0, 28_800),
        (10_000_000, 152, 152, 0, 34_200),
        (16_777_215, 255, 255, 0, 57_375),
        (16_777_216, 256, 256, 0, 57_600),
        (36_000_000, 549, 256, 293, 57_600),
        (39_100_000, 596, 256, 340, 57_600),
    ],
)
def test_churn_follows_the_total_stake(
    total: int, balance: int, either: int, consolidation: int, a_day: int
) -> None:
    found = churn(total * GWEI)
    assert found == Churn(either * GWEI, either * GWEI, consolidation * GWEI)
    assert found.exit + found.consolidation == balance * GWEI
    assert found.exit * (DAY // EPOCH) == a_day * GWEI


def test_limits_as_an_answer() -> None:
    found = churn_limits(Decimal(39_100_000)).figures
    names = ("exit_eth", "activation_eth", "consolidation_eth", "exit_eth_a_day")
    assert [found[name] for name in names] == [256, 256, 340, 57_600]


def test_gloas_takes_the_cap_from_exits_alone() -> None:
    found = churn(MAINNET, Fork.GLOAS)
    assert found == Churn(1098 * GWEI, 256 * GWEI, 549 * GWEI)
    assert found.exit * (DAY // EPOCH) == 247_050 * GWEI
    assert churn(1_000_000 * GWEI, Fork.GLOAS) == Churn(128 * GWEI, 128 * GWEI, 15 * GWEI)


@pytest.mark.parametrize(
    ("queue", "epochs", "days", "out", "left"),
    [
        (10_000, 44, 0.1956, 1.3333, 240),
        (500_000, 1_958, 8.7022, 9.8400, 224),
        (2_600_000, 10_161, 45.16, 46.2978, 192),
    ],
)
def test_the_exit_epoch_is_the_specifications(
    queue: int, epochs: int, days: float, out: float, left: int
) -> None:
    limit = churn(MAINNET).exit
    full = ExitQueue().joined(queue * GWEI, 0, limit)
    assert (full.epoch, full.left) == (epochs, left * GWEI)
    assert full.joined(32 * GWEI, 0, limit) == ExitQueue(epochs, (left - 32) * GWEI)
    assert round(epochs * EPOCH / DAY, 4) == days
    found = withdrawal(Decimal(queue))
    assert found.exit_epoch_offset == epochs
    assert in_days(found.wait)[0] == out


@pytest.mark.parametrize(
    ("validators", "epochs", "left"), [(15_625, 1_958, 224), (81_250, 10_161, 192), (312, 43, 0)]
)
def test_exits_one_by_one_end_in_the_same_epoch(validators: int, epochs: int, left: int) -> None:
    queue = ExitQueue()
    for _ in range(validators):
        queue = queue.joined(32 * GWEI, 0, 256 * GWEI)
    assert queue == ExitQueue(epochs, left * GWEI)


@pytest.mark.parametrize(
    ("queue", "epochs", "days"), [(10_000, 10, 0.0405), (500_000, 456, 2.0239), (2_600_000, 2_368, 10.5242)]
)
def test_gloas_is_four_times_as_quick(queue: int, epochs: int, days: float) -> None:
    assert exit_epochs(0, queue * GWEI, MAINNET, Fork.GLOAS) == 5 + epochs - 1
    fraction = divided(queue, Fork.GLOAS)
    assert (math.ceil(fraction), round(float(fraction * EPOCH / DAY), 4)) == (epochs, days)


def divided(queue: int, fork: Fork = Fork.ELECTRA) -> Fraction:
    """Return the epochs of a queue by plain division, as charts show it."""
    return Fraction(queue * GWEI, churn(MAINNET, fork).exit)


@pytest.mark.parametrize(
    ("queue", "epochs", "days", "whole", "whole_days"),
    [
        (10_000, "39.0625", 0.1736, 40, 0.1778),
        (500_000, "1953.125", 8.6806, 1_954, 8.6844),
    ],
)
def test_plain_division_and_whole_epochs(
    queue: int, epochs: str, days: float, whole: int, whole_days: float
) -> None:
    fraction = divided(queue)
    assert fraction == Fraction(epochs)
    assert round(float(fraction * EPOCH / DAY), 4) == days
    assert (math.ceil(fraction), round(math.ceil(fraction) * EPOCH / DAY, 4)) == (whole, whole_days)
    assert exit_epochs(0, queue * GWEI, MAINNET, Fork.ELECTRA) == 5 + whole - 1


@pytest.mark.parametrize(
    ("epochs", "seconds", "share"), [(5, 1_920, 0.0222), (256, 98_304, 1.1378), (261, 100_224, 1.16)]
)
def test_fixed_pieces(epochs: int, seconds: int, share: float) -> None:
    assert epochs * EPOCH == seconds
    assert round(seconds / DAY, 4) == share


@pytest.mark.parametrize(
    ("ahead", "published"), [(2_500_000, 43.4), (2_600_000, 45.1), (3_589_414, 62.3), (1_240_000, 21.5)]
)
def test_published_queues_are_met_by_plain_division(ahead: int, published: float) -> None:
    days = divided(ahead) * EPOCH / DAY
    assert days == Fraction(ahead) / churn_a_day()
    assert round(days, 1) == Fraction(str(published))


def churn_a_day() -> Fraction:
    a_day = churn_limits().figures["exit_eth_a_day"]
    assert isinstance(a_day, Fraction)
    return a_day


def test_an_entry_queue_took_62_days_and_eight_hours() -> None:
    entering = Fraction(3_589_414 * GWEI, churn(MAINNET).activation) * EPOCH / DAY
    assert (int(entering), round(float(entering % 1 * 24), 1)) == (62, 7.6)


def test_a_withdrawal_was_seen_to_take_27_to_171_hours() -> None:
    assert round(256 * EPOCH / 3600, 2) == 27.31
    assert 256 * EPOCH + (sweep().wait.maximum or 0) > 171 * 3600


def walked(amounts: list[int], limit: int) -> list[int]:
    """Fill epochs with gwei, one after the other from the fifth on; return the last epoch of each exit."""
    epoch, room, last = 5, limit, []
    for amount in amounts:
        rest = amount
        while rest > room:
            rest -= room
            epoch, room = epoch + 1, limit
        room -= rest
        last.append(epoch)
    return last


@given(
    st.lists(st.integers(1, 3000 * GWEI), min_size=1, max_size=30),
    st.integers(1, 40_000_000).map(lambda eth: churn(eth * GWEI).exit),
)
def test_the_queue_is_epochs_filled_one_after_the_other(amounts: list[int], limit: int) -> None:
    queue, found = ExitQueue(), []
    for amount in amounts:
        queue = queue.joined(amount, 0, limit)
        found.append(queue.epoch)
    assert found == walked(amounts, limit)


@given(st.integers(0, 10**9), st.integers(0, 50), st.integers(1, 10**13))
def test_an_idle_queue_starts_anew(stored: int, later: int, amount: int) -> None:
    busy = ExitQueue(stored, 100 * GWEI)
    idle = ExitQueue().joined(amount, stored + later, 256 * GWEI)
    assert busy.joined(amount, stored + later, 256 * GWEI) == idle


queues = st.decimals(0, 10_000_000, places=9)


@given(queues, queues, st.sampled_from(Fork))
def test_a_longer_queue_never_shortens_the_wait(one: Decimal, other: Decimal, fork: Fork) -> None:
    short, long = (withdrawal(queue, fork=fork) for queue in sorted((one, other)))
    assert (short.exit_epoch_offset or 0) <= (long.exit_epoch_offset or 0)
    assert [a <= b for a, b in zip(short.wait.days, long.wait.days, strict=True) if a and b] == [True] * 3
    assert ordered(short)
    assert ordered(long)


@given(queues, st.decimals(1, 40_000_000, places=0), st.decimals(1, 40_000_000, places=0))
def test_more_stake_never_lengthens_it(queue: Decimal, one: Decimal, other: Decimal) -> None:
    less, more = (withdrawal(queue, total_stake_eth=total) for total in sorted((one, other)))
    assert (more.exit_epoch_offset or 0) <= (less.exit_epoch_offset or 0)


# -- the sweep -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("validators", "full", "average", "half_the_places"),
    [
        (500_000, 4.3403, 2.1701, 8.681),
        (898_000, 7.7951, 3.8976, 15.590),
        (900_000, 7.8125, 3.9062, 15.625),
        (1_100_000, 9.5486, 4.7743, 19.097),
    ],
)
def test_a_round_of_the_sweep(validators: int, full: float, average: float, half_the_places: float) -> None:
    assert sweep(validators).wait.days == pytest.approx((0, average, full), abs=6e-5)
    assert (sweep(validators, partial_queue_full=True).wait.days[2] or 0) == pytest.approx(
        half_the_places, abs=6e-4
    )
    assert sweep_round(validators) == Fraction(validators * 12, 16)


@given(st.integers(1, 300), st.sampled_from((8, 16)))
def test_the_sweep_pays_so_many_in_every_block(validators: int, places: int) -> None:
    waiting, blocks = validators, 0
    while waiting > 0:
        waiting, blocks = waiting - places, blocks + 1
    assert -(-sweep_round(validators, places) // SLOT) == blocks


def test_nobody_with_a_payment_is_the_shortest_round() -> None:
    assert least_round(16_384 * 3) == 3 * SLOT
    assert sweep(16_384 * 7_200).figures["empty_round_days"] == 1


# -- the whole way ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("queue", "least", "typical"), [(0, 1.16, 5.06), (500_000, 9.84, 13.74), (2_600_000, 46.30, 50.20)]
)
def test_a_solo_validator_walks_exit_delay_and_sweep(queue: int, least: float, typical: float) -> None:
    found = in_days(withdrawal(Decimal(queue)).wait)
    assert [round(d or 0, 2) for d in found[:2]] == [least, typical]
    with_eigenlayer = max(14.0, found[1] or 0)
    assert [round(with_eigenlayer, 2), round((found[1] or 0) + 14, 2), round((found[0] or 0) + 14, 2)] == {
        0: [14.00, 19.06, 15.16],
        500_000: [14.00, 27.74, 23.84],
        2_600_000: [50.20, 64.20, 60.30],
    }[queue]


def test_the_stake_can_be_slashed_until_it_is_withdrawable() -> None:
    found = withdrawal(requested=at("2026-03-01T00:00:00"))
    assert found.slashable_until == at("2026-03-02T03:50:24")
    assert found.figures["withdrawable_epoch_offset"] == 261


def test_a_partial_withdrawal_takes_the_same_queue() -> None:
    found = partial_withdrawal(Decimal(500_000), Decimal(10))
    assert found.exit_epoch_offset == 1_958
    assert in_days(found.wait) == (9.84, None, None)
    assert in_days(partial_withdrawal().wait) == (1.16, None, None)
    behind = partial_withdrawal(pending=17).wait
    assert behind.minimum == 261 * EPOCH
    assert behind.maximum == 261 * EPOCH + 2 * SLOT


@given(st.integers(0, 60), st.lists(st.booleans(), max_size=60))
def test_who_stands_before_a_partial_withdrawal_is_paid_8_in_a_block(pending: int, early: list[bool]) -> None:
    """Some of those before it are withdrawable earlier, and paid while it waits."""
    waiting, blocks = pending - sum(early[:pending]) + 1, 0
    while waiting > 8:
        waiting, blocks = waiting - 8, blocks + 1
    wait = partial_withdrawal(pending=pending).wait
    assert wait.minimum is not None
    assert wait.maximum is not None
    assert wait.minimum <= 261 * EPOCH + blocks * SLOT <= wait.maximum


@pytest.mark.parametrize(("balance", "paid"), [("40", 8), ("33.5", "1.5"), ("2048", 100)])
def test_a_partial_withdrawal_leaves_32_eth(balance: str, paid: str | int) -> None:
    found = partial_withdrawal(amount_eth=Decimal(100), balance_eth=Decimal(balance))
    assert found.figures["withdrawn_eth"] == Fraction(paid)


def test_only_what_is_above_32_eth_can_leave() -> None:
    with pytest.raises(UserError, match="leaves 32 ETH"):
        partial_withdrawal(balance_eth=Decimal(32))


# -- when an exit is accepted --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("active", "partials", "accepted", "leaves"),
    [
        (None, None, 0, 5),
        (256, 0, 0, 5),
        (255, 0, 1, 6),
        (0, 0, 256, 261),
        (0, 300, 300, 305),
        (300, 20, 20, 25),
    ],
)
def test_an_exit_is_refused_until_256_epochs_are_over_and_partial_withdrawals_paid(
    active: int | None, partials: int | None, accepted: int, leaves: int
) -> None:
    found = withdrawal(active_epochs=active, partial_epochs=partials)
    assert (found.figures["accepted_epoch_offset"], found.exit_epoch_offset) == (accepted, leaves)
    assert found.figures["withdrawable_epoch_offset"] == leaves + 256
    if not partials:
        assert partial_withdrawal(active_epochs=active).exit_epoch_offset == leaves


@given(st.integers(0, 100_000), st.integers(0, 400))
def test_the_queue_gets_shorter_until_the_exit_is_accepted(queue: int, first: int) -> None:
    limit = 256 * GWEI
    asked = ExitQueue().joined(queue * GWEI, 0, limit).joined(32 * GWEI, first, limit)  # nobody else joins
    assert exit_epochs(queue * GWEI, 32 * GWEI, MAINNET, Fork.ELECTRA, first) == asked.epoch
    now = exit_epochs(queue * GWEI, 32 * GWEI, MAINNET, Fork.ELECTRA)
    assert now <= asked.epoch <= now + first
    assert asked.epoch >= first + 5


@pytest.mark.parametrize("queue", [Decimal(-1), Decimal("0.0000000001")])
def test_a_queue_is_whole_gwei(queue: Decimal) -> None:
    with pytest.raises(UserError, match="The queue cannot be"):
        withdrawal(queue)
