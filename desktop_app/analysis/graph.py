"""The portfolio's graph as numbers: what each node drags along, and the choices that a unit has to make."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop_app.domain.checks import graph_issues
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import SLASHERS, Edge, Mode, Side, counted_dimension, is_unknown

REST_TOLERANCE = 1e-12
"""A split whose weights leave less than this leaves nothing: rounding must not invent an unknown rest."""

Mask = int
"""A set of node (or choice) indices as the bits of a whole number: unions and overlaps are cheap."""


def bits(mask: Mask) -> Iterator[int]:
    """Yield the members of a set of bits, in rising order."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True, slots=True)
class Choice:
    """One independent draw of a unit: at most one of ``targets`` (node indices), each with its weight."""

    weights: tuple[float, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Footing:
    """What a position (or side of it) stands on: nodes that every unit reaches, and choices that are left."""

    sure: Mask
    choices: Mask


class Graph:
    """Nodes and choices by index, with their closures. Built for a portfolio, extended by ``footing`` alone.

    ``ids``: index -> node id, unknown buckets last. ``closure``: the node and all it reaches by edges of mode
    ``all``; ``reach``: by edges of any mode; ``owned``: the choices that a unit makes at the node;
    ``own_choices``: those that positions make; ``rank``: lower for what lies further down. With ``passages``,
    each way that a choice at a node can go is one more node, which those units meet: ``passage`` finds it.
    Nodes that rest on something rejected (definitions.md 1) have none of these; ``fault`` names the reason.
    """

    def __init__(self, portfolio: Portfolio, *, passages: bool = False) -> None:
        issues = graph_issues(portfolio)
        buckets = {e.target for e in portfolio.edges.values() if is_unknown(e.target)}
        buckets |= {g.residual_node for g in portfolio.groups.values() if g.residual_node is not None}
        self.ids = (*portfolio.nodes, *sorted(buckets - portfolio.nodes.keys()))
        self.index: Mapping[str, int] = {node: i for i, node in enumerate(self.ids)}
        self.choices: list[Choice] = []
        self.choice_reach: list[Mask] = []
        self.own_choices: Mask = 0
        self.closure, self.reach, self.owned = ([0] * len(self.ids) for _ in range(3))
        self.passage: dict[str, int] = {}
        self._passages = passages
        self._rests = {g.id: g.residual_node for g in portfolio.groups.values()}
        self._totals: dict[str, list[float]] = defaultdict(list)
        self._choice_ids: dict[tuple[object, ...], int] = {}
        self._footings: dict[tuple[str, ...], Footing] = {}
        self._nodes = portfolio.nodes
        self._edges: dict[str, list[Edge]] = defaultdict(list)
        for edge in portfolio.edges.values():
            self._edges[edge.source].append(edge)
            if edge.mode is Mode.SPLIT and edge.group is not None:
                self._totals[edge.group].append(edge.weight)
        self._faults = _faults(portfolio, {i.place: i.text for i in reversed(issues)})
        ordered = self._sinks_first()
        self.rank: Mapping[int, int] = {self.index[node]: place for place, node in enumerate(ordered)}
        for node in ordered:
            self._add(node)
        for node in self.index.keys() - set(ordered) - self._faults.keys():
            self._faults[node] = self._reached_fault(node) or issues[-1].text

    @property
    def size(self) -> int:
        """Return the number of nodes, passages included."""
        return len(self.closure)

    def fault(self, position: str) -> str:
        """Return why what stands on this position's edges cannot be computed; empty when it can."""
        if not self._faults:
            return ""
        own = self._faults.get(position, "")
        return own or next((f for e in self.edges_of(position) if (f := self._faults.get(e.target, ""))), "")

    def _reached_fault(self, node: str) -> str:
        seen, todo = {node}, [node]
        while todo:
            for edge in self.edges_of(todo.pop()):
                if edge.target in self._faults:
                    return self._faults[edge.target]
                if edge.target not in seen:
                    seen.add(edge.target)
                    todo.append(edge.target)
        return ""

    def edges_of(self, source: str) -> list[Edge]:
        """Return the edges that start at a node or position."""
        return self._edges.get(source, [])

    def rest_of(self, group: str) -> float:
        """Return what the slices of a split leave, 0 where that is only rounding."""
        return _rest(math.fsum(self._totals[group]))

    def footing(
        self,
        position: str,
        side: Side | None = None,
        way: str = "",
        without: Collection[str] = (),
    ) -> Footing:
        """Return the footing of a sound position, where ``side`` is given of that side only (5.1).

        With ``way`` (an own edge, or the group whose rest is meant) it is that of the units that go there;
        ``without`` names own edges to leave out.
        """
        edges = self.own_edges(position, side, without)
        if not way and all(e.mode is Mode.ALL for e in edges):
            return self._whole(tuple(e.target for e in edges))
        sure = choices = 0
        if way:
            edges, target = self._going(edges, way)
            sure = self.closure[target]
        for edge in edges:
            if edge.mode is Mode.ALL:
                sure |= self.closure[self.index[edge.target]]
        for choice in self._choices_at("", edges):
            choices |= 1 << choice
        self.own_choices |= choices
        return Footing(sure, choices | self._owned_by(sure))

    def own_edges(self, position: str, side: Side | None = None, without: Collection[str] = ()) -> list[Edge]:
        """Return the edges that start at a position, where ``side`` is given of that side, but some."""
        edges = self.edges_of(position)
        if without:
            edges = [e for e in edges if e.id not in without]
        if side is not None:
            edges = [e for e in edges if (e.side or Side.COLLATERAL) is side]
        return edges

    @cached_property
    def slashers(self) -> Mask:
        """Return the nodes that reach a stake only by getting it slashed, unknown buckets among them."""
        dimensions = (counted_dimension(node, self._nodes) for node in self.ids)
        return sum(1 << i for i, dimension in enumerate(dimensions) if dimension in SLASHERS)

    def met_otherwise(self, edges: Iterable[Edge]) -> Mask:
        """Return the nodes, and passages, that these edges lead to by way of no ``slashers``."""
        met, todo = 0, list(edges)
        while todo:
            for way, target in self._ways(todo.pop()):
                here = self.index[target]
                if self.slashers >> here & 1:
                    continue
                if not met >> here & 1:
                    todo += self.edges_of(target)
                met |= 1 << here | (1 << self.passage[way] if way in self.passage else 0)
        return met

    def _ways(self, edge: Edge) -> Iterator[tuple[str, str]]:
        """Yield where a unit can go along an edge: to its target, or to the rest of its split."""
        if edge.weight > 0:
            yield edge.id, edge.target
        rest = self._rests.get(edge.group or "")
        if edge.mode is Mode.SPLIT and edge.group is not None and rest is not None:
            yield edge.group, rest

    def _whole(self, targets: tuple[str, ...]) -> Footing:
        """Return the footing of what stands on some nodes with every unit; many positions do so alike."""
        if targets not in self._footings:
            sure = 0
            for target in targets:
                sure |= self.closure[self.index[target]]
            self._footings[targets] = Footing(sure, self._owned_by(sure))
        return self._footings[targets]

    def _owned_by(self, nodes: Mask) -> Mask:
        choices = 0
        for node in bits(nodes):
            choices |= self.owned[node]
        return choices

    def _going(self, edges: list[Edge], way: str) -> tuple[list[Edge], int]:
        """Return the edges without the choice that has been made, and the node where it leads."""
        taken = next((e for e in edges if e.id == way), None)
        target = self._rests.get(way) if taken is None else taken.target
        group = way if taken is None else taken.group
        left = [e for e in edges if e is not taken and (e.mode is not Mode.SPLIT or e.group != group)]
        return left, self.index[target or ""]

    def _sinks_first(self) -> list[str]:
        """Return the nodes, targets first; those that are faulty or lead into a circle are missing."""
        waiting = {node: len(self.edges_of(node)) for node in self.ids if node not in self._faults}
        sources: dict[str, list[str]] = defaultdict(list)
        for node in waiting:
            for edge in self.edges_of(node):
                sources[edge.target].append(node)
        ordered = [node for node, count in waiting.items() if count == 0]
        for node in ordered:
            for source in sources[node]:
                waiting[source] -= 1
                if waiting[source] == 0:
                    ordered.append(source)
        return ordered

    def _add(self, node: str) -> None:
        here, edges = self.index[node], self.edges_of(node)
        closure = reach = 1 << here
        owned = 0
        for edge in edges:
            target = self.index[edge.target]
            reach |= self.reach[target]
            if edge.mode is Mode.ALL:
                closure |= self.closure[target]
        for choice in self._choices_at(node, edges):
            owned |= 1 << choice
            reach |= self.choice_reach[choice]
        self.closure[here], self.reach[here], self.owned[here] = closure, reach, owned

    def _choices_at(self, owner: str, edges: Iterable[Edge]) -> Iterator[int]:
        """Yield the choices that these edges make at a node; those of positions (no owner) are shared."""
        slices: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges:
            if edge.mode is Mode.SPLIT and edge.group is not None:
                slices[edge.group].append(edge)
        overlapping = [e for e in edges if e.mode is Mode.SHARED and e.weight > 0]
        for number, edge in enumerate(overlapping):
            ways = [(edge.id, min(edge.weight, 1.0), edge.target)]
            yield self._choice(ways, (owner, "shared", number))
        for number, (group, members) in enumerate(slices.items()):
            yield self._choice(self._split(group, members), (owner, "split", number))

    def _split(self, group: str, members: list[Edge]) -> list[tuple[str, float, str]]:
        """Return the slices (id of edge or group, weight, target) of a split that leads somewhere."""
        total = math.fsum(e.weight for e in members)
        slices = [(e.id, e.weight / max(total, 1.0), e.target) for e in members if e.weight > 0]
        rest, residual = _rest(total), self._rests.get(group)
        if rest and residual is not None:
            slices.append((group, rest, residual))
        return slices

    def _choice(self, ways: list[tuple[str, float, str]], place: tuple[str, str, int]) -> int:
        """Return the index of a choice; ``place`` tells choices apart that are equal but independent."""
        weights, targets = tuple(w for _, w, _ in ways), tuple(self.index[t] for _, _, t in ways)
        key = (weights, targets, place)
        if key not in self._choice_ids:
            self._choice_ids[key] = len(self.choices)
            if self._passages and place[0]:
                targets = tuple(self._passage(way, self.index[target]) for way, _, target in ways)
            self.choices.append(Choice(weights, targets))
            reach = 0
            for target in targets:
                reach |= self.reach[target]
            self.choice_reach.append(reach)
        return self._choice_ids[key]

    def _passage(self, way: str, target: int) -> int:
        """Return a new node on the way (an edge, or a group's unknown rest) to a target."""
        here = len(self.closure)
        self.passage[way] = here
        self.closure.append(self.closure[target] | 1 << here)
        self.reach.append(self.reach[target] | 1 << here)
        self.owned.append(0)
        return here


def _rest(total: float) -> float:
    return 1 - total if 1 - total > REST_TOLERANCE else 0.0


def _faults(portfolio: Portfolio, texts: Mapping[str, str]) -> dict[str, str]:
    """Return node or position -> sentence, where an edge, a group or the id itself is rejected."""
    at = {e.id: e.source for e in portfolio.edges.values()} | {
        g.id: g.node for g in portfolio.groups.values()
    }
    known = portfolio.nodes.keys() | portfolio.positions.keys()
    return {source: text for place, text in texts.items() if (source := at.get(place, place)) in known}
