"""The first sentences: value and largest dependency, the way out, what the extra layers pay."""

from desktop_app.report.blocks import Paragraph, Section
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import overview_sentences


def summary_section(subject: Subject) -> Section:
    """Return the sentences of the first page, a line each, without a heading."""
    lines = overview_sentences(subject.overview, subject.labels, subject.asked.as_of)
    return Section("", tuple(Paragraph(line, lead=True) for line in lines))
