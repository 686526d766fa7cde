"""Tokens, issuers, lenders and platforms of the catalogue, with all that they depend on."""

from desktop_app.domain.catalogue import Catalogue, Entry, Token
from desktop_app.domain.exits import inner_tokens
from desktop_app.domain.places import POOLS, lends, place, restakes
from desktop_app.domain.positions import Dimension, Edge, Node, Origin
from desktop_app.domain.proposals import Pool, Proposal
from desktop_app.domain.resolve import chain_name, chain_node_id, closure


class Issuers:
    """Adds to one proposal; ``pool`` is the outermost issuer that spreads its stake over operators."""

    def __init__(self, catalogue: Catalogue, plan: Proposal) -> None:
        self.catalogue = catalogue
        self.plan = plan
        self.pool: Entry | None = None

    # -- single nodes and edges ------------------------------------------------------------------------

    def origin(self, entry: Entry) -> Origin:
        """Return who says what an entry depends on."""
        return Origin.CATALOGUE if self.catalogue.entries.get(entry.id) is entry else Origin.YOURS

    def add(self, node: Node) -> str:
        """Add a node; return its id."""
        self.plan.nodes.setdefault(node.id, node)
        return node.id

    def chain(self, node_id: str) -> Node:
        """Return the node of a chain, also of one without staking of its own."""
        short = node_id.removeprefix("chain:")
        entry = next((e for e in self.catalogue.chains.values() if e.chain_slug == short), None)
        if entry is not None:
            return place(self.catalogue, entry)
        return Node(node_id, chain_name(node_id), Dimension.CHAIN, origin=Origin.CATALOGUE)

    def stand_on(self, layer: str, node: Node, origin: Origin) -> None:
        """Let every unit of the position depend on a node."""
        self.plan.stand_on(layer, self.add(node), origin)

    def connect(self, layer: str, source: str, target: str, entry: Entry) -> None:
        """Let every unit of a node depend on another, because an entry says so."""
        ident, origin = f"{source}>{target}", self.origin(entry)
        edge = Edge(ident, source, target, origin=origin, cited=entry.cited, dated=entry.dated)
        self.plan.connect(layer, edge)

    # -- tokens and issuers ----------------------------------------------------------------------------

    def token(self, token: Token) -> str:
        """Add a token, its issuer and the tokens that it is made of; return its node id."""
        entry = self.catalogue.entries[token.entry]
        layer = wrapper_layer(self.catalogue, entry, token)
        node = Node(
            f"token:{token.symbol}", token.symbol, Dimension.TOKEN, entry=entry.id, origin=Origin.CATALOGUE
        )
        self.stand_on(layer, node, Origin.CATALOGUE)
        self.connect(layer, node.id, self.issuer(entry, layer), entry)
        for inner in inner_tokens(self.catalogue, token):
            if inner.kind == "asset":
                target = self.add(place(self.catalogue, self.catalogue.entries[inner.entry]))
            else:
                target = self.token(inner)
            self.connect(layer, node.id, target, entry)
        return node.id

    def issuer(self, entry: Entry, layer: str) -> str:
        """Add an issuer, vault or lender and what all of it depends on; return its node id."""
        node = self.add(place(self.catalogue, entry))
        if entry.layer in POOLS and self.pool is None:
            self.pool = entry
        for name in entry.depends_on:
            self._depend(node, self.catalogue.entries[name], layer, entry)
        self._own_chain(node, entry, layer)
        if entry.layer in POOLS:
            self._pools(node, entry, layer)
        return node

    def _depend(self, node: str, target: Entry, layer: str, entry: Entry) -> None:
        if target.layer == "restaking-platform":
            above = "restaking" if layer == "restaking" else "liquid restaking"
            self.connect(above, node, self.platform(target, above), entry)
        elif target.layer in {"asset", "native-staking"}:
            self.connect(layer, node, self.add(place(self.catalogue, target)), entry)
            for name in target.depends_on:
                self._depend(node, self.catalogue.entries[name], layer, entry)
        else:
            below = "liquid staking" if target.layer in POOLS else layer
            self.connect(layer, node, self.issuer(target, below), entry)

    def _own_chain(self, node: str, entry: Entry, layer: str) -> None:
        """Let what reaches no chain stand on its own; a platform may have no more than the text of one."""
        reached = closure(self.catalogue, entry.id).values()
        if any(e.layer == "native-staking" for e in reached):
            return
        if entry.chain_entry:
            chain = place(self.catalogue, self.catalogue.entries[entry.chain_entry])
            self.connect(layer, node, self.add(chain), entry)
        elif entry.layer == "restaking-platform" and entry.chain:
            chain = self.chain(chain_node_id(self.catalogue, entry.chain))
            self.connect(layer, node, self.add(chain), entry)

    def _pools(self, node: str, entry: Entry, layer: str) -> None:
        restaked = restakes(self.catalogue, entry)
        above = "liquid restaking" if restaked else layer
        self.plan.draw_on(above, Pool(node, "operators", Dimension.OPERATOR))
        if entry.platforms_possible:
            self.plan.draw_on(above, Pool(node, "platforms", Dimension.PLATFORM))
        if restaked:
            self.plan.draw_on(above, Pool(node, "services", Dimension.SERVICE))

    def platform(self, entry: Entry, layer: str) -> str:
        """Add a platform and what it stands on; what lies in it is a property of each position."""
        node = self.add(place(self.catalogue, entry))
        for name in entry.depends_on:
            self._depend(node, self.catalogue.entries[name], layer, entry)
        self._own_chain(node, entry, layer)
        return node


def wrapper_layer(catalogue: Catalogue, entry: Entry, token: Token | None = None) -> str:
    """Return the layer to which a token of an entry, or a deposit in it, belongs."""
    if entry.layer in POOLS:
        return "liquid staking"
    if lends(catalogue, entry):
        return "collateral"
    if "PT" in entry.symbols:
        return "fixed yield"
    plain = token is not None and not entry.reward_layers and entry.underlying != "varies"
    same_issuer = token is not None and bool(token.made_of) and not inner_tokens(catalogue, token)
    return "hold" if plain and not same_issuer else "yield"
