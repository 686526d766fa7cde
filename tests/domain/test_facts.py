from datetime import date

import pytest

from desktop_app.domain.facts import Fault, faults, is_old, is_undated

AS_OF = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("dated", "old"),
    [
        ("2025-01-15", False),
        ("2025-01-14", True),
        ("2025-01", False),
        ("2024-12", True),
        ("2025", False),
        ("2024", True),
        ("undated", True),
        ("", True),
        ("2024-13", True),
        ("2026-02-01", False),
    ],
)
def test_a_fact_is_old_when_it_is_surely_more_than_a_year_old(dated: str, old: bool) -> None:
    assert is_old(dated, AS_OF) is old


def test_without_a_day_only_what_is_undated_counts_as_old() -> None:
    assert (is_old("1999-01-01", None), is_old("undated", None)) == (False, True)


def test_what_shows_no_day_month_or_year_is_undated() -> None:
    assert [is_undated(d) for d in ("undated", "", "2024-13", "2024", "2024-12")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("dated", "verified", "wrong"),
    [
        ("2026-01-01", True, ()),
        ("2026-01-01", None, ()),
        ("2026-01-01", False, (Fault.UNVERIFIED,)),
        ("2024-01-01", True, (Fault.OLD,)),
        ("2024-01-01", False, (Fault.OLD, Fault.UNVERIFIED)),
        ("undated", False, (Fault.UNDATED, Fault.UNVERIFIED)),
        ("undated", True, (Fault.UNDATED,)),
    ],
)
def test_a_fact_says_all_that_is_wrong_with_it(
    dated: str, verified: bool | None, wrong: tuple[Fault, ...]
) -> None:
    assert faults(dated, verified, AS_OF) == wrong
