"""Positions without debt that have some of their layers: what each stands on and loses, all at once (7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desktop_app.analysis.atoms import Formula
from desktop_app.analysis.freed import standing_row
from desktop_app.analysis.graph import Graph
from desktop_app.analysis.layering import absent
from desktop_app.analysis.losses import Floats
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position


@dataclass(frozen=True, slots=True)
class Stage:
    """A position with its lowest ``count`` layers."""

    position: Position
    count: int


class PlainStages:
    """The losses of some stages, as fractions of V. ``graph`` is that of the portfolio; positions are sound.

    Leaving a layer out removes its edges for one position only, also those that start at shared nodes: stages
    that lack the same of those share a graph of their own. ``freed``: see ``losses.Compiled``.
    """

    def __init__(
        self, portfolio: Portfolio, graph: Graph, stages: Sequence[Stage], freed: Mapping[str, float]
    ) -> None:
        held = {stage.position.id: stage.position for stage in stages}
        own = {edge.id for position in held for edge in graph.edges_of(position)}
        gone = [absent(stage.position.layers, stage.count) for stage in stages]
        shared = [edges - own for edges in gone]
        standing: dict[frozenset[str], dict[str, Position]] = {}
        for stage, edges in zip(stages, shared, strict=True):
            standing.setdefault(edges, {})[stage.position.id] = stage.position
        self._variants = {
            edges: _Variant(portfolio, graph, edges, list(positions.values()), freed)
            for edges, positions in standing.items()
        }
        self._where = [
            (self._variants[edges], self._variants[edges].place(stage.position.id, missing - edges))
            for stage, edges, missing in zip(stages, shared, gone, strict=True)
        ]

    def losses(self, columns: Sequence[Mapping[str, float]], scrambling: int | None = None) -> Floats:
        """Return what each column of shocks (node -> fraction) takes from each stage (stages × columns)."""
        found = {edges: variant.losses(columns, scrambling) for edges, variant in self._variants.items()}
        by_variant = {variant: found[edges] for edges, variant in self._variants.items()}
        rows = [by_variant[variant][place] for variant, place in self._where]
        return np.array(rows).reshape(len(rows), len(columns))

    def row(self, stage: int) -> tuple[Formula, int]:
        """Return the formula of a stage and its row in there."""
        variant, place = self._where[stage]
        return variant.formula, variant.rows[place]

    @property
    def uncertain(self) -> bool:
        """Tell whether any stage rests on sampled units."""
        return any(not v.formula.uncertain.isdisjoint(v.rows) for v in self._variants.values())


class _Variant:
    """The graph without some edges that start at nodes, and the rows of the stacks that stand on it so."""

    def __init__(
        self,
        portfolio: Portfolio,
        graph: Graph,
        gone: Collection[str],
        held: Sequence[Position],
        freed: Mapping[str, float],
    ) -> None:
        sources = [*portfolio.nodes, *(position.id for position in held)]
        edges = {e.id: e for source in sources for e in graph.edges_of(source) if e.id not in gone}
        positions = {position.id: replace(position, layers=()) for position in held}
        self._graph = Graph(replace(portfolio, edges=edges, positions=positions))
        self.formula = Formula(self._graph)
        self.rows: list[int] = []
        self._freed = freed
        self._places: dict[tuple[str, frozenset[str]], int] = {}

    def place(self, position: str, without: frozenset[str]) -> int:
        """Return the place among ``rows`` of a position without some of its own edges."""
        key = (position, without)
        if key not in self._places:
            self._places[key] = len(self.rows)
            part = self._freed.get(position, 0.0)
            self.rows.append(standing_row(self.formula, position, part, without=without))
        return self._places[key]

    def losses(self, columns: Sequence[Mapping[str, float]], scrambling: int | None) -> Floats:
        """Return what each column of shocks takes from each of the rows."""
        matrix = np.zeros((self._graph.size, len(columns)))
        for column, shocks in enumerate(columns):
            for node, fraction in shocks.items():
                if node in self._graph.index:
                    matrix[self._graph.index[node], column] = fraction
        return self.formula.losses(np.array(self.rows, dtype=np.intp), matrix, scrambling)
