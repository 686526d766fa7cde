"""The difference between two portfolios as SQL statements, and rows back into a portfolio."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, starmap
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Table,
    bindparam,
    delete,
    insert,
    literal,
    literal_column,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import sqlite

from desktop_app.domain.calendar_log import CalendarLog, Told
from desktop_app.domain.catalogue import Entry
from desktop_app.domain.imports import ImportRecord, Movement, Price
from desktop_app.domain.limits import Break, Limit
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Group, Node, Position, Scenario
from desktop_app.storage.columns import part_key
from desktop_app.storage.parts import (
    Run,
    entry_text,
    exit_text,
    layers_text,
    rates_text,
    read_entry,
    read_exit,
    read_layers,
    read_requests,
    read_run,
    requests_text,
    run_text,
    runs,
)
from desktop_app.storage.tables import TABLES

SPACING = 1 << 20
"""Distance between the ordinals of neighbouring rows: a row put back between two others finds room."""

AT_ONCE = 1 << 14
_PARTS = TABLES["parts"]
_SETTINGS = TABLES["settings"]
_SETTINGS_FIELDS = tuple(c.name for c in _SETTINGS.columns if c.name not in {"id", "identity"})

Rows = Mapping[Any, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One mapping of the portfolio and the table (of the same name) in which it is kept.

    A column holds the field of its name; ``made`` has those that hold something else, some of them ``parts``.
    """

    name: str
    kind: type[Any]
    key: tuple[str, ...] = ("id",)
    made: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    parts: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """Return the table."""
        return TABLES[self.name]


_NODES, GROUPS = Kept("nodes", Node), Kept("groups", Group)
EDGES = Kept("edges", Run, made={"edges": run_text}, parts=("edges",))
POSITIONS = Kept(
    "positions",
    Position,
    made={
        "layers": layers_text,
        "rates": lambda p: rates_text(tuple([layer.reward_rate for layer in p.layers])),
        "exit": lambda p: exit_text(p.exit),
        "requests": lambda p: requests_text(p.requests),
    },
    parts=("layers", "exit"),
)
_ENTRIES = Kept("entries", Entry, made={"content": entry_text})
MOVEMENTS = Kept("movements", Movement)
_OTHERS = (
    Kept("scenarios", Scenario),
    Kept("imports", ImportRecord),
    MOVEMENTS,
    Kept("prices", Price, ("asset", "on", "currency")),
    Kept("limits", Limit),
    Kept("breaks", Break),
)
_CALENDAR = Kept("calendar", Told, ("uid",))


# -- reading -----------------------------------------------------------------------------------------------


def read(connection: Connection) -> Portfolio:
    """Return the stored portfolio."""
    settings = connection.execute(select(*(_SETTINGS.c[f] for f in _SETTINGS_FIELDS))).one()
    own: dict[str, Any] = dict(zip(_SETTINGS_FIELDS, settings, strict=True))
    for kept in (_NODES, GROUPS, *_OTHERS):
        key = attrgetter(*kept.key)
        names = kept.kind.__match_args__
        own[kept.name] = {key(v): v for v in starmap(kept.kind, _rows(connection, kept, names))}
    parts = dict(connection.execute(select(_PARTS.c.id, _PARTS.c.content)).all())
    runs = _rows(connection, EDGES, ("source", "edges"))
    own["edges"] = {e.id: e for source, part in runs for e in read_run(source, parts[part])}
    own["positions"] = {p.id: p for p in _positions(connection, parts)}
    own["entries"] = {e.id: e for e in (read_entry(t) for (t,) in _rows(connection, _ENTRIES, ("content",)))}
    return Portfolio(**own)


def read_calendar(connection: Connection) -> CalendarLog:
    """Return what calendar files have told."""
    columns = Told.__match_args__
    told = starmap(Told, _rows(connection, _CALENDAR, columns))
    identity = connection.execute(select(_SETTINGS.c.identity)).scalar_one()
    return CalendarLog(identity, {entry.uid: entry for entry in told})


def _rows(connection: Connection, kept: Kept, columns: Iterable[str]) -> Iterable[Any]:
    return connection.execute(select(*(kept.table.c[c] for c in columns)).order_by(kept.table.c.ordinal))


def _positions(connection: Connection, parts: Mapping[str, str]) -> Iterator[Position]:
    columns = Position.__match_args__
    layers, way_out, requests = map(columns.index, ("layers", "exit", "requests"))
    for *values, rates in _rows(connection, POSITIONS, (*columns, "rates")):
        values[layers] = read_layers(values[0], parts[values[layers]], rates)
        values[way_out] = read_exit(parts[values[way_out]])
        values[requests] = read_requests(values[requests])
        yield Position(*values)


# -- writing -----------------------------------------------------------------------------------------------


def write(connection: Connection, before: Portfolio | None, after: Portfolio) -> None:
    """Execute what turns the stored ``before`` (None: empty tables) into ``after``."""
    own = {name: getattr(after, name) for name in _SETTINGS_FIELDS}
    if before is None:
        connection.execute(insert(_SETTINGS), {"id": 1, "identity": CalendarLog().identity, **own})
        before = Portfolio()
    elif any(getattr(before, name) != value for name, value in own.items()):
        connection.execute(update(_SETTINGS), own)
    if before.edges is not after.edges:
        _write_rows(connection, EDGES, runs(before.edges), runs(after.edges))
    for kept in (_NODES, GROUPS, POSITIONS, _ENTRIES, *_OTHERS):
        old, new = getattr(before, kept.name), getattr(after, kept.name)
        if old is not new:
            _write_rows(connection, kept, old, new)


