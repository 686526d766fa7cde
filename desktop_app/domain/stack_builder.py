"""Builds the proposed stack of a holding from the catalogue: which node stands on which, in which layer."""

from desktop_app.domain.catalogue import Catalogue, Entry, Token
from desktop_app.domain.crew import Crew
from desktop_app.domain.exits import inner_tokens, outermost, way_out
from desktop_app.domain.holdings import StackKey
from desktop_app.domain.issuers import Issuers, wrapper_layer
from desktop_app.domain.places import POOLS, own_entry, place, restakes
from desktop_app.domain.positions import Dimension, Node, Origin
from desktop_app.domain.proposals import SELF, Pool, Proposal
from desktop_app.domain.resolve import (
    begins,
    chain_name,
    chain_node_id,
    closure,
    find_entry,
    home_chain,
    is_unknown_chain,
    known_chain,
    resolve,
)

_PROTOCOLS = ("native-staking", "liquid-staking", "liquid-restaking", "restaking-platform", "defi")
_WRAPPED = ("yield", "fixed yield", "collateral")


def propose(catalogue: Catalogue, key: StackKey, path: str = "") -> Proposal:
    """Return the stack of a holding; what the catalogue cannot know is unknown, and visible (stacks.md).

    ``path``: the way out by that path of its outermost entry, "" for the standard one.
    """
    asset, chain, protocol, layer, operators, services = key
    builder = _Builder(catalogue, asset, chain)
    entry = builder.named_protocol(protocol, layer)
    if entry is not None and entry.layer == "operator":
        operators, entry = (*operators, entry.name), None
    elif entry is not None and entry.layer == "service":
        services, entry = (*services, entry.name), catalogue.entries.get(entry.platform)
    builder.build(entry, layer, operators, services)
    return builder.finished(path)


