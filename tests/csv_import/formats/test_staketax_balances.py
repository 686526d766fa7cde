"""StakeTax's history of balances: the newest row counts, a column is a token."""

from datetime import date

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, skipped, stopping

HISTORY = (
    "timestamp,ATOM,OSMO,UNKNOWN-LP,stATOM\r\n"
    "2024-03-31 18:00:00,120.30000000000000004,0.0,,2.5\r\n"
    "2024-03-31 06:00:00,119.0,0.0,,2.5\r\n"
    "2024-02-29 18:00:00,100.0,5.0,1.0,\r\n"
)


def test_the_newest_row_is_the_snapshot() -> None:
    found = plan(HISTORY)
    counts = found.counts
    assert (found.format, found.kind, found.outcome) == (
        "staketax_balances",
        "snapshot",
        Outcome.ACCEPT_PARTLY,
    )
    assert (counts.data_rows, counts.accepted, counts.skipped) == (3, 1, 2)
    assert holdings(HISTORY) == {"ATOM": "120.30000000000000004", "stATOM": "2.5"}
    assert skipped(HISTORY) == [(3, "earlier_snapshot"), (4, "earlier_snapshot")]
    assert stopping(HISTORY) == []


def test_positions_are_of_the_day_and_coins_are_not_called_staked() -> None:
    positions = list(imported(HISTORY, account="cosmos1abc").positions.values())
    assert [(p.asset, p.opened_on, p.account) for p in positions] == [
        ("ATOM", date(2024, 3, 31), "cosmos1abc"),
        ("stATOM", date(2024, 3, 31), "cosmos1abc"),
    ]
    warnings = " ".join(plan(HISTORY).warnings)
    assert "how much is delegated" in warnings
    assert "binary fractions" in warnings


def test_rows_in_any_order_are_told_apart_by_their_time() -> None:
    head, *rows = HISTORY.splitlines()
    turned = "\n".join([head, *reversed(rows)])
    assert holdings(turned) == holdings(HISTORY)


def test_a_foreign_token_without_a_symbol_is_known_by_its_hash() -> None:
    code = "27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2"
    assert holdings(f"timestamp,ATOM,ibc/{code}\n2024-03-31 18:00:00,1.0,2.0\n") == {"ATOM": "1", code: "2"}


@pytest.mark.parametrize(
    "head", ["timestamp,ATOM,amount", "timestamp,price,volume", "date,ATOM", "timestamp"]
)
def test_other_tables_with_a_time_are_no_history_of_balances(head: str) -> None:
    row = ",".join("1" for _ in head.split(","))
    assert plan(f"{head}\n{row}\n").format is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-03-31 18:00:00,x,1.0,,", "quantity_invalid"),
        ("2024-03-31 18:00:00,-1.0,1.0,,", "quantity_negative"),
        ("2030-03-31 18:00:00,1.0,1.0,,", "date_out_of_range"),
        ("yesterday,1.0,1.0,,", "date_invalid"),
        (",1.0,1.0,,", "date_missing"),
        ("2024-03-31 18:00:00,1.0,1.0", "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_as_a_whole(row: str, code: str) -> None:
    head = HISTORY.splitlines()[0]
    text = f"{head}\n{row}\n2024-03-31 18:00:00,3.0,,,\n"
    assert rejected(text) == [(2, code)]
    assert holdings(text) == {"ATOM": "3"}
