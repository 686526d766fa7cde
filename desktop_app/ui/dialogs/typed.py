"""What people type: numbers and dates in their own locale, read exactly and never through a float."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale

from desktop_app.domain.money import amount_text, parse_amount
from desktop_app.figures.labels import MINUS

EARLIEST = 1970
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", " "))
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_ENGLISH = QLocale(QLocale.Language.English)


def read_amount(text: str, locale: QLocale) -> Decimal | None:
    """Return the exact value of a typed number, None if it is none; thousands may be grouped, in threes."""
    text = text.strip().replace(MINUS, "-").translate(_SPACES)
    point, group = locale.decimalPoint(), locale.groupSeparator().translate(_SPACES)
    if "." in text and "." not in {point, group}:
        return None
    whole, sign, rest = text.partition(point)
    for separator in {group, " ", "’"}:
        if re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(separator)}\d{{3}})+", whole):
            whole = whole.replace(separator, "")
    if "." in whole:
        return None
    return parse_amount(f"{whole}.{rest}" if sign else whole)


def write_amount(value: Decimal | None, locale: QLocale) -> str:
    """Return every digit as it can be typed, without grouping; "" for unknown."""
    return "" if value is None else amount_text(value).replace(".", locale.decimalPoint())


def read_day(text: str, locale: QLocale) -> date | None:
    """Return a typed date, None if it is none: as the locale writes it, as 3 Mar 2025, or as 2025-03-03."""
    text = text.strip().translate(_SPACES)
    readings = [(_ENGLISH, "yyyy-MM-dd"), (_ENGLISH, "d MMM yyyy"), (_ENGLISH, "d MMMM yyyy")]
    readings += [(locale, form) for form in (_own(locale), "d MMM yyyy", "d MMMM yyyy")]
    for language, form in readings:
        day = language.toDate(text, form)
        if day.isValid() and day.year() >= EARLIEST:
            return date(day.year(), day.month(), day.day())
    return None


def write_day(day: date | None, locale: QLocale) -> str:
    """Return a date as :func:`read_day` reads it back; "" for none."""
    if day is None:
        return ""
    plain = locale.language() in {QLocale.Language.English, QLocale.Language.C}
    language, form = (_ENGLISH, "d MMM yyyy") if plain else (locale, _own(locale))
    text = language.toString(QDate(day.year, day.month, day.day), form)
    return text if read_day(text, locale) == day else day.isoformat()


def _own(locale: QLocale) -> str:
    """Return the locale's short form of a date, with all four digits of the year."""
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")


def read_time(text: str) -> time | None:
    """Return a typed time of day, None if it is none: 9:15, 09:15 or 09:15:30."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def moment_of(day: date, at: time, zone: tzinfo | None) -> datetime:
    """Return the moment (UTC) of a day and a time in a zone, None for the system's.

    A time that the clocks skip counts as the one after, a time that comes twice as the first.
    """
    local = datetime.combine(day, at)
    return local.astimezone(UTC) if zone is None else local.replace(tzinfo=zone).astimezone(UTC)
