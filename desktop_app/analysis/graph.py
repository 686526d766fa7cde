"""The portfolio's graph as numbers: what each node drags along, and the choices a unit of value still has to make."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.checks import graph_issues
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Mode, Side, is_unknown

REST_TOLERANCE = 1e-12
"""A split whose weights leave less than this leaves nothing: rounding must not invent an unknown rest."""

Mask = int
"""A set of node (or choice) indices as the bits of a whole number: unions and overlaps cost next to nothing."""


def bits(mask: Mask) -> Iterator[int]:
    """Yield the members of a set of bits, in rising order."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True, slots=True)
class Choice:
    """One independent draw of a unit: it goes to at most one of ``targets`` (node indices), each with its weight."""

    weights: tuple[float, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Footing:
    """What one side of a position stands on: the nodes that every unit reaches, and the choices that are left."""

    sure: Mask
    choices: Mask


class Graph:
    """Nodes and choices by index, in their closures. Built once for a portfolio, then only asked.

    ``ids``: index -> node id, unknown buckets last. ``closure``: the node and all it reaches by edges of mode
    ``all``; ``reach``: by edges of any mode; ``owned``: the choices that a unit makes at the node; ``rank``:
    lower for what lies further down.
    Nodes that rest on something rejected (definitions.md 1) have none of these; ``fault`` names the reason.
    """

    def __init__(self, portfolio: Portfolio) -> None:
        issues = graph_issues(portfolio)
        buckets = {e.target for e in portfolio.edges.values() if is_unknown(e.target)}
        buckets |= {g.residual_node for g in portfolio.groups.values() if g.residual_node is not None}
        self.ids = (*portfolio.nodes, *sorted(buckets - portfolio.nodes.keys()))
        self.index: Mapping[str, int] = {node: i for i, node in enumerate(self.ids)}
        self.choices: list[Choice] = []
        self.choice_reach: list[Mask] = []
        self.closure, self.reach, self.owned = ([0] * len(self.ids) for _ in range(3))
        self._rests = {g.id: g.residual_node for g in portfolio.groups.values()}
        self._choice_ids: dict[tuple[Choice, str, int], int] = {}
        self._edges: dict[str, list[Edge]] = defaultdict(list)
        for edge in portfolio.edges.values():
            if edge.weight != 0:
                self._edges[edge.source].append(edge)
        self._faults = _faults(portfolio, {i.place: i.text for i in reversed(issues)})
        ordered = self._sinks_first()
        self.rank: Mapping[int, int] = {self.index[node]: place for place, node in enumerate(ordered)}
        for node in ordered:
            self._add(node)
        for node in self.index.keys() - set(ordered) - self._faults.keys():
            self._faults[node] = self._reached_fault(node) or issues[-1].text

    def fault(self, position: str) -> str:
        """Return why what stands on this position's edges cannot be computed; empty when it can."""
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
        """Return the edges that start at a node or position, without those of weight 0."""
        return self._edges.get(source, [])

    def footing(self, position: str, side: Side | None = None) -> Footing:
        """Return the footing of a sound position, of one side only where ``side`` is given (definitions.md 5.1)."""
        edges = self.edges_of(position)
        if side is not None:
            edges = [e for e in edges if (e.side or Side.COLLATERAL) is side]
        sure = choices = 0
        for edge in edges:
            if edge.mode is Mode.ALL:
                sure |= self.closure[self.index[edge.target]]
        for choice in self._choices_at("", edges):
            choices |= 1 << choice
        for node in bits(sure):
            choices |= self.owned[node]
        return Footing(sure, choices)

    def _sinks_first(self) -> list[str]:
        """Return the nodes so that targets come first; what runs in or into a circle, or is faulty, is missing."""
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
        """Yield the choices that these edges make. Positions (no owner) share choices that look alike."""
        slices: dict[str, list[Edge]] = defaultdict(list)
        for number, edge in enumerate(e for e in edges if e.mode is Mode.SHARED):
            yield self._choice(Choice((min(edge.weight, 1.0),), (self.index[edge.target],)), owner, number)
        for edge in edges:
            if edge.mode is Mode.SPLIT and edge.group is not None:
                slices[edge.group].append(edge)
        for number, (group, members) in enumerate(slices.items()):
            yield self._choice(self._split(group, members), owner, -1 - number)

    def _split(self, group: str, members: list[Edge]) -> Choice:
        weights = [e.weight for e in members]
        targets = [self.index[e.target] for e in members]
        total = math.fsum(weights)
        rest, residual = 1 - total, self._rests.get(group)
        if rest > REST_TOLERANCE and residual is not None:
            weights.append(rest)
            targets.append(self.index[residual])
        scale = max(total, 1.0)
        return Choice(tuple(w / scale for w in weights), tuple(targets))

    def _choice(self, choice: Choice, owner: str, number: int) -> int:
        """Return the index of a choice; ``number`` tells equal, but independent, choices of one owner apart."""
        key = (choice, owner, number)
        if key not in self._choice_ids:
            self._choice_ids[key] = len(self.choices)
            self.choices.append(choice)
            reach = 0
            for target in choice.targets:
                reach |= self.reach[target]
            self.choice_reach.append(reach)
        return self._choice_ids[key]


def _faults(portfolio: Portfolio, texts: Mapping[str, str]) -> dict[str, str]:
    """Return node or position -> sentence, for each at which an edge, a group or the id itself is rejected."""
    at = {e.id: e.source for e in portfolio.edges.values()} | {g.id: g.node for g in portfolio.groups.values()}
    known = portfolio.nodes.keys() | portfolio.positions.keys()
    return {source: text for place, text in texts.items() if (source := at.get(place, place)) in known}
