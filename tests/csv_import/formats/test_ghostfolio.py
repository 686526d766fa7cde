from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, question, rejected, rewards, stopping

# Written by hand after ghostfolio/ghostfolio, test/import/ok; people and amounts are made up.
SAMPLE = (Path(__file__).parents[2] / "data" / "ghostfolio_activities.csv").read_bytes()
HEADER = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note\n"
GOOD = "2024-03-11,ethereum,COINGECKO,USD,2500,1,buy,0,\n"


def test_the_sample_gives_exactly_its_counts() -> None:
    found = plan(SAMPLE)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "ghostfolio", "ledger")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped) == (15, 15, 0, 0)
    assert stopping(SAMPLE) == []


def test_the_sample_gives_exactly_its_holdings_and_rewards() -> None:
    assert holdings(SAMPLE) == {
        "ethereum": "3.5",
        "staked-ether": "3.01399",
        "rocket-pool-eth": "1.25",
        "wrapped-steth": "1",
        "solana": "108",
        "jito-staked-sol": "85.5",
        "cosmos": "412.368",
    }
    assert rewards(SAMPLE) == {"staked-ether": "0.01399", "cosmos": "2.118"}


def test_that_purchases_for_nothing_are_rewards_is_a_question_with_a_default() -> None:
    asked = question(SAMPLE, "zero_price_buy")
    assert (asked.stops, asked.default, asked.lines) == (False, "reward", (6, 7, 13))
    assert rewards(SAMPLE, answers={"zero_price_buy": "purchase"}) == {}
    assert holdings(SAMPLE, answers={"zero_price_buy": "purchase"}) == holdings(SAMPLE)


def test_names_may_be_others_of_the_same_meaning_in_any_order() -> None:
    text = (
        "accountId,symbol,dataSource,ccy,qty,unitPrice,type,date\n"
        "Ledger,ethereum,COINGECKO,USD,2,2500,BUY,2024-03-11\n"
    )
    assert [(p.account, str(p.quantity)) for p in imported(text).positions.values()] == [("Ledger", "2")]


def test_signs_carry_no_meaning() -> None:
    text = f"{HEADER}{GOOD}2024-03-12,ethereum,COINGECKO,USD,2500,-0.4,sell,0,\n"
    assert holdings(text) == {"ethereum": "0.6"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("15-01-24,ethereum,COINGECKO,USD,2500,1,buy,0,", "date_invalid"),
        ("15-01-2024,,COINGECKO,USD,2500,1,buy,0,", "asset_missing"),
        ("15-01-2024,ethereum,COINGECKO,USD,2500,,buy,0,", "quantity_missing"),
        ("15-01-2024,ethereum,COINGECKO,USD,2500,0,buy,0,", "quantity_zero"),
        ("15-01-2024,ethereum,COINGECKO,USD,2500,1,swap,0,", "type_unknown"),
        ("15-01-2024,ethereum,COINGECKO,USD,cheap,1,buy,0,", "price_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{HEADER}{row}\n{GOOD}") == [(2, code)]


def test_without_a_data_source_the_column_tells_the_order_of_its_dates() -> None:
    header = "accountId,CCY,Date,Symbol,Qty,UnitPrice,Type,Fee,Comment\n"
    text = f"{header}a,USD,03/04/2021,ETH,5,1,buy,0,x\na,USD,{{}},ETH,1,1,sell,0,\n"
    settled = text.format("17/04/2021")
    assert (plan(settled).format, holdings(settled)) == ("ghostfolio", {"ETH": "4"})
    assert stopping(text.format("05/04/2021")) == ["date_order:Date"]


def test_a_list_with_columns_that_the_program_does_not_look_for_is_not_its_own() -> None:
    text = "Currency,Date,Symbol,Quantity,Price,Type,Fee,Exchange rate\nUSD,2021-04-17,ETH,5,1,buy,0,1\n"
    assert plan(text).format is None
