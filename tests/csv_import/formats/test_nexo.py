from datetime import UTC, datetime

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.headers import HEADERS
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, skipped

# Layouts and types after BittyTax/BittyTax, conv/parsers/nexo.py; amounts are made up.
HEADER, _, OLD, _ = (f"{header}\n" for header in HEADERS["nexo"])


def row(
    kind: str, sent: str, received: str, number: str = "N1", details: str = "approved / x", day: int = 1
) -> str:
    return f"{number},{kind},{sent},{received},$166.15,{details},2024-07-{day:02} 10:00:00\n"


def test_rows_move_by_their_type() -> None:
    text = (
        HEADER
        + row("Top up Crypto", "ETH,10", "ETH,10")
        + row("Exchange", "ETH,-2", "BTC,0.1", day=2)
        + row("Interest", "NEXONEXO,3.5", "NEXONEXO,3.5", day=3)
        + row("Interest", "USDT,-1", "USDT,-1", day=4, number="N1")
        + row("Withdrawal", "ETH,-1.5", "ETH,1.5", day=5)
        + row("Locking Term Deposit", "ETH,-4", "ETH,4", day=6)
        + row("Deposit", "USDTERC,200", "USDTERC,200")
    )
    found = plan(text)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "nexo", "ledger")
    assert holdings(text) == {"ETH": "6.5", "BTC": "0.1", "NEXO": "3.5", "USDT": "199"}
    assert rewards(text) == {"NEXO": "3.5"}


def test_what_was_rejected_and_what_is_a_debt_is_skipped() -> None:
    text = (
        HEADER
        + row("Deposit", "ETH,1", "ETH,1")
        + row("Deposit", "ETH,1", "ETH,1", details="rejected / no")
        + row("WithdrawalCredit", "USDT,-50", "USDT,50")
        + row("Deposit", "ETH,1", "ETH,1", details="pending / wait")
    )
    assert skipped(text) == [(3, "failed"), (4, "liability"), (5, "not_settled")]
    assert holdings(text) == {"ETH": "1"}


def test_older_files_have_one_amount_and_the_time_of_zurich() -> None:
    text = (
        f"{OLD}N1,Deposit,ETH,10,$1,approved / x,$0,2021-07-01 10:00:00\n"
        "N2,Exchange,ETH/BTC,-2 / +0.1,$1,approved / x,$0,2021-07-02 10:00:00\n"
        "N3,Withdrawal,ETH,-1,$1,approved / x,$0,2021-07-03 10:00:00\n"
    )
    assert holdings(text) == {"ETH": "7", "BTC": "0.1"}
    first = next(iter(imported(text).movements.values()))
    assert first.moved_at == datetime(2021, 7, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("number", range(4))
def test_every_layout_is_read(number: int) -> None:
    header = HEADERS["nexo"][number]
    values = {"Transaction": "N1", "Type": "Deposit", "Details": "approved / x"}
    values |= dict.fromkeys(("Input Currency", "Output Currency", "Currency"), "ETH")
    values |= dict.fromkeys(("Input Amount", "Output Amount", "Amount"), "2")
    values |= dict.fromkeys(("Date / Time", "Date / Time (UTC)"), "2021-07-01 10:00:00")
    row = ",".join(values.get(name, "") for name in header.split(","))
    assert holdings(f"{header}\n{row}\n") == {"ETH": "2"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (row("Lottery", "ETH,1", "ETH,1"), "type_unknown"),
        (row("Deposit", "ETH,1", "ETH,"), "quantity_missing"),
        (row("Deposit", "ETH,1", "ETH,x"), "quantity_invalid"),
        (row("Deposit", "ETH,1", ",1"), "asset_missing"),
        (row("Deposit", "ETH,1", "ETH,1").replace("2024-07-01 10", "noon"), "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(text: str, code: str) -> None:
    assert rejected(HEADER + text + row("Deposit", "ETH,1", "ETH,1", day=9)) == [(2, code)]


def test_an_older_exchange_needs_two_amounts() -> None:
    text = f"{OLD}N2,Exchange,ETH/BTC,-2,$1,approved / x,$0,2021-07-02 10:00:00\n"
    assert rejected(text) == [(2, "quantity_invalid")]
