"""Version 4: what an import changed in positions that were there, so that it can be taken back later."""

from sqlalchemy import Connection

STATEMENT = """
    ALTER TABLE imports ADD COLUMN replaced TEXT NOT NULL DEFAULT '[]'
    CONSTRAINT replaced_is_json CHECK (replaced GLOB '[[]*]' OR replaced GLOB '{*}')
    """


def step(connection: Connection) -> None:
    """Bring a file of version 3 to version 4."""
    connection.exec_driver_sql(STATEMENT)
