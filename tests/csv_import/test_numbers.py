from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.csv_import import numbers
from desktop_app.domain.money import EXACT


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,234.56", ".", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1\u00a0234,56", ",", "1234.56"),
        ("1\u202f234,56", ",", "1234.56"),
        ("1 234", ".", "1234"),
        ("1'234.56", ".", "1234.56"),
        ("1’234.56", ".", "1234.56"),
        ("12,34,567.89", ".", "1234567.89"),
        ("-1.5", ".", "-1.5"),
        ("−1.5", ".", "-1.5"),
        ("(1.5)", ".", "-1.5"),
        ("1.5-", ".", "-1.5"),
        ("+1", ".", "1"),
        (".5", ".", "0.5"),
        ("5.", ".", "5"),
        ("1e-18", ".", "1E-18"),
        ("3.605E-05", ".", "0.00003605"),
        ("115792089237316195423570985008687907853269984665640564039457584007913129639935", ".", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, decimal: str, value: str | None) -> None:
    assert numbers.parse(text, decimal) == Decimal(value or text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NaN",
            "sNaN",
            "Infinity",
            "-inf",
            "1_000",
            "0x10",
            "\uff11\uff12",
            "\u0663",
            "1e999999",
            "1e100",
            "",
            ".",
            ",",
            "-",
        ),
        *(
            "1,23.5",
            "12,3456",
            "1.2.3",
            "(5",
            "5)",
            "-(5)",
            "--5",
            "+-5",
            "1 2",
            "0,123,456",
            "1,234'567",
            "9" * 200,
        ),
        "1e-99",
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbers.parse(text, ".") is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        *(
            ("1.234,5", ","),
            ("1,234.5", "."),
            ("0,05", ","),
            ("0.05", "."),
            ("12.345.678", ","),
            ("12,345,678", "."),
        ),
        *(
            ("1,234", "?"),
            ("1.234", "?"),
            ("1234", ""),
            ("1234,567", ","),
            ("0.125", "."),
            ("1 234,567", ","),
        ),
        *(("5.", "."), ("abc", ""), ("12.5", ".")),
    ],
)
def test_each_number_says_what_it_can_of_the_decimal_sign(text: str, sign: str) -> None:
    assert numbers.evidence(text) == sign


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("+0.0081 ETH", ("+0.0081", "ETH")),
        ("0.0010000000ETH", ("0.0010000000", "ETH")),
        ("€3343.11", ("3343.11", "EUR")),
        ("$166.15", ("166.15", "USD")),
        ("-$5", ("-5", "USD")),
        ("89,162.28 SEK", ("89,162.28", "SEK")),
        ("USD 152,10", ("152,10", "USD")),
        ("Ξ1.5", ("1.5", "ETH")),
        ("3.1%", ("3.1", "%")),
        ("12", ("12", "")),
        ("five", None),
        ("5 a b", None),
        ("1;5", None),
    ],
)
def test_a_unit_is_told_from_its_number(text: str, parts: tuple[str, str] | None) -> None:
    assert numbers.without_unit(text) == parts


@pytest.mark.parametrize(
    ("text", "lost"), [("1.23457E+15", True), ("3.605E-05", False), ("1234567.5", False)]
)
def test_numbers_rounded_by_a_spreadsheet_are_noticed(text: str, lost: bool) -> None:
    assert numbers.loses_digits(text) is lost


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=Decimal("1e50"), places=18))
def test_every_plain_number_is_read_back_exactly(value: Decimal) -> None:
    assert numbers.parse(format(value, "f"), ".") == value
    assert numbers.parse(format(value, "f").replace(".", ","), ",") == value


@given(st.text(max_size=30), st.sampled_from(".,"))
def test_any_text_is_a_finite_number_or_none(text: str, decimal: str) -> None:
    value = numbers.parse(text, decimal)
    assert value is None or value.is_finite()


def test_the_largest_and_the_smallest_number_add_up_exactly() -> None:
    largest, smallest = numbers.parse("9" * 79, "."), numbers.parse("1e-70", ".")
    assert largest is not None
    assert smallest is not None
    assert EXACT.subtract(EXACT.add(largest, smallest), largest) == smallest
