"""Pools behind shared nodes: names given by several positions come together in one set of edges."""

from collections.abc import Iterable

from desktop_app.domain.positions import Dimension, Edge, Group, Node, is_unknown
from desktop_app.domain.proposals import Pool, pool_edges


class Members:
    """Keeps the edges and groups of shared pools up to date; ``changed`` holds edges that are gone → pool."""

    def __init__(self, nodes: dict[str, Node], edges: dict[str, Edge], groups: dict[str, Group]) -> None:
        self.nodes = nodes
        self.edges = edges
        self.groups = groups
        self.changed: dict[str, str] = {}
        self._ids: dict[str, tuple[str, ...]] = {}
        self._by_source: dict[str, list[str]] = {}
        for edge in edges.values():
            if edge.source in nodes:
                self._by_source.setdefault(edge.source, []).append(edge.id)

    def has_edges(self, node: str) -> bool:
        """Tell whether something is already known of what a node stands on."""
        return bool(self._by_source.get(node))

    def edge_ids(self, pool: Pool) -> tuple[str, ...]:
        """Return the ids of the edges that a pool has now."""
        if pool.group not in self._ids:
            self._ids[pool.group] = tuple(e.id for e in self._edges(pool))
        return self._ids[pool.group]

    def settle(self, pool: Pool, *, exactly: bool = False) -> None:
        """Take the names of a pool into the portfolio; shares that were given stay as they are.

        ``exactly``: names without a share that the pool does not list are dropped, as an edit means it.
        """
        group = self.groups.get(pool.group)
        before = self._edges(pool)
        given = [e for e in before if e.share_given and not is_unknown(e.target)]
        loose = [e.target for e in before if not e.share_given]
        loose.extend(t for t in (group.names if group else ()) if t not in loose)
        wanted = pool.targets if exactly else tuple(dict.fromkeys((*loose, *pool.targets)))
        wanted = tuple(t for t in wanted if t not in {e.target for e in given})
        if before and set(wanted) == set(loose):
            return
        edges, after = pool_edges(Pool(pool.owner, pool.kind, pool.dimension, wanted))
        if given:
            self._beside_shares(pool, wanted, [e for e in before if e.share_given], edges)
        else:
            self._put(pool, edges, after)

    def _edges(self, pool: Pool) -> list[Edge]:
        mine = [self.edges[i] for i in self._by_source.get(pool.owner, ()) if i in self.edges]
        return [e for e in mine if e.group == pool.group or self._serves(pool, e)]

    def _serves(self, pool: Pool, edge: Edge) -> bool:
        if pool.dimension is not Dimension.SERVICE or edge.target not in self.nodes:
            return False
        return self.nodes[edge.target].dimension is Dimension.SERVICE

    def _beside_shares(
        self, pool: Pool, wanted: tuple[str, ...], kept: list[Edge], fresh: Iterable[Edge]
    ) -> None:
        """Keep slices with a share; further services count in full, further operators are only listed."""
        if pool.dimension is Dimension.SERVICE:
            extra = [e for e in fresh if wanted]
            self._put(pool, (*kept, *extra), self.groups.get(pool.group))
        else:
            self._put(pool, tuple(kept), Group(pool.group, pool.owner, pool.unknown, wanted))

    def _put(self, pool: Pool, edges: Iterable[Edge], group: Group | None) -> None:
        gone = self.edge_ids(pool)
        for edge_id in gone:
            del self.edges[edge_id]
        for edge in edges:
            self.edges[edge.id] = edge
        others = [i for i in self._by_source.get(pool.owner, ()) if i in self.edges]
        self._by_source[pool.owner] = list(dict.fromkeys((*others, *(e.id for e in edges))))
        self.changed |= dict.fromkeys(gone, pool.group)
        self._ids.pop(pool.group, None)
        if group is None:
            self.groups.pop(pool.group, None)
        else:
            self.groups[pool.group] = group
