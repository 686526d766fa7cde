"""The owner's limits, each with its present figure."""

from desktop_app.analysis.limits import LimitState
from desktop_app.report.blocks import Column, Paragraph, Row, Section, Table
from desktop_app.report.limit_words import break_words, figure_words, state_word, subject_words
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, sentence

MOST_BREAKS = 6
"""So many entries of the log stand on paper: the newest."""


def limits_section(subject: Subject) -> Section | None:
    """Return how every limit stands; None where none is set."""
    states = subject.asked.limits
    if not states:
        return None
    broken = sum(state.broken is True for state in states)
    counted = f"{broken} of {len(states)} broken" if broken else "all kept"
    if not broken and any(state.broken is None for state in states):
        counted = "none broken"
    columns = (
        Column("Limit"),
        Column("Bound", "right"),
        Column("Now", "right"),
        Column("", "right"),
    )
    table = Table(columns, tuple(_row(state, subject) for state in states))
    log = [
        Paragraph(sentence(break_words(broken, subject.overview.names, subject.labels)), note=True)
        for broken in list(subject.portfolio.breaks.values())[-MOST_BREAKS:]
    ]
    return Section(f"Limits: {counted}", (table, *log), half=True)


def _row(state: LimitState, subject: Subject) -> Row:
    limit, labels = state.limit, subject.labels
    broken = state.broken
    now = figure_words(limit.kind, state.figure, labels)
    said = f"▲ {state_word(state)}" if broken else state_word(state)
    return (
        Run(subject_words(limit, subject.overview.names)),
        Run(figure_words(limit.kind, limit.bound, labels)),
        Run(now, bold=broken is True, warn=broken is None),
        Run(said, bold=broken is True, warn=broken is None),
    )
