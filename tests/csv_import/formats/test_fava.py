from datetime import date
from decimal import Decimal

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, skipped, stopping

# After beancount/fava (2026-08-20), tests/data/example-balances.csv and frontend/src/reports/holdings.
QUERY = (
    "account,sum_position (USD),sum_position (ETH),sum_position (WEETH),sum_position (PT-WEETH-26DEC2024)\r\n"
    "Assets:Cold:Lido,,2.5,3.3000000000000003,1.05\r\n"
    "Assets:Bank,641.76,,,\r\n"
    "Assets:Old,,,,\r\n"
    "Liabilities:Aave,,1.0,,\r\n"
    "Equity:Opening-Balances,-3553.18,,,\r\n"
)
REPORT = (
    "account,units (ETH),units (USD),cost,price (USD),book_value (USD),market_value (USD),"
    "unrealized_profit_pct,"
    "acquisition_date\n"
    "Assets:Cold,2.0,,1500.0,2000.0,3000.0,4000.0,33.3,2024-01-15\n"
    "Assets:Cold,1.0,,1800.0,2000.0,1800.0,2000.0,11.1,2024-03-01\n"
)


def test_every_column_of_a_query_is_an_asset() -> None:
    found = plan(QUERY)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT_PARTLY, "fava", "snapshot")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped) == (5, 2, 0, 3)
    assert holdings(QUERY) == {"ETH": "2.5", "WEETH": "3.3000000000000003", "PT-WEETH-26DEC2024": "1.05"}
    assert skipped(QUERY) == [(4, "zero"), (5, "liability"), (6, "not_asset")]
    assert stopping(QUERY) == []
    assert "binary fractions" in " ".join(found.warnings)


def test_names_in_capitals_are_those_of_the_tokens() -> None:
    after = imported(QUERY)
    assert [p.asset for p in after.positions.values()] == ["ETH", "weETH", "PT-weETH-26DEC2024"]
    assert {"protocol:etherfi", "protocol:pendle-pt"} <= set(after.nodes)


def test_the_holdings_report_has_a_position_for_each_lot_with_its_day_and_price() -> None:
    assert holdings(REPORT) == {"ETH": "3"}
    lots = [(str(p.quantity), p.opened_on, p.unit_price) for p in imported(REPORT).positions.values()]
    assert lots == [
        ("2.0", date(2024, 1, 15), Decimal("2000.0")),
        ("1.0", date(2024, 3, 1), Decimal("2000.0")),
    ]


def test_a_report_by_commodity_names_no_account() -> None:
    text = "units (ETH),units (USD),average_cost,market_value (USD)\n3.0,,1600.0,6000.0\n,100.0,,100.0\n"
    assert holdings(text) == {"ETH": "3"}
    assert [p.account for p in imported(text).positions.values()] == ["fava"]


def test_a_query_without_positions_is_no_list_of_holdings() -> None:
    found = plan("account,cost (USD),market_value (USD)\nAssets:A,1.0,2.0\n")
    assert (found.outcome, found.format) == (Outcome.REFUSE_FILE, None)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Assets:A,,x,1.0,", "quantity_invalid"),
        ("Assets:A,,-82.0,1.0,", "quantity_negative"),
        ("Assets:A,,1.0", "row_short"),
        ("Assets:A,,1.0,,,7", "row_long"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_as_a_whole(row: str, code: str) -> None:
    head = QUERY.splitlines()[0]
    text = f"{head}\n{row}\nAssets:B,,1.0,,\n"
    assert rejected(text) == [(2, code)]
    assert holdings(text) == {"ETH": "1"}
