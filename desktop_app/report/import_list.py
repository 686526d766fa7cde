"""The imports of a portfolio, in words and for programs."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.blocks import Column, Paragraph, Section, Table
from desktop_app.report.sentences import Run, sentence
from desktop_app.report.terminal import printable

SCHEMA = "stakeout-imports/1"


def import_sections(portfolio: Portfolio, labels: Labels) -> tuple[Section, ...]:
    """Return a line for each import, the first one first."""
    if not portfolio.imports:
        return (Section("Imports", (Paragraph(sentence("Nothing has been imported yet.")),)),)
    columns = (
        *(Column(title) for title in ("Id", "On", "File", "Format", "Account")),
        *(Column(title, "right") for title in ("Rows", "Came in", "Positions")),
    )
    held = _positions(portfolio)
    rows = tuple(
        (
            *map(Run, (i.id, labels.day(i.imported_at.date()), i.file_name, i.format, i.account)),
            *(Run(labels.number(n)) for n in (i.data_rows, i.accepted, held[i.id])),
        )
        for i in portfolio.imports.values()
    )
    return (Section("Imports", (Table(columns, rows),)),)


def undone_text(import_id: str, lost: Sequence[str]) -> str:
    """Return what was taken back, and what else that cost."""
    return "".join(f"{printable(line)}\n" for line in (f"“{import_id}” is taken back.", *lost, ""))


def import_json(portfolio: Portfolio, undone: str | None = None, lost: Sequence[str] = ()) -> str:
    """Return the imports as JSON (``resources/schema/imports.json``).

    ``undone`` has just been taken back, at the cost of what ``lost`` says in sentences.
    """
    held = _positions(portfolio)
    records = [
        {
            "id": i.id,
            "file": i.file_name,
            "sha256": i.sha256,
            "imported_at": i.imported_at.isoformat(),
            "format": i.format,
            "kind": i.kind,
            "account": i.account,
            "counts": {
                "data_rows": i.data_rows,
                "accepted": i.accepted,
                "rejected": i.rejected,
                "skipped": i.skipped,
            },
            "positions": held[i.id],
        }
        for i in portfolio.imports.values()
    ]
    answer: dict[str, Any] = {"schema": SCHEMA, "imports": records}
    if undone is not None:
        answer |= {"undone": undone, "lost": list(lost)}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _positions(portfolio: Portfolio) -> Counter[str]:
    """Return how many positions that are still there came in with each import."""
    return Counter(p.import_id for p in portfolio.positions.values() if p.import_id)
