"""The layered graph: what the positions stand on, in columns, lines as wide as the value on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.analysis.dependencies import Dependencies
from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.graph_columns import default_hidden, sections
from desktop_app.figures.graph_drawing import Canvas, draw_graph, graph_key
from desktop_app.figures.graph_layout import Layout, layout
from desktop_app.figures.graph_links import Link, Links, drawn_links, merged
from desktop_app.figures.graph_lit import Lit, light
from desktop_app.figures.graph_nodes import GraphNode, GroupValues, fold, graph_nodes, placing, position_nodes
from desktop_app.figures.shapes import Figure

THICK, THICK_WIDE, WIDE = 26.0, 32.0, 1600.0
THINNEST = 1.2
FOOT = 30.0


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """What is hidden (None: what is off at first at this width) and which folds are open."""

    hidden: frozenset[Dimension] | None = None
    opened: frozenset[str] = frozenset()


AS_AT_FIRST = GraphOptions()


@dataclass(frozen=True, slots=True)
class LayeredGraph:
    """A graph that is laid out, to be drawn at rest or with a node lit. ``scale``: pixels per value."""

    canvas: Canvas
    laid: Layout
    nodes: Mapping[str, GraphNode]
    links: tuple[Link, ...]
    hidden: frozenset[Dimension]
    total: float
    scale: float

    def figure(self, lit: str = "", passing: Mapping[str, float] | None = None, headline: str = "") -> Figure:
        """Return the picture; a folded node is lit in its fold, a hidden one not at all.

        ``passing``: flow id -> the value that passes both the flow and the lit node; None draws lines whole.
        """
        picture = draw_graph(self.laid, self.canvas, self._light(self.shown(lit), passing))
        top = max(self.laid.bottom + 8, self.canvas.height - FOOT + 6)
        key = graph_key(self.canvas, self.scale, self.total, top)
        height = max(key.height, self.canvas.height)
        return Figure(picture.width, height, (*picture.shapes, *key.shapes), picture.targets, headline)

    def shown(self, node: str) -> str:
        """Return the node, the fold that it is in, or "" where it is hidden."""
        if node in self.nodes:
            return node
        return next((fold.id for fold in self.nodes.values() if node in fold.members), "")

    def neighbours(self) -> dict[str, tuple[str, ...]]:
        """Return node -> the nodes at the other ends of its lines, the widest line first."""
        found: dict[str, list[str]] = {}
        for link in sorted(self.links, key=lambda link: -(link.value or 0.0)):
            found.setdefault(link.source, []).append(link.target)
            found.setdefault(link.target, []).append(link.source)
        return {node: tuple(others) for node, others in found.items()}

    def _light(self, node: str, passing: Mapping[str, float] | None) -> Lit:
        if not node:
            return Lit()
        chosen = self.nodes[node]
        role = "dimension:asset" if chosen.dimension is None else dimension_role(chosen.dimension)
        if chosen.value is None:  # no value passes that could be drawn, but the ways are known
            return light(node, self.links, None, 0.0, THINNEST, role)
        return light(node, self.links, passing, self.scale, THINNEST, role)


def layered_graph(
    portfolio: Portfolio,
    exposed: Exposure,
    graph: Dependencies,
    group_values: GroupValues,
    canvas: Canvas,
    options: GraphOptions = AS_AT_FIRST,
) -> LayeredGraph:
    """Return the graph of the whole portfolio; higher than the canvas where the columns need it."""
    hidden = default_hidden(canvas.width) if options.hidden is None else options.hidden
    nodes, links = _model(portfolio, exposed, graph, hidden)
    room = canvas.height - canvas.top - FOOT
    shown = fold(nodes, room, options.opened, canvas.labels, exposed.portfolio_value, group_values)
    links = merged(links, placing(shown))
    total = float(exposed.portfolio_value or 0)
    scale = (THICK_WIDE if canvas.width >= WIDE else THICK) / (total or 1.0)

    def thickness(link: Link) -> float:
        return max(THINNEST, scale * (link.value or 0.0))

    laid = layout(shown, links, thickness, canvas.top, canvas.height - FOOT)
    return LayeredGraph(canvas, laid, {node.id: node for node in shown}, links, hidden, total, scale)


def _model(
    portfolio: Portfolio, exposed: Exposure, graph: Dependencies, hidden: frozenset[Dimension]
) -> tuple[list[GraphNode], tuple[Link, ...]]:
    """Return every node that is not hidden, unfolded, and the lines between them."""
    targets: dict[str, list[str]] = {}
    for flow in graph.flows:
        targets.setdefault(flow.source, []).append(flow.target)
    below = [node for node in Links(graph.flows).sources_first() if node not in portfolio.positions]
    placed = sections(below, targets, hidden, portfolio, exposed)

    def column(node: str) -> int:
        return placed[node].column if node in placed else 0

    def is_hidden(node: str) -> bool:
        return node not in placed and node not in portfolio.positions

    links = drawn_links(graph.flows, is_hidden, column)
    nodes = [*position_nodes(portfolio, exposed), *graph_nodes(placed, portfolio, exposed)]
    return nodes, links
