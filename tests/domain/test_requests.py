"""Withdrawal requests: nothing is lost between what is held, asked for and claimed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import money
from desktop_app.domain.checks import check
from desktop_app.domain.interchange import dumps, loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, Position, Request, Status, Tranche
from desktop_app.domain.requests import (
    claimed,
    fault,
    free_amount,
    new_id,
    open_requests,
    steps_to_walk,
    taken_back,
    with_request,
)
from desktop_app.errors import UserError
from tests.builders import position, step, way_out

NOW = datetime(2026, 11, 28, 9, 15, tzinfo=UTC)


def held(quantity: str | None = "8.75", **fields: object) -> Portfolio:
    amount = None if quantity is None else Decimal(quantity)
    way = way_out(step("a", 3), step("b", 2, after="a"))
    return Portfolio().with_positions(
        Position("p", "ezETH", "ezETH", "ETH", quantity=amount, exit=way, **fields)  # type: ignore[arg-type]
    )


def asking(amount: str, ident: str = "r", **fields: object) -> Request:
    return Request(ident, Decimal(amount), NOW, **fields)  # type: ignore[arg-type]


def only(portfolio: Portfolio) -> Position:
    return portfolio.positions["p"]


def test_a_request_takes_from_what_is_free_and_a_claim_from_what_is_held() -> None:
    asked = with_request(held(), "p", asking("2"))
    assert (free_amount(only(asked)), only(asked).quantity) == (Decimal("6.75"), Decimal("8.75"))
    done = claimed(asked, "p", "r", NOW + timedelta(days=3))
    assert (free_amount(only(done)), only(done).quantity) == (Decimal("6.75"), Decimal("6.75"))
    assert only(done).requests[0].claimed_at == NOW + timedelta(days=3)
    assert open_requests(only(done)) == ()


def test_a_request_can_be_changed_and_taken_back() -> None:
    asked = with_request(with_request(held(), "p", asking("2")), "p", asking("1", "s"))
    changed = with_request(asked, "p", asking("7.75"))
    assert [r.amount for r in only(changed).requests] == [Decimal("7.75"), Decimal(1)]
    assert taken_back(changed, "p", "r") == with_request(held(), "p", asking("1", "s"))


@pytest.mark.parametrize(
    ("quantity", "amount", "said"),
    [
        ("8.75", "0", "more than nothing"),
        ("8.75", "-1", "more than nothing"),
        ("8.75", "8.750000000000000001", "“ezETH” has 8.75 ezETH left"),
        (None, "1", "enter its quantity"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(quantity: str | None, amount: str, said: str) -> None:
    assert said in fault(only(held(quantity)), asking(amount))
    with pytest.raises(UserError, match=r"."):
        with_request(held(quantity), "p", asking(amount))


def test_no_claim_comes_before_its_request() -> None:
    with pytest.raises(UserError, match="before it was asked for"):
        claimed(with_request(held(), "p", asking("2")), "p", "r", NOW - timedelta(seconds=1))


def test_a_position_of_which_nothing_is_left_is_closed() -> None:
    done = only(claimed(with_request(held(), "p", asking("8.75")), "p", "r", NOW))
    assert (done.quantity, done.status) == (Decimal(0), Status.CLOSED)


def test_a_total_value_and_a_debt_shrink_with_what_is_claimed() -> None:
    whole = held("3", total_value=Decimal("1000.01"), debt=Decimal(300))
    done = only(claimed(with_request(whole, "p", asking("1")), "p", "r", NOW))
    assert done.total_value == Decimal("666.673333333333333333")
    assert done.debt == Decimal(200)


def test_a_claim_of_a_folded_holding_is_an_adjustment() -> None:
    done = only(claimed(with_request(held(adjustment=Decimal("0.5")), "p", asking("2")), "p", "r", NOW))
    assert done.adjustment == Decimal("-1.5")


def test_a_new_request_walks_the_positions_own_way_from_its_start() -> None:
    started = replace(step("a", 3), elapsed_days=2.0)
    way = Exit((Tranche("asked", 0.5, (started,)), Tranche("rest", 0.5, (step("c", 1),))))
    assert steps_to_walk(position("p", exit=way)) == (step("c", 1),)
    assert steps_to_walk(position("p", exit=Exit((Tranche("asked", 1.0, (started,)),)))) == (step("a", 3),)
    assert steps_to_walk(position("p")) == ()
    assert new_id(only(held())) == "request-1"
    assert new_id(only(with_request(held(), "p", asking("1", "request-1")))) == "request-2"


def test_a_request_is_in_the_interchange_file_with_its_steps() -> None:
    asked = with_request(held(), "p", asking("2", note="0xabc", path="instant", steps=(step("a", 1, 2, 3),)))
    assert loads(dumps(asked)) == asked


def test_what_asks_for_too_much_or_nothing_is_named() -> None:
    wrong = replace(only(held()), requests=(asking("9"), asking("-1", "s"), asking("1", "t", claimed_at=NOW)))
    said = [issue.text for issue in check(Portfolio().with_positions(replace(wrong, requests=())))]
    assert said == []
    found = [issue.text for issue in check(Portfolio().with_positions(wrong))]
    assert found == ["A withdrawal of “ezETH” asks for nothing."]
    more = replace(wrong, requests=(asking("9"),))
    assert "ask for more than it holds" in check(Portfolio().with_positions(more))[0].text
    circle = replace(wrong, requests=(asking("1", steps=(step("a", 1, after="a"),)),))
    assert "in a circle" in check(Portfolio().with_positions(circle))[0].text


amounts = st.decimals("0.000000000000000001", 10, places=18)
deeds = st.lists(st.tuples(st.sampled_from(["ask", "change", "claim", "back"]), amounts, st.integers(0, 4)))


@given(st.decimals(1, 20, places=18), deeds)
def test_held_and_claimed_add_up_to_what_there_was(
    start: Decimal, done: list[tuple[str, Decimal, int]]
) -> None:
    portfolio = held(str(start))
    for deed, amount, number in done:
        requests = open_requests(only(portfolio))
        chosen = requests[number % len(requests)].id if requests else ""
        try:
            if deed == "ask":
                portfolio = with_request(portfolio, "p", asking(str(amount), new_id(only(portfolio))))
            elif deed == "change" and chosen:
                portfolio = with_request(portfolio, "p", asking(str(amount), chosen))
            elif deed == "claim" and chosen:
                portfolio = claimed(portfolio, "p", chosen, NOW)
            elif deed == "back" and chosen:
                portfolio = taken_back(portfolio, "p", chosen)
        except UserError:
            continue
    now = only(portfolio)
    gone = money.total(r.amount for r in now.requests if not r.is_open)
    asked = money.total(r.amount for r in open_requests(now))
    free = free_amount(now)
    assert now.quantity is not None
    assert free is not None
    assert money.total((now.quantity, gone)) == start
    assert money.total((free, asked)) == now.quantity
    assert free >= 0
    assert check(portfolio) == ()
