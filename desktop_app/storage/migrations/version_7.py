"""Version 7: an identity of the file, what calendar files have told of it, and what ledgers began with."""

from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import Connection

STATEMENTS = (
    """
    ALTER TABLE settings ADD COLUMN identity VARCHAR NOT NULL DEFAULT '-'
    CONSTRAINT identity_is_not_empty CHECK (identity <> '')
    """,
    """
    ALTER TABLE movements ADD COLUMN told TEXT
    CONSTRAINT told_is_decimal_text CHECK (told IS NULL OR (told <> ''
        AND told NOT GLOB '*[^0-9.-]*' AND typeof(told) = 'text'))
    """,
    """
    CREATE TABLE calendar (
        uid VARCHAR NOT NULL,
        ordinal INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        day DATE NOT NULL,
        at TEXT,
        digest VARCHAR NOT NULL,
        sequence INTEGER NOT NULL,
        changed TEXT NOT NULL,
        is_off BOOLEAN NOT NULL,
        PRIMARY KEY (uid),
        CONSTRAINT uid_is_not_empty CHECK (uid <> ''),
        CONSTRAINT day_is_a_date CHECK ("day" IS NULL
            OR "day" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
        CONSTRAINT at_is_utc CHECK (at GLOB '????-??-??T??:??:??.??????+00:00'),
        CONSTRAINT changed_is_utc CHECK (changed GLOB '????-??-??T??:??:??.??????+00:00'),
        CONSTRAINT is_off_is_a_flag CHECK (is_off IN (0, 1))
    )
    """,
)

ENOUGH = 100
"""Positions that tell two portfolios apart."""


def step(connection: Connection) -> None:
    """Bring a file of version 6 to version 7."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("UPDATE settings SET identity = ?", (_identity(connection),))


def _identity(connection: Connection) -> str:
    """Return the same for the same positions: a file that cannot be written has it again at the next look."""
    rows = connection.exec_driver_sql("SELECT * FROM positions ORDER BY ordinal, id LIMIT ?", (ENOUGH,)).all()
    if not rows:
        return str(uuid4())
    return str(UUID(sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()[:32]))
