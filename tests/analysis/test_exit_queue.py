"""What the exit queue means for a validator and for the positions behind it; and which tokens mature when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.analysis.exit_queue import (
    RECORD_ETH,
    Maturity,
    exit_queue,
    has_other_queues,
    leavers,
    maturities,
)
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.congestion import Congestion, Fork
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Origin, Position, Status
from desktop_app.domain.stacks import Holding, add_holding
from desktop_app.shipped import catalogue
from tests.builders import position

AS_OF = date(2026, 11, 24)
READ = Congestion(Decimal(1_240_000), date(2026, 11, 23))


def held(*assets: tuple[str, str], **more: Any) -> Portfolio:
    """Return a portfolio of (asset, quantity) on the shipped stacks."""
    portfolio = Portfolio(congestion=READ)
    for asset, quantity in assets:
        holding = Holding(asset, Decimal(quantity), name=f"{quantity} {asset}", **more)
        portfolio = add_holding(portfolio, catalogue(), holding)
    return portfolio


def test_the_queue_of_the_picture() -> None:
    portfolio = held(("ETH", "32"), layer="staking")
    found = exit_queue(portfolio, AS_OF)
    assert [found.churn_eth, found.epochs, found.leavers] == [256, 4848, 1]
    assert found.days == pytest.approx(4848 * 384 / 86400)
    assert found.last is not None
    assert found.last.days == withdrawals(portfolio, AS_OF).positions[found.last.position].finish.typical
    assert found.last.is_known
    plans = withdrawals(portfolio, AS_OF).positions
    assert exit_queue(portfolio, AS_OF, plans=plans) == found


def test_what_if_it_were_longer_or_by_other_rules() -> None:
    portfolio = held(("ETH", "32"), layer="staking")
    longer = exit_queue(portfolio, AS_OF, replace(READ, queue_eth=RECORD_ETH))
    assert longer.epochs == 10_161
    gloas = exit_queue(portfolio, AS_OF, replace(READ, fork=Fork.GLOAS))
    assert [gloas.churn_eth, gloas.epochs] == [1098, 5 + 1129]
    less = exit_queue(portfolio, AS_OF, replace(READ, total_stake_eth=Decimal(10_000_000)))
    assert less.churn_eth == 152
    assert (less.days or 0) > (longer.days or 0) * 0.7


def test_an_unknown_queue_is_unknown() -> None:
    portfolio = replace(held(("ETH", "32"), layer="staking"), congestion=Congestion())
    found = exit_queue(portfolio, AS_OF)
    assert (found.epochs, found.days, found.last, found.leavers) == (None, None, None, 1)
    assert exit_queue(portfolio, AS_OF, Congestion(Decimal(-5))).days is None


def test_several_leave_together_and_are_out_with_the_last_of_them() -> None:
    portfolio = held(("ETH", "32"), ("ETH", "320000"), layer="staking")
    found = exit_queue(portfolio, AS_OF)
    assert found.leavers == 2
    assert found.last is not None
    whole = exit_queue(held(("ETH", "320032"), layer="staking"), AS_OF).last
    assert whole is not None
    assert found.last.days == whole.days
    for one in portfolio.positions:
        alone = exit_queue(portfolio, AS_OF, only=(one,)).last
        assert alone is not None
        assert alone.days == whole.days


def test_a_way_out_that_goes_on_into_the_unknown_is_no_earlier_than() -> None:
    portfolio = held(("ETH", "32"), protocol="EigenLayer", layer="restaking")
    found = exit_queue(portfolio, AS_OF).last
    assert found is not None
    assert not found.is_known
    assert found.days == pytest.approx(21.5467 + 1.1378 + 3.8976, abs=1e-3)


def test_who_waits_behind_the_queue() -> None:
    portfolio = held(("ETH", "32"), ("stETH", "10"), layer="staking")
    (mine,) = leavers(portfolio)
    assert portfolio.positions[mine].asset == "ETH"
    validator = portfolio.positions[mine]
    assert not leavers(portfolio.with_positions(replace(validator, status=Status.CLOSED)))
    assert not leavers(portfolio.with_positions(typed_over(validator)))
    own = catalogue().entries["ethereum-native-staking"]
    assert not leavers(portfolio.with_entries(own))


def typed_over(validator: Position) -> Position:
    """Return a position whose owner has typed how long the queue takes."""
    (tranche,) = validator.exit.tranches
    steps = tuple(replace(step, origin=Origin.YOURS) for step in tranche.steps)
    return replace(validator, exit=replace(validator.exit, tranches=(replace(tranche, steps=steps),)))


def test_maturities_in_the_order_in_which_they_come() -> None:
    names = ("PT-weETH-25MAR2027", "weETH", "PT-sUSDe-24NOV2026", "YT-eETH-26DEC2024")
    portfolio = Portfolio().with_positions(*(position(name, asset=name) for name in names))
    assert maturities(portfolio, AS_OF) == (
        Maturity("YT-eETH-26DEC2024", date(2024, 12, 26), 0),
        Maturity("PT-sUSDe-24NOV2026", AS_OF, 0),
        Maturity("PT-weETH-25MAR2027", date(2027, 3, 25), 121),
    )


def test_other_queues_are_those_that_no_clock_rules() -> None:
    for asset, layer, waits in (("ETH", "staking", False), ("stETH", "", True), ("ATOM", "staking", False)):
        portfolio = held((asset, "32"), layer=layer)
        assert has_other_queues(withdrawals(portfolio, AS_OF)) is waits
