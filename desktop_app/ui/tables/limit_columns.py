"""The columns of the limits; the bound is typed."""

from typing import Any

from desktop_app.figures.labels import Labels
from desktop_app.ui.tables.kinds import Kind, plain_number
from desktop_app.ui.tables.table_model import Column

BOUND = "bound"


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
