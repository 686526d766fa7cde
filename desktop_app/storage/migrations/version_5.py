"""Version 5: the log of the times at which a limit was broken."""

from sqlalchemy import Connection

_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'"

STATEMENT = f"""
    CREATE TABLE breaks (
        id VARCHAR NOT NULL,
        ordinal INTEGER NOT NULL,
        kind VARCHAR(13) NOT NULL,
        subject VARCHAR NOT NULL,
        bound FLOAT NOT NULL,
        figure FLOAT NOT NULL,
        broke_on DATE NOT NULL,
        broken_by VARCHAR NOT NULL,
        mended_on DATE,
        mended_by VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT id_is_not_empty CHECK (id <> ''),
        CONSTRAINT kind_is_known CHECK (kind IN ('node share', 'largest share', 'unknown share', 'days out',
            'expected loss', 'reward ratio')),
        CONSTRAINT broke_on_is_a_date CHECK (broke_on IS NULL OR broke_on {_DAY}),
        CONSTRAINT mended_on_is_a_date CHECK (mended_on IS NULL OR mended_on {_DAY})
    )
    """


def step(connection: Connection) -> None:
    """Bring a file of version 4 to version 5."""
    connection.exec_driver_sql(STATEMENT)
