"""The layered graph on paper."""

from functools import partial

from desktop_app.analysis.dependencies import dependencies
from desktop_app.analysis.exposure import group_values
from desktop_app.figures.graph_drawing import Canvas
from desktop_app.figures.graph_nodes import MOST_POSITIONS
from desktop_app.figures.layers import layered_graph
from desktop_app.report.blocks import FigureBlock, Section
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import dependencies_sentence, plain

SCALE = 0.77
"""A graph is drawn for the screen; so much smaller its words have the size of notes on paper."""

LEAST, PART = 240.0, 0.8
"""The lowest graph, in its own pixels; the highest, as a part of the page; between them it grows."""

FOOT_AND_HEAD, NODE = 60.0, 46.0

WIDEST = 240.0
"""Of a node, in the graph's own pixels: where there is room names stand whole, for paper has no tooltips."""


def graph_section(subject: Subject) -> Section | None:
    """Return the graph of all positions; None where they stand on nothing."""
    answer, portfolio = subject.overview, subject.portfolio
    if not answer.exposed.nodes:
        return None
    most = PART * subject.sheet.body_height / SCALE
    wanted = max(LEAST, FOOT_AND_HEAD + NODE * min(max(answer.positions, 5), MOST_POSITIONS + 1))
    canvas = Canvas(subject.width / SCALE, min(most, wanted), subject.labels, widest=WIDEST)
    values = partial(group_values, portfolio, as_of=subject.asked.as_of)
    graph = dependencies(portfolio, answer.exposed)
    laid = layered_graph(portfolio, answer.exposed, graph, values, canvas)
    figure = laid.figure(headline=plain(dependencies_sentence(answer)))
    note = "lines as wide as the value on them; assets, chains, tokens, wallets and clients left out"
    return Section("Dependency graph", (FigureBlock(figure),), note)