class _Builder:
    """Collects one proposal. ``outer``, ``staked``, ``missing`` and ``bridged_from`` are for the way out."""

    def __init__(self, catalogue: Catalogue, asset: str, chain: str) -> None:
        self.catalogue = catalogue
        self.token = resolve(catalogue, asset, chain)
        self.coin = self.token is None or self.token.kind in {"asset", "governance"}
        self.bases = bases(catalogue, self.token)
        self.outer: Entry | None = None
        self.staked: Entry | None = None
        self.missing: Dimension | None = None
        self.bridged_from = ""
        symbol = self.token.symbol if self.token else asset.strip()
        source = next(iter(self.bases), None)
        self.plan = Proposal(
            symbol=symbol,
            underlying=_underlying(catalogue, self.token) or symbol,
            name=symbol,
            chain=chain.strip(),
            known=self.token is not None,
            cited=source.cited if source else "",
            dated=source.dated if source else "",
        )
        self.issuers = Issuers(catalogue, self.plan)
        self.crew = Crew(catalogue, self.plan, self.issuers)

    # -- the parts in order ----------------------------------------------------------------------------

    def build(
        self, entry: Entry | None, layer: str, operators: tuple[str, ...], services: tuple[str, ...]
    ) -> None:
        """Build everything: what is held, the token, what it has been put into, and who works with it."""
        self._hold()
        if self.token is not None and not self.coin:
            self.issuers.token(self.token)
        where = self._further(entry, layer)
        staked = self.coin and layer == "staking"
        if where is None and services and not staked and not self._is_restaked():
            where, layer = self.crew.platform_of(services), "restaking"
        if where is not None and where.layer == "native-staking":
            where, layer = None, "staking"
        if where is not None and where.layer == "restaking-platform":
            self._restake(where, operators, services)
        elif where is not None:
            self._deposit(where)
            self._name_members(operators, services)
        elif layer == "restaking":
            self._restake(None, operators, services)
        elif self.coin and (layer == "staking" or (layer == "" and operators)):
            self._stake(operators)
            self.crew.serve(SELF, "staking", services, ask=False)
        else:
            self._fill_in(layer)
            self._name_members(operators, services)
        self._bridge()

    def finished(self, path: str) -> Proposal:
        """Return the proposal with its way out and each edge in the lowest layer that needs it."""
        plan = self.plan
        plan.exit = way_out(
            self.catalogue,
            self.token,
            self.outer,
            self.staked,
            self.bridged_from,
            self.missing,
            lent="collateral" in plan.layers,
            path=path,
        )
        plan.way = outermost(self.catalogue, self.token, self.outer, self.staked)
        seen: set[str] = set()
        for _, layer in plan.layers_in_order():
            layer.shared = {e: None for e in layer.shared if e not in seen}
            seen.update(layer.shared)
        return plan

    def named_protocol(self, text: str, layer: str) -> Entry | None:
        """Return the entry that the word "protocol" means, an own one if the catalogue has none."""
        if not text.strip():
            return None
        return find_protocol(self.catalogue, self.token, text) or own_entry(text.strip(), layer)

    # -- hold ------------------------------------------------------------------------------------------

    def _hold(self) -> None:
        origin = self.plan.origin
        assets = [place(self.catalogue, e) for e in self.bases if e.layer == "asset"]
        if self.coin and not assets:
            symbol = self.plan.symbol
            assets = [Node(f"asset:{symbol}", symbol, Dimension.ASSET, origin=origin)]
        for node in assets:
            self.issuers.stand_on("hold", node, origin)
        if not assets:
            self.plan.draw_on("hold", Pool(SELF, "assets", Dimension.ASSET))
        for chain in self._chains():
            self.issuers.stand_on("hold", self.issuers.chain(chain), origin)
        if self.token is None and (named := self._named_chain()):
            self.issuers.stand_on("hold", named, origin)

    def _named_chain(self) -> Node | None:
        """Return the chain that the user named; one that nobody knows is the user's own."""
        text = self.plan.chain
        if is_unknown_chain(self.catalogue, text):
            return Node(chain_node_id(self.catalogue, text), text, Dimension.CHAIN)
        known = known_chain(self.catalogue, text)
        return self.issuers.chain(chain_node_id(self.catalogue, known)) if known else None

    def _chains(self) -> list[str]:
        """Return the chain node ids on which a token of the catalogue stands in any case."""
        natives = [place(self.catalogue, e).id for e in self.bases if e.layer == "native-staking"]
        if natives:
            return list(dict.fromkeys(natives))
        nearest = next((e.chain_entry for e in self.bases if e.chain_entry), "")
        if nearest:
            return [place(self.catalogue, self.catalogue.entries[nearest]).id]
        if self.token is None:
            return []
        # "multi" is no chain: the token's home is the nearest that is known.
        text = next((e.chain for e in self.bases), "multi")
        return [chain_node_id(self.catalogue, self.token.chain if text == "multi" else text)]

    # -- what the holding has been put into ------------------------------------------------------------

    def _deposit(self, entry: Entry) -> None:
        layer = wrapper_layer(self.catalogue, entry)
        node = self.issuers.issuer(entry, layer)
        self.plan.stand_on(layer, node, self.issuers.origin(entry))
        self.plan.name = f"{self.plan.symbol} in {entry.short_name}"
        self.outer = entry
        if entry.layer in POOLS:
            self.issuers.pool = entry

    def _further(self, entry: Entry | None, layer: str) -> Entry | None:
        """Return where the holding has been put, None if that is in its token already."""
        covered = entry is not None and entry.id in {e.id for e in self.bases}
        if (
            entry is not None
            and covered
            and not (entry.layer == "restaking-platform" and layer == "restaking")
        ):
            return None
        if entry is not None and entry.layer == "native-staking" and not self.coin:
            return None
        return entry

    def _is_restaked(self) -> bool:
        return self.issuers.pool is not None and restakes(self.catalogue, self.issuers.pool)

    def _stake(self, operators: tuple[str, ...]) -> None:
        targets = tuple(self.crew.operator(name) for name in operators)
        self.plan.draw_on("staking", Pool(SELF, "operators", Dimension.OPERATOR, targets))
        self.plan.name = f"{self.plan.symbol}, staked"
        self.staked = self._native()
        if self.staked is None:
            self.missing = Dimension.CHAIN
        elif (chain := place(self.catalogue, self.staked)).id not in self.plan.layer("hold").own:
            self.issuers.stand_on("staking", chain, Origin.CATALOGUE)

    def _native(self) -> Entry | None:
        """Return the staking of the coin that is held, None if none is known."""
        coin = self.bases[0].id if self.bases else ""
        natives = (e for e in self.catalogue.entries.values() if e.layer == "native-staking")
        return next((e for e in natives if coin in e.depends_on), None)

    def _restake(self, entry: Entry | None, operators: tuple[str, ...], services: tuple[str, ...]) -> None:
        layer = "restaking"
        self.plan.layer(layer)
        if entry is None:
            self.plan.draw_on(layer, Pool(SELF, "platforms", Dimension.PLATFORM))
            entry, self.missing = own_entry("unknown platform", layer), Dimension.PLATFORM
        else:
            self.plan.stand_on(layer, self.issuers.platform(entry, layer), self.issuers.origin(entry))
            self.outer = entry
            self.plan.name = f"{self.plan.symbol} in {entry.short_name}"
        roles = tuple(self.crew.role(name, entry, layer) for name in operators)
        self._stake_below(entry, roles)
        self.plan.draw_on(layer, Pool(SELF, "operators", Dimension.OPERATOR, roles))
        self.crew.serve(roles[0] if len(roles) == 1 else SELF, layer, services)

    def _stake_below(self, platform: Entry, roles: tuple[str, ...]) -> None:
        """Where the coin itself is restaked, its validators are a layer of their own below the platform."""
        native = self._native()
        itself = bool(self.bases) and self.bases[0].symbols[:1] == (self.plan.symbol,)
        if not (self.coin and itself) or native is None or native.id not in platform.accepts:
            return
        self.plan.layer("staking")
        self.staked = native
        if not roles:
            self.plan.draw_on("staking", Pool(SELF, "validators", Dimension.OPERATOR))

    def _fill_in(self, layer: str) -> None:
        """Keep a layer that was given without saying whose it is: its protocol is unknown, and visible."""
        there = {name for name, _ in self.plan.layers_in_order()}
        if layer in {"liquid staking", "liquid restaking"} and self.coin:
            self.plan.draw_on("liquid staking", Pool(SELF, "protocols", Dimension.PROTOCOL))
            self.plan.draw_on(layer, Pool(SELF, "operators", Dimension.OPERATOR))
            self.missing = Dimension.PROTOCOL
        elif layer in _WRAPPED and not there & set(_WRAPPED):
            self.plan.draw_on(layer, Pool(SELF, "protocols", Dimension.PROTOCOL))
            self.missing = Dimension.PROTOCOL
        if layer == "liquid restaking" and self.coin:
            self.plan.draw_on(layer, Pool(SELF, "platforms", Dimension.PLATFORM))
            self.plan.draw_on(layer, Pool(SELF, "services", Dimension.SERVICE))

    def _bridge(self) -> None:
        """Add the further chain of a token that is held away from its home: named, or said by its address."""
        if self.token is None:
            return
        first = home_chain(self.catalogue, self.token)
        named, node = known_chain(self.catalogue, self.plan.chain), self._named_chain()
        if not self.plan.chain and self.token.chain != first:
            named, node = (
                self.token.chain,
                self.issuers.chain(chain_node_id(self.catalogue, self.token.chain)),
            )
        if node is None:
            return
        listed = self.token.chain == named
        if named == first or (not listed and node.id in self.plan.layer("hold").own):
            return
        self.issuers.stand_on("bridge", node, node.origin)
        self.plan.draw_on("bridge", Pool(SELF, "bridges", Dimension.BRIDGE))
        self.bridged_from = chain_name(chain_node_id(self.catalogue, first))

    # -- operators and services ------------------------------------------------------------------------

    def _name_members(self, operators: tuple[str, ...], services: tuple[str, ...]) -> None:
        """Give the names to the pool behind the token, or to the position where it has none."""
        pool = self.issuers.pool
        top = self.plan.layers_in_order()[-1][0]
        if pool is None or not self._is_restaked():
            owner = SELF if pool is None else place(self.catalogue, pool).id
            layer = top if pool is None else "liquid staking"
            if operators:
                targets = tuple(self.crew.operator(name) for name in operators)
                self.plan.draw_on(layer, Pool(owner, "operators", Dimension.OPERATOR, targets))
            self.crew.serve(SELF, top, services, ask=False)
        else:
            owner, layer, platform = (
                place(self.catalogue, pool).id,
                "liquid restaking",
                self._platform_of(pool),
            )
            if operators:
                targets = tuple(self.crew.role(name, platform, layer) for name in operators)
                self.plan.draw_on(layer, Pool(owner, "operators", Dimension.OPERATOR, targets))
            self.crew.serve(owner, layer, services, ask=False)

    def _platform_of(self, pool: Entry) -> Entry:
        reached = closure(self.catalogue, pool.id).values()
        platforms = [e for e in reached if e.layer == "restaking-platform"]
        return platforms[0] if len(platforms) == 1 else pool


