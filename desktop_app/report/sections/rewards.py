"""Whether each layer pays for the risk that it adds, the least paid first."""

from desktop_app.analysis.rewards import LayerReward
from desktop_app.figures.labels import UNKNOWN
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Section, Table
from desktop_app.report.reward_words import NOT_ASSUMED, RewardWords, rewards_sentence
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, plain, sentence

HEADING = "Is the extra reward worth it"
SHORT = {UNKNOWN: "?", NOT_ASSUMED: "–"}
"""Signs for words of the narrow columns: the break-even beside them says it in full."""


def rewards_section(subject: Subject) -> Section | None:
    """Return what each layer pays against what it is assumed to lose; None where no layer could pay."""
    answer = subject.asked.rewards
    if not answer.rows:
        return None
    said = RewardWords(subject.portfolio, subject.labels)
    columns = (
        Column("Position"),
        Column("Layer", quiet=True),
        Column("Rate", "right"),
        Column("Reward", "right"),
        Column("Loss", "right"),
        Column("Ratio", "right"),
        Column("Break-even", quiet=True),
    )
    rows = tuple(_row(row, said) for row in answer.ranked[: subject.most_rows])
    folded = subject.more(len(answer.rows))
    note = [Paragraph(sentence(folded), note=True)] if folded else []
    blocks: tuple[Block, ...] = (Paragraph(rewards_sentence(answer, said)), Table(columns, rows), *note)
    return Section(HEADING, blocks, f"{subject.labels.currency} a year; least paid first")


def _row(row: LayerReward, said: RewardWords) -> Row:
    line = said.line(row)
    numbers = [SHORT.get(cell, cell) for cell in (line.rate, line.reward, line.loss, line.ratio)]
    cells = (line.position, line.layer, *numbers, plain(line.breakeven))
    low = row.underpaid
    return tuple(Run(cell, bold=low and i in {4, 5}, warn=cell == "?") for i, cell in enumerate(cells))
