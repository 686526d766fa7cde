"""The catalogue: what is known of protocols, operators, services and tokens, each fact with source and date."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: ``cited`` a page or repository path, ``dated`` its day or month ("undated" if none)."""

    cited: str
    dated: str
    verified: bool
    checked: str


@dataclass(frozen=True, slots=True)
class ExitFact:
    """One step of one ``path`` out of an entry, in days; None is unknown. ``gives``: symbol in hand afterwards, or "named"."""

    path: str
    name: str
    kind: str
    minimum: float | None
    typical: float | None
    maximum: float | None
    slashable: bool | None
    covers: tuple[str, ...]
    only_when: str
    holder_exit: bool
    gives: str
    source: Source


@dataclass(frozen=True, slots=True)
class SlashingFact:
    """What can be slashed: ``max_fraction`` in one incident, and whether allocations overlap (unique, shared, n/a)."""

    condition: str
    max_fraction: float | None
    allocation: str
    source: Source


@dataclass(frozen=True, slots=True)
class RewardFact:
    """An example rate (a fraction a year; None = not published) seen at ``as_of``."""

    name: str
    kind: str
    rate: float | None
    as_of: str
    source: Source


@dataclass(frozen=True, slots=True)
class RiskFact:
    """A fact about contracts or governance."""

    fact: str
    source: Source


@dataclass(frozen=True, slots=True)
class Entry:
    """One protocol, operator, service or asset. Only ``depends_on`` makes edges (stacks.md)."""

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


@dataclass(frozen=True, slots=True)
class Token:
    """A token on a chain: ``kind`` is asset, share, governance, principal or lp; a share's ``entry`` is its stack."""

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
    source: Source = Source("", "undated", verified=False, checked="")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries and tokens of one version (the day it was compiled)."""

    version: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    tokens: tuple[Token, ...] = ()
