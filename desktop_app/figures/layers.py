"""The layered graph: what the positions stand on, in columns, lines as wide as the value on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.dependencies import Dependencies
from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.graph_columns import default_hidden, sections
from desktop_app.figures.graph_drawing import Canvas, draw_graph, graph_key
from desktop_app.figures.graph_layout import layout
from desktop_app.figures.graph_links import Link, Links, drawn_links, merged
from desktop_app.figures.graph_lit import Lit, light
from desktop_app.figures.graph_nodes import GraphNode, GroupValues, fold, graph_nodes, placing, position_nodes
from desktop_app.figures.shapes import Figure

THICK, THICK_WIDE, WIDE = 26.0, 32.0, 1600.0
THINNEST = 1.2
FOOT = 30.0


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """What is hidden (None: what is off at first at this width), which folds are open, which node is lit.

    ``passing``: flow id -> the value that passes both the flow and the lit node; None draws lit lines whole.
    """

    hidden: frozenset[Dimension] | None = None
    opened: frozenset[str] = frozenset()
    lit: str = ""
    passing: Mapping[str, float] | None = None


AT_REST = GraphOptions()


@dataclass(frozen=True, slots=True)
class LayeredGraph:
    """The picture; ``links``: node -> the nodes at the other ends of its lines, widest first."""

    figure: Figure
    links: Mapping[str, tuple[str, ...]]
    hidden: frozenset[Dimension]


def layered_graph(
    portfolio: Portfolio,
    exposed: Exposure,
    graph: Dependencies,
    group_values: GroupValues,
    canvas: Canvas,
    options: GraphOptions = AT_REST,
    headline: str = "",
) -> LayeredGraph:
    """Return the graph of the whole portfolio; higher than the canvas where open folds need it."""
    hidden = default_hidden(canvas.width) if options.hidden is None else options.hidden
    nodes, links = _model(portfolio, exposed, graph, hidden)
    room = canvas.height - canvas.top - FOOT
    shown = fold(nodes, room, options.opened, canvas.labels, exposed.portfolio_value, group_values)
    links = merged(links, placing(shown))
    total = float(exposed.portfolio_value or 0) or 1.0
    scale = (THICK_WIDE if canvas.width >= WIDE else THICK) / total

    def thickness(link: Link) -> float:
        return max(THINNEST, scale * (link.value or 0.0))

    laid = layout(shown, links, thickness, canvas.top, canvas.height - FOOT)
    chosen = placing(shown).get(options.lit, options.lit)
    lit = _lit(chosen, shown, links, options.passing, scale)
    picture = draw_graph(laid, canvas, lit)
    key = graph_key(canvas, scale, total, max(laid.bottom + 8, canvas.height - FOOT + 6))
    shapes = (*picture.shapes, *key.shapes)
    figure = Figure(picture.width, max(key.height, canvas.height), shapes, picture.targets, headline)
    return LayeredGraph(figure, _neighbours(links), hidden)


def _lit(
    node: str,
    nodes: Sequence[GraphNode],
    links: Sequence[Link],
    passing: Mapping[str, float] | None,
    scale: float,
) -> Lit:
    found = next((shown for shown in nodes if shown.id == node), None)
    if found is None:
        return Lit()
    role = "dimension:asset" if found.dimension is None else dimension_role(found.dimension)
    return light(node, links, passing, scale, THINNEST, role)


def _neighbours(links: Sequence[Link]) -> dict[str, tuple[str, ...]]:
    """Return node -> the nodes at the other ends of its lines, the widest line first."""
    found: dict[str, list[str]] = {}
    for link in sorted(links, key=lambda link: -(link.value or 0.0)):
        found.setdefault(link.source, []).append(link.target)
        found.setdefault(link.target, []).append(link.source)
    return {node: tuple(others) for node, others in found.items()}


def _model(
    portfolio: Portfolio, exposed: Exposure, graph: Dependencies, hidden: frozenset[Dimension]
) -> tuple[list[GraphNode], tuple[Link, ...]]:
    """Return every node that is not hidden, unfolded, and the lines between them."""
    flows = [flow for flow in graph.flows if flow.value is None or flow.value > 0]
    targets: dict[str, list[str]] = {}
    for flow in flows:
        targets.setdefault(flow.source, []).append(flow.target)
    below = [node for node in Links(flows).sources_first() if node not in portfolio.positions]
    placed = sections(below, targets, hidden, portfolio, exposed)

    def column(node: str) -> int:
        return placed[node].column if node in placed else 0

    def is_hidden(node: str) -> bool:
        return node not in placed and node not in portfolio.positions

    links = drawn_links(flows, is_hidden, column)
    nodes = [*position_nodes(portfolio, exposed), *graph_nodes(placed, portfolio, exposed)]
    return nodes, links
