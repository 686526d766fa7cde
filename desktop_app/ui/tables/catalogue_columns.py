"""The list of the catalogue: its rows and columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.catalogue_review import EntryReview, review
from desktop_app.analysis.catalogue_use import EntryUse
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.facts import is_old
from desktop_app.domain.positions import Origin
from desktop_app.figures.labels import Labels
from desktop_app.report.catalogue_words import YOURS, entry_name, kind_word
from desktop_app.report.fact_lines import month_words
from desktop_app.report.position_facts import dated_words
from desktop_app.report.words import capital
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.kinds import Kind
from desktop_app.ui.tables.table_model import Column

UNUSED = "–"
ENTRY, VALUE, OLDEST = 0, 2, 4
"""Places of the columns that the list is sorted by."""


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One entry: ``used`` by a position, ``value`` that stands on it, its facts and the date of the oldest.

    ``origin`` says what is the user's: "your own entry", "changed by you". ``old`` counts its old facts that
    are in use.
    """

    id: str
    name: str
    kind: str
    origin: str
    used: bool
    value: float | None
    facts: int
    oldest: str | None
    is_old: bool
    old: int


def catalogue_rows(
    catalogue: Catalogue, shipped: Catalogue, used: Mapping[str, EntryUse], as_of: date
) -> tuple[CatalogueRow, ...]:
    """Return one row for each entry, used ones first, then by name; ``shipped``: without the user's own."""
    rows = (
        _row(reviewed, catalogue, shipped, used.get(reviewed.entry.id), as_of)
        for reviewed in review(catalogue, as_of).entries
    )
    return tuple(sorted(rows, key=lambda r: (not r.used, -(r.value or 0.0), r.name.casefold())))


def _row(
    reviewed: EntryReview, catalogue: Catalogue, shipped: Catalogue, use: EntryUse | None, as_of: date
) -> CatalogueRow:
    entry = reviewed.entry
    own = "changed by you" if entry.id in shipped.entries else "your own entry"
    return CatalogueRow(
        id=entry.id,
        name=entry_name(catalogue, entry.id),
        kind=kind_word(catalogue, entry),
        origin=own if entry.origin is Origin.YOURS else "",
        used=use is not None,
        value=use.value if use else None,
        facts=len(reviewed.facts),
        oldest=reviewed.oldest or None,
        is_old=bool(reviewed.facts) and is_old(reviewed.oldest, as_of),
        old=use.old if use else 0,
    )


def _why_old(row: CatalogueRow, _: Labels) -> str:
    if row.oldest is None:
        return "None of its facts has a date."
    return "More than a year old: check it at its source." if row.is_old else ""


def _kind(row: CatalogueRow) -> str:
    return f"{row.kind}, {YOURS}" if row.origin else row.kind


_MONTH = Kind(month_words, dated_words, lambda value, _: value, unknown="undated")

CATALOGUE = (
    Column("Entry", lambda r: r.name, stretch=True, least=110),
    Column(
        "Kind", _kind, role=lambda r: "accent" if r.origin else "text2", why=lambda r, _: capital(r.origin)
    ),
    Column(
        "{currency} on it",
        lambda r: r.value,
        kinds.MONEY,
        typed=lambda r: "" if r.used else UNUSED,
        role=lambda r: "" if r.used else "text3",
    ),
    Column("facts", lambda r: r.facts, kinds.COUNT),
    Column(
        "oldest",
        lambda r: r.oldest,
        _MONTH,
        applies=lambda r: r.facts > 0,
        role=lambda r: "warn" if r.is_old else "text2",
        why=_why_old,
    ),
)
