"""What is not known, old or unverified, as a table of subject and remark."""

from collections.abc import Callable, Mapping

from desktop_app.analysis.overview import Missing, Overview
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Table
from desktop_app.report.sentences import Run, sentence

_WORDS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "price": (lambda name: f"Price of {name}", "not known, enters no sum"),
    "operators": (lambda _: "Operators not published", ""),
    "services": (lambda _: "Services not published", ""),
    "exit": (lambda name: f"Way out of {name}", "no date known"),
    "reward": (lambda name: f"Reward of {name}", "not stated, counted as unknown"),
    "unverified": (lambda name: name, "unverified"),
    "old": (lambda name: name, "old"),
}


def missing_words(item: Missing, overview: Overview, labels: Labels) -> tuple[str, str]:
    """Return (what, remark): "Operators not published", "USD 161,205, 39 % of the value"."""
    name = words.node_name(item.subject, overview.names)
    what, remark = _WORDS.get(item.kind, (lambda said: said, item.kind))
    total = float(overview.portfolio_value or 0)
    value = ""
    if item.value is not None and total > 0:
        value = (
            f"{labels.money(item.value, with_currency=True)}, {labels.share(item.value / total)} of the value"
        )
    return what(name), "; ".join(part for part in (item.detail or remark, value) if part)


def missing_blocks(overview: Overview, labels: Labels, most_rows: int) -> tuple[Block, ...]:
    """Return the table of everything missing, and the sentences about positions left out of the sums."""
    rows: list[Row] = []
    for item in overview.missing[:most_rows]:
        what, remark = missing_words(item, overview, labels)
        rows.append((Run(what), Run(remark, warn=item.kind in {"price", "exit"})))
    blocks: list[Block] = []
    if rows:
        blocks.append(Table((Column("", width=38), Column("", quiet=True)), tuple(rows)))
    if len(overview.missing) > len(rows):
        more = labels.number(len(overview.missing) - len(rows))
        blocks.append(Paragraph(sentence(f"{more} more in the file."), note=True))
    left_out = dict.fromkeys(overview.exposed.unavailable.values())
    blocks.extend(Paragraph(sentence(said), note=True) for said in left_out)
    return tuple(blocks)
