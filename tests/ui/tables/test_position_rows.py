"""What the line of a position says, from real stacks of the catalogue."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.withdrawals import Days, withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Status
from desktop_app.domain.stacks import Holding, add_holding
from desktop_app.figures.labels import Labels
from desktop_app.shipped import catalogue
from desktop_app.ui.tables.columns import POSITION_LIST, days_range
from desktop_app.ui.tables.position_rows import PositionRow, position_rows, stands_on

DAY = date(2026, 11, 24)


def rows(portfolio: Portfolio) -> tuple[PositionRow, ...]:
    return position_rows(portfolio, exposure(portfolio, DAY), withdrawals(portfolio, DAY), DAY)


def held(holding: Holding) -> Portfolio:
    return add_holding(Portfolio(), catalogue(), holding, "me")


@pytest.mark.parametrize(
    ("holding", "words"),
    [
        (Holding("weETH", Decimal(1)), "ether.fi on EigenLayer"),
        (Holding("stETH", Decimal(1)), "Lido"),
        (Holding("ETH", Decimal(1)), "held on Ethereum"),
        (Holding("ATOM", Decimal(1), layer="staking", operators=("Everstake",)), "staked with Everstake"),
        (Holding("stETH", Decimal(1), protocol="EigenLayer"), "Lido on EigenLayer"),
        (Holding("Own", Decimal(1)), "held"),
    ],
)
def test_the_second_line_names_what_it_stands_on_in_short(holding: Holding, words: str) -> None:
    portfolio = held(holding)
    assert stands_on(portfolio.positions["me"], portfolio) == words


def test_a_position_without_a_price_has_no_value_and_no_share() -> None:
    (row,) = rows(held(Holding("stETH", Decimal(1))))
    assert (row.value, row.share) == (None, None)
    assert POSITION_LIST[0].note(row, Labels()) == "no price: enter one"


def test_the_rate_of_a_coin_that_is_only_held_is_its_reward() -> None:
    portfolio = held(Holding("ETH", Decimal(1), unit_price=Decimal(3000)))
    position = portfolio.positions["me"]
    layers = tuple(replace(layer, reward_rate=0.01) for layer in position.layers if layer.name == "hold")
    (row,) = rows(portfolio.with_positions(replace(position, layers=layers)))
    assert row.reward == 0.01


@pytest.mark.parametrize(("priced", "marked"), [(date(2026, 11, 17), False), (date(2026, 11, 16), True)])
def test_a_price_is_old_after_a_week(priced: date, marked: bool) -> None:
    (row,) = rows(held(Holding("stETH", Decimal(1), unit_price=Decimal(3000), priced_on=priced)))
    assert (row.price_day is not None) is marked


def test_a_closed_position_shows_its_value_nowhere() -> None:
    portfolio = held(Holding("stETH", Decimal(1), unit_price=Decimal(3000)))
    closed = portfolio.with_positions(replace(portfolio.positions["me"], status=Status.CLOSED))
    (row,) = rows(closed)
    assert [column.shown(row, Labels()) for column in POSITION_LIST] == ["stETH", "", "", ""]
    assert POSITION_LIST[0].note(row, Labels()) == "closed"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (Days(1.0, 7.0, 27.0), "1–27"),
        (Days(15.0, None, None), "15–?"),
        (Days(21.0, 21.0, 21.0), "fixed"),
        (Days(None, None, None), "not known"),
    ],
)
def test_the_range_of_days_is_told_in_short(days: Days, words: str) -> None:
    assert days_range(days, Labels()) == words
