"""The tables of a portfolio file; columns are named after the fields of the domain's values.

``ordinal`` keeps the order of the user's rows. The graph's references are not foreign keys: a portfolio
with a missing node must stay readable, so that its owner can mend it (``domain.checks`` names what is wrong).
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey
from sqlmodel import Field, SQLModel

from desktop_app.domain.limits import LimitKind
from desktop_app.domain.positions import Basis, Dimension, Origin, Status
from desktop_app.storage.columns import (
    Crowding,
    ExactDecimal,
    Items,
    Moment,
    Number,
    Part,
    Replacements,
    Shocks,
    closed,
)

APPLICATION_ID = 0x53746B65  # "Stke"
SCHEMA_VERSION = 7


def _amount(column: str) -> CheckConstraint:
    plain = f"{column} <> '' AND {column} NOT GLOB '*[^0-9.-]*' AND typeof({column}) = 'text'"
    return CheckConstraint(f"{column} IS NULL OR ({plain})", name=f"{column}_is_decimal_text")


def _day(column: str) -> CheckConstraint:
    pattern = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"
    return CheckConstraint(f'"{column}" IS NULL OR "{column}" GLOB \'{pattern}\'', name=f"{column}_is_a_date")


def _json(column: str) -> CheckConstraint:
    # json_valid() would be the word for it, but SQLite refuses it where the schema is not trusted.
    return CheckConstraint(f"{column} GLOB '[[]*]' OR {column} GLOB '{{*}}'", name=f"{column}_is_json")


def _named(column: str = "id") -> CheckConstraint:
    return CheckConstraint(f"{column} <> ''", name=f"{column}_is_not_empty")


def _flag(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN (0, 1)", name=f"{column}_is_a_flag")


def _moment(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} GLOB '????-??-??T??:??:??.??????+00:00'", name=f"{column}_is_utc")


def _part() -> Column[Any]:
    return Column(Part, ForeignKey("parts.id"), nullable=False)


class Settings(SQLModel, table=True):
    """The portfolio's own fields and the identity of its file: exactly one row."""

    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        _named("identity"),
        _day("as_of"),
        *map(_json, ("ladder_days", "congestion")),
    )
    id: int = Field(default=1, primary_key=True)
    currency: str
    as_of: date | None
    notice: str
    catalogue_version: str
    ladder_days: Any = Field(sa_column=Column(Items, nullable=False))
    congestion: Any = Field(sa_column=Column(Crowding, nullable=False))
    identity: str


class Nodes(SQLModel, table=True):
    """``Portfolio.nodes``."""

    __table_args__ = (_named(),)
    id: str = Field(primary_key=True)
    ordinal: int
    name: str
    dimension: Dimension = Field(sa_column=Column(closed(Dimension, "dimension_is_known"), nullable=False))
    failure_probability: float | None = Field(sa_type=Number)
    loss_given_failure: float | None = Field(sa_type=Number)
    entry: str | None
    origin: Origin = Field(sa_column=Column(closed(Origin, "origin_is_known"), nullable=False))
    basis: Basis = Field(sa_column=Column(closed(Basis, "basis_is_known"), nullable=False))


class Edges(SQLModel, table=True):
    """``Portfolio.edges``: a row is a run of neighbours with the same source, its id that of the first."""

    __table_args__ = (_named(),)
    id: str = Field(primary_key=True)
    ordinal: int
    source: str
    edges: Any = Field(sa_column=_part())


class Groups(SQLModel, table=True):
    """``Portfolio.groups``."""

    __table_args__ = (_named(), _json("names"))
    id: str = Field(primary_key=True)
    ordinal: int
    node: str
    residual_node: str | None
    names: Any = Field(sa_column=Column(Items, nullable=False))


class Parts(SQLModel, table=True):
    """What rows share (``storage.parts``), each stored once; ``id`` is a digest of the content."""

    __table_args__ = (_named(), _json("content"))
    id: str = Field(primary_key=True)
    content: str