def find_protocol(catalogue: Catalogue, token: Token | None, text: str) -> Entry | None:
    """Return the entry that "protocol" means beside a token: one under the token first, None if unknown."""
    return (
        next((e for e in bases(catalogue, token) if e.layer in _PROTOCOLS and begins(e, text)), None)
        or find_entry(catalogue, text, _PROTOCOLS)
        or find_entry(catalogue, text, ("operator", "service"))
    )


def bases(catalogue: Catalogue, token: Token | None) -> list[Entry]:
    """Return all entries under a token and under the tokens it is made of, the nearest first."""
    if token is None:
        return []
    found = dict(closure(catalogue, token.entry))
    for inner in inner_tokens(catalogue, token):
        found |= {e.id: e for e in bases(catalogue, inner)}
    return list(found.values())


def _underlying(catalogue: Catalogue, token: Token | None) -> str:
    """Return the symbol of the asset that a token stands on in the end, "" if it is its own or not clear."""
    if token is None or not token.entry:
        return ""
    entry = catalogue.entries[token.entry]
    asset = catalogue.entries.get(entry.underlying, entry)
    if asset.layer == "asset":
        return asset.symbols[0]
    inner = {_underlying(catalogue, t) for t in inner_tokens(catalogue, token)}
    return inner.pop() if len(inner) == 1 else ""
