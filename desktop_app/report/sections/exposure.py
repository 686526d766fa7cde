"""Everything that some position stands on, with the value and how many stand on it wholly."""

from desktop_app.analysis.dependencies import PORTFOLIO, gateways
from desktop_app.analysis.exposure import NodeExposure
from desktop_app.figures.labels import UNKNOWN
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Section, Table
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, sentence

HEADING = "Everything it stands on"
NOTE = "a value counts at every node under it, so the values do not add up"
WHOLE = 1 - 1e-9


def exposure_section(subject: Subject) -> Section | None:
    """Return a row for each node, largest value first, folded where they are many; None without any."""
    nodes = list(subject.overview.exposed.nodes.values())
    if not nodes:
        return None
    columns = (
        Column("Node"),
        Column("Kind", quiet=True),
        Column("Gateway", quiet=True),
        Column("Fully on it", "right"),
        Column(subject.labels.currency, "right"),
        Column("Share", "right"),
    )
    gateway = gateways(subject.portfolio, subject.asked.as_of)
    rows = tuple(_row(node, gateway.get(node.node), subject) for node in nodes[: subject.most_rows])
    blocks: list[Block] = [Table(columns, rows)]
    if folded := subject.more(len(nodes)):
        blocks.append(Paragraph(sentence(folded), note=True))
    return Section(HEADING, tuple(blocks), NOTE)


def _row(node: NodeExposure, gateway: str | None, subject: Subject) -> Row:
    names, labels = subject.overview.names, subject.labels
    fully = sum(part >= WHOLE for part in node.by_position.values())
    money = labels.money(node.known_value)
    return (
        Run(words.node_name(node.node, names)),
        Run(words.dimension_word(node.dimension)),
        Run("" if gateway in {None, PORTFOLIO} else words.node_name(gateway or "", names)),
        Run(f"{labels.number(fully)} of {labels.number(node.positions)}"),
        Run(money, warn=money == UNKNOWN),
        Run(labels.share(node.known_share, decimals=1)),
    )
