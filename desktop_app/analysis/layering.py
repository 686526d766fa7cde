"""One position with only its lower layers: what it then stands on and loses (definitions.md 7)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

import numpy as np

from desktop_app.analysis.graph import Graph
from desktop_app.analysis.losses import Floats, Losses, compiled_anew
from desktop_app.analysis.states import MAX_NODES, expectation, lost_by_state
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Layer, Position


class Stage:
    """A position that has some of its layers. All figures are fractions of its V; the debt stays (5.1).

    ``worth`` matters only where there is a debt.
    """

    def __init__(self, alone: Portfolio, position: str, worth: Decimal) -> None:
        self.losses = Losses(alone, {position: worth}, compiled_anew(alone))

    @cached_property
    def reach(self) -> Mapping[str, float]:
        """Return ρ of every node and bucket that the position reaches."""
        return {node: float(taken[0]) for node, taken in self.losses.by_node() if taken[0] > 0}

    def loss(self, node: str, severity: float) -> float:
        """Return what the failure of one node takes."""
        return float(self.losses.of(self.losses.shocks([{node: severity}]))[0, 0])

    def failing(self, severities: Mapping[str, float]) -> list[str]:
        """Return those of the nodes that the position reaches."""
        return [node for node in severities if node in self.losses.nodes and self.losses.touches(0, node)]

    def too_many(self, severities: Mapping[str, float]) -> int:
        """Return how many of these nodes the position reaches, if it has a debt and cannot cope; else 0."""
        count = len(self.failing(severities)) if self.losses.levered.size else 0
        return count if count > MAX_NODES else 0

    def expected(
        self,
        severities: Mapping[str, float],
        chances: Mapping[str, Floats],
        columns: int,
        scrambling: int | None = None,
    ) -> Floats:
        """Return the expected loss of a year for each column of the nodes' chances to fail."""
        reached = self.failing(severities)
        if self.losses.levered.size:
            by_state = lost_by_state(self.losses, 0, {node: severities[node] for node in reached})
            return expectation(by_state, np.array([chances[n] for n in reached]).reshape(-1, columns))
        shocks = np.zeros((self.losses.graph.size, columns))
        for node in reached:
            shocks[self.losses.nodes[node]] = chances[node] * severities[node]
        taken: Floats = self.losses.of(shocks, scrambling)[0]
        return taken


def stages(portfolio: Portfolio, graph: Graph, position: Position, worth: Decimal) -> tuple[Stage, ...]:
    """Return the position without any layer, then with the lowest, with the two lowest … with all of them.

    ``graph`` is that of the portfolio. Layers that add nothing share a stage.
    """
    alone = _alone(portfolio, graph, position)
    known: dict[frozenset[str], Stage] = {}
    found = []
    for count in range(len(position.layers) + 1):
        present = _edges(position.layers[:count])
        absent = frozenset(_edges(position.layers[count:]) - present)
        if absent not in known:
            edges = {i: e for i, e in alone.edges.items() if i not in absent}
            known[absent] = Stage(replace(alone, edges=edges), position.id, worth)
        found.append(known[absent])
    return tuple(found)


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
