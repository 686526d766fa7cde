"""The columns of the limits, whose bound is typed, and of the log of those that were broken."""

from typing import Any

from desktop_app.figures.labels import Labels
from desktop_app.ui.tables.columns import WIDEST_NAME
from desktop_app.ui.tables.kinds import DATE, RIGHT, Kind, plain_number
from desktop_app.ui.tables.table_model import Column

BOUND = "bound"
BY = 150
"""Pixels that the name of an edit takes at first."""


def _number(value: float, labels: Labels) -> str:
    return labels.number(value, decimals=0 if value == round(value) else 2)


_BOUND = Kind(_number, _number, plain_number)


def _role(row: Any) -> str:
    return {True: "alarm", False: "", None: "warn"}[row.broken]


def _is_broken(row: Any) -> bool:
    return row.broken is True


LIMITS = (
    Column("Limit", lambda r: r.subject, stretch=True),
    Column("Bound", lambda r: r.bound, _BOUND, edit=BOUND),
    Column("", lambda r: r.unit),
    Column("Now", lambda r: r.now, role=_role, strong=_is_broken),
    Column("State", lambda r: f"▲ {r.state}" if r.broken else r.state, role=_role, strong=_is_broken),
)


BREAKS = (
    Column("Limit", lambda r: r.subject, stretch=True, widest=WIDEST_NAME),
    Column("Figure", lambda r: r.figure, RIGHT),
    Column("Bound", lambda r: r.bound, RIGHT),
    Column("Since", lambda r: r.broke_on, DATE, role=lambda r: "" if r.mended_on else "alarm"),
    Column("Broken by", lambda r: r.broken_by or "found so", widest=BY),
    Column("Until", lambda r: r.mended_on, DATE, applies=lambda r: r.mended_on is not None),
    Column("Mended by", lambda r: r.mended_by, widest=BY),
)
