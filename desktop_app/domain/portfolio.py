"""The portfolio: everything the user recorded, as one immutable value; edits return a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from desktop_app.domain import money
from desktop_app.domain.imports import ImportRecord, Movement, Price
from desktop_app.domain.positions import Edge, Group, Node, Position, Scenario, Status

DEFAULT_LADDER_DAYS = (0, 1, 7, 14, 21, 30, 60, 90)

PriceKey = tuple[str, date, str]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Positions, the graph they stand on, prices and imports.

    The mappings (id -> row, insertion-ordered) are never changed in place: use the ``with_…`` and
    ``without_…`` methods, which share all unchanged rows with the portfolio they start from.
    """

    currency: str = "USD"
    as_of: date | None = None
    notice: str = ""
    catalogue_version: str = ""
    ladder_days: tuple[int, ...] = DEFAULT_LADDER_DAYS
    nodes: Mapping[str, Node] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    imports: Mapping[str, ImportRecord] = field(default_factory=dict)
    movements: Mapping[str, Movement] = field(default_factory=dict)
    prices: Mapping[PriceKey, Price] = field(default_factory=dict)

    # -- questions about single things ---------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been recorded."""
        return not self.positions

    def counted_positions(self) -> tuple[Position, ...]:
        """Return the positions that count: all but the closed ones, in their order."""
        return tuple(p for p in self.positions.values() if p.status is not Status.CLOSED)

    def price_of(self, asset: str, as_of: date | None = None) -> Price | None:
        """Return the newest price of an asset in the portfolio's currency, not later than ``as_of``."""
        known = [
            p
            for p in self.prices.values()
            if p.asset == asset and p.currency == self.currency and (as_of is None or p.on <= as_of)
        ]
        return max(known, key=lambda p: p.on, default=None)

    def worth(self, position: Position, as_of: date | None = None) -> Decimal | None:
        """Return the value V of a position in the portfolio's currency, None if unknown (definitions.md 1)."""
        if position.quantity is None or position.unit_price is not None or position.total_value is not None:
            return position.worth()
        price = self.price_of(position.asset, as_of)
        return position.worth(price.price if price else None)

    def value(self, as_of: date | None = None) -> Decimal | None:
        """Return the known value of the portfolio; None with nothing priced.

        A position with debt whose equity is zero or less counts 0 (definitions.md 5.1).
        """
        worths = [w for w in (self.worth(p, as_of) for p in self.counted_positions()) if w is not None]
        return money.total(max(w, Decimal(0)) for w in worths) if worths else None

    # -- edits -----------------------------------------------------------------------------------------

    def _with(self, name: str, rows: Iterable[tuple[Any, Any]]) -> "Portfolio":
        return replace(self, **{name: {**getattr(self, name), **dict(rows)}})

    def _without(self, name: str, keys: Iterable[Any]) -> "Portfolio":
        gone = set(keys)
        return replace(self, **{name: {k: v for k, v in getattr(self, name).items() if k not in gone}})

    def with_positions(self, *positions: Position) -> "Portfolio":
        """Add or replace positions by id."""
        return self._with("positions", ((p.id, p) for p in positions))

    def with_graph(
        self, nodes: Iterable[Node] = (), edges: Iterable[Edge] = (), groups: Iterable[Group] = ()
    ) -> "Portfolio":
        """Add or replace nodes, edges and split groups by id."""
        return (
            self._with("nodes", ((n.id, n) for n in nodes))
            ._with("edges", ((e.id, e) for e in edges))
            ._with("groups", ((g.id, g) for g in groups))
        )

    def with_scenarios(self, *scenarios: Scenario) -> "Portfolio":
        """Add or replace scenarios by id."""
        return self._with("scenarios", ((s.id, s) for s in scenarios))

    def with_prices(self, *prices: Price) -> "Portfolio":
        """Add or replace prices by (asset, date, currency)."""
        return self._with("prices", (((p.asset, p.on, p.currency), p) for p in prices))

    def with_imports(self, *imports: ImportRecord) -> "Portfolio":
        """Add or replace import records by id."""
        return self._with("imports", ((i.id, i) for i in imports))

    def with_movements(self, *movements: Movement) -> "Portfolio":
        """Add or replace movements by id."""
        return self._with("movements", ((m.id, m) for m in movements))

    def without_positions(self, *ids: str) -> "Portfolio":
        """Remove positions, their own edges and groups, and what nothing stands on any more."""
        gone = set(ids)
        kept = self._without("positions", gone)
        kept = kept._without("edges", [e.id for e in kept.edges.values() if e.source in gone])
        kept = kept._without("groups", [g.id for g in kept.groups.values() if g.node in gone])
        return kept.without_orphans(self)

    def without_edges(self, *ids: str) -> "Portfolio":
        """Remove edges, also from the layers that name them."""
        gone = set(ids)
        kept = self._without("edges", gone)
        changed = [
            replace(p, layers=tuple(replace(la, edges=tuple(e for e in la.edges if e not in gone)) for la in p.layers))
            for p in kept.positions.values()
            if any(e in gone for la in p.layers for e in la.edges)
        ]
        return kept.with_positions(*changed) if changed else kept

    def without_orphans(self, before: "Portfolio") -> "Portfolio":
        """Remove nodes (with their edges and groups) that some position of ``before`` reached and none reaches now."""
        was, now = before.reached(), self.reached()
        gone = was - now
        if not gone:
            return self
        kept = self._without("nodes", gone)
        kept = kept._without("edges", [e.id for e in kept.edges.values() if e.source in gone])
        return kept._without("groups", [g.id for g in kept.groups.values() if g.node in gone])

    def reached(self) -> set[str]:
        """Return the ids of all nodes that some position reaches, by whatever mode of edge."""
        targets: dict[str, list[str]] = {}
        for edge in self.edges.values():
            targets.setdefault(edge.source, []).append(edge.target)
        for group in self.groups.values():
            targets.setdefault(group.node, []).extend(group.names)
        seen: set[str] = set()
        todo = [t for p in self.positions for t in targets.get(p, [])]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo.extend(targets.get(node, []))
        return seen & set(self.nodes)


def differing(before: Portfolio, after: Portfolio) -> tuple[str, ...]:
    """Return the names of the fields in which two portfolios differ."""
    return tuple(
        f.name
        for f in fields(Portfolio)
        if getattr(before, f.name) is not getattr(after, f.name) and getattr(before, f.name) != getattr(after, f.name)
    )
