import csv
import io
import json
from typing import Any

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.headers import HEADERS
from tests.csv_import.reading import holdings, imported, plan, question, rejected, skipped, stopping

# Columns and JSON after BittyTax/BittyTax, conv/parsers/zerion.py; amounts are made up.
(HEADER,) = HEADERS["zerion"]
COLUMNS = HEADER.split(",")
STETH = "0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84"


def change(kind: str, symbol: str, amount: str) -> dict[str, Any]:
    return {"type": kind, "symbol": symbol, "amount": amount, "fiat_amount": "1", "fiat_currency": "USD"}


def file(*rows: dict[str, Any]) -> str:
    """Return a file of rows; what a row does not say stands for a usual transaction."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows, 1):
        usual = {
            "Date": f"2024-01-{number:02}",
            "Time": "10:00:00",
            "Status": "Confirmed",
            "Tx Hash": f"0x{number}",
        }
        changes = row.pop("changes", None)
        writer.writerow({**usual, "Changes JSON": "" if changes is None else json.dumps(changes), **row})
    return out.getvalue()


FIRST = {"Accounting Type": "Income", "changes": [change("in", "ETH", "10")]}


def test_the_json_tells_what_comes_in_and_goes_out_to_the_last_digit() -> None:
    text = file(
        {**FIRST},
        {
            "Accounting Type": "Trade",
            "Buy Amount": "2.9\n1",
            "Buy Currency": "stETH\nLDO",
            "changes": [
                change("out", "ETH", "3.000000000000000001"),
                change("in", "stETH", "2.9"),
                change("in", "LDO", "1"),
            ],
            "Fee Amount": "0.002",
            "Fee Currency": "ETH",
        },
    )
    found = plan(text)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "zerion", "ledger")
    assert holdings(text) == {"ETH": "6.997999999999999999", "stETH": "2.9", "LDO": "1"}
    assert "local" in " ".join(found.warnings)


def test_without_json_the_lines_of_the_cells_are_read() -> None:
    text = file(
        {**FIRST},
        {"Sell Amount": "1\n2", "Sell Currency": "ETH\nUSDC", "Fee Amount": "0.1", "Fee Currency": "ETH"},
        {"Buy Amount": "5", "Buy Currency": "USDC"},
    )
    assert holdings(text, answers={"balance_negative": "go_on"}) == {"ETH": "8.9", "USDC": "3"}


def test_what_is_not_confirmed_costs_only_its_fee() -> None:
    failed = {"Status": "Failed", "changes": [change("out", "ETH", "5")]}
    text = file({**FIRST}, {**failed, "Fee Amount": "0.25", "Fee Currency": "ETH"}, {**failed})
    assert holdings(text) == {"ETH": "9.75"}
    assert [code for _, code in skipped(text)] == ["failed"]


def test_a_token_at_another_address_than_its_own_is_a_fake() -> None:
    row: dict[str, Any] = {
        "Buy Amount": "9",
        "Buy Currency": "stETH",
        "changes": [change("in", "stETH", "9")],
    }
    assert stopping(file({**row, "Buy Currency Address": STETH})) == []
    assert stopping(file({**row, "Buy Currency Address": STETH.replace("0xae", "0xbe")})) == [
        f"asset_unknown:{STETH.replace('0xae', '0xbe')}"
    ]


def test_what_goes_into_an_application_is_offered_as_a_position() -> None:
    into = {
        "Transaction Type": "Deposit",
        "Application": "EigenLayer",
        "changes": [change("out", "ETH", "4")],
    }
    back = {
        "Transaction Type": "Withdraw",
        "Application": "EigenLayer",
        "changes": [change("in", "ETH", "1")],
    }
    text = file({**FIRST}, into, back)
    asked = question(text, "offer:EigenLayer")
    assert (asked.stops, asked.default) == (False, "gone")
    assert holdings(text) == {"ETH": "7"}
    text = file(
        {**FIRST},
        {**into, "changes": [change("out", "ETH", "4")]},
        {**back, "changes": [change("in", "ETH", "1")]},
    )
    after = imported(text, answers={"offer:EigenLayer": "position"})
    assert sorted(str(p.quantity) for p in after.positions.values()) == ["3", "7"]
    assert "platform:eigenlayer" in after.nodes


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"Changes JSON": "[{"}, "quantity_invalid"),
        ({"changes": [change("in", "ETH", "much")]}, "quantity_invalid"),
        ({"changes": [change("sideways", "ETH", "1")]}, "quantity_invalid"),
        ({"Buy Amount": "1\n2", "Buy Currency": "ETH"}, "quantity_invalid"),
        ({"Buy Currency": "ETH"}, "quantity_missing"),
        ({"changes": [change("in", "ETH", "1")], "Date": "1/1/2024"}, "date_invalid"),
        ({"changes": [change("in", "<b>", "1")]}, "asset_invalid"),
        ({"changes": [], "Fee Amount": "x", "Fee Currency": "ETH"}, "fee_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: dict[str, Any], code: str) -> None:
    assert rejected(file({**row}, {**FIRST})) == [(2, code)]
