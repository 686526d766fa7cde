"""Version 3: what the user read of Ethereum's exit queue."""

from sqlalchemy import Connection


def step(connection: Connection) -> None:
    """Bring a file of version 2 to version 3."""
    connection.exec_driver_sql(
        "ALTER TABLE settings ADD COLUMN congestion TEXT NOT NULL DEFAULT '{}' "
        "CONSTRAINT congestion_is_json CHECK (congestion GLOB '[[]*]' OR congestion GLOB '{*}')"
    )
