"""What can be wrong with a fact: it is old, undated or unverified. One rule for every page."""

import calendar
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache

UNDATED = "undated"
"""What stands for the date of a fact that shows none."""


class Fault(StrEnum):
    """Why a fact deserves a second look."""

    UNDATED = "undated"
    OLD = "old"
    UNVERIFIED = "unverified"


def faults(dated: str, verified: bool | None, as_of: date | None) -> tuple[Fault, ...]:
    """Return what is wrong with a fact on a day; ``verified`` None is said of what needs no verifying."""
    age = () if not is_old(dated, as_of) else (Fault.UNDATED if is_undated(dated) else Fault.OLD,)
    return (*age, Fault.UNVERIFIED) if verified is False else age


def is_undated(dated: str) -> bool:
    """Tell whether a text says no date: neither a day, nor a month, nor a year."""
    return _last_day(dated) is None


def is_old(dated: str, as_of: date | None) -> bool:
    """Tell whether a fact is surely more than a year old; one without a date counts as old.

    ``dated`` is a day, month (2025-03) or year, taken as its last day. Without ``as_of`` only what is undated
    is old.
    """
    last = _last_day(dated)
    if last is None:
        return True
    return as_of is not None and (as_of.year - 1, as_of.month, as_of.day) > (last.year, last.month, last.day)


@lru_cache(1024)  # a portfolio has thousands of steps and a few dozen dates
def _last_day(dated: str) -> date | None:
    """Return the last day that a date such as 2025, 2025-03 or 2025-03-31 can mean; None if it is none."""
    try:
        numbers: Mapping[int, int] = dict(enumerate(int(part) for part in dated.split("-")))
        year, month = numbers[0], numbers.get(1, 12)
        return date(year, month, numbers.get(2, calendar.monthrange(year, month)[1]))
    except (ValueError, KeyError, calendar.IllegalMonthError):
        return None
