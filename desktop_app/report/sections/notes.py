"""What the owner wrote down beside the positions."""

from desktop_app.report.blocks import Column, Paragraph, Section, Table
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, sentence


def notes_section(subject: Subject) -> Section | None:
    """Return the note of each position that has one; None where there are none."""
    noted = [p for p in subject.portfolio.counted_positions() if p.notes.strip()]
    if not noted:
        return None
    rows = tuple((Run(p.name), Run(p.notes.strip())) for p in noted[: subject.most_rows])
    folded = subject.more(len(noted))
    table = Table((Column("Position", width=24), Column("Note", quiet=True)), rows)
    return Section(
        "Notes on positions", (table, *([Paragraph(sentence(folded), note=True)] if folded else []))
    )
