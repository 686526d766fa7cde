"""Looks over a portfolio file, from its pages to what it holds; changes nothing."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from desktop_app.domain.checkup import Checkup, Part, contents
from desktop_app.domain.money import amount_text
from desktop_app.errors import UserError
from desktop_app.storage.columns import ExactDecimal
from desktop_app.storage.connections import file_engine
from desktop_app.storage.store import Store, check_header
from desktop_app.storage.tables import TABLES

_MOST = 20


def inspect(path: Path, today: date) -> Checkup:
    """Return what is wrong with a file and what it holds; raise UserError if it is no portfolio at all.

    Also of a file that is open elsewhere, and of one of an older version.
    """
    version = check_header(path)
    engine = file_engine(path.resolve(), read_only=True)
    try:
        found = {Part.FILE: tuple(_pages(engine)), Part.ACCESS: tuple(_access(path))}
        if not found[Part.FILE]:
            found[Part.DECIMALS] = tuple(_decimals(engine))
    finally:
        engine.dispose()
    try:
        portfolio = Store.read(path)
    except UserError as error:
        return Checkup(version, found | {Part.FILE: found[Part.FILE] or (error.text,)})
    counts = {kind: len(getattr(portfolio, kind)) for kind in ("positions", "nodes", "edges", "imports")}
    return Checkup(version, {**found, **contents(portfolio, today)}, counts)


def _pages(engine: Engine) -> Iterator[str]:
    """Yield what SQLite finds wrong with its pages, and rows that refer to a row that is not there."""
    try:
        with engine.connect() as connection:
            for (text,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})"):
                if text != "ok":
                    yield f"A part of the file cannot be read: {text}."
            for table, row, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield f"Row {row} of {table} belongs to a row of {other} that is missing."
    except (DBAPIError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        yield f"A part of the file cannot be read: {reason}."


def _access(path: Path) -> Iterator[str]:
    mode = path.stat().st_mode & 0o777
    if os.name == "posix" and mode & 0o077:
        yield f"Others on this machine can open the file (mode {mode:o}): let only yourself (chmod 600)."


def _decimals(engine: Engine) -> Iterator[str]:
    """Yield amounts that are not written in the one form in which equal amounts are equal texts."""
    with engine.connect() as connection:
        for name, column in _amount_columns(connection):
            texts = connection.exec_driver_sql(
                f'SELECT "{column}" FROM "{name}" WHERE "{column}" IS NOT NULL'  # noqa: S608 - our own names
            ).scalars()
            for text in texts:
                if not _is_canonical(text):
                    yield f"An amount in {name}, {column}, is written “{str(text)[:40]}”."


def _amount_columns(connection: Connection) -> Iterator[tuple[str, str]]:
    for name, table in TABLES.items():
        there = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')}
        yield from (
            (name, column.name)
            for column in table.columns
            if isinstance(column.type, ExactDecimal) and column.name in there
        )


def _is_canonical(text: object) -> bool:
    try:
        return isinstance(text, str) and amount_text(Decimal(text)) == text
    except (InvalidOperation, ValueError):
        return False
