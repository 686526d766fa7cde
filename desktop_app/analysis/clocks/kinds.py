"""What the keys of the rules hold: their units, and how their text is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop_app.domain.money import amount_text, parse_amount

_UNIX = re.compile(r"\d{9,12}", re.ASCII)
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)
_SHORT = re.compile(r"\d+", re.ASCII)

MOST_WHOLE = 10**18 - 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: its unit in a word, what is expected in a sentence, and text -> value or None."""

    unit: str
    expected: str
    read: Callable[[str], object | None]
    choices: tuple[str, ...] = ()


def _moment(text: str) -> datetime | None:
    """Read ISO 8601, UTC where no zone stands, or Unix seconds of nine digits or more."""
    try:
        if _UNIX.fullmatch(text):
            return datetime.fromtimestamp(int(text), UTC)
        if _SHORT.fullmatch(text):
            return None
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _flag(text: str) -> bool | None:
    return {"yes": True, "no": False, "true": True, "false": False}.get(text.lower())


def _adapter(text: str) -> tuple[Fraction, int] | None:
    amount, _, duration = text.partition(":")
    exact = parse_amount(amount)
    if exact is None or exact < 0 or not _WHOLE.fullmatch(duration):
        return None
    return Fraction(exact), int(duration)


TIME = Kind("UTC time", "a time such as 2026-01-31T12:00:00Z, or Unix seconds", _moment)
FLAG = Kind("yes or no", "yes or no", _flag, ("yes", "no"))
SYMBOL = Kind("name of a token", "a name such as PT-weETH-26DEC2024", lambda text: text or None)
ADAPTER = Kind("amount:seconds", "an amount and seconds such as 50:86400", _adapter)


def _between(least: str, most: str | None) -> str:
    return f"from {least} on" if most is None else f"from {least} to {most}"


def whole(unit: str, least: int = 0, most: int = MOST_WHOLE) -> Kind:
    """Return the kind of whole numbers of a unit."""

    def read(text: str) -> int | None:
        return int(text) if _WHOLE.fullmatch(text) and least <= int(text) <= most else None

    return Kind(
        unit, f"a whole number {_between(str(least), None if most == MOST_WHOLE else str(most))}", read
    )


def number(unit: str, most: int | None = None) -> Kind:
    """Return the kind of exact numbers of a unit, 0 or more."""

    def read(text: str) -> Fraction | None:
        exact = parse_amount(text)
        fits = exact is not None and exact >= 0 and (most is None or exact <= most)
        return Fraction(exact) if exact is not None and fits else None

    return Kind(unit, f"a number {_between('0', None if most is None else str(most))}", read)


def _eth(text: str) -> Decimal | None:
    exact = parse_amount(text)
    return exact if exact is not None and 0 <= exact <= 10**9 else None


ETH = Kind("ETH", "an amount of ETH from 0 to 1000000000", _eth)
FRACTION = number("fraction of 1", 1)
AMOUNT = number("amount")

SECONDS = whole("seconds", 1)
BLOCK = whole("block")
SLOT = whole("slot")
UNITS = whole("units")
SAT = whole("sat")


def one_of(names: type[StrEnum] | tuple[str, ...]) -> Kind:
    """Return the kind of a closed list."""
    allowed = {str(name): name for name in names}
    return Kind("one of these", f"one of {', '.join(allowed)}", allowed.get, tuple(allowed))


def shown(value: object) -> str | None:
    """Return a value as it would be typed; None is unknown."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, Fraction):
        return amount_text(Decimal(value.numerator) / Decimal(value.denominator))
    if isinstance(value, Decimal):
        return amount_text(value)
    return str(value)


def utc_text(moment: datetime) -> str:
    """Return a moment as ISO 8601 with a Z."""
    return moment.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
