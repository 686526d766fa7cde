"""Numbers and dates as people read them: one place for screen and paper (look.md, Numbers)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

UNKNOWN = "unknown"
HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class Labels:
    """How numbers are written: a locale ("en_US"), the portfolio's currency, and whether amounts are hidden."""

    locale: str = "en_US"
    currency: str = "USD"
    hide_amounts: bool = False

    def money(self, value: Decimal | float | None, *, decimals: int = 0, with_currency: bool = False) -> str:
        """Return "412,284" or, with the currency, "USD 412,284" (no-break space); unknown and hidden in words."""
        raise NotImplementedError

    def quantity(self, value: Decimal | None) -> str:
        """Return a quantity, grouped, with 2 decimals or as many as its first four significant digits need."""
        raise NotImplementedError

    def exact(self, value: Decimal | None) -> str:
        """Return every digit, grouped, for tooltips."""
        raise NotImplementedError

    def share(self, fraction: float | None, *, decimals: int = 0) -> str:
        """Return "52 %" with a narrow no-break space."""
        raise NotImplementedError

    def rate(self, fraction: float | None) -> str:
        """Return "2.58 %": two decimals."""
        raise NotImplementedError

    def days(self, value: float | None) -> str:
        """Return whole days, rounded up, as a bare number; "?" if unknown."""
        raise NotImplementedError

    def in_days(self, value: float | None) -> str:
        """Return "7 days", "1 day", "at once" for 0."""
        raise NotImplementedError

    def day(self, value: date, *, year: bool = True, long: bool = False) -> str:
        """Return "24 Nov 2026", "24 Nov" without the year, "24 November 2026" long; no-break spaces."""
        raise NotImplementedError
