"""What a year can cost, as the owner assumed."""

from desktop_app.analysis.tail import LEVELS
from desktop_app.analysis.year import Year, error_of
from desktop_app.figures.exceedance import exceedance
from desktop_app.figures.labels import Labels
from desktop_app.figures.sizes import PAPER
from desktop_app.report import words
from desktop_app.report.blocks import Column, FigureBlock, Paragraph, Row, Section, Table
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, plain, sentence
from desktop_app.report.stressed import rates_note
from desktop_app.report.year_parts import told_curve
from desktop_app.report.year_words import method_sentence, rounded, year_sentence

HEADING = "A year, as assumed"
HEIGHT, BETWEEN = 106.0, 28.0
"""Of the curve, and free between two sections beside each other, in logical pixels."""


def year_section(subject: Subject) -> Section | None:
    """Return what bad years cost at least and on average; None where no failure rate is assumed."""
    found, expected = subject.asked.year, subject.asked.expected_loss
    if found is None or expected is None:
        return None
    labels = subject.labels
    columns = (
        Column("One year in"),
        Column("loses at least", "right"),
        Column("then on average", "right"),
    )
    rows = tuple(_row(found, level, labels) for level in LEVELS)
    mean = labels.money(rounded(expected.total), with_currency=True)
    made_up = words.illustrative(found.illustrative)
    said = (
        f"On average a year costs {mean}{made_up}. {rates_note(expected, labels)} Failures are independent."
    )
    told = told_curve(found, subject.overview.names, labels, plain(year_sentence(found, labels)))
    figure = exceedance(told, labels, (subject.width - BETWEEN) / 2, HEIGHT, PAPER)
    note = Paragraph(sentence(f"{said} ", *method_sentence(found, labels)), note=True)
    blocks = (FigureBlock(figure), Table(columns, rows), note)
    return Section(HEADING, blocks, labels.currency, half=True)


def _row(found: Year, level: float, labels: Labels) -> Row:
    figures = (
        rounded(measured[level], error_of(found, name, level))
        for name, measured in (("var", found.tail.var), ("cvar", found.tail.cvar))
    )
    return (Run(labels.number(round(1 / (1 - level)))), *(Run(labels.money(figure)) for figure in figures))
