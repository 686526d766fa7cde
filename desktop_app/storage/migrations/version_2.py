"""Version 2: adjustments and withdrawal requests, what repeated imports need, catalogue entries, limits."""

from sqlalchemy import Connection

STATEMENTS = (
    """
    ALTER TABLE positions ADD COLUMN adjustment TEXT
    CONSTRAINT adjustment_is_decimal_text CHECK (adjustment IS NULL OR (adjustment <> ''
        AND adjustment NOT GLOB '*[^0-9.-]*' AND typeof(adjustment) = 'text'))
    """,
    """
    ALTER TABLE positions ADD COLUMN requests VARCHAR NOT NULL DEFAULT '[]'
    CONSTRAINT requests_is_json CHECK (requests GLOB '[[]*]' OR requests GLOB '{*}')
    """,
    "ALTER TABLE movements ADD COLUMN cells VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE movements ADD COLUMN position VARCHAR NOT NULL DEFAULT ''",
    """
    CREATE TABLE entries (
        id VARCHAR NOT NULL,
        ordinal INTEGER NOT NULL,
        content VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT id_is_not_empty CHECK (id <> ''),
        CONSTRAINT content_is_json CHECK (content GLOB '[[]*]' OR content GLOB '{*}')
    )
    """,
    """
    CREATE TABLE limits (
        id VARCHAR NOT NULL,
        ordinal INTEGER NOT NULL,
        kind VARCHAR(13) NOT NULL,
        subject VARCHAR NOT NULL,
        bound FLOAT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT id_is_not_empty CHECK (id <> ''),
        CONSTRAINT kind_is_known CHECK (kind IN ('node share', 'largest share', 'unknown share', 'days out',
            'expected loss', 'reward ratio'))
    )
    """,
)


def step(connection: Connection) -> None:
    """Bring a file of version 1 to version 2."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
