"""What is not known, old or unverified, and what the model leaves out."""

from desktop_app.report.blocks import Paragraph, Section
from desktop_app.report.missing_table import missing_blocks
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import sentence

NOT_MODELLED = (
    "Not modelled: the price of the assets; when in the year a failure happens; more than one failure of a "
    "node; how sure a loss is; how failures depend on the market."
)


def not_known_section(subject: Subject) -> Section:
    """Return a line for each kind of thing that is missing, and what is not modelled."""
    blocks = missing_blocks(subject.overview, subject.labels)
    return Section("Not known, old or unverified", (*blocks, Paragraph(sentence(NOT_MODELLED), note=True)))
