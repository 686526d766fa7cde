"""Typed reading of JSON objects: every wrong value becomes one sentence that says what and where."""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from desktop_app.domain.money import MAX_EXPONENT, parse_amount
from desktop_app.errors import UserError

E = TypeVar("E", bound=StrEnum)


class Reader:
    """Reads one JSON object; ``place`` names it in sentences. Numbers with a point come in as Decimal."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, Mapping):
            raise UserError(f"In {place} an object with keys is expected, not {shown(data)}.")
        self.data = data
        self.place = place

    def fail(self, key: str, expected: str) -> UserError:
        """Return the sentence for a key whose value is not what is expected."""
        return UserError(f"In {self.place}, “{key}” is {shown(self.data.get(key))}; expected is {expected}.")

    def text(self, key: str, default: str = "") -> str:
        """Return text; a missing or null key is the default."""
        value = self.data.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.fail(key, "text")
        return value

    def required(self, key: str) -> str:
        """Return text that must be there and not be empty."""
        value = self.text(key)
        if not value:
            raise self.fail(key, "text that is not empty")
        return value

    def optional(self, key: str) -> str | None:
        """Return text or None."""
        return self.text(key) or None

    def number(self, key: str) -> float | None:
        """Return a finite float, or None where it is missing or null (unknown)."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise self.fail(key, "a number")
        try:
            result = float(value)
        except OverflowError:
            result = math.inf
        if not math.isfinite(result):
            raise self.fail(key, "a number below 1e308")
        return result

    def amount(self, key: str) -> Decimal | None:
        """Return an exact amount given as decimal text or as a number, or None where it is missing."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            result = parse_amount(value)
        elif isinstance(value, bool) or not isinstance(value, int | Decimal):
            result = None
        else:
            result = Decimal(value)
        if result is None or not result.is_finite() or abs(result.adjusted()) > MAX_EXPONENT:
            raise self.fail(key, "a decimal number such as “1.25”")
        return result

    def whole_number(self, key: str, default: int = 0) -> int:
        """Return a whole number."""
        value = self.data.get(key, default)
        if not _is_whole(value):
            raise self.fail(key, "a whole number")
        return int(value)

    def whole_numbers(self, key: str, default: Iterable[int]) -> Iterator[int]:
        """Yield whole numbers."""
        values = self.data.get(key)
        if values is None:
            yield from default
            return
        if not isinstance(values, list) or not all(map(_is_whole, values)):
            raise self.fail(key, "a list of whole numbers")
        yield from values

    def flag(self, key: str, default: bool | None = None) -> bool | None:
        """Return true, false or the default."""
        value = self.data.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fail(key, "true or false")
        return value

    def day(self, key: str) -> date | None:
        """Return a calendar date written YYYY-MM-DD, or None."""
        value = self.text(key)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.fail(key, "a date such as 2026-01-31") from None

    def moment(self, key: str) -> datetime:
        """Return a point in time in UTC."""
        try:
            value = datetime.fromisoformat(self.required(key))
        except ValueError:
            raise self.fail(key, "a time such as 2026-01-31T12:00:00+00:00") from None
        if value.tzinfo is None:
            raise self.fail(key, "a time with its zone")
        return value.astimezone(UTC)

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Return a member of a closed list."""
        value = self.data.get(key)
        if value is None and default is not None:
            return default
        try:
            return kind(value)  # type: ignore[arg-type]
        except ValueError:
            raise self.fail(key, "one of " + ", ".join(kind)) from None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; missing is empty."""
        values = self.data.get(key)
        if values is None:
            return ()
        if not isinstance(values, list) or any(not isinstance(v, str) for v in values):
            raise self.fail(key, "a list of texts")
        return tuple(values)

    def records(self, key: str) -> "Iterator[Reader]":
        """Yield a reader for each object of a list; missing is empty."""
        values = self.data.get(key)
        if values is None:
            return
        if not isinstance(values, list):
            raise self.fail(key, "a list")
        for index, value in enumerate(values):
            name = value.get("id") if isinstance(value, Mapping) else None
            yield Reader(value, f"{key} “{name}”" if name else f"{key}, number {index + 1}")

    def record(self, key: str) -> "Reader | None":
        """Return a reader for a nested object, or None."""
        value = self.data.get(key)
        return None if value is None else Reader(value, f"{key} of {self.place}")


def _is_whole(value: Any) -> bool:
    """Tell whether a value is a whole number that a portfolio file can store."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def shown(value: Any) -> str:
    """Return a value as a sentence shows it, cut where it is long."""
    text = str(value) if not isinstance(value, str) else f"“{value}”"
    if value is None:
        return "missing"
    return text if len(text) <= 60 else text[:57] + "…"
