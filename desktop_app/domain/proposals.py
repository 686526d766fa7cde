"""A proposed stack: nodes, edges and pools under each layer, for a position that has no id yet."""

from dataclasses import dataclass, field

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.positions import (
    LAYER_NAMES,
    UNKNOWN_PREFIX,
    Dimension,
    Edge,
    Exit,
    Group,
    Mode,
    Node,
    Origin,
)

SELF = ""
"""Stands for the position itself, as the source of an edge or the owner of a pool."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The operators, services, platforms … behind a node, of which at most the names are known.

    ``kind`` is the ending of the group's id; ``targets`` are the node ids of those that have been named.
    """

    owner: str
    kind: str
    dimension: Dimension
    targets: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """Return the id of its split group."""
        return f"{self.owner}#{self.kind}"

    @property
    def unknown(self) -> str:
        """Return the bucket of those that nobody has named."""
        return f"{UNKNOWN_PREFIX}{self.dimension}"


def pool_edges(pool: Pool) -> tuple[tuple[Edge, ...], Group | None]:
    """Return the edges of a pool whose members have no shares, and its split group (stacks.md).

    Services count in full each (an overlapping share of 1). One operator has everything; several are only
    listed, and all weight stays with the unknown.
    """
    if pool.dimension is Dimension.SERVICE and pool.targets:
        return tuple(_named(pool, t, Mode.SHARED) for t in pool.targets), None
    if len(pool.targets) == 1:
        group = Group(pool.group, pool.owner, pool.unknown)
        return (_named(pool, pool.targets[0], Mode.SPLIT),), group
    edge = Edge(
        id=f"{pool.group}>{pool.unknown}",
        source=pool.owner,
        target=pool.unknown,
        mode=Mode.SPLIT,
        group=pool.group,
        origin=Origin.ASSUMED,
    )
    return (edge,), Group(pool.group, pool.owner, pool.unknown, pool.targets)


def _named(pool: Pool, target: str, mode: Mode) -> Edge:
    split = mode is Mode.SPLIT
    return Edge(
        id=f"{pool.group}>{target}" if split else f"{pool.owner}>{target}",
        source=pool.owner,
        target=target,
        mode=mode,
        group=pool.group if split else None,
        origin=Origin.YOURS,
        share_given=False,
    )


@dataclass(slots=True)
class LayerPlan:
    """What one layer adds: edges of the position itself (targets), edges of shared nodes (ids), and pools."""

    own: dict[str, Origin] = field(default_factory=dict)
    shared: dict[str, None] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)


@dataclass(slots=True)
class Proposal:
    """All that a holding stands on. Built once for equal holdings and then stamped out for each position.

    ``way``: the entry that is left first, whose paths are the choice.
    """

    symbol: str
    underlying: str
    name: str
    chain: str = ""
    known: bool = True
    cited: str = ""
    dated: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    layers: dict[str, LayerPlan] = field(default_factory=dict)
    exit: Exit = field(default_factory=Exit)
    way: Entry | None = field(default=None, compare=False)

    @property
    def origin(self) -> Origin:
        """Return who says what the holding is."""
        return Origin.CATALOGUE if self.known else Origin.YOURS

    def layer(self, name: str) -> LayerPlan:
        """Return the plan of a layer, made if it is not there."""
        return self.layers.setdefault(name, LayerPlan())

    def layers_in_order(self) -> list[tuple[str, LayerPlan]]:
        """Return the layers, bottom up."""
        return sorted(self.layers.items(), key=lambda item: LAYER_NAMES.index(item[0]))

    def paying_layers(self) -> list[str]:
        """Return the layers that may pay a reward, bottom up."""
        return [name for name, _ in self.layers_in_order() if name not in {"hold", "bridge"}]

    def stand_on(self, layer: str, target: str, origin: Origin) -> None:
        """Let every unit of the position depend on a node."""
        self.layer(layer).own.setdefault(target, origin)

    def connect(self, layer: str, edge: Edge) -> None:
        """Add an edge between shared nodes to a layer, unless a lower one has it already."""
        self.edges.setdefault(edge.id, edge)
        below = LAYER_NAMES[: LAYER_NAMES.index(layer)]
        if not any(edge.id in self.layers[name].shared for name in below if name in self.layers):
            self.layer(layer).shared.setdefault(edge.id)

    def draw_on(self, layer: str, pool: Pool) -> None:
        """Add a pool to a layer, or further names to one that is there."""
        there = self.layer(layer).pools.get(pool.group)
        if there is not None:
            targets = tuple(dict.fromkeys((*there.targets, *pool.targets)))
            pool = Pool(pool.owner, pool.kind, pool.dimension, targets)
        self.layer(layer).pools[pool.group] = pool
