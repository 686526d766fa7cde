"""What was found out about a file can be corrected: separator, header line, decimal sign, order of dates."""

from datetime import date

import pytest

from desktop_app.errors import UserError
from tests.csv_import.reading import holdings, plan


def test_the_separator_can_be_named() -> None:
    text = "asset,quantity,a|b\nETH,1,x\nSOL,2,y\n"
    assert plan(text).detect.delimiter == ","
    assert plan("asset|quantity\nETH|1\n", answers={"separator": "|"}).detect.delimiter == "|"
    assert plan(text, answers={"separator": ";"}).outcome == "refuse_file"
    assert plan("asset\tquantity\nETH\t1\n", answers={"separator": "tab"}).detect.delimiter == "\t"
    with pytest.raises(UserError, match="no separator"):
        plan(text, answers={"separator": "x"})


def test_the_line_of_the_header_can_be_named() -> None:
    text = "asset,quantity\nasset,quantity\nETH,1\n"
    assert plan(text).detect.header_line == 1
    found = plan(text, answers={"header_line": "2"})
    assert (found.detect.header_line, found.counts.data_rows) == (2, 1)
    with pytest.raises(UserError, match="number of a line"):
        plan(text, answers={"header_line": "first"})


def test_the_decimal_sign_of_a_column_can_be_named_against_its_values() -> None:
    text = "asset,quantity\nETH,12.5\nSOL,1.234\n"
    assert holdings(text) == {"ETH": "12.5", "SOL": "1.234"}
    found = plan(text, answers={"decimal_sign:quantity": ","})
    assert [(row.line, row.code) for row in found.rejected] == [(2, "decimal_minority")]
    assert found.holdings == {"SOL": 1234}


def test_the_order_of_dates_can_be_named_against_their_values() -> None:
    text = "asset,quantity,opened_on\nETH,1,13/02/2024\nSOL,1,02/03/2024\n"
    assert plan(text).rows[1].opened_on == date(2024, 3, 2)
    found = plan(text, answers={"date_order:opened_on": "mdy"})
    assert found.rows[1].opened_on == date(2024, 2, 3)
    assert [row.code for row in found.rejected] == ["date_invalid"]


def test_a_plan_shows_what_its_columns_hold() -> None:
    found = plan("asset,quantity\n" + "ETH,1\n" * 9, answers={"repeated_rows": "both"})
    assert found.names == ("asset", "quantity")
    assert [column.examples for column in found.columns] == [("ETH",) * 3, ("1",) * 3]
