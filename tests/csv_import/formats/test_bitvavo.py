from datetime import UTC, datetime

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.headers import HEADERS
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, skipped

# Columns after public importers; amounts are made up.
HEADER = HEADERS["bitvavo"][0] + "\n"


def row(kind: str, coin: str, amount: str, paid: str = ",", fee: str = ",", day: int = 1, **more: str) -> str:
    status, clock = more.get("status", "Completed"), more.get("clock", "16:29:01.408")
    return (
        f"Europe/Amsterdam,2024-07-{day:02},{clock},{kind},{coin},{amount},EUR,1645,{paid},{fee},{status},"
        f"a{day},\n"
    )


def test_rows_move_by_their_type_and_fees_come_on_top() -> None:
    text = (
        HEADER
        + row("deposit", "EUR", "500")
        + row("buy", "ETH", "2", "EUR,-499.81", "EUR,0.7499", 2)
        + row("staking", "ETH", "0.01", day=3)
        + row("sell", "ETH", "-0.5", "EUR,900", "EUR,1", 4)
        + row("withdrawal", "ETH", "-1", fee="ETH,0.002", day=5)
        + row("internal_transfer", "ETH", "-1", day=6)
        + row("rebate", "BTC", "0.001", day=7, status="Distributed")
    )
    found = plan(text)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "bitvavo", "ledger")
    assert holdings(text) == {"ETH": "0.508", "BTC": "0.001"}
    assert rewards(text) == {"ETH": "0.01"}


def test_the_zone_of_each_row_counts() -> None:
    (movement,) = imported(HEADER + row("deposit", "ETH", "1")).movements.values()
    assert movement.moved_at == datetime(2024, 7, 1, 14, 29, 1, 408000, tzinfo=UTC)


def test_what_is_open_or_was_cancelled_is_skipped() -> None:
    text = (
        HEADER
        + row("deposit", "ETH", "1")
        + row("withdrawal", "ETH", "-1", day=2, status="Pending")
        + row("withdrawal", "ETH", "-1", day=3, status="Cancelled")
    )
    assert skipped(text) == [(3, "not_settled"), (4, "failed")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (row("airdrop of moons", "ETH", "1"), "type_unknown"),
        (row("deposit", "ETH", ""), "quantity_missing"),
        (row("deposit", "ETH", "x"), "quantity_invalid"),
        (row("deposit", "ETH", "0"), "quantity_zero"),
        (row("deposit", "", "1"), "asset_missing"),
        (row("buy", "ETH", "1", ",5"), "asset_missing"),
        (row("withdrawal", "ETH", "1", fee="ETH,x"), "fee_invalid"),
        (row("deposit", "ETH", "1", clock="noon"), "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(text: str, code: str) -> None:
    assert rejected(HEADER + text + row("deposit", "ETH", "5", day=9)) == [(2, code)]
