"""Churn, exit queue and sweep hold against the specification walked step by step (protocol-clocks A 1)."""

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


@pytest.mark.parametrize(("queue", "epochs"), [(10_000, 10), (500_000, 456), (2_600_000, 2_368)])
def test_gloas_is_four_times_as_quick(queue: int, epochs: int) -> None:
    assert exit_epochs(0, queue * GWEI, MAINNET, Fork.GLOAS) == 5 + epochs - 1


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
    assert round(Fraction(ahead, 57_600) * 1, 1) == Fraction(str(published))


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
    known = partial_withdrawal(pending=17).wait
    assert known.minimum == known.maximum == 261 * EPOCH + 2 * SLOT


@pytest.mark.parametrize("queue", [Decimal(-1), Decimal("0.0000000001")])
def test_a_queue_is_whole_gwei(queue: Decimal) -> None:
    with pytest.raises(UserError, match="The queue cannot be"):
        withdrawal(queue)
