"""The columns of before and after."""

from typing import Any

from desktop_app.figures.labels import Labels
from desktop_app.ui.tables.kinds import RIGHT
from desktop_app.ui.tables.table_model import Column


def _role(row: Any) -> str:
    return row.role or ("" if row.differs else "text2")


def _exact(place: int) -> Any:
    def why(row: Any, _: Labels) -> str:
        text: str = row.exact[place]
        return text

    return why


WHAT_IF = (
    Column("Measure", lambda r: r.measure, stretch=True, role=lambda r: "" if r.differs else "text2"),
    Column("Before", lambda r: r.before, RIGHT, why=_exact(0), role=lambda _: "text2"),
    Column("After", lambda r: r.after, RIGHT, why=_exact(1), role=_role),
    Column("Change", lambda r: r.change, RIGHT, role=_role, strong=lambda r: r.differs),
)
