"""The portfolio: everything the user recorded, as one immutable value; edits return a new one."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from desktop_app.domain import money
from desktop_app.domain.catalogue import Entry
from desktop_app.domain.congestion import NOTHING_READ, Congestion
from desktop_app.domain.imports import ImportRecord, Movement, Price
from desktop_app.domain.limits import Break, Limit
from desktop_app.domain.positions import Edge, Group, Node, Position, Scenario, Status

DEFAULT_LADDER_DAYS = (0, 1, 7, 14, 21, 30, 60, 90)

PriceKey = tuple[str, date, str]


class _Row(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Row)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Positions, the graph they stand on, prices, imports, and what the user knows and wants.

    ``entries`` are the user's own catalogue entries and whole replacements of shipped ones. ``breaks`` is the
    log of the times at which a limit was broken.

    The mappings (id -> row, insertion-ordered) are never changed in place: use the ``with_…`` and
    ``without_…`` methods, which share all unchanged rows with the portfolio they start from.
    """

    currency: str = "USD"
    as_of: date | None = None
    notice: str = ""
    catalogue_version: str = ""
    ladder_days: tuple[int, ...] = DEFAULT_LADDER_DAYS
    congestion: Congestion = NOTHING_READ
    nodes: Mapping[str, Node] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    imports: Mapping[str, ImportRecord] = field(default_factory=dict)
    movements: Mapping[str, Movement] = field(default_factory=dict)
    prices: Mapping[PriceKey, Price] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)
    breaks: Mapping[str, Break] = field(default_factory=dict)

    # -- questions about single things ---------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been recorded."""
        return not self.positions

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing that a position could meet: no graph and no import either."""
        return not (self.positions or self.nodes or self.edges or self.groups or self.imports)

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
        """Return the value V of a position in the portfolio's currency, None if unknown."""
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

    def with_positions(self, *positions: Position) -> "Portfolio":
        """Add or replace positions by id."""
        return replace(self, positions=_merged(self.positions, positions))

    def with_graph(
        self, nodes: Iterable[Node] = (), edges: Iterable[Edge] = (), groups: Iterable[Group] = ()
    ) -> "Portfolio":
        """Add or replace nodes, edges and split groups by id."""
        return replace(
            self,
            nodes=_merged(self.nodes, nodes),
            edges=_merged(self.edges, edges),
            groups=_merged(self.groups, groups),
        )

    def with_scenarios(self, *scenarios: Scenario) -> "Portfolio":
        """Add or replace scenarios by id."""
        return replace(self, scenarios=_merged(self.scenarios, scenarios))

    def with_prices(self, *prices: Price) -> "Portfolio":
        """Add or replace prices by (asset, date, currency)."""
        return replace(self, prices={**self.prices, **{(p.asset, p.on, p.currency): p for p in prices}})

    def with_imports(self, *imports: ImportRecord) -> "Portfolio":
        """Add or replace import records by id."""
        return replace(self, imports=_merged(self.imports, imports))

    def with_movements(self, *movements: Movement) -> "Portfolio":
        """Add or replace movements by id."""
        return replace(self, movements=_merged(self.movements, movements))

    def with_entries(self, *entries: Entry) -> "Portfolio":
        """Add or replace the user's catalogue entries by id."""
        return replace(self, entries=_merged(self.entries, entries))

    def without_entries(self, *ids: str) -> "Portfolio":
        """Remove the user's catalogue entries; shipped ones of the same id count again."""
        return replace(self, entries={k: e for k, e in self.entries.items() if k not in ids})

    def with_limits(self, *limits: Limit) -> "Portfolio":
        """Add or replace limits by id."""
        return replace(self, limits=_merged(self.limits, limits))

    def with_breaks(self, *breaks: Break) -> "Portfolio":
        """Add or replace entries of the log of broken limits by id."""
        return replace(self, breaks=_merged(self.breaks, breaks))

    def without_limits(self, *ids: str) -> "Portfolio":
        """Remove limits."""
        return replace(self, limits={k: x for k, x in self.limits.items() if k not in ids})

    def without_positions(self, *ids: str) -> "Portfolio":
        """Remove positions, their own edges and groups, and what nothing stands on any more.

        Movements that were folded into them stay, as those of no position.
        """
        gone = set(ids)
        kept = replace(self, positions={k: v for k, v in self.positions.items() if k not in gone})
        if any(self.positions[i].adjustment is not None for i in gone if i in self.positions):
            loose = (m._replace(position="") for m in self.movements.values() if m.position in gone)
            kept = kept.with_movements(*loose)
        return kept.without_sources(gone).without_orphans(self)

    def without_sources(self, gone: AbstractSet[str]) -> "Portfolio":
        """Remove the edges and groups that start at any of ``gone``."""
        return replace(
            self,
            edges={k: e for k, e in self.edges.items() if e.source not in gone},
            groups={k: g for k, g in self.groups.items() if g.node not in gone},
        )

    def without_orphans(self, before: "Portfolio") -> "Portfolio":
        """Remove the nodes (with edges and groups) that ``before`` reached and this portfolio does not."""
        gone = before.reached() - self.reached()
        if not gone:
            return self
        kept = replace(self, nodes={k: n for k, n in self.nodes.items() if k not in gone})
        return kept.without_sources(gone).with_true_layers()

    def with_true_layers(self) -> "Portfolio":
        """Take edges that are not there any more out of the layers that name them."""
        stale = (
            p
            for p in self.positions.values()
            if any(e not in self.edges for la in p.layers for e in la.edges)
        )
        fresh = [
            replace(
                p,
                layers=tuple(
                    replace(la, edges=tuple(filter(self.edges.__contains__, la.edges))) for la in p.layers
                ),
            )
            for p in stale
        ]
        return self.with_positions(*fresh) if fresh else self

    def reached(self) -> set[str]:
        """Return the ids of all nodes that some position or scenario reaches, by whatever mode of edge."""
        targets: dict[str, list[str]] = {}
        for edge in self.edges.values():
            targets.setdefault(edge.source, []).append(edge.target)
        for group in self.groups.values():
            targets.setdefault(group.node, []).extend(group.names)
        seen: set[str] = set()
        todo = [t for p in self.positions for t in targets.get(p, [])]
        todo.extend(node for scenario in self.scenarios.values() for node, _ in scenario.shocks)
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo.extend(targets.get(node, []))
        return seen & set(self.nodes)


def _merged(rows: Mapping[str, R], new: Iterable[R]) -> Mapping[str, R]:
    return {**rows, **{row.id: row for row in new}}
