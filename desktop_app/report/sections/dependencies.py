"""The nodes on which most of the value stands."""

from collections.abc import Sequence

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.analysis.overview import Overview
from desktop_app.domain.limits import Limit, LimitKind
from desktop_app.domain.positions import UNKNOWN_PREFIX, is_unknown
from desktop_app.figures.share_rows import ShareRow, share_rows
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

    bounds = node_limits(subject)
    rows = [ShareRow(n, name(n.node), words.dimension_word(n.dimension), bounds.get(n.node)) for n in nodes]
    headline = f"{HEADING}: " + ", ".join(row.name for row in rows)
    figure = share_rows(rows, labels, subject.width, headline=headline)
    common = ", ".join(f"{name(n.node)} {labels.share(n.share)}" for n in answer.common_ground)
    notes = (
        f"common ground: {common}" if common else "",
        "line: your limit" if any(row.limit is not None for row in rows) else "",
    )
    return Section(HEADING, (FigureBlock(figure),), "; ".join(filter(None, notes)))


def node_limits(subject: Subject) -> dict[str, float]:
    """Return the tightest limit on each share: of a node, of any of its kind, of what is not known."""
    bounds: dict[str, list[float]] = {}
    nodes = subject.overview.exposed.nodes
    for limit in subject.portfolio.limits.values():
        for node in nodes:
            if _bounds(limit, node, subject):
                bounds.setdefault(node, []).append(limit.bound)
    return {node: min(found) for node, found in bounds.items()}


def _bounds(limit: Limit, node: str, subject: Subject) -> bool:
    """Tell whether a limit bounds the share of one node."""
    if limit.kind is LimitKind.NODE_SHARE:
        return limit.subject == node
    if limit.kind is LimitKind.UNKNOWN_SHARE:
        return node == UNKNOWN_PREFIX + limit.subject
    known = subject.portfolio.nodes.get(node)
    return limit.kind is LimitKind.LARGEST_SHARE and known is not None and known.dimension == limit.subject


def largest_dependencies(answer: Overview) -> Sequence[NodeExposure]:
    """Return the nodes beside the common ground and what nobody has published, largest first."""
    unknown = [node for node in answer.exposed.nodes.values() if is_unknown(node.node)]
    both = [*answer.largest, *unknown]
    return sorted(both, key=lambda node: (-(node.value or 0.0), -node.positions))
