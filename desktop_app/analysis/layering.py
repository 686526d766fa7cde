"""One position with only its lower layers: what it then stands on and loses (definitions.md 7)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

import numpy as np

from desktop_app.analysis.equity import EquityLoss, Hazards
from desktop_app.analysis.graph import Graph
from desktop_app.analysis.losses import Floats, Losses, compiled_anew
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Layer, Position


class Stage:
    """A position that has some of its layers. All figures are fractions of its V; the debt stays (5.1).

    ``worth`` matters only where there is a debt; ``freed``: see ``losses.Compiled``.
    """

    def __init__(self, alone: Portfolio, position: str, worth: Decimal, freed: Mapping[str, float]) -> None:
        self.losses = Losses(alone, {position: worth}, compiled_anew(alone, freed))

    @cached_property
    def reach(self) -> Mapping[str, float]:
        """Return ρ of every node and bucket that the position reaches."""
        return {node: float(taken[0]) for node, taken in self.losses.by_node() if taken[0] > 0}

    def loss(self, node: str, severity: float) -> float:
        """Return what the failure of one node takes."""
        return float(self.losses.of(self.losses.shocks([{node: severity}]))[0, 0])

    def year(self, hazards: Hazards) -> "StageYear":
        """Return what a year is expected to cost if these nodes can fail."""
        return StageYear(self.losses, {n: risk for n, risk in hazards.items() if self.reach.get(n)})


class StageYear:
    """The expected annual loss of one stage, as a fraction of V, for any chances of its nodes to fail."""

    def __init__(self, losses: Losses, hazards: Hazards) -> None:
        self._losses = losses
        self._hazards = hazards
        self._equity = EquityLoss(losses, 0, hazards) if losses.levered.size else None

    @property
    def exact(self) -> bool:
        """Tell whether nothing is missing or drawn for want of time: a debt over more than 20 nodes."""
        return self._equity is None or self._equity.listed

    @property
    def mean(self) -> float:
        """Return the loss under the chances as they are assumed."""
        return self._equity.mean if self._equity else float(self.means({}, 1)[0])

    def means(self, changed: Mapping[str, Floats], columns: int, scrambling: int | None = None) -> Floats:
        """Return the loss for each column of ``changed`` chances; the others stay as they are assumed."""
        chances = {n: changed.get(n, np.full(columns, q)) for n, (q, _) in self._hazards.items()}
        if self._equity is not None:
            return self._equity.means(chances, columns)
        shocks = np.zeros((self._losses.graph.size, columns))
        for node, (_, severity) in self._hazards.items():
            shocks[self._losses.nodes[node]] = chances[node] * severity
        taken: Floats = self._losses.of(shocks, scrambling)[0]
        return taken


def stages(
    portfolio: Portfolio, graph: Graph, position: Position, worth: Decimal, freed: Mapping[str, float]
) -> tuple[Stage, ...]:
    """Return the position without any layer, then with the lowest, with the two lowest … with all of them.

    ``graph`` is that of the portfolio, ``freed`` as in ``losses.Compiled``. Layers that add nothing share a
    stage.
    """
    alone = _alone(portfolio, graph, position)
    known: dict[frozenset[str], Stage] = {}
    found = []
    for count in range(len(position.layers) + 1):
        gone = absent(position.layers, count)
        if gone not in known:
            edges = {i: e for i, e in alone.edges.items() if i not in gone}
            known[gone] = Stage(replace(alone, edges=edges), position.id, worth, freed)
        found.append(known[gone])
    return tuple(found)


def absent(layers: tuple[Layer, ...], count: int) -> frozenset[str]:
    """Return the edges that are left out with all layers but the lowest ``count``."""
    return frozenset(_edges(layers[count:]) - _edges(layers[:count]))


def _edges(layers: tuple[Layer, ...]) -> set[str]:
    return {edge for layer in layers for edge in layer.edges}


def _alone(portfolio: Portfolio, graph: Graph, position: Position) -> Portfolio:
    """Return the position with what it reaches, its layers forgotten."""
    met = dict.fromkeys(_reached(graph, position.id))
    edges = [edge for source in met for edge in graph.edges_of(source)]
    groups = {e.group for e in edges}
    return Portfolio(
        nodes={n: portfolio.nodes[n] for n in met if n in portfolio.nodes},
        edges={edge.id: edge for edge in edges},
        groups={g: portfolio.groups[g] for g in groups if g is not None and g in portfolio.groups},
        positions={position.id: replace(position, layers=())},
    )


def _reached(graph: Graph, start: str) -> Iterator[str]:
    """Yield ``start`` and the sources and targets of all edges below it."""
    seen, todo = {start}, [start]
    while todo:
        node = todo.pop()
        yield node
        for edge in graph.edges_of(node):
            if edge.target not in seen:
                seen.add(edge.target)
                todo.append(edge.target)
