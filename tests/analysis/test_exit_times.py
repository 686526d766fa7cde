"""The catalogue's ways out take as long as the end-to-end times of the protocols' clocks say (part A, 5)."""

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.analysis.clocks.ethereum import EPOCH, GWEI, exit_epochs
from desktop_app.analysis.withdrawals import PASSES, Days, TranchePlan, withdrawals
from desktop_app.domain.congestion import Fork
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Tranche
from desktop_app.figures.labels import whole_days
from tests.domain.reach import one

DAY = 86400
AS_OF = date(2026, 1, 1)
QUEUE = "ethereum-native-staking/standard/1"
SWEEP = "ethereum-native-staking/standard/3"
DELAY = "eigenlayer/native/1"
PROOF = "eigenlayer/native/2"


def plan(portfolio: Portfolio) -> TranchePlan:
    (only,) = withdrawals(portfolio, AS_OF).positions.values()
    return only.tranches[0]


def held(asset: str, **more: object) -> TranchePlan:
    return plan(one(asset, **more)[0])


def behind(queue: int, asset: str, *, serial: bool = False, **more: object) -> TranchePlan:
    """Return the way out of 32 ETH behind a queue (ETH); ``serial``: the platform is asked afterwards."""
    portfolio, position = one(asset, **more)
    days = exit_epochs(queue * GWEI, 32 * GWEI, 36_000_000 * GWEI, Fork.ELECTRA) * EPOCH / DAY
    steps = {s.id: s for s in position.exit.tranches[0].steps}
    steps[QUEUE] = replace(steps[QUEUE], minimum=days, typical=days, maximum=days)
    if serial:
        steps[DELAY] = replace(steps[DELAY], after=(SWEEP,))
        steps[PROOF] = replace(steps[PROOF], after=(DELAY,))
    return plan(portfolio.with_positions(replace(position, exit=_way(tuple(steps.values())))))


def _way(steps: tuple[ExitStep, ...]) -> Exit:
    return Exit((Tranche("all", 1.0, steps),))


def rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 2)


@pytest.mark.parametrize(("queue", "days"), [(0, 5.06), (500_000, 13.74), (2_600_000, 50.20)])
def test_a_validator_waits_for_the_queue_256_epochs_and_the_sweep(queue: int, days: float) -> None:
    assert rounded(behind(queue, "ETH", layer="staking").finish.typical) == days


@pytest.mark.parametrize(("queue", "days"), [(0, 14.00), (500_000, 14.00), (2_600_000, 50.20)])
def test_native_restaking_takes_the_longer_of_the_two(queue: int, days: float) -> None:
    """How long the last proof takes is published nowhere, so the finish stays open: no earlier than this."""
    way = behind(queue, "ETH", protocol="EigenLayer")
    assert way.finish.typical is None
    assert rounded(way.at_least.typical) == days


@pytest.mark.parametrize(
    ("queue", "shortest", "days"),
    [(0, 15.16, 19.06), (500_000, 23.84, 27.74), (2_600_000, 60.30, 64.20)],
)
def test_asking_the_platform_only_afterwards_adds_its_delay(queue: int, shortest: float, days: float) -> None:
    way = behind(queue, "ETH", serial=True, protocol="EigenLayer")
    assert (rounded(way.finish.min), rounded(way.at_least.typical)) == (shortest, days)


def test_without_a_queue_only_the_earliest_day_of_a_validator_is_known() -> None:
    way = held("ETH", layer="staking")
    assert (rounded(way.finish.min), way.finish.typical, way.finish.max) == (1.16, None, None)


def test_steth_leaves_eigenlayer_and_then_lido() -> None:
    least, typical, most = (held("stETH", protocol="EigenLayer").finish.of(name) for name in PASSES)
    assert typical is None
    block = 12 / DAY
    assert [least, most] == pytest.approx([15 + block, 19 + block])
    assert [whole_days(days or 0) for days in (least, most)] == [15, 19]


@pytest.mark.parametrize("asset", ["wstETH", "stETH"])
def test_wsteth_leaves_symbiotic_and_then_lido(asset: str) -> None:
    assert held(asset, protocol="Symbiotic core v1").finish == Days(8.0, None, 19.0)


@pytest.mark.parametrize("asset", ["rstETH", "steakLRT", "Re7LRT"])
def test_a_mellow_vault_takes_as_long_as_the_vault_below_it(asset: str) -> None:
    assert held(asset).finish == held("wstETH", protocol="Symbiotic core v1").finish


@pytest.mark.parametrize(
    "asset", ["stETH", "ETHx", "swETH", "weETH", "rswETH", "ynETH"]
)  # the second pattern, without Mantle and Frax
def test_a_ticket_in_a_queue_can_lose_until_it_is_finalised(asset: str) -> None:
    first = held(asset).steps[0].step
    assert (first.after, first.slashable) == ((), True)


@pytest.mark.parametrize("asset", ["mETH", "frxETH", "sfrxETH"])
def test_a_ticket_whose_amount_is_fixed_cannot_lose(asset: str) -> None:
    assert [s.step.slashable for s in held(asset).steps if s.step.slashable is not False] == []


@pytest.mark.parametrize(
    ("asset", "more"),
    [("rstETH", {}), ("wstETH", {"protocol": "Symbiotic core v1"}), ("mstETH", {})],
)
def test_an_epoch_vault_pays_after_one_to_two_epochs(asset: str, more: dict[str, str]) -> None:
    epoch = held(asset, **more).steps[0].step
    assert (epoch.minimum, epoch.maximum) == (7.0, 14.0)
