"""A portfolio file of an older version becomes one of this version, in one transaction or not at all."""

from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, Engine

from desktop_app.domain import money
from desktop_app.errors import UserError
from desktop_app.storage.columns import ExactDecimal
from desktop_app.storage.connections import driver, transaction
from desktop_app.storage.copies import keep_copy
from desktop_app.storage.migrations import STEPS
from desktop_app.storage.tables import SCHEMA_VERSION, TABLES
from desktop_app.storage.troubles import UNREADABLE, damaged, reading, writing

Sums = dict[tuple[str, str], object]


def upgrade(engine: Engine, path: Path) -> None:
    """Keep a verified copy of the file as it is, then bring it to this version."""
    with reading(path), engine.connect() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar()
        sound = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"
    if not sound:
        raise damaged(path, UNREADABLE)
    with reading(path):
        keep_copy(engine, path, f"version-{version}")
    with driver(engine) as own:
        own.execute("PRAGMA foreign_keys = OFF")
    try:
        with writing(path), transaction(engine) as connection:
            migrate(connection, path)
    finally:
        with driver(engine) as own:
            own.execute("PRAGMA foreign_keys = ON")


def migrate(connection: Connection, path: Path) -> None:
    """Take all steps to this version; raise UserError if a row or an amount would be lost on the way."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    with reading(path):
        before = _sums(connection)
    for number in range(version + 1, SCHEMA_VERSION + 1):
        STEPS[number](connection)
    after = _sums(connection)
    lost = any(after.get(key) != value for key, value in before.items())
    if lost or connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise UserError(
            f"“{path.name}” could not be brought to this version of Stakeout without a loss.",
            "It was left as it is: open it with the version that wrote it.",
        )
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _sums(connection: Connection) -> Sums:
    """Return the rows of each table, (table, ""), and the exact sum of each column of amounts."""
    found: Sums = {}
    for name, table in TABLES.items():
        columns = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')}
        if columns:
            found[name, ""] = connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 - our own names
        for column in table.columns:
            if isinstance(column.type, ExactDecimal) and column.name in columns:
                texts = connection.exec_driver_sql(
                    f'SELECT "{column.name}" FROM "{name}" WHERE "{column.name}" IS NOT NULL'  # noqa: S608
                )
                found[name, column.name] = money.total(map(Decimal, texts.scalars()))
    return found
