"""Connections to a portfolio file (or to a copy of one in memory) and the transactions on them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

BUSY_SECONDS = 5.0


def file_engine(path: Path, *, read_only: bool = False) -> Engine:
    """Return an engine over one connection to an existing file.

    A reader, too, opens with mode=rw: what a killed process left unfinished has to be rolled back first.
    ``query_only`` forbids it any change of its own.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,  # BEGIN is ours: the driver's would leave DDL outside of the transaction
            check_same_thread=False,
        )
        for pragma in (
            "trusted_schema = OFF",
            "foreign_keys = ON",
            "synchronous = EXTRA",
            "temp_store = MEMORY",
            f"query_only = {'ON' if read_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return _engine(connect, "BEGIN" if read_only else "BEGIN IMMEDIATE")


def memory_copy(engine: Engine) -> Engine:
    """Return an engine over a copy in memory, which may be changed without changing the file."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA trusted_schema = OFF")
        with driver(engine) as source:
            source.backup(connection)
        return connection

    return _engine(connect, "BEGIN")


def _engine(connect: Callable[[], sqlite3.Connection], begin: str) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin) and None)
    return engine


@contextmanager
def driver(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Yield SQLite's own connection, outside of any transaction."""
    with engine.connect() as connection:
        own = connection.connection.driver_connection
        assert isinstance(own, sqlite3.Connection)  # noqa: S101 - an engine over anything else is our bug
        yield own


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Commit at the end; after any failure, also of the commit, roll back."""
    with engine.connect() as connection:
        try:
            with connection.begin():
                yield connection
        finally:
            own = connection.connection.driver_connection
            if own is not None and own.in_transaction:
                own.rollback()
