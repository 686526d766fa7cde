"""The lines of the layered graph: hidden nodes bridged, every line to the right, nothing said twice."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from desktop_app.analysis.dependencies import Flow
from desktop_app.domain.positions import Mode

Chain = tuple[str, ...]

WHOLE = 1 - 1e-9
"""From this weight on a slice carries every unit, and is drawn so (definitions.md 9, law 4)."""

_MOST_CHAINS = 64
"""A line drawn for more ways than these is lit as a whole."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line from ``source`` to ``target``: the value on it (None unknown) and the flows it stands for.

    ``chains``: each way from source to target as the ids of its flows; several over hidden nodes.
    """

    source: str
    target: str
    mode: Mode
    weight: float
    value: float | None
    chains: tuple[Chain, ...]

    def then(self, other: "Link") -> "Link":
        """Return the line that runs through the target of this one to the target of the other.

        A unit chooses at a node regardless of where it came from, so the weights multiply.
        """
        value = None if self.value is None else self.value * other.weight
        chains = tuple(a + b for a in self.chains for b in other.chains)[:_MOST_CHAINS]
        weight = self.weight * other.weight
        return Link(self.source, other.target, _looser(self.mode, other.mode), weight, value, chains)

    def beside(self, other: "Link") -> "Link":
        """Return the one line for two ways between the same ends; one that carries every unit says it all."""
        chains = (*self.chains, *other.chains)[:_MOST_CHAINS]
        for link in (self, other):
            if link.mode is Mode.ALL:
                return replace(link, chains=chains)
        value = None if self.value is None or other.value is None else self.value + other.value
        weight = min(1.0, self.weight + other.weight)
        return replace(self, mode=_looser(self.mode, other.mode), weight=weight, value=value, chains=chains)


def _looser(one: Mode, other: Mode) -> Mode:
    order = (Mode.ALL, Mode.SPLIT, Mode.SHARED)
    return max(one, other, key=order.index)


class Links:
    """All lines by their two ends."""

    def __init__(self, flows: Iterable[Flow]) -> None:
        self.out: dict[str, dict[str, Link]] = {}
        self.into: dict[str, set[str]] = {}
        for flow in flows:
            mode = Mode.ALL if flow.weight >= WHOLE else flow.mode
            self.add(Link(flow.source, flow.target, mode, flow.weight, flow.value, ((flow.id,),)))

    def add(self, link: Link) -> None:
        """Add a line, joined with the one that has the same ends."""
        known = self.out.setdefault(link.source, {})
        known[link.target] = known[link.target].beside(link) if link.target in known else link
        self.into.setdefault(link.target, set()).add(link.source)

    def remove(self, source: str, target: str) -> Link:
        """Remove and return a line."""
        self.into[target].discard(source)
        return self.out[source].pop(target)

    def all(self) -> list[Link]:
        """Return every line."""
        return [link for targets in self.out.values() for link in targets.values()]

    def sources(self, node: str) -> list[str]:
        """Return the nodes that lines come from, in a fixed order."""
        return sorted(self.into.get(node, ()))

    def sources_first(self) -> list[str]:
        """Return all nodes so that each stands before those it depends on; always the same way."""
        nodes = sorted(self.out.keys() | self.into.keys())
        order = TopologicalSorter({node: self.sources(node) for node in nodes})
        return list(order.static_order())


def drawn_links(
    flows: Sequence[Flow], hidden: Callable[[str], bool], column: Callable[[str], int]
) -> tuple[Link, ...]:
    """Return the lines to draw between nodes that are not hidden, each from a lower to a higher column.

    A flow through a hidden node is joined, and so is one that would not run to the right: it is drawn from
    where its source's own lines come from. What a longer path of whole lines implies is left out.
    """
    links = Links(flows)
    for node in links.sources_first():
        if hidden(node):
            _bridge(links, node, list(links.out.get(node, ())), drop=True)
    for node in reversed(links.sources_first()):
        backwards = [target for target in links.out.get(node, ()) if column(target) <= column(node)]
        _bridge(links, node, backwards, drop=False)
    return _without_implied(links)


def _bridge(links: Links, node: str, targets: Sequence[str], *, drop: bool) -> None:
    """Join every line into a node with its lines to ``targets``; ``drop`` the node itself as well."""
    onward = [links.remove(node, target) for target in targets]
    for source in links.sources(node):
        link = links.out[source][node]
        for further in onward:
            links.add(link.then(further))
        if drop:
            links.remove(source, node)


def _without_implied(links: Links) -> tuple[Link, ...]:
    """Return the lines that no longer path of lines with every unit implies."""
    nodes = links.sources_first()
    bit = {node: 1 << number for number, node in enumerate(nodes)}
    below: dict[str, int] = {}
    kept = []
    for node in reversed(nodes):
        whole = [link.target for link in links.out.get(node, {}).values() if link.mode is Mode.ALL]
        further = 0
        for target in whole:
            further |= below[target]
        kept += [link for link in links.out.get(node, {}).values() if not further & bit[link.target]]
        below[node] = further
        for target in whole:
            below[node] |= bit[target]
    return tuple(sorted(kept, key=lambda link: (link.source, link.target)))


def merged(links: Iterable[Link], place: Mapping[str, str]) -> tuple[Link, ...]:
    """Return the lines between folded nodes: ends renamed by ``place``, lines with the same ends added up."""
    result: dict[tuple[str, str], Link] = {}
    for link in links:
        moved = replace(
            link, source=place.get(link.source, link.source), target=place.get(link.target, link.target)
        )
        ends = (moved.source, moved.target)
        result[ends] = _sum(result[ends], moved) if ends in result else moved
    return tuple(result.values())


def _sum(one: Link, other: Link) -> Link:
    """Return two lines of different nodes as one; an unknown value adds nothing to a known one."""
    known = [link.value for link in (one, other) if link.value is not None]
    return replace(
        one,
        mode=_looser(one.mode, other.mode),
        value=sum(known) if known else None,
        chains=(*one.chains, *other.chains),
    )
