import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, plan, rejected, rewards, skipped

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


def test_stocks_are_skipped() -> None:
    assert skipped(f"{HEADER}2024-01-15,BUY,AAPL,EQUITY,2,2500,USD,5,5000,,,\n{BUY}") == [(2, "not_crypto")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-01-15,SPLIT,ETH,CRYPTO,2,,USD,,,,,", "type_unknown"),
        ("2024-01-15,BUY,,CRYPTO,2,,USD,,,,,", "asset_missing"),
        ("2024-01-15,BUY,ETH,CRYPTO,,,USD,,,,,", "quantity_missing"),
        ("15/01/2024,BUY,ETH,CRYPTO,2,,USD,,,,,", "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{HEADER}{row}\n{BUY}") == [(2, code)]
