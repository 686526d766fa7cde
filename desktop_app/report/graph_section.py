"""The layered graph on paper, where the page has room left for it."""

from datetime import date
from functools import partial
from math import ceil

from desktop_app.analysis.dependencies import dependencies
from desktop_app.analysis.exposure import group_values
from desktop_app.analysis.overview import Overview
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.graph_drawing import Canvas
from desktop_app.figures.labels import Labels
from desktop_app.figures.layers import layered_graph
from desktop_app.figures.sizes import PAPER
from desktop_app.figures.texts import estimate
from desktop_app.report.blocks import Block, FigureBlock, Paragraph, Section, Table
from desktop_app.report.sentences import dependencies_sentence, plain

WIDTH = 680.0
"""Pixels between the margins of an A4 sheet, at 96 to the inch."""

SCALE = 0.77
"""A graph is drawn for the screen; so much smaller its words have the size of notes on paper."""

LEAST, MOST = 240.0, 420.0
"""The lowest and the highest graph, in its own pixels; between them it grows with the positions."""

FOOT_AND_HEAD, NODE = 60.0, 46.0

HEAD, LINE = 55.0, 14.0


def graph_section(
    portfolio: Portfolio, answer: Overview, labels: Labels, as_of: date, room: float
) -> Section | None:
    """Return the graph, or None where ``room`` (pixels, its heading included) is too low for it."""
    free = (room - HEAD) / SCALE
    if free < LEAST or not answer.exposed.nodes:
        return None
    wanted = max(LEAST, FOOT_AND_HEAD + NODE * max(answer.positions, 5))
    canvas = Canvas(WIDTH / SCALE, min(free, MOST, wanted), labels)
    values = partial(group_values, portfolio, as_of=as_of)
    graph = dependencies(portfolio, answer.exposed)
    laid = layered_graph(portfolio, answer.exposed, graph, values, canvas)
    figure = laid.figure(headline=plain(dependencies_sentence(answer)))
    if figure.height > free:
        return None
    note = "lines as wide as the value on them; assets, chains, tokens and wallets left out"
    return Section("Dependencies", (FigureBlock(figure),), note)


def height(section: Section) -> float:
    """Return about how high a section is on paper, rather too high than too low."""
    return HEAD + sum(_block_height(block) for block in section.blocks)


def _block_height(block: Block) -> float:
    if isinstance(block, FigureBlock):
        return block.figure.height * min(1.0, WIDTH / block.figure.width) + 2
    if isinstance(block, Paragraph):
        return 6 + LINE * ceil(estimate(plain(block.text), PAPER.text, False) / WIDTH)
    return sum(_row_height(block, number) for number in range(len(block.rows))) + 2 * LINE


def _row_height(table: Table, number: int) -> float:
    widths = [column.width or 100 - sum(c.width for c in table.columns) for column in table.columns]
    lines = [
        ceil(estimate(cell.text, PAPER.text, False) / (WIDTH * width / 100 - 8))
        for cell, width in zip(table.rows[number], widths, strict=True)
    ]
    return 7 + LINE * max([*lines, 1])
