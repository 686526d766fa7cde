"""The nodes on which most of the value stands."""

from collections.abc import Sequence

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.analysis.overview import Overview
from desktop_app.domain.positions import is_unknown
from desktop_app.figures.bars import share_rows
from desktop_app.figures.sizes import PAPER
from desktop_app.report import words
from desktop_app.report.blocks import FigureBlock, Paragraph, Section
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import sentence

HEADING = "Largest dependencies"
LARGEST = 8
"""So many dependencies are drawn."""


def dependencies_section(subject: Subject) -> Section:
    """Return a bar for each of the largest nodes beside the common ground."""
    answer, labels = subject.overview, subject.labels
    nodes = largest_dependencies(answer)[:LARGEST]
    if not nodes:
        return Section(HEADING, (Paragraph(sentence("No position stands on anything yet.")),))

    def name(node: str) -> str:
        return words.node_name(node, answer.names)

    headline = f"{HEADING}: " + ", ".join(name(node.node) for node in nodes)
    figure = share_rows(nodes, labels, subject.width, name, words.dimension_word, PAPER, headline=headline)
    common = ", ".join(f"{name(n.node)} {labels.share(n.share)}" for n in answer.common_ground)
    return Section(HEADING, (FigureBlock(figure),), f"common ground: {common}" if common else "")


def largest_dependencies(answer: Overview) -> Sequence[NodeExposure]:
    """Return the nodes beside the common ground and what nobody has published, largest first."""
    unknown = [node for node in answer.exposed.nodes.values() if is_unknown(node.node)]
    both = [*answer.largest, *unknown]
    return sorted(both, key=lambda node: (-(node.value or 0.0), -node.positions))
