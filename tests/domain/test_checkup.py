"""What a portfolio holds is looked over: references, positions, sums and dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from desktop_app.domain.checkup import Part, contents
from desktop_app.domain.imports import ImportRecord, Movement, Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Request
from desktop_app.shipped import sample_portfolio
from tests.builders import position

TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, tzinfo=UTC)
LATER = NOW + timedelta(days=9)


def wrong(portfolio: Portfolio) -> dict[Part, tuple[str, ...]]:
    return {part: issues for part, issues in contents(portfolio, TODAY).items() if issues}


def moved(amount: str, number: int) -> Movement:
    return Movement(f"m{number}", "i", "A", "spot", "ETH", Decimal(amount), NOW, "", 1, position="P")


def test_the_sample_has_nothing_wrong() -> None:
    assert wrong(sample_portfolio()) == {}


def test_an_edge_to_nowhere_is_a_reference() -> None:
    held = sample_portfolio().with_graph(edges=[Edge("x", "SOL", "token:gone")])
    assert list(wrong(held)) == [Part.REFERENCES]


def test_a_negative_amount_is_of_a_position() -> None:
    held = sample_portfolio()
    bad = replace(held.positions["SOL"], quantity=Decimal(-1))
    assert list(wrong(held.with_positions(bad))) == [Part.POSITIONS]


@pytest.mark.parametrize(
    ("quantity", "adjustment", "fine"), [("3.5", "0", True), ("4", "0.5", True), ("4", "0", False)]
)
def test_a_quantity_is_what_its_movements_and_the_adjustment_make(
    quantity: str, adjustment: str, fine: bool
) -> None:
    held = replace(position("P", "1"), quantity=Decimal(quantity), value=None, adjustment=Decimal(adjustment))
    portfolio = Portfolio().with_positions(held).with_movements(moved("5", 1), moved("-1.5", 2))
    said = wrong(portfolio).get(Part.SUMS, ())
    assert said == (() if fine else ("“P” holds 4, but its movements and what you added to them make 3.5.",))


def test_nothing_happens_in_the_future_but_tomorrow_which_is_today_elsewhere() -> None:
    held = position("P", "1")
    for day, fine in ((TODAY, True), (TODAY + timedelta(days=1), True), (LATER.date(), False)):
        for changed in (replace(held, opened_on=day), replace(held, priced_on=day)):
            assert (wrong(Portfolio().with_positions(changed)) == {}) is fine
        priced = Portfolio().with_prices(Price("ETH", day, "USD", Decimal(1), ""))
        assert (wrong(priced) == {}) is fine
    record = ImportRecord("i", "a.csv", "", LATER, "", "", "", 0, 0, 0, 0)
    assert list(wrong(Portfolio().with_imports(record))) == [Part.DATES]


def test_no_claim_comes_before_its_request() -> None:
    asked = Request("r", Decimal(1), NOW, NOW - timedelta(days=1))
    ahead = Request("s", Decimal(1), LATER)
    held = replace(position("P", "1"), requests=(asked, ahead))
    assert wrong(Portfolio().with_positions(held))[Part.DATES] == (
        "A request of “P” was claimed before it was made.",
        "A request of “P” is of 2026-12-07, which is in the future.",
    )
