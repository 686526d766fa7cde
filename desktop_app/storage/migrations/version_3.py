"""Version 3: what the user read of Ethereum's exit queue, and where the assumptions of nodes come from."""

from sqlalchemy import Connection

STATEMENTS = (
    """
    ALTER TABLE settings ADD COLUMN congestion TEXT NOT NULL DEFAULT '{}'
    CONSTRAINT congestion_is_json CHECK (congestion GLOB '[[]*]' OR congestion GLOB '{*}')
    """,
    """
    ALTER TABLE nodes ADD COLUMN basis VARCHAR(12) NOT NULL DEFAULT 'yours'
    CONSTRAINT basis_is_known CHECK (basis IN ('yours', 'illustrative', 'copied'))
    """,
)


def step(connection: Connection) -> None:
    """Bring a file of version 2 to version 3."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
