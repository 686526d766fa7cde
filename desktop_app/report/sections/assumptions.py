"""What the owner assumes of failures: the ground of every figure about a year."""

from desktop_app.domain.positions import Node
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.blocks import Column, Paragraph, Row, Section, Table
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, sentence

HEADING = "Assumptions"
NONE = "No failure rates are assumed, so nothing is said of a year. Scenarios and dates need none."


def assumptions_section(subject: Subject) -> Section:
    """Return how often each node is assumed to fail and what it takes, as far as anything is assumed."""
    nodes = [
        subject.portfolio.nodes[node]
        for node in subject.overview.exposed.nodes
        if node in subject.portfolio.nodes
    ]
    assumed = [node for node in nodes if node.failure_probability is not None]
    if not assumed:
        return Section(HEADING, (Paragraph(sentence(NONE)),))
    columns = (
        Column("Stands on", width=36),
        Column("Kind", quiet=True),
        Column("Fails", "right"),
        Column("Takes", "right"),
    )
    rows = tuple(_row(node, subject.labels) for node in assumed[: subject.most_rows])
    without = len(nodes) - len(assumed)
    rest = f"{words.capital(words.spelled(without, 'node'))} {'has' if without == 1 else 'have'} no rate and "
    rest += f"{'stays' if without == 1 else 'stay'} out of the year."
    notes = [subject.more(len(assumed)), rest if without else "", "Failures are independent of each other."]
    note = Paragraph(sentence(" ".join(filter(None, notes))), note=True)
    return Section(HEADING, (Table(columns, rows), note), "the owner’s, a year")


def _row(node: Node, labels: Labels) -> Row:
    chance, loss = node.failure_probability, node.loss_given_failure
    if not chance:
        fails = "never"
    else:
        years = labels.number(1 / chance) if chance <= 0.1 else labels.number(1 / chance, decimals=1)
        fails = f"once in {years} years"
    takes = (
        Run("not stated", warn=True) if loss is None and chance else Run(labels.share(loss) if chance else "")
    )
    return (Run(node.name), Run(words.dimension_word(node.dimension)), Run(fails), takes)
