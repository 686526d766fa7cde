"""An import can be taken back at any time: what came only from it goes, what it changed is as before."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.domain.checks import check
from desktop_app.domain.import_undo import lost_with_import, without_import
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Request, Status
from desktop_app.domain.stacks import add_holding, holding_of
from desktop_app.errors import UserError
from tests.csv_import.reading import imported

FIRST = (
    "asset,quantity,status,layer,reward_apr,notes\n"
    "ETH,1,active,staking,3,a\nweETH,2,,liquid restaking,3.2,\nDOT,5,,,,\n"
)
SECOND = (
    "asset,quantity,status,layer,reward_apr,notes\n"
    "ETH,1.5,unbonding,staking,4,b\nweETH,2,,liquid restaking,3.2,\nDOT,5,,staking,3,\n"
)
THIRD = SECOND.replace("ETH,1.5,", "ETH,1.75,")
NEW = {"changed_quantity": "new", "changed_details": "new", "missing_positions": "close"}


def without(portfolio: Portfolio, import_id: str) -> Portfolio:
    after = without_import(portfolio, shipped.catalogue(), import_id)
    assert check(after) == ()
    return after


def rows(portfolio: Portfolio) -> Portfolio:
    """Return the portfolio without what does not belong to its rows."""
    return replace(portfolio, catalogue_version="")


def test_the_only_import_leaves_nothing() -> None:
    assert rows(without(imported(FIRST), "first")) == Portfolio()


def test_what_another_import_brought_stays() -> None:
    table = imported(FIRST)
    both = imported("asset,quantity\nSOL,3\n", table, "second", account="Elsewhere")
    assert without(both, "second") == table
    assert list(without(both, "first").positions) == ["SOL"]


def test_what_an_import_changed_is_as_before() -> None:
    table = imported(FIRST)
    assert without(imported(SECOND, table, "second", answers=NEW), "second") == table


def test_what_a_later_import_changed_again_goes_back_over_both() -> None:
    table = imported(FIRST)
    twice = imported(THIRD, imported(SECOND, table, "second", answers=NEW), "third", answers=NEW)
    once = without(twice, "second")
    assert once.positions["ETH"].quantity == Decimal("1.75")
    assert without(once, "third").positions == table.positions
    assert without(without(twice, "third"), "second").positions == table.positions


def test_a_position_that_another_import_changed_is_that_ones_then() -> None:
    both = imported(SECOND, imported(FIRST), "second", answers=NEW)
    after = without(both, "first")
    assert {i: p.import_id for i, p in after.positions.items()} == {"ETH": "second", "DOT": "second"}
    assert after.positions["ETH"] == replace(both.positions["ETH"], import_id="second")


def test_what_an_import_closed_opens_again() -> None:
    table = imported(FIRST)
    gone = imported("asset,quantity\nweETH,2\n", table, "second", answers=NEW)
    assert gone.positions["ETH"].status is Status.CLOSED
    assert without(gone, "second") == table


def test_what_was_edited_since_stays_and_is_named() -> None:
    both = imported(SECOND, imported(FIRST), "second", answers=NEW)
    mine = both.with_positions(replace(both.positions["ETH"], quantity=Decimal(9)))
    assert [issue.text for issue in lost_with_import(mine, "second")] == [
        "“ETH, staked”: quantity has been changed since and stays."
    ]
    eth = without(mine, "second").positions["ETH"]
    assert (eth.quantity, eth.status, eth.notes) == (Decimal(9), Status.ACTIVE, "a")


def test_what_was_entered_in_a_position_that_goes_is_named() -> None:
    table = imported(FIRST)
    named = add_holding(
        table,
        shipped.catalogue(),
        replace(holding_of(table, table.positions["ETH"]), operators=("P2P",)),
        "ETH",
    )
    request = Request("r", Decimal(1), datetime(2026, 1, 1, tzinfo=UTC))
    mine = named.with_positions(
        replace(named.positions["ETH"], requests=(request,)), replace(named.positions["DOT"], debt=Decimal(2))
    )
    assert [issue.text for issue in lost_with_import(mine, "first")] == [
        "“ETH, staked” goes, and with it what you entered: its operators, its withdrawal requests.",
        "“DOT” goes, and with it what you entered: its debt.",
    ]
    assert lost_with_import(table, "first") == ()


def test_an_import_that_is_not_there_is_said() -> None:
    with pytest.raises(UserError, match="no import “x”"):
        without_import(Portfolio(), shipped.catalogue(), "x")


def typed(portfolio: Portfolio, ident: str, quantity: str) -> Portfolio:
    held = replace(holding_of(portfolio, portfolio.positions[ident]), quantity=Decimal(quantity))
    return add_holding(portfolio, shipped.catalogue(), held, ident)


def test_a_quantity_typed_over_that_of_a_table_is_named_before_it_goes() -> None:
    table = imported(FIRST)
    assert lost_with_import(table, "first") == ()
    mine = typed(typed(table, "DOT", "7"), "DOT", "8")
    assert [issue.text for issue in lost_with_import(mine, "first")] == [
        "“DOT” goes, and with it what you entered: its quantity."
    ]
    assert lost_with_import(typed(mine, "DOT", "5"), "first") == ()
    assert rows(without(mine, "first")) == Portfolio()


def test_what_was_typed_over_what_a_table_said_is_named_before_it_goes() -> None:
    table = imported(FIRST)
    dot = replace(holding_of(table, table.positions["DOT"]), unit_price=Decimal(5), notes="mine")
    mine = add_holding(table, shipped.catalogue(), dot, "DOT")
    assert [issue.text for issue in lost_with_import(mine, "first")] == [
        "“DOT” goes, and with it what you entered: its price, its notes."
    ]
    assert rows(without(mine, "first")) == Portfolio()


def test_a_typed_quantity_is_kept_where_a_later_file_has_changed_another() -> None:
    mine = typed(imported(FIRST), "DOT", "7")
    both = imported("asset,quantity\nSOL,3\n", mine, "second", account="Elsewhere")
    assert without(both, "second") == mine
    assert list(without(both, "first").positions) == ["SOL"]
