"""Numbers and dates are written one way everywhere."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from desktop_app.figures.labels import Labels, zone_name

LABELS = Labels()
DAY = date(2026, 11, 24)


def test_money_is_grouped_in_whole_units() -> None:
    assert LABELS.money(Decimal("412283.51")) == "412,284"


def test_the_currency_is_joined_by_a_no_break_space() -> None:
    assert LABELS.money(Decimal(412284), with_currency=True) == "USD\u00a0412,284"


def test_prices_have_two_decimals() -> None:
    assert LABELS.money(Decimal(3521), decimals=2) == "3,521.00"


def test_a_negative_number_has_a_true_minus_sign() -> None:
    assert LABELS.money(-1416.2) == "−1,416"


def test_nothing_is_minus_zero() -> None:
    assert LABELS.money(-0.2) == "0"
    assert LABELS.share(-0.001) == "0\u202f%"


def test_unknown_is_a_word_and_never_zero() -> None:
    assert LABELS.money(None) == LABELS.quantity(None) == LABELS.exact(None) == "unknown"
    assert LABELS.share(None) == LABELS.rate(None) == LABELS.in_days(None) == "unknown"
    assert LABELS.days(None) == "?"


def test_hidden_amounts_keep_their_shares() -> None:
    hidden = Labels(hide_amounts=True)
    assert hidden.money(Decimal(1), with_currency=True) == hidden.quantity(Decimal(1)) == "•••"
    assert hidden.exact(Decimal(1)) == "•••"
    assert hidden.share(0.52) == "52\u202f%"


def test_hidden_does_not_hide_that_something_is_unknown() -> None:
    assert Labels(hide_amounts=True).money(None) == "unknown"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("17800", "17,800.00"),
        ("13.2", "13.20"),
        ("0.245", "0.2450"),
        ("0.000012345", "0.00001234"),
        ("0", "0.00"),
    ],
)
def test_quantities_show_two_decimals_or_four_digits(text: str, written: str) -> None:
    assert LABELS.quantity(Decimal(text)) == written


def test_exact_keeps_every_digit() -> None:
    digits = Decimal("12345678901234567890123456789012345678.123456789012345678")
    assert LABELS.exact(digits).replace(",", "") == str(digits)
    assert LABELS.exact(Decimal("1E+5")) == "100,000"


def test_shares_and_rates_have_a_narrow_no_break_space() -> None:
    assert LABELS.share(0.522) == "52\u202f%"
    assert LABELS.share(0.252, decimals=1) == "25.2\u202f%"
    assert LABELS.rate(0.0258) == "2.58\u202f%"


@pytest.mark.parametrize(("days", "written"), [(6.2, "7"), (7.0, "7"), (7.0000000001, "7"), (0.0, "0")])
def test_days_are_whole_and_rounded_up(days: float, written: str) -> None:
    assert LABELS.days(days) == written


def test_days_in_words() -> None:
    assert [LABELS.in_days(d) for d in (0, 0.4, 7)] == ["at once", "1\u00a0day", "7\u00a0days"]


def test_dates_do_not_break() -> None:
    assert LABELS.day(DAY) == "24\u00a0Nov\u00a02026"
    assert LABELS.day(DAY, year=False) == "24\u00a0Nov"
    assert LABELS.day(DAY, long=True) == "24\u00a0November\u00a02026"
    assert LABELS.day(DAY, year=False, long=True) == "24\u00a0November"


def test_another_locale_has_its_own_signs_and_months() -> None:
    german = Labels("de_DE", "EUR")
    assert german.money(Decimal("-1234567.5"), decimals=2, with_currency=True) == "EUR\u00a0−1.234.567,50"
    assert german.day(DAY, long=True) == "24.\u00a0November\u00a02026"
    assert Labels("hi_IN").money(1234567) == "12,34,567"
    assert Labels("ja_JP").day(DAY, year=False) == "11月24日"


@pytest.mark.parametrize("name", ["C", "C.UTF-8", "POSIX", "", "xx_YY", "../../etc/passwd"])
def test_a_locale_nobody_knows_is_written_in_english(name: str) -> None:
    assert Labels(name).money(1234) == "1,234"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.0, "at once"),
        (0.6, "0.6\u00a0days"),
        (1.0, "1\u00a0day"),
        (2.25, "2.2\u00a0days"),
        (14.3, "15\u00a0days"),
    ],
)
def test_a_short_step_is_told_with_the_parts_of_its_days(days: float, words: str) -> None:
    assert Labels().in_step_days(days) == words


def test_a_small_share_is_never_nothing() -> None:
    assert LABELS.share(0.004) == "<\u00a01\u202f%"
    assert LABELS.share(0.005) == LABELS.share(1e-9) == "<\u00a01\u202f%"
    assert (LABELS.share(0.0), LABELS.share(0.0051)) == ("0\u202f%", "1\u202f%")
    assert LABELS.share(0.004, decimals=1) == "0.4\u202f%"


def test_a_month_alone_keeps_its_year() -> None:
    assert Labels().month(date(2022, 6, 1)) == "Jun\u00a02022"
    assert Labels("de_DE").month(date(2022, 6, 1)) == "Juni\u00a02022"


# -- zones -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "moment", "words"),
    [
        # before, at and after the clocks go forward and back
        ("Europe/Berlin", "2026-03-29T00:59", "29 Mar 2026, 01:59 CET"),
        ("Europe/Berlin", "2026-03-29T01:00", "29 Mar 2026, 03:00 CEST"),
        ("Europe/Berlin", "2026-10-25T00:30", "25 Oct 2026, 02:30 CEST"),
        ("Europe/Berlin", "2026-10-25T01:30", "25 Oct 2026, 02:30 CET"),
        ("Pacific/Chatham", "2026-04-04T13:59", "5 Apr 2026, 03:44 UTC+13:45"),
        ("Pacific/Chatham", "2026-04-04T14:00", "5 Apr 2026, 02:45 UTC+12:45"),
        ("Pacific/Chatham", "2026-09-26T13:59", "27 Sep 2026, 02:44 UTC+12:45"),
        ("Pacific/Chatham", "2026-09-26T14:00", "27 Sep 2026, 03:45 UTC+13:45"),
        ("America/St_Johns", "2026-03-08T05:29", "8 Mar 2026, 01:59 NST"),
        ("America/St_Johns", "2026-03-08T05:30", "8 Mar 2026, 03:00 NDT"),
        ("America/St_Johns", "2026-11-01T04:29", "1 Nov 2026, 01:59 NDT"),
        ("America/St_Johns", "2026-11-01T04:30", "1 Nov 2026, 01:00 NST"),
        ("UTC", "2026-11-25T09:15", "25 Nov 2026, 09:15 UTC"),
    ],
)
def test_a_moment_is_told_in_its_zone_which_is_named(zone: str, moment: str, words: str) -> None:
    labels = Labels(zone=ZoneInfo(zone))
    utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert labels.moment(utc).replace("\u00a0", " ") == words
    assert labels.moment(utc, zone=False).replace("\u00a0", " ") == words.rpartition(" ")[0]
    assert labels.day(labels.day_of(utc)).replace("\u00a0", " ") == words.partition(",")[0]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Chatham", "America/St_Johns"])
def test_a_calendar_date_stands_still_in_every_zone(zone: str) -> None:
    day = date(2026, 3, 29)
    assert Labels(zone=ZoneInfo(zone)).day(day) == Labels().day(day)


def test_a_zone_without_a_short_name_is_told_by_its_offset() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    zones = (
        timezone(timedelta(hours=-3, minutes=-30)),
        timezone(timedelta(hours=2), "W. Europe Standard Time"),
    )
    assert [zone_name(at.astimezone(zone)) for zone in zones] == ["UTC−3:30", "UTC+2"]
