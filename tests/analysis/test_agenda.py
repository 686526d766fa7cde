"""What is dated: what was asked for, what matures, until when to ask; else what would be out first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.agenda import Dated, Kind, agenda, if_asked
from desktop_app.analysis.clocks import bitcoin
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Origin, Request, Status
from desktop_app.domain.requests import with_request
from desktop_app.shipped import catalogue, sample_portfolio
from tests.analysis.clocks.clocks import at
from tests.builders import drawn, position, step, way_out

AS_OF = date(2026, 11, 24)
NOT_KNOWN = Exit()
XSOLV, SOLV = "solv-xsolvbtc/standard/1", "solvbtc/standard/1"


def holding(asset: str, way: Exit = NOT_KNOWN, value: str | None = "1000", **fields: Any) -> Portfolio:
    return Portfolio().with_positions(position("p", value, asset, exit=way, **fields))


def shipped(ident: str, *days: float | None, **fields: Any) -> ExitStep:
    return step(ident, *days, origin=Origin.CATALOGUE, **fields)


def dates(portfolio: Portfolio, as_of: date = AS_OF) -> tuple[Dated, ...]:
    return agenda(portfolio, withdrawals(portfolio, as_of), as_of)


def test_the_sample_has_two_claims_and_a_maturity() -> None:
    found = dates(sample_portfolio())
    assert [(d.kind, d.position, d.part, d.days) for d in found] == [
        (Kind.CLAIM, "ezETH", "request-1", 1),
        (Kind.CLAIM, "ATOM", "request-1", 9),
        (Kind.MATURITY, "PT-weETH-25MAR2027", "", 121),
    ]
    assert [round(d.value or 0) for d in found] == [6936, 2472, 22068]
    assert (found[0].earliest, found[0].latest) == (1, 13)


def test_what_was_not_asked_for_has_no_claim_and_what_is_closed_no_date() -> None:
    assert dates(holding("ETH", way_out(step("q", 1, 2, 3)))) == ()
    assert dates(holding("PT-x-25MAR2027", status=Status.CLOSED)) == ()


def test_a_claim_of_which_nobody_knows_the_typical_day_stands_on_its_earliest() -> None:
    (found,) = dates(holding("ETH", way_out(step("q", 5, None, 9, elapsed_days=2.0))))
    assert (found.days, found.typical, found.earliest, found.latest) == (3, False, 3, 7)
    assert dates(holding("ETH", way_out(step("q", None, None, 9, elapsed_days=2.0)))) == ()


def test_a_principal_token_matures_and_a_yield_token_expires() -> None:
    kinds = [dates(holding(f"{family}-weETH-26NOV2026"))[0].kind for family in ("PT", "YT")]
    assert kinds == [Kind.MATURITY, Kind.EXPIRY]
    assert dates(holding("PT-weETH-20NOV2026"))[0].days == -4


@pytest.mark.parametrize(
    ("day", "last", "paid"),
    [(1, 9, 20), (9, 9, 20), (10, 19, 31), (19, 19, 31)],
)
def test_xsolvbtc_is_asked_for_until_the_day_before_a_later_payment(day: int, last: int, paid: int) -> None:
    portfolio = holding("xSolvBTC", way_out(shipped(XSOLV, 9, 15, 23)))
    (found,) = dates(portfolio, date(2027, 5, day))
    assert (found.kind, found.days) == (Kind.WINDOW, last - day)
    assert found.paid == bitcoin.business_day(date(2027, 5, paid))


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from([("xSolvBTC", XSOLV), ("SolvBTC", SOLV)])
)
def test_asking_on_the_last_day_is_paid_as_today_and_a_day_later_not(
    day: date, held: tuple[str, str]
) -> None:
    asset, ident = held
    pays = {XSOLV: bitcoin.xsolvbtc, SOLV: bitcoin.solvbtc}[ident]
    found = dates(holding(asset, way_out(shipped(ident, 1, 5, 8))), day)
    assert bool(found) == (ident == XSOLV or day.weekday() != 6)
    for window in found:
        last = day + timedelta(days=window.days)
        today, then, later = (pays(at(f"{d}T00:00")) for d in (day, last, last + timedelta(days=1)))
        assert today.claimable_at == then.claimable_at != later.claimable_at


def test_a_window_is_told_only_where_it_is_the_next_thing_to_ask_for() -> None:
    later = way_out(step("unlock", 3), shipped(XSOLV, 9, 15, 23, after="unlock"))
    assert dates(holding("xSolvBTC", later)) == ()
    asked = way_out(shipped(XSOLV, 9, 15, 23, elapsed_days=2.0))
    assert [d.kind for d in dates(holding("xSolvBTC", asked))] == [Kind.CLAIM]
    own = replace(
        holding("xSolvBTC", way_out(shipped(XSOLV, 9, 15, 23))),
        entries={"solv-xsolvbtc": catalogue().entries["solv-xsolvbtc"]},
    )
    assert dates(own) == ()


def test_a_window_is_of_what_nobody_has_asked_for_and_stays_the_same_entry() -> None:
    way = shipped(XSOLV, 9, 15, 23)
    portfolio = holding("xSolvBTC", way_out(way), None, quantity=Decimal(8), unit_price=Decimal(1))
    (before,) = dates(portfolio)
    request = Request("r", Decimal(2), datetime(2026, 11, 24, tzinfo=UTC), steps=(way,))
    found = dates(with_request(portfolio, "p", request))
    assert [(d.kind, d.part, d.amount) for d in found] == [
        (Kind.WINDOW, before.part, Decimal(6)),
        (Kind.CLAIM, "r", Decimal(2)),
    ]


def test_a_request_that_expires_is_dated_until_then_and_has_no_claim_afterwards() -> None:
    way = step("queue", 1, 5, 9)
    portfolio = holding("ETH", way_out(way), None, quantity=Decimal(8), unit_price=Decimal(1))
    request = Request("r", Decimal(8), datetime(2026, 11, 24, tzinfo=UTC), steps=(way,))
    portfolio = with_request(portfolio, "p", request)
    out = withdrawals(portfolio, AS_OF)
    for expires, kinds in ((7.5, [Kind.CLAIM, Kind.EXPIRY]), (-1.0, [Kind.EXPIRY])):
        parts = tuple(replace(part, expires=expires) for part in out.positions["p"].tranches)
        ending = replace(out, positions={"p": replace(out.positions["p"], tranches=parts)})
        found = agenda(portfolio, ending, AS_OF)
        assert [d.kind for d in found] == kinds
        assert found[-1].at == datetime(2026, 11, 24, tzinfo=UTC) + timedelta(days=expires)


def test_the_end_of_all_days_is_no_mistake() -> None:
    portfolio = holding("xSolvBTC", way_out(shipped(XSOLV, 9, 15, 23)))
    assert [d.kind for d in dates(portfolio, date(9999, 12, 30))] in ([], [Kind.WINDOW])


def test_if_nothing_is_asked_for_the_soonest_come_first_and_no_more_than_wanted() -> None:
    bare = drawn("a: 1000 -> X", "b: 500 -> X", "c: 100 -> X")
    ways = {
        "a": way_out(step("q", 1, 9, 20)),
        "b": way_out(step("q", 1, 2, 20)),
        "c": way_out(step("q", 1, None, 2)),
    }
    portfolio = bare.with_positions(*(replace(bare.positions[i], exit=way) for i, way in ways.items()))
    out = withdrawals(portfolio, AS_OF)
    assert dates(portfolio) == ()
    assert [(d.days, d.position) for d in if_asked(out, 5)] == [(2.0, "b"), (9.0, "a")]
    assert len(if_asked(out, 1)) == 1
