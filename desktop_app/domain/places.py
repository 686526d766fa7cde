"""Which node stands for a catalogue entry: its id, name and dimension (stacks.md)."""

from desktop_app.domain.catalogue import Catalogue, Entry
from desktop_app.domain.names import slug
from desktop_app.domain.positions import Dimension, Node, Origin
from desktop_app.domain.resolve import chain_name, closure

POOLS = frozenset({"liquid-staking", "liquid-restaking"})
"""Layers of entries that spread what they hold over operators."""

_DIMENSIONS = {
    "asset": Dimension.ASSET,
    "native-staking": Dimension.CHAIN,
    "restaking-platform": Dimension.PLATFORM,
    "operator": Dimension.OPERATOR,
    "service": Dimension.SERVICE,
    "bridge": Dimension.BRIDGE,
    "oracle": Dimension.ORACLE,
}
_OWN_LAYERS = {
    "restaking": "restaking-platform",
    "liquid staking": "liquid-staking",
    "liquid restaking": "liquid-restaking",
}


def own_entry(name: str, layer: str) -> Entry:
    """Return an entry for a protocol that the catalogue does not know; ``layer`` may be empty."""
    return Entry(id=slug(name), name=name, layer=_OWN_LAYERS.get(layer, "defi"), chain="")


def dimension_of(catalogue: Catalogue, entry: Entry) -> Dimension:
    """Return the dimension of the node that stands for an entry."""
    if entry.layer == "defi" and lends(catalogue, entry):
        return Dimension.LENDER
    return _DIMENSIONS.get(entry.layer, Dimension.PROTOCOL)


def lends(catalogue: Catalogue, entry: Entry) -> bool:
    """Tell whether an entry takes collateral: it pays interest on loans, or what does so is built on it."""
    if "lending-interest" in entry.reward_layers:
        return True
    return any(
        entry.id in e.depends_on and "lending-interest" in e.reward_layers for e in catalogue.entries.values()
    )


def place(catalogue: Catalogue, entry: Entry) -> Node:
    """Return the node that stands for an entry; one that is not in the catalogue is the user's own."""
    dimension = dimension_of(catalogue, entry)
    known = catalogue.entries.get(entry.id) is entry
    short = entry.chain_slug if dimension is Dimension.CHAIN else entry.id
    name = catalogue.titles.get(entry.id, entry.short_name) if known else entry.short_name
    if dimension is Dimension.CHAIN:
        name = chain_name(f"chain:{short}")
    elif dimension is Dimension.ASSET and entry.symbols:
        name = entry.symbols[0]
    return Node(
        id=f"{dimension}:{short}",
        name=name,
        dimension=dimension,
        entry=entry.id if known else None,
        origin=Origin.CATALOGUE if known else Origin.YOURS,
    )


def restakes(catalogue: Catalogue, entry: Entry) -> bool:
    """Tell whether a pool's stake also secures services through a platform."""
    if entry.layer == "liquid-restaking" or entry.platforms_possible:
        return True
    return any(e.layer == "restaking-platform" for e in closure(catalogue, entry.id).values())
