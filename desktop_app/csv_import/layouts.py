"""Layouts: the header of a known file as its vendor writes it, with the field that each column fills."""

import re
from collections.abc import Callable, Sequence

from desktop_app.csv_import.cells import normal_name
from desktop_app.csv_import.format import Fit

Fits = Callable[[Sequence[str]], Fit | None]


def ordered(kind: str, *layouts: str, refusal: str = "") -> Fits:
    """Return what fits one of several headers: the same names in the same order, more only at the end.

    A layout is the header with commas, each name followed by "=field" where the column is used:
    ``"txid=id,refid,time=time"``. "{}" in a name stands for any text, as in ``"Fiat ({})=value"``; names
    that a column may have are divided by "|".
    """
    read = [_read(layout) for layout in layouts]

    def fits(names: Sequence[str]) -> Fit | None:
        found = [Fit(kind, fields, len(heads), refusal) for heads, fields in read if _begins(names, heads)]
        return max(found, key=lambda fit: fit.common, default=None)

    return fits


def any_order(kind: str, required: Sequence[str], optional: Sequence[str] = (), refusal: str = "") -> Fits:
    """Return what fits a header that has all required names, in whatever order and among whatever others.

    Each is "name=field"; several names that one field may have are divided by "|": ``"Symbol|Code=asset"``.
    """
    needed, others = ([_choices(text) for text in texts] for texts in (required, optional))

    def fits(names: Sequence[str]) -> Fit | None:
        columns = {field: at for heads, field in (*needed, *others) for at in _places(names, heads)[:1]}
        if any(field not in columns for _, field in needed):
            return None
        return Fit(kind, columns, len(columns), refusal)

    return fits


def either(*several: Fits) -> Fits:
    """Return what fits if one of several does; the one with the most names in common counts."""

    def fits(names: Sequence[str]) -> Fit | None:
        found = [fit for one in several if (fit := one(names)) is not None]
        return max(found, key=lambda fit: fit.common, default=None)

    return fits


def _read(layout: str) -> tuple[list[re.Pattern[str]], dict[str, int]]:
    heads, fields = [], {}
    for index, part in enumerate(layout.split(",")):
        name, _, field = part.rpartition("=") if "=" in part else (part, "", "")
        heads.append(_pattern(*name.split("|")))
        if field:
            fields[field] = index
    return heads, fields


def _choices(text: str) -> tuple[list[re.Pattern[str]], str]:
    name, _, field = text.rpartition("=")
    return [_pattern(one) for one in name.split("|")], field


def _pattern(*names: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(normal_name(name)).replace(r"\{\}", "(.+)") for name in names))


def _begins(names: Sequence[str], heads: Sequence[re.Pattern[str]]) -> bool:
    if len(names) < len(heads):
        return False
    return all(head.fullmatch(name) for head, name in zip(heads, names, strict=False))


def _places(names: Sequence[str], heads: Sequence[re.Pattern[str]]) -> list[int]:
    return [i for head in heads for i, name in enumerate(names) if head.fullmatch(name)]
