"""The table of the ways out of one position, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.analysis.alternatives import Way, cheapest, fastest
from desktop_app.figures.labels import Labels
from desktop_app.report import request_words as said
from desktop_app.report.words import capital
from desktop_app.ui.tables.table_model import Column

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way in words; ``id`` is its path, "standard" for the one without a name."""

    id: str
    name: str
    out_in: str
    arrives: str
    costs: str
    slashable: str
    marks: str
    note: str
    is_choice: bool


def way_rows(found: Sequence[Way], value: float | None, labels: Labels) -> tuple[WayRow, ...]:
    """Return the ways with what speaks for each; ``value`` of what is asked for, None unknown."""
    fast, cheap = fastest(found), cheapest(found)
    return tuple(
        WayRow(
            way.path or STANDARD,
            capital(said.path_words(way.path)),
            said.when_words(way, labels),
            said.arrives_words(way, value, labels),
            said.cost_words(way, labels),
            said.until_words(way, labels),
            said.marks(way, fast, cheap),
            said.note_words(way),
            way.is_choice,
        )
        for way in found
    )


def _role(row: WayRow) -> str:
    return "" if row.is_choice else "text2"


WAYS = (
    Column("Way out", lambda r: r.name, role=_role, why=lambda r, _: r.note),
    Column("", lambda r: r.marks, role=_role),
    Column("Out in", lambda r: r.out_in, role=_role),
    Column("Arrives", lambda r: r.arrives, role=_role),
    Column("Costs", lambda r: r.costs, role=_role),
    Column("Slashable for", lambda r: r.slashable, role=_role, stretch=True),
)
