"""Rejected rows as a file of their own: the file's cells, the reason behind them, importable once mended."""

import csv
import io

import pytest

from desktop_app.csv_import.format import REASON
from desktop_app.csv_import.leftovers import rejected_csv
from tests.csv_import.reading import holdings, plan, rejected

TABLE = 'asset;quantity;notes\nETH;1,5;a\nstETH;x;"=1+1"\n;2;-\nweETH;0,75;b\n'


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_each_rejected_row_stands_with_its_line_and_its_reason() -> None:
    head, first, second = rows(rejected_csv(plan(TABLE)))
    assert head == ["asset", "quantity", "notes", REASON]
    assert first[:2] == ["stETH", "x"]
    assert first[3].startswith("line 3: “x” in “quantity” is not a number")
    assert second[3].startswith("line 4:")


def test_what_a_spreadsheet_would_compute_is_protected_and_numbers_stay() -> None:
    text = 'asset,quantity,notes\nETH,-5,"=1+1"\nETH,1,\n'
    (_, row) = list(csv.reader(io.StringIO(rejected_csv(plan(text)), newline="")))
    assert row[:3] == ["ETH", "-5", "'=1+1"]


def test_a_mended_file_comes_in() -> None:
    mended = rejected_csv(plan(TABLE)).replace(";x;", ";2,5;").replace("\r\n;2;", "\r\nSOL;2;")
    assert holdings(mended) == {"stETH": "2.5", "SOL": "2"}


def test_rows_that_are_too_short_or_too_long_keep_all_their_cells() -> None:
    text = "asset,quantity\nETH\nETH,1,2,3\nETH,1\n"
    assert len(rejected(text)) == 2
    head, short, long = list(csv.reader(io.StringIO(rejected_csv(plan(text)), newline="")))
    assert len(head) == len(short) == len(long) == 5
    assert long[:4] == ["ETH", "1", "2", "3"]


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        (
            "rotki",
            "timestamp,category,asset_identifier,amount,usd_value\n1711843200,asset,ETH,x,5\n",
            {"ETH": "2"},
        ),
        (
            "rotki",
            "timestamp,category,asset,asset_symbol,amount,eur_value\n2024-03-31 00:00:00,asset,ETH,ETH,x,5\n",
            {"ETH": "2"},
        ),
        (
            "staketax_balances",
            "timestamp,ATOM,OSMO\n2024-03-31 00:00:00,10.5,x\n",
            {"ATOM": "10.5", "OSMO": "2"},
        ),
        (
            "hledger",
            '"account","2024-01-31","2024-02-29"\n"Assets:A","1 ETH","x ETH, 3 SOL"\n',
            {"ETH": "2", "SOL": "3"},
        ),
    ],
)
def test_a_mended_file_is_still_of_its_format(name: str, text: str, held: dict[str, str]) -> None:
    head, row, *_ = rejected_csv(plan(text)).split("\r\n")
    mended = f"{head}\r\n{row.replace('x', '2', 1)}"
    assert (plan(mended).format, holdings(mended)) == (name, held)


def test_an_apostrophe_that_protects_a_number_is_not_protected_again() -> None:
    (_, row) = rows(rejected_csv(plan("asset;quantity\nETH;'-2\nSOL;1\n")))
    assert row[:2] == ["ETH", "'-2"]
