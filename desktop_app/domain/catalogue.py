"""The catalogue: what is known of protocols, operators, services and tokens, with source and date."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from desktop_app.domain.names import joined, without_end, words
from desktop_app.domain.positions import Origin

EXTENSIONS = 8
"""So many extended catalogues are remembered: the indexes of one take longer than most questions to it."""

_BRACKETS = re.compile(r" \([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: ``cited`` a page or repository path, ``dated`` its day, month or "undated".

    ``origin``: whether the shipped catalogue or the user says so.
    """

    cited: str
    dated: str
    verified: bool
    checked: str
    origin: Origin = Origin.CATALOGUE


@dataclass(frozen=True, slots=True)
class ExitFact:
    """One step of one ``path`` out of an entry, in days; None is unknown.

    ``gives``: the symbol in hand afterwards, "named" for the token that the position names, "" the default.
    ``fee``: the fraction of the amount that it takes, None where no source names one; ``fee_unknown``: one
    may be taken that nobody knows.
    """

    path: str
    name: str
    kind: str
    source: Source
    minimum: float | None = None
    typical: float | None = None
    maximum: float | None = None
    slashable: bool | None = None
    covers: tuple[str, ...] = ()
    only_when: str = ""
    holder_exit: bool = True
    gives: str = ""
    fee: float | None = None
    fee_unknown: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SlashingFact:
    """What can be slashed: ``max_fraction`` in one incident; ``allocation`` is unique, shared or n/a."""

    condition: str
    allocation: str
    source: Source
    max_fraction: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RewardFact:
    """An example rate (a fraction a year; None = not published) seen at ``as_of``."""

    name: str
    kind: str
    as_of: str
    source: Source
    rate: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RiskFact:
    """What else can go wrong: who can change, stop or empty the contracts, and what is known of audits."""

    text: str
    source: Source


Fact = ExitFact | SlashingFact | RewardFact | RiskFact


