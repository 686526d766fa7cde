"""Frozen dataclasses as records of plain values and back, by the types of their fields."""

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from desktop_app.domain.records import Reader

T = TypeVar("T")


def plain(value: Any) -> Any:
    """Return a dataclass as a record without the fields that hold their default; Decimals stay Decimals."""
    if is_dataclass(value):
        items = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: plain(v) for f, v in items if f.default is MISSING or v != f.default}
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    return value


def build(kind: type[T], r: Reader) -> T:
    """Return the value of a record; raise UserError naming the key whose value is of another type."""
    typed: Any = kind
    values = {f.name: _field(r, f, hint) for f, hint in _hints(typed) if _is_there(r, f)}
    return kind(**values)


def _is_there(r: Reader, f: Field[Any]) -> bool:
    return f.default is MISSING or r.data.get(f.name) is not None


@lru_cache
def _hints(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:
    hints = get_type_hints(kind)
    return tuple((f, hints[f.name]) for f in fields(kind))


def _field(r: Reader, f: Field[Any], hint: Any) -> Any:
    if get_origin(hint) is UnionType:
        hint = next(a for a in get_args(hint) if a is not type(None))
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return r.texts(f.name) if item is str else tuple(build(item, record) for record in r.records(f.name))
    value = _nested(r, f.name, hint) if is_dataclass(hint) else _single(r, f.name, hint)
    if value is None:
        raise r.fail(f.name, "a value")
    return value


def _nested(r: Reader, key: str, kind: Any) -> Any:
    record = r.record(key)
    return None if record is None else build(kind, record)


def _single(r: Reader, key: str, kind: Any) -> Any:
    if issubclass(kind, StrEnum):
        return r.choice(key, kind)
    readers = {
        str: r.required if key == "id" else r.text,
        float: r.number,
        bool: r.flag,
        int: r.whole_number,
        Decimal: r.amount,
        datetime: r.moment,
        date: r.day,
    }
    return readers[kind](key)
