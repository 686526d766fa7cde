"""One date as people and programs write it; forms with one reading are told from day-or-month-first."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EARLIEST = date(2009, 1, 3)
"""The first block of the first chain: nothing can be older."""

_TIME = (
    r"(?:,?[T ]\s?(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"(?:[ \u00a0\u202f]?(?P<half>[AaPp])\.?[Mm]\.?)?\s?(?P<zone>Z|\(?\+?UTC\)?|GMT|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})" + _TIME, re.ASCII)
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII)
_WORD_AFTER = re.compile(
    r"(?P<d>\d{1,2})\.?[ \-]?(?P<word>[A-Za-z]{3,9})\.?,?[ \-]?(?P<y>\d{4})" + _TIME, re.ASCII
)
_WORD_FIRST = re.compile(r"(?P<word>[A-Za-z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})" + _TIME, re.ASCII)
_ORDERED = re.compile(r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>\d{4})" + _TIME, re.ASCII)
_SERIAL = re.compile(r"[4-5]\d{4}|60000", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


class Reading(NamedTuple):
    """A point in time (UTC; of a day its beginning) and the form in which it was written."""

    moment: datetime
    form: str

    @property
    def day(self) -> date:
        """Return the day."""
        return self.moment.date()


def one_reading(text: str) -> Reading | None:
    """Return the day (UTC) of a form with one reading: ISO, YYYYMMDD, Unix time, the month as a word."""
    if text.isdecimal() and text.isascii():
        return _digits_only(text)
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(lambda: _moment(match, int(match["m"]), int(match["d"])), "YYYY-MM-DD")
    named = _WORD_AFTER.fullmatch(text) or _WORD_FIRST.fullmatch(text)
    month = _month(named["word"]) if named else None
    if named is None or month is None:
        return None
    return _day(lambda: _moment(named, month, int(named["d"])), "month as a word")


def iso_day(text: str) -> Reading | None:
    """Return the day written exactly as YYYY-MM-DD."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    return _day(lambda: datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC), "YYYY-MM-DD")


def moment(text: str, order: str = "") -> datetime | None:
    """Return the moment (UTC where nothing else is said) of any form with one reading.

    ``order`` ("dmy", "mdy") is what a format is known to write where day and month are numbers.
    """
    if text[4:5] == "-" and text[10:11] in (" ", "T") and text.isascii():  # most of them: the quick way
        try:
            found = datetime.fromisoformat(text + "+00:00" if len(text) == 19 else text)
        except ValueError:
            pass
        else:
            if found.tzinfo is UTC:
                return found
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    reading = one_reading(text) or (ordered(text, order) if order else None)
    return reading.moment if reading else None


def zoned(text: str, order: str = "") -> datetime | None:
    """Return the moment of a day, a clock and the name of a zone (UTC for none that is known)."""
    day, _, rest = text.partition(" ")
    clock, _, zone = rest.partition(" ")
    found = moment(f"{day} {clock}".strip(), order)
    name = zone.strip()
    if found is None or name in {"", "UTC", "GMT", "Z"}:
        return found
    try:
        return found.replace(tzinfo=ZoneInfo(name)).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError):
        return found


def orders(text: str) -> frozenset[str]:
    """Return the orders ("dmy", "mdy") in which a numeric date can be read; empty if in none."""
    return frozenset(order for order in ("dmy", "mdy") if ordered(text, order))


def ordered(text: str, order: str) -> Reading | None:
    """Return the day of a numeric date whose order of day and month is known."""
    match = _ORDERED.fullmatch(text)
    if match is None:
        return None
    first, second = int(match["a"]), int(match["b"])
    day, month = (first, second) if order == "dmy" else (second, first)
    return _day(lambda: _moment(match, month, day), order)


def serial(text: str) -> Reading | None:
    """Return the day behind a spreadsheet's day number (45306 is 2024-01-15)."""
    if not _SERIAL.fullmatch(text):
        return None
    return Reading(datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=int(text)), "day number")


def is_sane(day: date, today: date) -> bool:
    """Tell whether a day is neither in the future nor before there was any chain."""
    return EARLIEST <= day <= today


def _digits_only(text: str) -> Reading | None:
    if len(text) == 8 and (match := _COMPACT.fullmatch(text)):
        year, month, day = (int(match[name]) for name in "ymd")
        return _day(lambda: datetime(year, month, day, tzinfo=UTC), "YYYYMMDD")
    if len(text) == 10:
        return _day(lambda: datetime.fromtimestamp(int(text), UTC), "Unix seconds")
    if len(text) == 13:
        return _day(
            lambda: datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(text)), "Unix milliseconds"
        )
    return None


def _day(moment: Callable[[], datetime], form: str) -> Reading | None:
    try:
        return Reading(moment(), form)
    except (ValueError, OverflowError):
        return None


def _moment(match: re.Match[str], month: int, day: int) -> datetime:
    clock = (_hour(match), int(match["min"] or 0), int(match["s"] or 0))
    part = int((match["f"] or "0").ljust(6, "0")[:6])
    return datetime(int(match["y"]), month, day, *clock, part, tzinfo=_zone(match["zone"])).astimezone(UTC)


def _hour(match: re.Match[str]) -> int:
    hour = int(match["h"] or 0)
    if not match["half"]:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if match["half"] in "Pp" else 0)


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-" or not text[1].isdecimal():
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _month(word: str) -> int | None:
    word = word.lower()
    return next(
        (n for n, name in enumerate(_MONTHS, 1) if name.startswith(word) or (word == "sept" and n == 9)), None
    )
