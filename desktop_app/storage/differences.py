"""The difference between two portfolios as SQL statements, and rows back into a portfolio."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import sqlite

from desktop_app.domain.imports import ImportRecord, Movement, Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Group, Node, Position, Scenario
from desktop_app.storage.tables import TABLES

SPACING = 1 << 20
"""Distance between the ordinals of neighbouring rows: a row put back between two others finds room."""

_EXITS = TABLES["exits"]
_SETTINGS = TABLES["settings"]
_SETTINGS_FIELDS = tuple(c.name for c in _SETTINGS.columns if c.name != "id")

Rows = Mapping[Any, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One mapping of the portfolio and the table (of the same name) in which it is kept."""

    name: str
    kind: type[Any]
    key: tuple[str, ...] = ("id",)

    @property
    def table(self) -> Table:
        """Return the table."""
        return TABLES[self.name]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the fields, which are those of the columns."""
        return tuple(f.name for f in fields(self.kind))


KEPT = (
    Kept("nodes", Node),
    Kept("edges", Edge),
    Kept("groups", Group),
    Kept("positions", Position),
    Kept("scenarios", Scenario),
    Kept("imports", ImportRecord),
    Kept("movements", Movement),
    Kept("prices", Price, ("asset", "on", "currency")),
)


# -- reading -----------------------------------------------------------------------------------------------


def read(connection: Connection) -> Portfolio:
    """Return the stored portfolio."""
    settings = connection.execute(select(*(_SETTINGS.c[f] for f in _SETTINGS_FIELDS))).one()
    own: dict[str, Any] = dict(zip(_SETTINGS_FIELDS, settings, strict=True))
    own.update((kept.name, dict(_rows(connection, kept))) for kept in KEPT)
    return Portfolio(**own)


def _rows(connection: Connection, kept: Kept) -> Iterator[tuple[Any, Any]]:
    table = kept.table
    columns = [_EXITS.c.exit if name == "exit" else table.c[name] for name in kept.columns]
    rows = select(*columns).order_by(table.c.ordinal)
    if kept.name == "positions":
        rows = rows.join_from(table, _EXITS)
    key = attrgetter(*kept.key)
    for row in connection.execute(rows):
        value = kept.kind(*row)
        yield key(value), value


# -- writing -----------------------------------------------------------------------------------------------


def write(connection: Connection, before: Portfolio | None, after: Portfolio) -> None:
    """Execute what turns the stored ``before`` (None: empty tables) into ``after``."""
    own = {name: getattr(after, name) for name in _SETTINGS_FIELDS}
    if before is None:
        connection.execute(insert(_SETTINGS), {"id": 1, **own})
        before = Portfolio()
    elif any(getattr(before, name) != value for name, value in own.items()):
        connection.execute(update(_SETTINGS), own)
    for kept in KEPT:
        old, new = getattr(before, kept.name), getattr(after, kept.name)
        if old is not new:
            _write_rows(connection, kept, old, new)


def _write_rows(connection: Connection, kept: Kept, old: Rows, new: Rows) -> None:
    gone = [key for key in old if key not in new]
    changed = [row for key, row in new.items() if key in old and old[key] is not row and old[key] != row]
    added = {key: row for key, row in new.items() if key not in old}
    if kept.name == "positions":
        _write_exits(connection, [*changed, *added.values()])
    where = [kept.table.c[name] == bindparam(f"key_{name}") for name in kept.key]
    if gone:
        connection.execute(delete(kept.table).where(*where), [_key(kept, old[key]) for key in gone])
    if changed:
        values: dict[str, Any] = {name: bindparam(name) for name in kept.columns if name not in kept.key}
        connection.execute(
            update(kept.table).where(*where).values(values),
            [{**{name: getattr(row, name) for name in kept.columns}, **_key(kept, row)} for row in changed],
        )
    if list(old) != list(new):
        places = _places(_stored_places(connection, kept), list(new))
        moved = [
            {**_key(kept, new[key]), "ordinal": place} for key, place in places.items() if key not in added
        ]
        if moved:
            connection.execute(update(kept.table).where(*where).values(ordinal=bindparam("ordinal")), moved)
        if added:
            _insert(connection, kept, list(added.values()), [places[key] for key in added])
    if kept.name == "positions" and (gone or changed):
        used = select(kept.table.c.exit)
        connection.execute(delete(_EXITS).where(_EXITS.c.id.not_in(used)))


def _insert(connection: Connection, kept: Kept, rows: Sequence[Any], places: Sequence[int]) -> None:
    """Insert rows column by column: ``execute`` would take three times as long for many rows."""
    dialect = connection.dialect
    statement = insert(kept.table).compile(dialect=dialect)
    columns: list[Iterable[Any]] = []
    for name in statement.positiontup or ():
        values: Iterable[Any] = places if name == "ordinal" else map(attrgetter(name), rows)
        store = kept.table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        columns.append(map(store, values) if store else values)
    connection.exec_driver_sql(str(statement), list(zip(*columns, strict=True)))


def _write_exits(connection: Connection, positions: Sequence[Position]) -> None:
    ways_out = {p.exit for p in positions}
    if ways_out:
        connection.execute(
            sqlite.insert(_EXITS).on_conflict_do_nothing(), [{"id": w, "exit": w} for w in ways_out]
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
