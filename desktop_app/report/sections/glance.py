"""Three figures that, under the first sentences, fill one page: on what, out when, paid and lost how much."""

from desktop_app.report.blocks import Block, FigureBlock, Paragraph, Section
from desktop_app.report.sections.dependencies import dependencies_section
from desktop_app.report.sections.layers import layers_section
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sections.way_out import ladder_figures
from desktop_app.report.sentences import bold, sentence


def glance_section(subject: Subject) -> Section:
    """Return the largest dependencies, the ladder and the layers; what is told elsewhere is told so too."""
    stands, layers = dependencies_section(subject), layers_section(subject)
    blocks: list[Block] = [_titled("What it stands on", stands.note), *stands.blocks]
    if ladder := ladder_figures(subject):
        day = subject.labels.day(subject.asked.as_of, long=True)
        blocks.append(_titled("When it is out", f"if everything were asked for on {day}"))
        blocks += [FigureBlock(figure) for figure in ladder]
    blocks += [_titled("What it pays and may lose", layers.note), *layers.blocks]
    return Section("At a glance", tuple(blocks), whole=True)


def _titled(title: str, note: str) -> Paragraph:
    return Paragraph(sentence(bold(f"{title}. "), f"{note[:1].upper()}{note[1:]}." if note else ""))
