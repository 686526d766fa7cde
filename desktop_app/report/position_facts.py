"""What is known of one position, ready for words: parts, layers, payers, and what the extra layers add."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.freed import freed_parts
from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.domain.catalogue import Catalogue, Entry
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    BASE_LAYERS,
    SLASHERS,
    Dimension,
    Layer,
    Node,
    Position,
    counted_dimension,
)
from desktop_app.figures.labels import Labels

ALL = 1 - 1e-9
"""From this part on a position depends on a node with all of it (definitions.md 4)."""

_PAYING = (Dimension.PLATFORM, Dimension.PROTOCOL, Dimension.LENDER, Dimension.SERVICE, Dimension.CHAIN)


@dataclass(frozen=True, slots=True)
class PositionFacts:
    """One position with the answers that its five questions need."""

    portfolio: Portfolio
    position: Position
    exposed: Exposure
    out: Withdrawals
    catalogue: Catalogue
    labels: Labels
    earned: Decimal | None = None

    def rho(self, node: str) -> float:
        """Return the part of the position that depends on a node."""
        exposure = self.exposed.nodes.get(node)
        return exposure.by_position.get(self.position.id, 0.0) if exposure else 0.0

    @property
    def freed(self) -> float:
        """The part of the position that waits to be paid out and cannot be slashed any more."""
        return freed_parts(self.portfolio, self.exposed.as_of).get(self.position.id, 0.0)

    @property
    def is_staked(self) -> bool:
        """Tell whether it has a layer of staking, or stands itself on what gets a stake slashed."""
        nodes, edges = self.portfolio.nodes, self.portfolio.edges.values()
        own = [edge.target for edge in edges if edge.source == self.position.id]
        return any("staking" in layer.name for layer in self.position.layers) or any(
            counted_dimension(target, nodes) in SLASHERS for target in own
        )

    def reached(self, dimension: Dimension) -> list[tuple[str, float]]:
        """Return (name, part) of the named nodes of a dimension, the largest part first."""
        nodes = self.portfolio.nodes.values()
        found = [(n.name, self.rho(n.id)) for n in nodes if n.dimension is dimension]
        return sorted((item for item in found if item[1] > 0), key=lambda item: -item[1])

    @property
    def base(self) -> list[Layer]:
        """The staking layers; ``hold`` is none."""
        return [la for la in self.position.layers if la.name in BASE_LAYERS and la.name != "hold"]

    @property
    def extra(self) -> list[Layer]:
        """The layers above plain staking."""
        return [la for la in self.position.layers if la.name not in BASE_LAYERS]

    def payers(self, layer: Layer) -> list[str]:
        """Return the names of the nodes that a layer adds and that can pay, of the most telling dimension."""
        edges = [self.portfolio.edges[e] for e in layer.edges if e in self.portfolio.edges]
        nodes = [self.portfolio.nodes[e.target] for e in edges if e.target in self.portfolio.nodes]
        for dimension in _PAYING:
            found = [node.name for node in nodes if node.dimension is dimension]
            if found:
                return list(dict.fromkeys(found))
        return []

    def money(self, rate: float) -> str:
        """Return what a rate on the position's value comes to, without its sign; "" where it has no price."""
        worth = self.exposed.worths.get(self.position.id)
        return "" if worth is None else self.labels.money(abs(float(worth) * rate), with_currency=True)

    def raised(self) -> list[str]:
        """Return the nodes and buckets that the position reaches only because of its extra layers."""
        gone = {edge for layer in self.extra for edge in layer.edges}
        before = _closure(self.portfolio, self.position.id, gone)
        return [node for node in _closure(self.portfolio, self.position.id, set()) if node not in before]

    def shareless(self) -> list[str]:
        """Return the names that are known below the position and have no share: nothing is counted there."""
        reached = (
            g for g in self.portfolio.groups.values() if g.node == self.position.id or self.rho(g.node)
        )
        nodes = dict.fromkeys(name for group in reached for name in group.names)
        return [self.portfolio.nodes[node].name if node in self.portfolio.nodes else node for node in nodes]

    def entries(self) -> list[Entry]:
        """Return the catalogue's entries behind the nodes that the position stands on."""
        nodes = [node for node in self.portfolio.nodes.values() if node.entry and self.rho(node.id)]
        found = {node.entry: self.entry(node) for node in nodes}
        return [entry for entry in found.values() if entry is not None]

    def entry(self, node: Node) -> Entry | None:
        """Return the catalogue's entry behind a node."""
        return self.catalogue.entries.get(node.entry or "")


def rate_of(layers: Sequence[Layer]) -> float | None:
    """Return the sum of the rates of layers, None where one is unknown or there is none."""
    rates = [layer.reward_rate for layer in layers]
    return None if not rates or None in rates else sum(rate for rate in rates if rate is not None)


def _closure(portfolio: Portfolio, start: str, without: set[str]) -> dict[str, None]:
    """Return all nodes and buckets that ``start`` reaches; a group without its edges is absent."""
    present = [edge for edge in portfolio.edges.values() if edge.id not in without]
    targets: dict[str, list[str]] = {}
    for edge in present:
        targets.setdefault(edge.source, []).append(edge.target)
    sliced = {edge.group for edge in portfolio.edges.values()} - {edge.group for edge in present}
    for group in portfolio.groups.values():
        if group.residual_node and group.id not in sliced:
            targets.setdefault(group.node, []).append(group.residual_node)
    return _walk(start, targets)


def _walk(start: str, targets: dict[str, list[str]]) -> dict[str, None]:
    seen: dict[str, None] = {}
    todo: list[str] = list(targets.get(start, ()))
    while todo:
        node = todo.pop()
        if node not in seen:
            seen[node] = None
            todo.extend(targets.get(node, ()))
    return seen


def source_line(said: str, cited: str, dated: str, verified: bool | None = None) -> str:
    """Return "queue: 7 days, docs, 1 May 2026, verified", leaving out what is empty."""
    checked = {True: "verified", False: "unverified", None: ""}[verified]
    return ", ".join(part for part in (said, cited, dated, checked) if part)


def dated_words(dated: str, labels: Labels) -> str:
    """Return the date of a fact as people read it: "1 May 2026" or "May 2026"; "2025" and "" stay."""
    try:
        if len(dated) == len("2026-05"):
            return labels.month(date.fromisoformat(f"{dated}-01"))
        return labels.day(date.fromisoformat(dated))
    except ValueError:
        return dated


def once(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the lines without repetitions, in their order."""
    return tuple(dict.fromkeys(lines))