class Positions(SQLModel, table=True):
    """``Portfolio.positions``; layers (without their rates) and way out are parts."""

    __table_args__ = (
        _named(),
        *map(_amount, ("quantity", "unit_price", "total_value", "value", "debt", "adjustment")),
        *map(_day, ("priced_on", "opened_on")),
        *map(_json, ("rates", "requests")),
    )
    id: str = Field(primary_key=True)
    ordinal: int
    name: str
    asset: str
    underlying: str
    quantity: Decimal | None = Field(sa_type=ExactDecimal)
    unit_price: Decimal | None = Field(sa_type=ExactDecimal)
    total_value: Decimal | None = Field(sa_type=ExactDecimal)
    priced_on: date | None
    value: Decimal | None = Field(sa_type=ExactDecimal)
    debt: Decimal | None = Field(sa_type=ExactDecimal)
    liquidation_threshold: float | None = Field(sa_type=Number)
    liquidation_penalty: float | None = Field(sa_type=Number)
    account: str
    chain: str
    opened_on: date | None
    status: Status = Field(sa_column=Column(closed(Status, "status_is_known"), nullable=False))
    notes: str
    layers: Any = Field(sa_column=_part())
    rates: str
    exit: Any = Field(sa_column=_part())
    import_id: str | None
    import_key: str
    adjustment: Decimal | None = Field(sa_type=ExactDecimal)
    requests: str


class Scenarios(SQLModel, table=True):
    """``Portfolio.scenarios``."""

    __table_args__ = (_named(), _json("shocks"))
    id: str = Field(primary_key=True)
    ordinal: int
    name: str
    shocks: Any = Field(sa_column=Column(Shocks, nullable=False))


class Imports(SQLModel, table=True):
    """``Portfolio.imports``."""

    __table_args__ = (_named(), _moment("imported_at"), _json("replaced"))
    id: str = Field(primary_key=True)
    ordinal: int
    file_name: str
    sha256: str
    imported_at: datetime = Field(sa_type=Moment)
    format: str
    kind: str
    account: str
    data_rows: int
    accepted: int
    rejected: int
    skipped: int
    replaced: Any = Field(sa_column=Column(Replacements, nullable=False))


class Movements(SQLModel, table=True):
    """``Portfolio.movements``."""

    __table_args__ = (_named(), _amount("amount"), _moment("moved_at"), _flag("reward"), _amount("told"))
    id: str = Field(primary_key=True)
    ordinal: int
    import_id: str
    account: str
    place: str
    asset: str
    amount: Decimal = Field(sa_type=ExactDecimal)
    moved_at: datetime = Field(sa_type=Moment)
    identity: str
    line: int
    reward: bool
    cells: str
    position: str
    told: Decimal | None = Field(sa_type=ExactDecimal)


class Prices(SQLModel, table=True):
    """``Portfolio.prices``: one for an asset, a day and a currency."""

    __table_args__ = (_named("asset"), _day("on"), _amount("price"))
    asset: str = Field(primary_key=True)
    on: date = Field(sa_column=Column(Date, primary_key=True))
    currency: str = Field(primary_key=True)
    ordinal: int
    price: Decimal = Field(sa_type=ExactDecimal)
    source: str


class Entries(SQLModel, table=True):
    """``Portfolio.entries``, each as JSON."""

    __table_args__ = (_named(), _json("content"))
    id: str = Field(primary_key=True)
    ordinal: int
    content: str


class Limits(SQLModel, table=True):
    """``Portfolio.limits``."""

    __table_args__ = (_named(),)
    id: str = Field(primary_key=True)
    ordinal: int
    kind: LimitKind = Field(sa_column=Column(closed(LimitKind, "kind_is_known"), nullable=False))
    subject: str
    bound: float = Field(sa_type=Number)


class Breaks(SQLModel, table=True):
    """``Portfolio.breaks``."""

    __table_args__ = (_named(), *map(_day, ("broke_on", "mended_on")))
    id: str = Field(primary_key=True)
    ordinal: int
    kind: LimitKind = Field(sa_column=Column(closed(LimitKind, "kind_is_known"), nullable=False))
    subject: str
    bound: float = Field(sa_type=Number)
    figure: float = Field(sa_type=Number)
    broke_on: date
    broken_by: str
    mended_on: date | None
    mended_by: str


class Calendar(SQLModel, table=True):
    """``CalendarLog.told``: no part of the portfolio."""

    __table_args__ = (
        _named("uid"),
        _day("day"),
        *map(_moment, ("at", "changed")),
        _flag("is_off"),
    )
    uid: str = Field(primary_key=True)
    ordinal: int
    title: str
    day: date
    at: datetime | None = Field(sa_type=Moment)
    digest: str
    sequence: int
    changed: datetime = Field(sa_type=Moment)
    is_off: bool


TABLES = SQLModel.metadata.tables
