"""Very many positions or movements into the tables: few are made at a time, or not a single one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import compress, count, islice
from typing import Any

from sqlalchemy import Connection, func, select

from desktop_app.domain.imports import Movement
from desktop_app.domain.stamped import More, Stamped
from desktop_app.storage.columns import NotStorableError, part_key
from desktop_app.storage.differences import (
    AT_ONCE,
    EDGES,
    GROUPS,
    MOVEMENTS,
    POSITIONS,
    SPACING,
    Kept,
    bind_processor,
    insert_rows,
    values_of,
    write_parts,
)
from desktop_app.storage.parts import Run, rates_text, run_text

_OWN = (
    *("id", "ordinal", "name", "quantity", "unit_price", "total_value"),
    *("opened_on", "rates", "notes", "import_key"),
)
"""The columns in which positions of one stamp differ."""
_FILLED = re.compile(r"(?:[^\n]+\n)*+")
_AMOUNT = re.compile(r"(?:[0-9.-]+\n)*+")


def write(connection: Connection, more: More) -> None:
    """Insert movements, or positions with their own edges and groups, behind those that are stored."""
    if not isinstance(more, Stamped):
        _write_movements(connection, more)
        return
    _write_edges(connection, more)
    _write_groups(connection, more)
    _write_positions(connection, more)


def _write_movements(connection: Connection, movements: Iterable[Movement]) -> None:
    ordinals, rest = _ordinals(connection, MOVEMENTS), iter(movements)
    with _unchecked(connection):
        while some := list(islice(rest, AT_ONCE)):
            columns: dict[str, Iterable[Any]] = dict(
                zip(Movement._fields, zip(*some, strict=True), strict=True)
            )
            insert_rows(connection, MOVEMENTS.table, {**columns, "ordinal": islice(ordinals, len(some))})


@contextmanager
def _unchecked(connection: Connection) -> Iterator[None]:
    """Keep SQLite from looking at each row by itself, which takes a fifth of the time of a whole import."""
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def _write_positions(connection: Connection, stamped: Stamped) -> None:
    table, dialect = POSITIONS.table, connection.dialect
    said = values_of(POSITIONS, [stamp.position for stamp in stamped.stamps])
    write_parts(connection, {text for part in POSITIONS.parts for text in said[part]})
    values: dict[str, Iterable[Any]] = {
        "id": stamped.ids,
        "ordinal": _ordinals(connection, POSITIONS),
        "name": stamped.names,
        "quantity": stamped.quantities,
        "unit_price": stamped.unit_prices,
        "total_value": stamped.total_values,
        "rates": _rates(stamped),
        "notes": stamped.notes,
        "import_key": stamped.import_keys,
    }
    store = bind_processor(table, "opened_on", dialect) or str
    days = {day: day and store(day) for day in dict.fromkeys(stamped.opened_on)}
    values["opened_on"] = map(days.__getitem__, stamped.opened_on)
    same: dict[str, str | None] = {}
    for name, column in said.items():
        if name not in _OWN:
            to_database = bind_processor(table, name, dialect)
            stored = list(map(to_database, column)) if to_database else column
            if len(set(stored)) == 1:
                same[name] = stored[0]
            else:
                values[name] = map(stored.__getitem__, stamped.which)
    _check(stamped)
    with _unchecked(connection):
        insert_rows(connection, table, values, ready=values, same=same)


def _check(stamped: Stamped) -> None:
    """Hold columns of text against the constraints of the table, all rows of a column at once.

    All other columns are written by their types, which give nothing that the constraints would refuse.
    """
    for column, shape in (
        (stamped.ids, _FILLED),
        (stamped.quantities, _AMOUNT),
        (stamped.unit_prices, _AMOUNT),
        (stamped.total_values, _AMOUNT),
    ):
        if not shape.fullmatch("\n".join([*(text for text in column if text is not None), ""])):
            message = "an id or amount of a position that its table does not take"
            raise NotStorableError(message)


def _rates(stamped: Stamped) -> Iterator[str]:
    """Yield the rates of each position as they are stored: few stamps differ in them."""
    layouts: dict[tuple[tuple[float | None, ...], int | None], int] = {}
    number_of = []
    for stamp in stamped.stamps:
        rates = tuple(
            None if i == stamp.rated else la.reward_rate for i, la in enumerate(stamp.position.layers)
        )
        number_of.append(layouts.setdefault((rates, stamp.rated), len(layouts)))
    texts = _Texts(list(layouts))
    pairs = zip(map(number_of.__getitem__, stamped.which), stamped.rates, strict=True)
    return map(texts.__getitem__, pairs)


class _Texts(dict[tuple[int, float | None], str]):
    """Rates as they are stored, by the number of their layout and the rate that belongs into its gap."""

    def __init__(self, layouts: Sequence[tuple[tuple[float | None, ...], int | None]]) -> None:
        super().__init__()
        self._layouts = layouts

    def __missing__(self, key: tuple[int, float | None]) -> str:
        rates, gap = self._layouts[key[0]]
        text = self[key] = rates_text(tuple(key[1] if i == gap else r for i, r in enumerate(rates)))
        return text


def _write_edges(connection: Connection, stamped: Stamped) -> None:
    """Insert the own edges of each position: one run, as all begin at it."""
    texts, ends = [], []
    for stamp in stamped.stamps:
        own, start = stamp.edges, stamp.position.id
        texts.append(run_text(Run(own[0].id, start, own)) if own else "")
        ends.append(own[0].id[len(start) :] if own else "")
    write_parts(connection, set(filter(None, texts)))
    parts = list(map(part_key, texts))
    has_edges = [bool(text) for text in texts]
    sources, which = stamped.ids, stamped.which
    if not all(has_edges):
        chosen = [has_edges[number] for number in which]
        sources, which = list(compress(sources, chosen)), list(compress(which, chosen))
    columns = {
        "id": map(str.__add__, sources, map(ends.__getitem__, which)),
        "ordinal": _ordinals(connection, EDGES),
        "source": sources,
        "edges": map(parts.__getitem__, which),
    }
    insert_rows(connection, EDGES.table, columns, ready=columns)


def _write_groups(connection: Connection, stamped: Stamped) -> None:
    groups = [
        replace(group, id=ident + group.id[len(group.node) :], node=ident)
        for ident, number in zip(stamped.ids, stamped.which, strict=True)
        for group in stamped.stamps[number].groups
    ]
    if groups:
        ordinals = _ordinals(connection, GROUPS)
        insert_rows(connection, GROUPS.table, values_of(GROUPS, groups) | {"ordinal": ordinals})


def _ordinals(connection: Connection, kept: Kept) -> Iterator[int]:
    """Return ordinals behind those of the rows that are stored."""
    last = connection.execute(select(func.max(kept.table.c.ordinal))).scalar() or 0
    return count(last + SPACING, SPACING)
