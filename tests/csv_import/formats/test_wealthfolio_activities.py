import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, skipped

HEADER = "date,type,symbol,instrumentType,quantity,unit_price,currency,fee,amount,comment,fxRate,subtype\n"
BUY = "2024-01-15,BUY,ETH,CRYPTO,2,2500,USD,5,5000,,,\n"


def test_activities_fold_and_a_staking_reward_raises_the_quantity() -> None:
    text = (
        f"{HEADER}2024-01-14,DEPOSIT,$CASH-USD,CASH,6000,1,USD,0,6000,,,\n{BUY}"
        "2024-01-16,SELL,ETH,CRYPTO,0.5,2600,USD,5,1300,,,\n"
        "2024-01-17,INTEREST,ETH,CRYPTO,0.01,2600,USD,0,26,,,STAKING_REWARD\n"
        "2024-01-18,INTEREST,$CASH-USD,CASH,5,1,USD,0,5,,,\n"
        "2024-01-19,TRANSFER_OUT,ETH,CRYPTO,0.2,,USD,0,,,,\n"
    )
    found = plan(text)
    assert (found.format, found.kind, found.outcome) == ("wealthfolio_activities", "ledger", Outcome.ACCEPT)
    assert holdings(text) == {"ETH": "1.31"}
    assert rewards(text) == {"ETH": "0.01"}


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_split_multiplies_what_was_there_on_its_day(newest_first: bool) -> None:
    rows = [
        "2024-01-15,BUY,ETH,CRYPTO,2,2500,USD,5,5000,,,",
        "2024-01-16,SELL,ETH,CRYPTO,0.5,2600,USD,5,1300,,,",
        "2024-01-17,SPLIT,ETH,CRYPTO,10,,USD,,,,,",
        "2024-01-18,SPLIT,ETH,CRYPTO,0.5,,USD,,,,,",
        "2024-01-19,BUY,ETH,CRYPTO,1,260,USD,5,260,,,",
        "2024-01-20,SPLIT,$CASH-USD,CASH,2,,USD,,,,,",
    ]
    if newest_first:
        rows.reverse()
    text = HEADER + "\n".join(rows) + "\n"
    assert plan(text).outcome is Outcome.ACCEPT
    assert holdings(text) == {"ETH": "8.5"}


def test_a_split_is_known_again_in_an_overlapping_file() -> None:
    split = "2024-01-17,SPLIT,ETH,CRYPTO,10,,USD,,,,,\n"
    stored = imported(f"{HEADER}{BUY}{split}")
    later = plan(f"{HEADER}{split}2024-01-18,BUY,ETH,CRYPTO,1,260,USD,5,260,,,\n", stored)
    assert [(row.line, row.code) for row in later.rejected] == [(2, "nothing_to_split")]
    again = f"{HEADER}{BUY}{split}2024-01-18,BUY,ETH,CRYPTO,1,260,USD,5,260,,,\n"
    assert plan(again, stored).counts.duplicate == 2
    after = imported(again, stored, "second")
    assert [str(p.quantity) for p in after.positions.values()] == ["21"]


def test_stocks_are_skipped() -> None:
    assert skipped(f"{HEADER}2024-01-15,BUY,AAPL,EQUITY,2,2500,USD,5,5000,,,\n{BUY}") == [(2, "not_crypto")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-01-15,ADJUSTMENT,ETH,CRYPTO,2,,USD,,,,,", "type_unknown"),
        ("2024-01-14,SPLIT,SOL,CRYPTO,2,,USD,,,,,", "nothing_to_split"),
        ("2024-01-15,SPLIT,ETH,CRYPTO,-2,,USD,,,,,", "quantity_negative"),
        ("2024-01-15,SPLIT,ETH,CRYPTO,0,,USD,,,,,", "quantity_zero"),
        ("2024-01-15,BUY,,CRYPTO,2,,USD,,,,,", "asset_missing"),
        ("2024-01-15,BUY,ETH,CRYPTO,,,USD,,,,,", "quantity_missing"),
        ("15/01/2024,BUY,ETH,CRYPTO,2,,USD,,,,,", "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{HEADER}{row}\n{BUY}") == [(2, code)]
