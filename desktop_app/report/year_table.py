"""The year as sentences and tables: what it costs, what each node and each position adds."""

from collections.abc import Iterator, Mapping

from desktop_app.analysis.tail import LEVELS
from desktop_app.analysis.year import Year
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Table
from desktop_app.report.sentences import Run
from desktop_app.report.year_words import method_sentence, plateau_sentence, rounded, year_sentence

_YEARS = ("1 in 10", "1 in 20", "1 in 100")


def year_blocks(found: Year, labels: Labels, names: Mapping[str, str]) -> Iterator[Block]:
    """Yield the sentences of a year, then a table of the nodes and one of the positions."""
    for said in (
        year_sentence(found, labels),
        plateau_sentence(found, labels, names),
        method_sentence(found, labels),
    ):
        if said:
            yield Paragraph(said)
    yield _table(
        ("Less if it cannot fail", f"Expected, {labels.currency}", *_YEARS[1:]),
        [
            (words.node_name(node, names), [out.expected_annual_loss, *out.cvar.values()])
            for node, out in found.leave_one_out.items()
        ],
        labels,
    )
    yield _table(
        (f"Worst years on average, {labels.currency}", *_YEARS),
        [
            (words.node_name(p, names), [found.cvar_by_position[level][p] for level in LEVELS])
            for p in found.cvar_by_position[LEVELS[0]]
        ],
        labels,
    )


def _table(titles: tuple[str, ...], rows: list[tuple[str, list[float]]], labels: Labels) -> Table:
    columns = tuple(Column(title, "right" if i else "left") for i, title in enumerate(titles))
    rows.sort(key=lambda row: -row[1][-1])
    return Table(
        columns,
        tuple((Run(name), *(Run(labels.money(rounded(x))) for x in figures)) for name, figures in rows),
    )
