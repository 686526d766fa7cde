"""Numbers and dates as people type them in their own locale."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop_app.ui.dialogs.typed import read_amount, read_day, write_amount, write_day

ENGLISH, GERMAN, SWISS, FRENCH = (QLocale(name) for name in ("en_US", "de_DE", "de_CH", "fr_FR"))
LOCALES = st.sampled_from(
    [
        QLocale(n)
        for n in ("en_US", "en_GB", "de_DE", "de_CH", "fr_FR", "sv_SE", "hi_IN", "ar_EG", "ja_JP", "C")
    ]
)


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1234.5", ENGLISH, "1234.5"),
        ("1,234.5", ENGLISH, "1234.5"),
        ("1,234,567", ENGLISH, "1234567"),
        ("0.10", ENGLISH, "0.10"),
        ("1234,5", GERMAN, "1234.5"),
        ("1.234,5", GERMAN, "1234.5"),
        ("1.234", GERMAN, "1234"),
        ("1’234.5", SWISS, "1234.5"),
        ("1\u202f234,5", FRENCH, "1234.5"),
        ("1 234,5", FRENCH, "1234.5"),
        ("−2,5", GERMAN, "-2.5"),
        ("123456789012345678901234567890.123456789", ENGLISH, "123456789012345678901234567890.123456789"),
    ],
)
def test_a_number_is_read_exactly_as_the_locale_writes_it(text: str, locale: QLocale, value: str) -> None:
    read = read_amount(text, locale)
    assert str(read) == value


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("", ENGLISH),
        ("three", ENGLISH),
        ("2,5", ENGLISH),
        ("12,34.5", ENGLISH),
        ("1.234.5", ENGLISH),
        ("1234.5", GERMAN),
        ("1.5", FRENCH),
        ("NaN", ENGLISH),
        ("Infinity", ENGLISH),
        ("1_000", ENGLISH),
        ("=1+1", ENGLISH),
    ],
)
def test_what_could_mean_something_else_is_not_guessed(text: str, locale: QLocale) -> None:
    assert read_amount(text, locale) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30), LOCALES)
def test_a_written_amount_is_read_back_to_the_last_digit(value: Decimal, locale: QLocale) -> None:
    assert read_amount(write_amount(value, locale), locale) == value


@given(st.dates(min_value=date(2009, 1, 3), max_value=date(2099, 12, 31)), LOCALES)
def test_a_written_day_is_read_back(day: date, locale: QLocale) -> None:
    assert read_day(write_day(day, locale), locale) == day


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("2025-03-04", ENGLISH),
        ("4 Mar 2025", ENGLISH),
        ("4 March 2025", GERMAN),
        ("3/4/2025", ENGLISH),
        ("04.03.2025", GERMAN),
    ],
)
def test_a_day_may_be_typed_in_several_forms(text: str, locale: QLocale) -> None:
    assert read_day(text, locale) == date(2025, 3, 4)


@pytest.mark.parametrize("text", ["yesterday", "2025-13-01", "31/31/2025", "2025", ""])
def test_what_is_no_day_is_not_one(text: str) -> None:
    assert read_day(text, ENGLISH) is None
