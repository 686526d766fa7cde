"""What each scenario would cost."""

from desktop_app.analysis.stress import stress
from desktop_app.figures.loss_bars import loss_bars
from desktop_app.report.blocks import FigureBlock, Paragraph, Section
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import sentence

HEADING = "If this happened"


def scenarios_section(subject: Subject) -> Section | None:
    """Return a bar for each scenario, the dearest first; None where there is no scenario or no value."""
    losses = sorted(stress(subject.portfolio, subject.asked.as_of).values(), key=lambda x: (-x.loss, x.name))
    if not losses:
        return None
    labels = subject.labels
    bars = loss_bars(losses[: subject.most_rows], labels, subject.width)
    blocks: list[FigureBlock | Paragraph] = [FigureBlock(figure) for figure in bars]
    if folded := subject.more(len(losses)):
        blocks.append(Paragraph(sentence(folded), note=True))
    note = f"{labels.currency}; bar: loss, line: from the largest shock alone to their sum"
    return Section(HEADING, tuple(blocks), note, whole=True)
