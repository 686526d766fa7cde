from datetime import date
from decimal import Decimal

import pytest

from desktop_app.figures.labels import HIDDEN, Labels
from desktop_app.ui.tables import kinds

ENGLISH, GERMAN = Labels("en_US"), Labels("de_DE")
HIDING = Labels("en_US", hide_amounts=True)
LONG = Decimal("12345678901234567890.123456789012345678")


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@sum", "\t=1+1", " =1"])
def test_text_that_a_spreadsheet_would_run_is_copied_as_text(text: str) -> None:
    assert kinds.TEXT.copy(text, ENGLISH).startswith("'")


def test_text_with_tabs_and_lines_stays_one_cell() -> None:
    assert kinds.TEXT.copy("a\tb\nc", ENGLISH) == "a b c"


def test_a_negative_number_is_copied_as_a_number() -> None:
    assert kinds.MONEY.copy(Decimal("-2.50"), ENGLISH) == "-2.5"


def test_every_digit_is_copied_and_told() -> None:
    assert kinds.QUANTITY.copy(LONG, ENGLISH) == str(LONG)
    assert kinds.QUANTITY.exact(LONG, ENGLISH) == "12,345,678,901,234,567,890.123456789012345678"


def test_copies_have_the_decimal_sign_of_the_users_spreadsheet() -> None:
    assert kinds.PRICE.copy(Decimal("1234.50"), GERMAN) == "1234,5"


def test_a_tiny_part_is_copied_without_an_exponent() -> None:
    assert kinds.SHARE.copy(1e-9, ENGLISH) == "0.000000001"


@pytest.mark.parametrize("kind", [kinds.MONEY, kinds.PRICE, kinds.QUANTITY])
def test_hidden_amounts_are_hidden_everywhere(kind: kinds.Kind) -> None:
    value = Decimal("1234.5")
    written = {kind.show(value, HIDING), kind.exact(value, HIDING), kind.copy(value, HIDING)}
    assert written == {HIDDEN}


def test_shares_stay_where_amounts_are_hidden() -> None:
    assert kinds.SHARE.show(0.52, HIDING) == "52\u202f%"


def test_a_date_is_copied_in_the_form_that_every_program_reads() -> None:
    assert kinds.DATE.copy(date(2026, 11, 24), GERMAN) == "2026-11-24"