@dataclass(frozen=True)
class Entry:
    """One protocol, operator, service or asset. Only ``depends_on`` makes edges.

    ``cited`` names the collection of facts that says what it depends on, ``dated`` the day that was compiled.
    ``note``, ``risks`` and its facts' notes are empty until the details are read (``catalogue_reading``).
    ``origin``: shipped, or made or changed by the user.
    Without slots, for the cached names.
    """

    id: str
    name: str
    layer: str
    chain: str
    symbols: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    chain_entry: str = ""
    underlying: str = ""
    reward_layers: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    platforms_possible: tuple[str, ...] = ()
    operators_listed: tuple[str, ...] = ()
    platform: str = ""
    operates_on: tuple[str, ...] = ()
    exits: tuple[ExitFact, ...] = ()
    slashing: tuple[SlashingFact, ...] = ()
    rewards: tuple[RewardFact, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    note: str = ""
    cited: str = ""
    dated: str = ""
    origin: Origin = Origin.CATALOGUE

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return all facts with a source of their own: exit steps, slashing rules, rewards, risks."""
        return (*self.exits, *self.slashing, *self.rewards, *self.risks)

    @property
    def short_name(self) -> str:
        """Return the name without the list of tokens or the remark in brackets behind it."""
        return _BRACKETS.sub("", self.name)

    @property
    def chain_slug(self) -> str:
        """Return the short name of the chain of a native-staking entry: its id without the ending."""
        return self.id.removesuffix("-staking").removesuffix("-native")

    @cached_property
    def spellings(self) -> tuple[list[str], ...]:
        """Return the words of the id and of the name with and without its remark."""
        return words(self.id), words(self.short_name), words(self.name)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return all names, in the form in which names are compared."""
        chain = [self.chain_slug] if self.layer == "native-staking" else []
        return frozenset(joined(n) for n in (self.id, self.short_name, self.name, *self.symbols, *chain))


@dataclass(frozen=True, slots=True)
class Token:
    """A token on a chain: ``kind`` is asset, share, governance, principal or lp; ``entry`` is its stack.

    ``other_ids`` are the token's identifiers elsewhere (rotki, CoinGecko).
    """

    symbol: str
    name: str
    kind: str
    chain: str
    entry: str = ""
    governs: str = ""
    made_of: tuple[str, ...] = ()
    address: str = ""
    decimals: int | None = None
    other_ids: tuple[str, ...] = ()
    note: str = ""
    source: Source = Source("", "undated", verified=False, checked="")


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A symbol that does not name one token: the ``entries`` it may mean here, and what else it may be."""

    symbol: str
    entries: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Shock:
    """What an event took from the value of a node (its id): ``fraction``, and of what that was measured."""

    node: str
    fraction: float
    basis: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``protocols`` were in it, which does not say that they lost.

    ``loss_fraction`` and ``discount`` were measured of ``fraction_basis`` and are never applied to the
    protocols; only ``shocks`` make a scenario, and where there are none ``why_no_shock`` says why.
    """

    id: str
    name: str
    date: str
    kind: str
    source: Source
    protocols: tuple[str, ...] = ()
    note: str = ""
    loss_fraction: float | None = None
    discount: float | None = None
    fraction_basis: str = ""
    duration_days: float | None = None
    amount: str = ""
    shocks: tuple[Shock, ...] = ()
    why_no_shock: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of a protocol's rules under the name that it has there; ``group`` is the protocol."""

    group: str
    name: str
    value: int | float | str
    source: Source
    unit: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All entries and tokens of one version (the day of compilation). Without slots, for the indexes.

    ``events`` and ``constants`` are empty until the details are read (``catalogue_reading``).
    """

    version: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    tokens: tuple[Token, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    events: tuple[Event, ...] = ()
    constants: tuple[Constant, ...] = ()

    @cached_property
    def _extensions(self) -> "dict[tuple[Entry, ...], Catalogue]":
        return {}

    def extended(
        self, own: tuple[Entry, ...], make: "Callable[[Catalogue, tuple[Entry, ...]], Catalogue]"
    ) -> "Catalogue":
        """Return what ``make`` makes of this catalogue and further entries; the last few are remembered."""
        known = self._extensions
        if own not in known:
            if len(known) >= EXTENSIONS:
                known.clear()
            known[own] = make(self, own)
        return known[own]

    @cached_property
    def tokens_by_symbol(self) -> Mapping[str, tuple[Token, ...]]:
        """Return the tokens of each exact symbol; the first one lives on the token's home chain."""
        return _grouped((t.symbol, t) for t in (*self.tokens, *self._tokens_of_entries()))

    @cached_property
    def tokens_by_folded_symbol(self) -> Mapping[str, tuple[Token, ...]]:
        """Return the tokens of each symbol without regard to case."""
        return _grouped((s.casefold(), t) for s, rows in self.tokens_by_symbol.items() for t in rows)

    def _tokens_of_entries(self) -> Iterator[Token]:
        known = {t.symbol.casefold() for t in self.tokens} | {a.symbol.casefold() for a in self.ambiguous}
        return tokens_of(self.entries.values(), known)

    @cached_property
    def tokens_by_other_id(self) -> Mapping[str, tuple[Token, ...]]:
        """Return the tokens of each address (EVM in lower case) and of each identifier used elsewhere."""
        ids = ((i, t) for t in self.tokens for i in (*t.other_ids, address_key(t.address)) if i)
        return _grouped(ids)

    @cached_property
    def chains(self) -> Mapping[str, Entry]:
        """Return the native-staking entry of each chain text: the one whose coin says that it lives there."""
        result = {}
        for entry in self.entries.values():
            coins = [self.entries[d] for d in entry.depends_on if d in self.entries]
            if entry.layer == "native-staking" and any(c.chain_entry == entry.id for c in coins):
                result[entry.chain] = entry
        return result

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Return what the issuer behind each entry is called: "Jito" rather than "Jito JitoSOL".

        A symbol of its own at the end of a name is cut off where what is left names no other entry.
        """
        issuers = [entry for entry in self.entries.values() if entry.layer != "asset"]
        shown = {entry.id: without_end(entry.short_name, entry.symbols) for entry in issuers}
        taken = Counter(map(joined, shown.values()))
        return {e.id: shown[e.id] if taken[joined(shown[e.id])] == 1 else e.short_name for e in issuers}

    @cached_property
    def chain_texts(self) -> Mapping[str, str]:
        """Return the text that tokens and entries use for a chain, by each of its names (compared form)."""
        result = {joined(t.chain): t.chain for t in self.tokens}
        for entry in self.entries.values():
            if entry.layer == "native-staking":
                own = self.chains.get(entry.chain) is entry
                result[joined(entry.chain_slug)] = entry.chain if own else entry.chain_slug
        return result


TOKEN_KINDS = {
    "asset": "asset",
    "liquid-staking": "share",
    "liquid-restaking": "share",
    "defi": "share",
}
"""Layers of entries whose symbols are tokens that can be held."""


def tokens_of(entries: Iterable[Entry], known: Container[str]) -> Iterator[Token]:
    """Yield a token without address for each symbol of entries that is not among the ``known``, folded."""
    for entry in entries:
        kind = TOKEN_KINDS.get(entry.layer, "")
        read = Source(entry.cited, entry.dated or "undated", verified=False, checked="", origin=entry.origin)
        for symbol in entry.symbols if kind else ():
            if symbol.casefold() not in known:
                yield Token(symbol, entry.short_name, kind, entry.chain, entry.id, source=read)


_EVM_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")


def address_key(address: str) -> str:
    """Return the form in which addresses are compared: EVM without regard to case, others with."""
    return address.lower() if _EVM_ADDRESS.fullmatch(address) else address


def _grouped(pairs: Iterable[tuple[str, Token]]) -> dict[str, tuple[Token, ...]]:
    result: dict[str, tuple[Token, ...]] = {}
    for key, token in pairs:
        result[key] = (*result.get(key, ()), token)
    return result
