"""Column types that lose nothing: exact decimals, UTC times, finite numbers, closed lists, nested values."""

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import Dialect, Enum, Float, Text
from sqlalchemy.types import TypeDecorator

from desktop_app.domain.congestion import Congestion
from desktop_app.domain.imports import Replaced
from desktop_app.domain.money import amount_text
from desktop_app.domain.records import Reader
from desktop_app.domain.structure import build, plain
from desktop_app.errors import UserError

T = TypeVar("T")


_UTC = "%04d-%02d-%02dT%02d:%02d:%02d.%06d+00:00"  # isoformat() writes the same in three times the time


class NotStorableError(ValueError):
    """A value that SQLite could only keep as another one."""


class ExactDecimal(TypeDecorator[Decimal]):
    """A Decimal as its shortest plain text; SQLite would make it a float."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text that is stored."""
        return None if value is None else _plain(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Return the exact value."""
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """A point in time, stored as ISO text in UTC; a time without its zone is refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text that is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without its zone"
            raise NotStorableError(message)
        at = value.astimezone(UTC)
        return _UTC % (at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the time in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class Number(TypeDecorator[float]):
    """A finite float; SQLite would turn NaN into NULL without a word."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:  # noqa: ARG002
        """Return the number unless it is none."""
        if value is not None and not math.isfinite(value):
            message = f"{value} is not a finite number"
            raise NotStorableError(message)
        return value


def closed(kind: type[StrEnum], name: str) -> Enum:
    """Return the type of a closed list, stored by value, with a CHECK constraint called ``name``."""
    return Enum(
        kind,
        values_callable=lambda members: [str(m) for m in members],
        native_enum=False,
        create_constraint=True,
        name=name,
    )


def _plain(value: object) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    try:
        return amount_text(value)
    except ValueError as error:
        raise NotStorableError(f"{value}: {error}") from error


def json_text(value: Any) -> str:
    """Return compact JSON; amounts as decimal text, floats with every digit, never NaN."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
    except ValueError as error:
        raise NotStorableError(str(error)) from error


class Nested(TypeDecorator[Any]):
    """A nested value as JSON text; subclasses say how it is written and read."""

    impl = Text
    cache_ok = True
    write: Callable[[Any], str] = staticmethod(json_text)
    read: Callable[[str], Any]

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002
        """Return the text that is stored."""
        return type(self).write(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the nested value; an absent one is damage."""
        if value is None:
            message = "a nested value is missing"
            raise ValueError(message)
        return type(self).read(value)


class Items(Nested):
    """A tuple of texts or whole numbers."""

    cache_ok = True
    read = staticmethod(lambda text: tuple(json.loads(text)))


class Shocks(Nested):
    """The shocks of a scenario: pairs of node id and fraction."""

    cache_ok = True
    read = staticmethod(lambda text: tuple((node, float(lost)) for node, lost in json.loads(text)))


def built(kind: type[T], record: Any) -> T:
    """Return a frozen value of the record that ``structure.plain`` made of it."""
    try:
        return build(kind, Reader(record, kind.__name__))
    except UserError as error:
        raise ValueError(error.text) from error


class Crowding(Nested):
    """What is known of Ethereum's exit queue."""

    cache_ok = True
    write = staticmethod(lambda congestion: json_text(plain(congestion)))
    read = staticmethod(lambda text: built(Congestion, json.loads(text)))


class Replacements(Nested):
    """What an import changed: lists of position, field, and its text before and after."""

    cache_ok = True
    write = staticmethod(
        lambda replaced: json_text([[r.position, r.field, r.before, r.after] for r in replaced])
    )
    read = staticmethod(lambda text: tuple(Replaced(*words) for words in json.loads(text)))


@lru_cache(1 << 14)
def part_key(text: str) -> str:
    """Return what a part is named by: a digest of its content."""
    return sha256(text.encode()).hexdigest()[:32]


class Part(TypeDecorator[str]):
    """Refers to a part by its key."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the key under which the part is stored."""
        return None if value is None else part_key(value)
