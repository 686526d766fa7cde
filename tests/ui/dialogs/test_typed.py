"""Numbers and dates as people type them in their own locale."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop_app.ui.dialogs.typed import (
    moment_of,
    read_amount,
    read_day,
    read_time,
    write_amount,
    write_day,
)

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


# -- times ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9:15", time(9, 15)),
        (" 09:15:30 ", time(9, 15, 30)),
        ("24:00", None),
        ("9:60", None),
        ("9:5", None),
        ("09:15:61", None),
        ("noon", None),
        ("", None),
    ],
)
def test_times_are_read_or_refused(text: str, found: time | None) -> None:
    assert read_time(text) == found


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30"),  # skipped: as 03:30
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # comes twice: the first
        ("Pacific/Chatham", "2026-09-27", "03:00", "2026-09-26T14:15"),
        ("Pacific/Chatham", "2026-04-05", "03:00", "2026-04-04T13:15"),
        ("America/St_Johns", "2026-03-08", "02:30", "2026-03-08T06:00"),
        ("America/St_Johns", "2026-11-01", "01:30", "2026-11-01T04:00"),
    ],
)
def test_a_day_and_a_time_are_a_moment_of_their_zone(zone: str, day: str, at: str, utc: str) -> None:
    found = moment_of(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone))
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_that_is_shown_and_typed_again_is_the_same(moment: datetime) -> None:
    for name in ("Europe/Berlin", "Pacific/Chatham", "America/St_Johns"):
        local = moment.replace(microsecond=0).astimezone(ZoneInfo(name))
        back = moment_of(local.date(), local.time(), ZoneInfo(name))
        if not local.fold:  # of an hour that comes twice the first is meant
            assert back == moment.replace(microsecond=0)
