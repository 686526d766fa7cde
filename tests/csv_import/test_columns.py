from datetime import date
from decimal import Decimal

import pytest

from desktop_app.csv_import.columns import DateColumn, NumberColumn, date_column, number_column
from desktop_app.csv_import.questions import Inquiry
from desktop_app.errors import UserError
from tests.csv_import.reading import TODAY


def a_number_column(*cells: str, answers: dict[str, str] | None = None) -> tuple[NumberColumn, Inquiry]:
    inquiry = Inquiry(answers or {})
    return number_column("quantity", enumerate(cells, 2), inquiry), inquiry


def a_date_column(*cells: str, answers: dict[str, str] | None = None) -> tuple[DateColumn, Inquiry]:
    inquiry = Inquiry(answers or {})
    return date_column("opened_on", enumerate(cells, 2), TODAY, inquiry), inquiry


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (("1,234", "0,5"), ","),
        (("1.234", "0.5"), "."),
        (("1,234", "12,345,678"), "."),
        (("1.234", "12.345.678"), ","),
        (("1,234", "1.234,5"), ","),
        (("7", "8"), "."),
        (("1,234 ETH", "5,5 ETH"), ","),
        (("-", "N/A", ""), "."),
    ],
)
def test_one_value_settles_the_decimal_sign_of_a_column(cells: tuple[str, ...], decimal: str) -> None:
    column, inquiry = a_number_column(*cells)
    assert column.decimal == decimal
    assert not inquiry.questions()


def test_nothing_but_one_sign_and_three_digits_is_a_question() -> None:
    column, inquiry = a_number_column("1,234", "7", "2,500")
    (question,) = inquiry.questions()
    assert (question.code, question.lines, question.default) == ("decimal_sign:quantity", (2, 4), None)
    assert column.read("1,234").trouble == "ask"
    assert column.read("7").value == 7


def test_the_answer_decides_the_column() -> None:
    column, inquiry = a_number_column("1,234", answers={"decimal_sign:quantity": ","})
    assert column.read("1,234").value == Decimal("1.234")
    assert not inquiry.questions()


def test_an_answer_that_is_none_is_refused_with_the_choices() -> None:
    with pytest.raises(UserError, match=r"“maybe” is no answer.*“\.”, “,”"):
        a_number_column("1,234", answers={"decimal_sign": "maybe"})


def test_the_smaller_group_is_never_read_the_other_way() -> None:
    column, inquiry = a_number_column("0.5", "1.25", "0,75")
    assert not inquiry.questions()
    assert column.read("1.25").value == Decimal("1.25")
    assert column.read("0,75").trouble == "minority"


def test_a_tie_is_a_question() -> None:
    _, inquiry = a_number_column("0.5", "0,5")
    assert [q.code for q in inquiry.questions()] == ["decimal_sign:quantity"]


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("5 ETH", "5", ""),
        ("5eth", "5", ""),
        ("Ξ5", "5", "ETH"),
        ("5 SOL", "5", "SOL"),
        ("'5", "5", ""),
        ("\u200b5\u00a0", "5", ""),
        ("-5", "-5", ""),
    ],
)
def test_the_rows_own_asset_is_no_foreign_unit(cell: str, value: str, unit: str) -> None:
    number = NumberColumn(".").read(cell, "ETH")
    assert (number.value, number.unit, number.trouble) == (Decimal(value), unit, "")


def test_a_symbol_with_digits_is_taken_off_too() -> None:
    assert NumberColumn(".").read("5 1INCH", "1INCH").value == 5


@pytest.mark.parametrize("cell", ["", "-", "—", "N/A", "n/a", " \u00a0"])
def test_missing_is_not_zero(cell: str) -> None:
    assert NumberColumn(".").read(cell) == (None, "", "")


def test_one_day_above_twelve_settles_the_order() -> None:
    column, inquiry = a_date_column("01/02/2024", "13/02/2024")
    assert column.read("01/02/2024").value == date(2024, 2, 1)
    assert not inquiry.questions()


def test_month_first_is_settled_likewise() -> None:
    column, _ = a_date_column("01/02/2024", "02/13/2024")
    assert column.read("01/02/2024").value == date(2024, 1, 2)


def test_an_order_that_nothing_settles_is_a_question() -> None:
    column, inquiry = a_date_column("01/02/2024", "2024-03-04", "x")
    (question,) = inquiry.questions()
    assert (question.code, question.lines, question.choices) == ("date_order:opened_on", (2,), ("dmy", "mdy"))
    assert column.read("01/02/2024").trouble == "ask"
    assert column.read("2024-03-04").value == date(2024, 3, 4)
    assert column.read("x").trouble == "invalid"


def test_a_clock_of_twelve_hours_says_nothing_of_the_order() -> None:
    column, inquiry = a_date_column("01/02/2024 02:15 PM", "1/31/2024, 9:00 AM")
    assert column.read("01/02/2024 02:15 PM").value == date(2024, 1, 2)
    assert not inquiry.questions()
    _, open_inquiry = a_date_column("01/02/2024 02:15 PM")
    assert [question.code for question in open_inquiry.questions()] == ["date_order:opened_on"]


def test_contradicting_dates_are_a_question_and_never_read_as_they_fit() -> None:
    column, inquiry = a_date_column("13/02/2024", "02/13/2024")
    assert "contradict" in inquiry.questions()[0].text
    assert column.read("13/02/2024").trouble == "ask"


def test_an_answer_holds_for_all_rows_and_what_does_not_fit_is_no_date() -> None:
    column, _ = a_date_column("13/02/2024", "02/13/2024", answers={"date_order": "dmy"})
    assert column.read("13/02/2024").value == date(2024, 2, 13)
    assert column.read("02/13/2024").trouble == "invalid"


def test_dates_that_read_the_same_both_ways_ask_nothing() -> None:
    column, inquiry = a_date_column("05/05/2024", "06.06.2024")
    assert column.read("05/05/2024").value == date(2024, 5, 5)
    assert not inquiry.questions()


def test_day_numbers_of_a_spreadsheet_are_offered_not_applied() -> None:
    column, inquiry = a_date_column("45306")
    assert inquiry.questions()[0].choices == ("day_numbers",)
    assert column.read("45306").trouble == "ask"
    agreed, _ = a_date_column("45306", answers={"date_order": "day_numbers"})
    assert agreed.read("45306").value == date(2024, 1, 15)


@pytest.mark.parametrize(
    "cell", ["1970-01-01", "1899-12-30", "0001-01-01", "2009-01-02", "2026-11-24", "0000000000"]
)
def test_days_before_any_chain_and_after_today_are_out_of_range(cell: str) -> None:
    column, _ = a_date_column(cell)
    assert column.read(cell).trouble == "range"


@pytest.mark.parametrize("cell", ["2009-01-03", "2026-11-23", "'2026-11-23"])
def test_the_first_and_the_last_possible_day_are_read(cell: str) -> None:
    column, _ = a_date_column(cell)
    assert column.read(cell).value is not None
