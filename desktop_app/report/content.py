"""The exposure summary: sentences, positions, layers, dependencies, the way out, what is not known."""

from collections.abc import Sequence
from datetime import date

from babel.core import UnknownLocaleError
from babel.numbers import get_currency_name

from desktop_app import __version__
from desktop_app.analysis.exposure import NodeExposure
from desktop_app.analysis.overview import Overview, overview
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import is_unknown
from desktop_app.figures.bars import share_rows
from desktop_app.figures.labels import Labels
from desktop_app.figures.layer_bars import layer_bars
from desktop_app.figures.layer_words import layer_word
from desktop_app.figures.sizes import PAPER
from desktop_app.report import words
from desktop_app.report.blocks import FigureBlock, Paragraph, Report, Section
from desktop_app.report.graph_section import WIDTH, graph_section, height
from desktop_app.report.missing_table import missing_blocks
from desktop_app.report.position_table import positions_blocks
from desktop_app.report.sentences import overview_sentences, sentence
from desktop_app.report.way_out import way_out_section

PAGE = 930.0
"""Pixels between head and foot that both an A4 and a Letter sheet have for sure."""

MOST_ROWS = 60
"""Long tables are folded after so many rows: laying out thousands takes Qt many seconds."""

LONGEST_NAME = 24
"""A file name that is longer is cut in the middle at the foot of the page."""

LARGEST = 8
"""So many dependencies are drawn."""

NOT_MODELLED = (
    "Not modelled: the price of the assets; when in the year a failure happens; more than one failure of a "
    "node; how sure a loss is; how failures depend on the market."
)


def summary(
    portfolio: Portfolio, as_of: date, file_name: str, labels: Labels, most_rows: int = MOST_ROWS
) -> Report:
    """Return the exposure summary of a portfolio; ``file_name`` without its folder says whose it is."""
    answer = overview(portfolio, as_of)
    owner = file_name.rpartition(".")[0] or file_name
    day = labels.day(as_of, long=True)
    return Report(
        title="Exposure summary",
        subtitle=f"{owner + ', as' if owner else 'As'} of {day}, in {currency_name(labels)}",
        lead=overview_sentences(answer, labels, as_of),
        sections=_sections(portfolio, answer, labels, as_of, most_rows),
        foot=_foot(file_name),
        language=labels.locale.partition("_")[0],
    )


def currency_name(labels: Labels) -> str:
    """Return "US dollars"; the code itself where nobody has a name for it."""
    try:
        return get_currency_name(labels.currency, count=2, locale=labels.locale)
    except (ValueError, UnknownLocaleError):
        return labels.currency


def _foot(file_name: str) -> str:
    shown = file_name if len(file_name) <= LONGEST_NAME else f"{file_name[:12]}…{file_name[-10:]}"
    source = f" from {shown}" if shown else ""
    return (
        f"Made with Stakeout {__version__}{source}. "
        "Rates, failure rates and losses are the owner’s assumptions. No advice."
    )


def _sections(
    portfolio: Portfolio, answer: Overview, labels: Labels, as_of: date, most_rows: int
) -> tuple[Section, ...]:
    if not answer.positions:
        return ()
    way_out = way_out_section(portfolio, answer.out, labels, as_of, WIDTH, most_rows)
    not_known = _not_known(answer, labels)
    graph = graph_section(portfolio, answer, labels, as_of, PAGE - height(way_out) - height(not_known))
    return (
        Section("Positions", positions_blocks(portfolio, answer, labels, as_of, most_rows)),
        _layers(answer, labels),
        _dependencies(answer, labels),
        way_out,
        *([graph] if graph else []),
        not_known,
    )


def _layers(answer: Overview, labels: Labels) -> Section:
    headline = "Value and reward by layer"
    figure = layer_bars(answer.layers, labels, WIDTH, layer_word, PAPER, headline=headline)
    note = f"{labels.currency}; a position counts in each of its layers, so the values do not add up"
    return Section(headline, (FigureBlock(figure),), note)


def _dependencies(answer: Overview, labels: Labels) -> Section:
    nodes = largest_dependencies(answer)[:LARGEST]
    if not nodes:
        return Section("Largest dependencies", (Paragraph(sentence("No position stands on anything yet.")),))
    headline = "Largest dependencies: " + ", ".join(words.node_name(n.node, answer.names) for n in nodes)
    figure = share_rows(
        nodes,
        labels,
        WIDTH,
        lambda n: words.node_name(n, answer.names),
        words.dimension_word,
        PAPER,
        headline=headline,
    )
    common = ", ".join(
        f"{words.node_name(n.node, answer.names)} {labels.share(n.share)}" for n in answer.common_ground
    )
    return Section(
        "Largest dependencies", (FigureBlock(figure),), f"common ground: {common}" if common else ""
    )


def largest_dependencies(answer: Overview) -> Sequence[NodeExposure]:
    """Return the nodes beside the common ground and what nobody has published, largest first."""
    unknown = [node for node in answer.exposed.nodes.values() if is_unknown(node.node)]
    both = [*answer.largest, *unknown]
    return sorted(both, key=lambda node: (-(node.value or 0.0), -node.positions))


def _not_known(answer: Overview, labels: Labels) -> Section:
    blocks = missing_blocks(answer, labels)
    not_modelled = Paragraph(sentence(NOT_MODELLED), note=True)
    return Section("Not known, old or unverified", (*blocks, not_modelled))
