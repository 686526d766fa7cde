"""Generated values of any frozen dataclass: every field filled with whatever its type allows."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

moments = st.datetimes(datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside it


def filled(kind: type[Any], texts: st.SearchStrategy[str], **own: st.SearchStrategy[Any]) -> Any:
    """Return values of ``kind``; ``own`` has strategies for fields of its own that are not just any value."""
    hints = get_type_hints(kind)
    return st.builds(
        kind,
        **{f.name: own[f.name] if f.name in own else of(hints[f.name], texts) for f in fields(kind)},
    )


def of(hint: Any, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    if get_origin(hint) is UnionType:
        return st.one_of(*(of(a, texts) for a in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(of(get_args(hint)[0], texts), max_size=1).map(tuple)
    if is_dataclass(hint):
        assert isinstance(hint, type)
        return st.deferred(lambda: filled(hint, texts))
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    known: dict[type[Any], st.SearchStrategy[Any]] = {
        str: texts,
        float: st.floats(allow_nan=False, allow_infinity=False),
        int: st.integers(-(2**62), 2**62),
        datetime: moments,
    }
    return known[hint] if hint in known else st.from_type(hint)
