from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, stopping

# Written by hand after support.koinly.io, article 9489976; people, hashes and amounts are made up.
SAMPLE = (Path(__file__).parents[2] / "data" / "koinly_universal.csv").read_bytes()
UNIVERSAL = (
    "Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,"
    "Net Worth Amount,Net Worth Currency,Label,Description,TxHash\n"
)
TAX = (
    "Date,Type,Tag,Sending Wallet,Sent Amount,Sent Currency,Sent Cost Basis,Receiving Wallet,"
    "Received Amount,Received Currency,Received Cost Basis,Fee Amount,Fee Currency,Gain (EUR),Net Value "
    "(EUR),Fee Value (EUR),"
    "TxSrc,TxDest,TxHash,Description\n"
)
BULK = (
    "ID (read-only),Parent ID (read-only),Date (UTC),Type,Tag,From Wallet (read-only),From Wallet ID,"
    "From Amount,From Currency,To Wallet (read-only),To Wallet ID,To Amount,To Currency,Fee Amount,Fee "
    "Currency,"
    "Net Worth\n"
)


def test_the_sample_gives_exactly_its_counts_and_its_question() -> None:
    found = plan(SAMPLE)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ASK, "koinly", "ledger")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped) == (15, 14, 0, 0)
    assert (counts.asked, counts.duplicate) == (1, 0)
    assert stopping(SAMPLE) == ["asset_unknown:NULL1"]


def test_the_sample_gives_exactly_its_holdings_and_rewards() -> None:
    assert holdings(SAMPLE) == {
        "ETH": "3.9314",
        "STETH": "1.101123",
        "WSTETH": "2.157401882",
        "WEETH": "0.946",
        "SOL": "60.91819",
        "JITOSOL": "54.9",
        "NULL1": "0.97",
        "ATOM": "251.8125",
        "EIGEN": "35",
    }
    assert rewards(SAMPLE) == {"STETH": "0.001123", "SOL": "0.9182", "ATOM": "1.317"}


def test_the_simple_template_has_one_signed_amount() -> None:
    text = (
        "Koinly Date,Amount,Currency,Label,TxHash\n"
        "2024-01-10 09:15 UTC,10,ETH,,\n2024-01-11 09:15 UTC,-4,ETH,,\n2024-01-12 09:15 UTC,0.1,ETH,reward,\n"
    )
    assert holdings(text) == {"ETH": "6.1"}
    assert rewards(text) == {"ETH": "0.1"}


@pytest.mark.parametrize("name", ["Koinly Date", "Date (UTC)"])
def test_the_date_column_may_have_another_name(name: str) -> None:
    text = SAMPLE.decode().replace("Date", name, 1)
    assert plan(text).format == "koinly"
    assert holdings(text) == holdings(SAMPLE)


def test_a_transfer_of_the_tax_export_moves_between_its_wallets() -> None:
    text = (
        f"{TAX}2024-01-10 09:15:00 UTC,buy,,,,,,Kraken,10,ETH,,,,,,,,,,\n"
        "2024-01-11 09:15:00 UTC,transfer,,Kraken,4,ETH,,Ledger,4,ETH,,0.01,ETH,,,,,,,\n"
    )
    held = {p.account: str(p.quantity) for p in imported(text).positions.values()}
    assert held == {"Kraken": "5.99", "Ledger": "4"}


def test_the_ids_in_the_currencies_of_the_bulk_edit_are_left_off() -> None:
    text = (
        f"{BULK}1,,2024-01-10 09:15:00,deposit,,,,,,Ledger,w1,5,Flare (FLR);flare,,,\n"
        "2,,2024-01-11 09:15:00,deposit,,,,,,Ledger,w1,2,ETH;1027,,,\n"
    )
    assert holdings(text) == {"FLR": "5", "ETH": "2"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-01-10 09:15 UTC,,,x,ETH,,,,,,,", "quantity_invalid"),
        ("2024-01-10 09:15 UTC,,,1,,,,,,,,", "asset_missing"),
        ("2024-01-10 09:15 UTC,,,0,ETH,,,,,,,", "quantity_zero"),
        ("2024-01-10 09:15 UTC,,,,,,,,,,,", "quantity_missing"),
        ("2024-01-10 09:15 UTC,,,1,ETH,x,ETH,,,,,", "fee_invalid"),
        (",,,1,ETH,,,,,,,", "date_missing"),
        ("10th of May,,,1,ETH,,,,,,,", "date_invalid"),
        ("2024-01-10 09:15 UTC,,,1,ETH", "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    text = f"{UNIVERSAL}{row}\n2024-01-10 09:15 UTC,,,1,ETH,,,,,,,\n"
    assert rejected(text) == [(2, code)]


def test_what_goes_out_is_no_reward_whatever_its_label() -> None:
    text = "Koinly Date,Amount,Currency,Label,TxHash\n2024-01-02,3,ETH,,a\n2024-01-03,-1,ETH,reward,b\n"
    assert (holdings(text), rewards(text)) == ({"ETH": "2"}, {})


def test_a_reward_of_zero_comes_in_and_an_exchange_needs_both_sides() -> None:
    zero = "2024-01-10 09:15 UTC,,,0,ETH,,,,,reward,,\n"
    assert rejected(f"{UNIVERSAL}{zero}2024-01-10 09:15 UTC,,,1,ETH,,,,,,,\n") == []
    one = "2024-01-11 09:15:00 UTC,exchange,,Kraken,4,ETH,,,,,,,,,,,,,,\n"
    good = "2024-01-10 09:15:00 UTC,buy,,,,,,Kraken,10,ETH,,,,,,,,,,\n"
    assert rejected(TAX + one + good) == [(2, "quantity_missing")]
