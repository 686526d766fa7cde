"""Numbers and dates as people read them: one place for screen and paper (look.md, Numbers)."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal, localcontext
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from desktop_app.analysis.exit_paths import MINUTE
from desktop_app.domain.money import EXACT

UNKNOWN = "unknown"
HIDDEN = "•••"
MINUS = "−"
NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

LONG_STEP = 10
"""Steps shorter than this many days are told with one decimal."""
LEAST_SHARE = 0.005
"""Up to this a share in whole per cent would read 0."""

_MAX_DECIMALS = 40
_LONGEST_ZONE = 5


@dataclass(frozen=True, slots=True)
class Labels:
    """How numbers are written: a locale ("en_US"), the portfolio's currency, whether amounts are hidden.

    ``zone`` is that of the moments, None for the one of the system. Dates without a time have none.
    """

    locale: str = "en_US"
    currency: str = "USD"
    hide_amounts: bool = False
    zone: tzinfo | None = UTC

    def money(self, value: Decimal | float | None, *, decimals: int = 0, with_currency: bool = False) -> str:
        """Return "412,284" or, with the currency, "USD 412,284" (no-break space); else "unknown" or "•••"."""
        if value is None:
            return UNKNOWN
        if self.hide_amounts:
            return HIDDEN
        text = self.number(value, decimals=decimals)
        return f"{self.currency}{NO_BREAK}{text}" if with_currency else text

    def quantity(self, value: Decimal | None) -> str:
        """Return a quantity, grouped, with 2 decimals or as many as its first four digits need."""
        if value is None:
            return UNKNOWN
        if self.hide_amounts:
            return HIDDEN
        decimals = 3 - value.adjusted() if value and value.adjusted() < 0 else 2
        return self.number(value, decimals=min(decimals, _MAX_DECIMALS))

    def exact(self, value: Decimal | None) -> str:
        """Return every digit, grouped, for tooltips."""
        if value is None:
            return UNKNOWN
        if self.hide_amounts:
            return HIDDEN
        exponent = value.as_tuple().exponent
        return self.number(value, decimals=max(0, -exponent) if isinstance(exponent, int) else 0)

    def share(self, fraction: float | None, *, decimals: int = 0) -> str:
        """Return "52 %" with a narrow no-break space; what whole per cent would make nothing is "< 1 %"."""
        if fraction is None:
            return UNKNOWN
        if decimals == 0 and 0 < fraction <= LEAST_SHARE:
            return f"<{NO_BREAK}{self.number(1)}{NARROW_NO_BREAK}%"
        return f"{self.number(fraction * 100, decimals=decimals)}{NARROW_NO_BREAK}%"

    def rate(self, fraction: float | None) -> str:
        """Return "2.58 %": two decimals."""
        return self.share(fraction, decimals=2)

    def days(self, value: float | None) -> str:
        """Return whole days, rounded up, as a bare number; "?" if unknown."""
        return "?" if value is None else self.number(whole_days(value))

    def in_days(self, value: float | None) -> str:
        """Return "7 days", "1 day", "at once" for 0."""
        if value is None:
            return UNKNOWN
        days = whole_days(value)
        if days <= 0:
            return "at once"
        return f"{self.number(days)}{NO_BREAK}{'day' if days == 1 else 'days'}"

    def step_days(self, value: float | None) -> str:
        """Return the days of one step as a bare number: a part of a day counts, so that they add up."""
        if value is None:
            return "?"
        exact = value < LONG_STEP and abs(value - round(value)) >= 0.05
        return self.number(value, decimals=1) if exact else self.number(whole_days(round(value, 6)))

    def in_step_days(self, value: float | None) -> str:
        """Return "0.6 days", "1 day", "at once" for 0: how long one step of several takes."""
        if value is None:
            return UNKNOWN
        words = self.step_days(value)
        if words == "0":
            return "at once"
        return f"{words}{NO_BREAK}{'day' if words == '1' else 'days'}"

    def day(self, value: date, *, year: bool = True, long: bool = False) -> str:
        """Return "24 Nov 2026", "24 Nov" without the year, "24 November 2026" long; no-break spaces."""
        return _day(self.locale, value, year, long)

    def day_of(self, moment: datetime) -> date:
        """Return the calendar day of a moment in the zone."""
        return moment.astimezone(self.zone).date()

    def moment(self, value: datetime, *, zone: bool = True) -> str:
        """Return "25 Nov 2026, 09:15 CET": in the zone, which is named."""
        local = value.astimezone(self.zone)
        said = f"{self.day(local.date())}, {local:%H:%M}"
        return f"{said}{NO_BREAK}{zone_name(local)}" if zone else said

    def month(self, value: date) -> str:
        """Return "Nov 2026"."""
        return _month(self.locale, value)

    def near_day(self, value: date, as_of: date | None) -> str:
        """Return a day without its year where that is the year of ``as_of``."""
        return self.day(value, year=as_of is None or value.year != as_of.year)

    def number(self, value: Decimal | float, *, decimals: int = 0) -> str:
        """Return a number grouped by the locale, with a true minus sign and never "−0"."""
        pattern = _pattern(self.locale, decimals)
        with localcontext(EXACT):
            text: str = pattern.apply(value, _locale(self.locale))
        if text[:1] == "-":
            text = MINUS + text[1:] if any("1" <= sign <= "9" for sign in text) else text[1:]
        return text


def zone_name(local: datetime) -> str:
    """Return "CET", or "UTC+13:45" where the zone has no short name of letters."""
    name = local.tzname() or ""
    if name.isascii() and name.isalpha() and len(name) <= _LONGEST_ZONE:
        return name
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    sign, (hours, rest) = MINUS if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def whole_days(value: float) -> int:
    """Return days rounded up; what is less than a minute late is of its day."""
    return math.ceil(value - MINUTE)


@lru_cache(maxsize=64)
def _locale(name: str) -> Locale:
    """Return what babel knows of a locale; English where it knows nothing ("C", "POSIX", made up)."""
    try:
        return Locale.parse(name.partition(".")[0].replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en", "US")


@lru_cache(maxsize=256)
def _pattern(name: str, decimals: int) -> NumberPattern:
    whole = _locale(name).decimal_formats[None].pattern.partition(".")[0]
    return parse_pattern(f"{whole}.{'0' * decimals}" if decimals else whole)


@lru_cache(maxsize=1024)
def _month(name: str, value: date) -> str:
    locale = _locale(name)
    pattern = "MMM y" if locale.language == "en" else locale.datetime_skeletons["yMMM"].pattern
    return format_date(value, pattern, locale=locale).replace(" ", NO_BREAK)


@lru_cache(maxsize=4096)
def _day(name: str, value: date, year: bool, long: bool) -> str:
    locale = _locale(name)
    month = "MMMM" if long else "MMM"
    if locale.language == "en":  # also in America: the day first, so that a column of dates lines up
        pattern = f"d {month} y" if year else f"d {month}"
    elif year:
        pattern = (locale.date_formats["long"] if long else locale.datetime_skeletons["yMMMd"]).pattern
    else:
        pattern = locale.datetime_skeletons[f"{month}d"].pattern
    return format_date(value, pattern, locale=locale).replace(" ", NO_BREAK)