def write_calendar(connection: Connection, before: CalendarLog, after: CalendarLog) -> None:
    """Execute what turns the stored entries of calendars into others."""
    _write_rows(connection, _CALENDAR, before.told, after.told)


def _write_rows(connection: Connection, kept: Kept, old: Rows, new: Rows) -> None:
    gone = [key for key in old if key not in new]
    changed = [row for key, row in new.items() if key in old and old[key] is not row and old[key] != row]
    added = {key: row for key, row in new.items() if key not in old} if old else new
    changes, additions = values_of(kept, changed), values_of(kept, added.values())
    write_parts(connection, {text for part in kept.parts for text in (*changes[part], *additions[part])})
    where = [kept.table.c[name] == bindparam(f"key_{name}") for name in kept.key]
    if gone:
        connection.execute(delete(kept.table).where(*where), [_key(kept, old[key]) for key in gone])
    if changed:
        connection.execute(
            update(kept.table).where(*where).values({name: bindparam(name) for name in changes}),
            [
                dict(zip(changes, values, strict=True)) | _key(kept, row)
                for row, values in zip(changed, zip(*changes.values(), strict=True), strict=True)
            ],
        )
    if list(old) != list(new):
        places = _places(_stored_places(connection, kept), list(new))
        moved = [
            {**_key(kept, new[key]), "ordinal": place} for key, place in places.items() if key not in added
        ]
        if moved:
            connection.execute(update(kept.table).where(*where).values(ordinal=bindparam("ordinal")), moved)
        if added:
            insert_rows(connection, kept.table, {**additions, "ordinal": [places[key] for key in added]})
    if kept.parts and (gone or changed):
        used = union_all(*(select(k.table.c[part]) for k in (EDGES, POSITIONS) for part in k.parts))
        connection.execute(delete(_PARTS).where(_PARTS.c.id.not_in(used)))


def values_of(kept: Kept, rows: Collection[Any]) -> dict[str, list[Any]]:
    """Return the values of each column but the ordinal."""
    names = [column.name for column in kept.table.columns if column.name != "ordinal"]
    return {name: list(map(kept.made.get(name) or attrgetter(name), rows)) for name in names}


def insert_rows(
    connection: Connection,
    table: Table,
    values: Mapping[str, Iterable[Any]],
    ready: Collection[str] = (),
    same: Mapping[str, str | None] = MappingProxyType({}),
) -> None:
    """Insert rows column by column: ``execute`` would take three times as long for many rows.

    The values of the columns that are ``ready`` are as the database takes them. ``same`` has further columns,
    in which the same stands in each row.
    """
    dialect = connection.dialect
    literals = {name: _literal(value, dialect) for name, value in same.items()}
    statement = insert(table).values({name: bindparam(name) for name in values} | literals)
    compiled = statement.compile(dialect=dialect)
    columns: list[Iterable[Any]] = []
    for name in compiled.positiontup or ():
        store = None if name in ready else bind_processor(table, name, dialect)
        columns.append(map(store, values[name]) if store else values[name])
    rows = zip(*columns, strict=False)  # ordinals may go on for ever
    while some := list(islice(rows, AT_ONCE)):
        connection.exec_driver_sql(str(compiled), some)


def _literal(value: str | None, dialect: Dialect) -> ColumnElement[Any]:
    if value is None:
        return null()
    quoted = literal(value).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return literal_column(str(quoted))


def bind_processor(table: Table, name: str, dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what makes a value of a column one that the database takes; None where it takes it as it is."""
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)


def write_parts(connection: Connection, texts: Collection[str]) -> None:
    """Store parts that are not stored yet."""
    if texts:
        connection.execute(
            sqlite.insert(_PARTS).on_conflict_do_nothing(),
            [{"id": part_key(text), "content": text} for text in texts],
        )


def _key(kept: Kept, row: Any) -> dict[str, Any]:
    return {f"key_{name}": getattr(row, name) for name in kept.key}


# -- order -------------------------------------------------------------------------------------------------


def _stored_places(connection: Connection, kept: Kept) -> dict[Any, int]:
    rows = connection.execute(select(kept.table.c.ordinal, *(kept.table.c[name] for name in kept.key)))
    return {(key[0] if len(key) == 1 else tuple(key)): ordinal for ordinal, *key in rows}


def _places(stored: Mapping[Any, int], keys: Sequence[Any]) -> dict[Any, int]:
    """Return the ordinals to write so that the rows stand in the order of ``keys``.

    Stored rows keep theirs; only where new ones find no room, or the order changed, all get new ones.
    """
    result: dict[Any, int] = {}
    waiting: list[Any] = []
    last = 0
    for key in keys:
        if key not in stored:
            waiting.append(key)
            continue
        gap = (stored[key] - last) // (len(waiting) + 1)
        if gap < 1:
            return {k: (i + 1) * SPACING for i, k in enumerate(keys)}
        result.update({k: last + gap * (i + 1) for i, k in enumerate(waiting)})
        waiting, last = [], stored[key]
    result.update({k: last + SPACING * (i + 1) for i, k in enumerate(waiting)})
    return result
