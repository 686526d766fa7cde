from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.csv_import import dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-15", date(2024, 1, 15)),
        ("2024/1/5", date(2024, 1, 5)),
        ("2024.01.15", date(2024, 1, 15)),
        ("2024-01-15T00:00", date(2024, 1, 15)),
        ("2024-01-15 09:15 UTC", date(2024, 1, 15)),
        ("2024-03-08T12:24:11.000Z", date(2024, 3, 8)),
        ("2023-06-01 21:31:54-04:00", date(2023, 6, 2)),
        ("20240630", date(2024, 6, 30)),
        ("1659340800", date(2022, 8, 1)),
        ("1659340800000", date(2022, 8, 1)),
        ("14 Feb 2021", date(2021, 2, 14)),
        ("14-Feb-2021", date(2021, 2, 14)),
        ("February 14, 2021", date(2021, 2, 14)),
        ("Sept 1, 2021", date(2021, 9, 1)),
    ],
)
def test_forms_with_one_reading(text: str, day: date) -> None:
    reading = dates.one_reading(text)
    assert reading is not None
    assert reading.day == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-13-01",
        "2024-02-30",
        "20241301",
        "01/02/2024",
        "14 Foo 2021",
        "45306",
        "24-01-15",
        "99999999999",
        "x",
    ],
)
def test_what_has_no_single_reading(text: str) -> None:
    assert dates.one_reading(text) is None


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("13/02/2024", {"dmy"}),
        ("02/13/2024", {"mdy"}),
        ("01.02.2024", {"dmy", "mdy"}),
        ("2/27/2022 12:09", {"mdy"}),
        ("13/13/2024", set()),
        ("01/02/24", set()),
        ("01/02-2024", set()),
    ],
)
def test_a_numeric_date_tells_in_which_orders_it_can_be_read(text: str, orders: set[str]) -> None:
    assert dates.orders(text) == orders


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("01/31/2026 02:15 PM", (14, 15, 0)),
        ("1/31/2026, 2:15:09 PM", (14, 15, 9)),
        ("1/31/2026, 2:15:09\u202fAM", (2, 15, 9)),
        ("01/31/2026 12:00 AM", (0, 0, 0)),
        ("01/31/2026 12:30pm", (12, 30, 0)),
        ("01/31/2026 11:59:59 p.m. UTC", (23, 59, 59)),
    ],
)
def test_a_clock_of_twelve_hours_says_which_half_of_the_day(text: str, clock: tuple[int, int, int]) -> None:
    reading = dates.ordered(text, "mdy")
    assert reading is not None
    assert reading.moment == datetime(2026, 1, 31, *clock, tzinfo=UTC)
    assert dates.orders(text) == {"mdy"}
    assert dates.orders(text.replace("31", "05", 1)) == {"dmy", "mdy"}


@pytest.mark.parametrize("text", ["2026-01-31 02:15 PM", "Jan 31, 2026, 2:15 PM", "31 January 2026 2:15 pm"])
def test_a_clock_of_twelve_hours_may_stand_behind_any_day(text: str) -> None:
    assert dates.moment(text) == datetime(2026, 1, 31, 14, 15, tzinfo=UTC)


@pytest.mark.parametrize("clock", ["13:15 PM", "0:15 AM", "02:15 XM", "02:60 PM", "PM"])
def test_a_half_of_the_day_that_does_not_fit_its_hour_is_no_clock(clock: str) -> None:
    assert dates.ordered(f"01/31/2026 {clock}", "mdy") is None


def test_a_spreadsheets_day_number_is_recognised() -> None:
    reading = dates.serial("45306")
    assert reading is not None
    assert (reading.day, reading.form) == (date(2024, 1, 15), "day number")
    assert dates.serial("12345") is None


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text: str) -> None:
    for reading in (
        dates.one_reading(text),
        dates.ordered(text, "dmy"),
        dates.iso_day(text),
        dates.serial(text),
    ):
        assert reading is None or isinstance(reading.day, date)


@given(st.dates(min_value=date(2009, 1, 3)))
def test_every_day_is_read_back(day: date) -> None:
    readings = {
        "YYYY-MM-DD": (dates.one_reading(day.isoformat()), dates.iso_day(day.isoformat())),
        "dmy": (dates.ordered(day.strftime("%d/%m/%Y"), "dmy"),),
    }
    for form, found in readings.items():
        assert [(reading.day, reading.form) for reading in found if reading] == [(day, form)] * len(found)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-02-03 09:11:08", datetime(2025, 2, 3, 9, 11, 8, tzinfo=UTC)),
        ("2025-02-03T09:11:08.250Z", datetime(2025, 2, 3, 9, 11, 8, 250_000, tzinfo=UTC)),
        ("2025-02-03T09:11:08+02:00", datetime(2025, 2, 3, 7, 11, 8, tzinfo=UTC)),
        ("2025-02-03 09:11 UTC", datetime(2025, 2, 3, 9, 11, tzinfo=UTC)),
        ("2025-02-03", datetime(2025, 2, 3, tzinfo=UTC)),
        ("1738573868", datetime(2025, 2, 3, 9, 11, 8, tzinfo=UTC)),
        ("1738573868250", datetime(2025, 2, 3, 9, 11, 8, 250_000, tzinfo=UTC)),
        ("03/02/2025 09:11", datetime(2025, 2, 3, 9, 11, tzinfo=UTC)),
        ("soon", None),
        ("2025-13-03 09:11:08", None),
    ],
)
def test_a_moment_is_read_to_its_last_digit(text: str, moment: datetime | None) -> None:
    assert dates.moment(text, "dmy") == moment


def test_a_moment_whose_order_is_not_fixed_is_not_guessed() -> None:
    assert dates.moment("03/02/2025 09:11") is None
