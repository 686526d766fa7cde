from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, plan, rejected, skipped, stopping

# Written by hand after trezor/trezor-suite, exportTransactionsUtils.ts; addresses and hashes are made up.
SAMPLE = (Path(__file__).parents[2] / "data" / "trezor_suite_eth.csv").read_bytes()
HEADER = (
    "Timestamp;Date;Time;Type;Transaction ID;Fee;Fee unit;Address;Label;Amount;Amount unit;Fiat (EUR);Other\n"
)
OWN = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
GOOD = f"1704877200;1/10/2024;9:00;RECV;0xb1;;;{OWN};;8.5;ETH;1,00;\n"
TOKEN = "0x1BBe973BeF3a977Fc51CbED703E8ffDEfE001Fed"


def test_the_sample_gives_exactly_its_counts_and_its_question() -> None:
    found = plan(SAMPLE)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ASK, "trezor", "ledger")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped) == (12, 11, 0, 0)
    assert (counts.asked, counts.duplicate) == (1, 0)
    assert stopping(SAMPLE) == [f"asset_unknown:{TOKEN}"]


def test_the_sample_gives_exactly_its_holdings() -> None:
    assert holdings(SAMPLE) == {
        "ETH": "4.23766",
        "STETH": "0.999999999999999999",
        "WSTETH": "1.729104455",
        "WEETH": "2.75",
        TOKEN: "1000",
        "RETH": "0.75",
    }


def test_without_a_received_row_the_own_address_is_asked_for() -> None:
    rows = (
        "1704963600;1/11/2024;9:00;SENT;0xb2;0.002;ETH;0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84;;3;ETH;;\n"
        f"1704963600;1/11/2024;9:00;SENT;0xb2;;;{OWN};;3;STETH;;\n"
    )
    assert "own_address" in stopping(HEADER + rows)
    answers = {"own_address": OWN, "balance_negative": "go_on"}
    assert holdings(HEADER + rows, answers=answers) == {"STETH": "3"}


def test_what_failed_or_went_to_oneself_still_costs_its_fee() -> None:
    rows = (
        f"{GOOD}1705900000;1/22/2024;9:00;FAILED;0xb4;0.5;ETH;0x85;;2;ETH;;\n"
        f"1706200000;1/25/2024;9:00;SELF;0xb5;0.25;ETH;{OWN};;1;ETH;;\n"
    )
    assert holdings(HEADER + rows) == {"ETH": "7.75"}


def test_an_nft_is_skipped() -> None:
    assert skipped(f"{HEADER}{GOOD}1705900000;d;t;RECV;0xb4;;;{OWN};;ID 123;PUNK;;\n") == [(3, "nft")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"1704877200;d;t;BARTER;0xb1;;;{OWN};;8.5;ETH;;", "type_unknown"),
        (f"1704877200;d;t;RECV;0xb1;;;{OWN};;;ETH;;", "quantity_missing"),
        (f"1704877200;d;t;RECV;0xb1;;;{OWN};;1,5;ETH;;", "decimal_minority"),
        (f"1704877200;d;t;RECV;0xb1;;;{OWN};;1;;;", "asset_missing"),
        (f"1704877200;d;t;RECV;0xb1;much;ETH;{OWN};;1;ETH;;", "fee_invalid"),
        (f"noon;d;t;RECV;0xb1;;;{OWN};;1;ETH;;", "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{HEADER}{row}\n{GOOD}") == [(2, code)]


def test_a_type_without_a_direction_is_a_question() -> None:
    text = f"{HEADER}{GOOD}1704877201;d;t;JOINT;0xb2;0.5;ETH;{TOKEN};;2;ETH;;\n"
    assert (stopping(text), plan(text).counts.asked) == (["direction:JOINT"], 1)
    held = [holdings(text, answers={"direction:JOINT": said}) for said in ("in", "out", "neither")]
    assert held == [{"ETH": "10"}, {"ETH": "6"}, {"ETH": "8"}]
