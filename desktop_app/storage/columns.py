"""Column types that lose nothing: exact decimals, UTC times, finite numbers, closed lists, nested values."""

import json
import math
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Dialect, Enum, Float, Text
from sqlalchemy.types import TypeDecorator

from desktop_app.domain.money import amount_text
from desktop_app.domain.positions import Exit, ExitStep, Layer, Market, Origin, Tranche


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
        return value.astimezone(UTC).isoformat(timespec="microseconds")

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


class Layers(Nested):
    """The layers of a position, bottom up."""

    cache_ok = True

    @staticmethod
    def write(value: tuple[Layer, ...]) -> str:
        """Return the layers as JSON."""
        return json_text(
            [
                {
                    "name": la.name,
                    "reward_rate": la.reward_rate,
                    "edges": la.edges,
                    "unsplit": la.unsplit,
                    "origin": la.origin,
                }
                for la in value
            ]
        )

    @staticmethod
    def read(text: str) -> tuple[Layer, ...]:
        """Return the layers."""
        return tuple(
            Layer(la["name"], la["reward_rate"], tuple(la["edges"]), la["unsplit"], Origin(la["origin"]))
            for la in json.loads(text)
        )


@lru_cache(maxsize=4096)
def _exit_text(way_out: Exit) -> str:
    return json_text(asdict(way_out))


@lru_cache(maxsize=4096)
def _exit_key(way_out: Exit) -> str:
    return sha256(_exit_text(way_out).encode()).hexdigest()[:32]


@lru_cache(maxsize=4096)
def _exit(text: str) -> Exit:
    data = json.loads(text)
    tranches = tuple(
        Tranche(t["name"], t["fraction"], tuple(_step(s) for s in t["steps"])) for t in data["tranches"]
    )
    return Exit(tranches, Market(**data["market"]) if data["market"] else None)


def _step(record: dict[str, Any]) -> ExitStep:
    capacity = record["capacity"]
    exact = None if capacity is None else Decimal(capacity)
    return ExitStep(
        **{**record, "after": tuple(record["after"]), "capacity": exact, "origin": Origin(record["origin"])}
    )


class ExitText(Nested):
    """A way out. Positions on one stack share theirs, so each is written and read once."""

    cache_ok = True
    write = staticmethod(_exit_text)
    read = staticmethod(_exit)


class ExitKey(TypeDecorator[Any]):
    """Names the way out of a position by its content."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Exit | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the key under which the way out is stored."""
        return None if value is None else _exit_key(value)
