"""Getting out on paper: the timeline of every position or part, and the ladder under it on the same axis."""

from dataclasses import replace
from datetime import date

from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.curves import ladder
from desktop_app.figures.keys import timeline_key
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Line, Shape, Text
from desktop_app.figures.sizes import PAPER
from desktop_app.figures.texts import estimate
from desktop_app.figures.time_axis import TimeAxis
from desktop_app.figures.timeline import timeline, timeline_columns, timeline_head
from desktop_app.figures.timeline_rows import timeline_rows
from desktop_app.report import words
from desktop_app.report.blocks import Block, FigureBlock, Paragraph, Section
from desktop_app.report.sentences import plain, sentence, way_out_sentence

LADDER_HEIGHT = 150.0
WORD_GAP = 10.0
ROWS_OF_ONE_FIGURE = 10
"""A figure is never split over pages, so a long timeline becomes several."""


def way_out_section(
    portfolio: Portfolio, out: Withdrawals, labels: Labels, as_of: date, width: float, most_rows: int
) -> Section:
    """Return the section "Getting out"; ``width`` of the figures in pixels."""
    rows = timeline_rows(out, portfolio)
    shown = rows[:most_rows]
    columns = timeline_columns(shown, as_of, labels, width, PAPER)
    headline = plain(way_out_sentence(out, labels, as_of))
    figures = [replace(timeline_head(columns, labels, PAPER), headline="Time axis, a line a week")]
    for start in range(0, len(shown), ROWS_OF_ONE_FIGURE):
        part = shown[start : start + ROWS_OF_ONE_FIGURE]
        rows_figure = timeline(part, columns, labels, PAPER, headline=headline)
        last = start + ROWS_OF_ONE_FIGURE >= len(shown)
        figures.append(_ruled(rows_figure, "ink" if last else "rule"))
    figures.append(timeline_key(width, PAPER))
    blocks: list[Block] = [FigureBlock(figure) for figure in figures]
    if len(rows) > len(shown):
        more = f"{labels.number(len(rows) - len(shown))} more in the file."
        blocks.append(Paragraph(sentence(more), note=True))
    if out.value > 0:
        blocks.append(FigureBlock(_ladder(out, columns.axis, labels, width)))
    note = f"if everything were asked for on {labels.day(as_of, long=True)}"
    return Section("Getting out", tuple(blocks), note, new_page=True)


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


def _ruled(figure: Figure, colour: str) -> Figure:
    rule = Line(((0, figure.height - 0.5), (figure.width, figure.height - 0.5)), colour)
    return replace(figure, shapes=(*figure.shapes, rule))


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
