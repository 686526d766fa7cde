"""Getting out on paper: the timeline of every position or part, and the ladder under it on the same axis."""

from dataclasses import replace

from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.figures.curves import ladder
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Line, Shape, Text
from desktop_app.figures.sizes import PAPER
from desktop_app.figures.texts import estimate
from desktop_app.figures.time_axis import TimeAxis
from desktop_app.figures.timeline import TimelineColumns, timeline, timeline_columns, timeline_head
from desktop_app.figures.timeline_key import timeline_key
from desktop_app.figures.timeline_rows import TimelineRow, signs_of, timeline_rows
from desktop_app.report import words
from desktop_app.report.blocks import Block, FigureBlock, Paragraph, Section, Strip
from desktop_app.report.exit_queue import queue_note
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import plain, sentence, way_out_sentence

LADDER_HEIGHT = 150.0
WORD_GAP = 10.0


def way_out_section(subject: Subject) -> Section:
    """Return the timeline, a slice for each row, its key, and the ladder on the same axis."""
    out, labels, as_of, width = subject.overview.out, subject.labels, subject.asked.as_of, subject.width
    rows = timeline_rows(out, subject.portfolio)
    shown = rows[: subject.most_rows]
    columns = timeline_columns(shown, as_of, labels, width, PAPER)
    headline = plain(way_out_sentence(out, labels, as_of))
    head = replace(timeline_head(columns, labels, PAPER), headline="Time axis, a line a week")
    slices = tuple(_row(row, columns, labels, headline, last=row is shown[-1]) for row in shown)
    blocks: list[Block] = [Strip(head, slices, timeline_key(width, PAPER, signs=signs_of(shown, as_of)))]
    if folded := subject.more(len(rows)):
        blocks.append(Paragraph(sentence(folded), note=True))
    if out.value > 0:
        blocks.append(FigureBlock(_ladder(out, columns.axis, labels, width)))
    if said := queue_note(subject.asked.queue, subject.asked.names, labels, as_of):
        blocks.append(Paragraph(said, note=True))
    note = f"if everything were asked for on {labels.day(as_of, long=True)}"
    return Section("Getting out", tuple(blocks), note, whole=True)


def ladder_figures(subject: Subject) -> tuple[Figure, ...]:
    """Return the ladder under the dates of its axis, without the timeline; none where nothing has a value."""
    out, labels, as_of, width = subject.overview.out, subject.labels, subject.asked.as_of, subject.width
    if out.value <= 0:
        return ()
    shown = timeline_rows(out, subject.portfolio)[: subject.most_rows]
    axis = timeline_columns(shown, as_of, labels, width, PAPER).axis
    dates = tuple(axis.words(PAPER.note, labels, PAPER, estimate))
    head = Figure(width, PAPER.note + WORD_GAP, dates, headline="Time axis, a line a week")
    return head, _ladder(out, axis, labels, width)


def _row(row: TimelineRow, columns: TimelineColumns, labels: Labels, headline: str, *, last: bool) -> Figure:
    """Return one row of the timeline with the line under it."""
    figure = timeline([row], columns, labels, PAPER, headline=headline)
    edge = figure.height - 0.5
    rule = Line(((0, edge), (figure.width, edge)), "ink" if last else "rule")
    return replace(figure, shapes=(rule, *figure.shapes))


def ladder_remarks(out: Withdrawals, labels: Labels) -> list[tuple[str, str]]:
    """Return what stands beside the ladder, each with its colour: what is sold, which value has no date."""
    remarks = []
    if out.ladder.market_curve["typical"] != out.ladder.curve["typical"]:
        said = "Market first: sell what has a market, and send the rest through its protocol."
        remarks.append((said, "text2"))
    for amount, curves in _undated(out, labels).items():
        said = f"{words.capital(words.listed(curves))}: no time is known for {amount}."
        remarks.append((said, "warn"))
    return remarks


def _undated(out: Withdrawals, labels: Labels) -> dict[str, list[str]]:
    """Return the amounts without a known day, each with the names of the curves that miss it."""
    found: dict[str, list[str]] = {}
    for which, curve in _CURVES.items():
        unknown = out.ladder.unknown_value.get(which, 0.0)
        if unknown > 0:
            hidden = labels.hide_amounts and out.value > 0
            amount = labels.money(unknown, with_currency=True)
            found.setdefault(labels.share(unknown / out.value) if hidden else amount, []).append(curve)
    return found


_CURVES = {"min": "fastest", "typical": "typical", "max": "slowest"}


def _ladder(out: Withdrawals, axis: TimeAxis, labels: Labels, width: float) -> Figure:
    headline = "Ladder: the share of the portfolio that is back by each day"
    figure = ladder(out, axis, labels, LADDER_HEIGHT, PAPER, width=width, headline=headline)
    room = axis.left - 2 * WORD_GAP - estimate(labels.share(1.0), PAPER.axis, False)
    return replace(figure, shapes=(*figure.shapes, *_beside(out, labels, room)))


def _beside(out: Withdrawals, labels: Labels, width: float) -> list[Shape]:
    """Return the words at the left of the ladder, line under line."""
    size, step = PAPER.note, PAPER.note + 4
    title = ("Back in the wallet, share of the portfolio", "ink")
    shapes: list[Shape] = []
    y = 14.0
    for number, (said, colour) in enumerate([title, *ladder_remarks(out, labels)]):
        for line in _wrapped(said, width, size):
            shapes.append(Text(0, y, line, colour, size, bold=number == 0))
            y += step
        y += step / 2
    return shapes


def _wrapped(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and estimate(longer, size, True) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
