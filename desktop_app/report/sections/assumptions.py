"""What the owner assumes of failures: the ground of every figure about a year."""

from collections.abc import Sequence

from desktop_app.domain.positions import Basis, Dimension, Node
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Section, Table
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, sentence

HEADING = "Assumptions"
NONE = "No failure rates are assumed, so nothing is said of a year. Scenarios and dates need none."
OFTEN = 0.1
"""From this chance on the years between failures have a decimal."""

_Key = tuple[Dimension, float, float | None, Basis]
"""Kind, chance to fail in a year, part that is then lost, who says so."""


def assumptions_section(subject: Subject) -> Section:
    """Return how often things are assumed to fail and what that takes, those of one rate in one line."""
    known = subject.portfolio.nodes
    nodes = [known[node] for node in subject.overview.exposed.nodes if node in known]
    groups: dict[_Key, list[str]] = {}
    for node in nodes:
        if node.failure_probability:
            key = (node.dimension, node.failure_probability, node.loss_given_failure, node.basis)
            groups.setdefault(key, []).append(node.name)
    safe = [node.name for node in nodes if node.failure_probability == 0]
    if not groups and not safe:
        return Section(HEADING, (Paragraph(sentence(NONE)),))
    ordered = sorted(groups.items(), key=lambda item: list(Dimension).index(item[0][0]))
    columns = (Column("Kind"), Column("Stands on"), Column("Fails", "right"), Column("Takes", "right"))
    rows = tuple(_row(key, names, subject.labels) for key, names in ordered)
    table: list[Block] = [Table(columns, rows, grouped=True)] if rows else []
    said = " ".join(_notes(nodes, safe))
    return Section(HEADING, (*table, Paragraph(sentence(said), note=True)), "the owner’s, a year")


def _row(key: _Key, names: Sequence[str], labels: Labels) -> Row:
    dimension, chance, loss, basis = key
    made_up = words.illustrative(basis is Basis.ILLUSTRATIVE)
    years = labels.number(1 / chance, decimals=1 if chance > OFTEN else 0)
    takes = Run("not stated", warn=True) if loss is None else Run(labels.share(loss))
    kind = words.capital(words.dimension_word(dimension))
    return Run(kind), Run(", ".join(names)), Run(f"once in {years} years{made_up}"), takes


def _notes(nodes: Sequence[Node], safe: Sequence[str]) -> list[str]:
    said = [f"Assumed never to fail: {words.listed(safe)}."] if safe else []
    without = sum(node.failure_probability is None for node in nodes)
    if without:
        has, stays = ("has", "stays") if without == 1 else ("have", "stay")
        said.append(
            f"{words.capital(words.spelled(without, 'node'))} {has} no rate and {stays} out of the year."
        )
    return [*said, "Failures are independent of each other."]
