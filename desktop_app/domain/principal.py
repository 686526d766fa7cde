"""Principal and yield tokens: what a name such as PT-weETH-26DEC2024 says."""

import re
from dataclasses import dataclass
from datetime import date

_NAMED = re.compile(r"(PT|YT)-(.+)-(\d{1,2})([A-Z]{3})(\d{4})", re.IGNORECASE | re.ASCII)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True, slots=True)
class Principal:
    """``family`` is PT or YT, ``inner`` the symbol of what it is made of, ``dated`` its date as written."""

    family: str
    inner: str
    dated: str
    maturity: date


def principal(symbol: str) -> Principal | None:
    """Return what the name of a principal or yield token says, None where it is no such name."""
    found = _NAMED.fullmatch(symbol.strip())
    if found is None:
        return None
    family, inner, day, month, year = found.groups()
    try:
        maturity = date(int(year), _MONTHS.index(month.upper()) + 1, int(day))
    except ValueError:
        return None
    return Principal(family.upper(), inner, f"{day}{month.upper()}{year}", maturity)
