"""Which column and section of the layered graph a node stands in (look.md 5, Layered graph)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, counted_dimension
from desktop_app.figures.texts import one_line, short_names

NARROW = 1400.0
ALWAYS_HIDDEN = frozenset({Dimension.ASSET, Dimension.CUSTODY, Dimension.CLIENT})

POSITIONS = "positions"
ROLES = "role:"
"""Keys of sections; that of roles is followed by their platform."""

_UNDER_PROTOCOLS = (Dimension.LENDER, Dimension.BRIDGE, Dimension.ORACLE)
_STACK = {Dimension.PLATFORM: "Platforms", Dimension.SERVICE: "Services", Dimension.OPERATOR: "Operators"}
_LAST = {
    Dimension.CHAIN: "Chains",
    Dimension.ASSET: "Assets",
    Dimension.CUSTODY: "Wallets, custody",
    Dimension.CLIENT: "Clients",
}


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """A group of nodes under one heading: ``column`` from the left, ``rank`` from the top of the column.

    ``short``: the heading where the whole one finds no room, "" for none.
    """

    column: int
    rank: int
    key: str
    heading: str
    short: str = field(default="", compare=False)


def default_hidden(width: float) -> frozenset[Dimension]:
    """Return the dimensions that are off at first; up to 1,400 px also tokens and chains."""
    narrow = {Dimension.TOKEN, Dimension.CHAIN} if width <= NARROW else set()
    return ALWAYS_HIDDEN | narrow


def dimension_of(node: str, portfolio: Portfolio) -> Dimension:
    """Return the dimension a node is drawn in: an unknown bucket's is the one it stands for."""
    known = portfolio.nodes.get(node)
    return known.dimension if known is not None else counted_dimension(node, {})


def sections(
    nodes: Sequence[str],
    targets: Mapping[str, Iterable[str]],
    hidden: frozenset[Dimension],
    portfolio: Portfolio,
    exposed: Exposure,
) -> dict[str, Section]:
    """Return the section of each node that is not hidden, with columns numbered from 1 (0 are the positions).

    ``nodes`` in an order in which every node stands before those it depends on; ``targets``: node -> those.
    """
    kinds = {node: dimension_of(node, portfolio) for node in nodes}
    levels = _protocol_levels(nodes, kinds, targets)
    deepest = max(levels.values(), default=0)
    platforms = _role_platforms(kinds, targets, portfolio)
    ranks = sorted(set(platforms.values()), key=lambda platform: _largest_first(platform, exposed))
    raw = {
        node: _role_section(platforms[node], ranks, 3 + deepest, portfolio)
        if kind is Dimension.ROLE
        else _section(kind, levels.get(node, 0), deepest)
        for node, kind in kinds.items()
        if kind not in hidden
    }
    columns = sorted({section.column for section in raw.values()})
    numbers = {column: number for number, column in enumerate(columns, 1)}
    return {node: replace(section, column=numbers[section.column]) for node, section in raw.items()}


def _section(kind: Dimension, level: int, deepest: int) -> Section:
    if kind is Dimension.TOKEN:
        return Section(1, 0, "token", "Tokens")
    if kind is Dimension.PROTOCOL:
        heading = "Protocols on others" if level else "Protocols"
        return Section(2 + deepest - level, 0, f"protocol:{level}", heading)
    if kind in _UNDER_PROTOCOLS:
        return Section(2, 1, "under", "Lender, bridge, oracle")
    if kind in _STACK:
        return Section(4 + deepest, list(_STACK).index(kind), str(kind), _STACK[kind])
    return Section(5 + deepest, list(_LAST).index(kind), str(kind), _LAST[kind])


def _largest_first(platform: str, exposed: Exposure) -> tuple[bool, float, str]:
    found = exposed.nodes.get(platform)
    return (not platform, -(found.value or 0.0) if found else 0.0, platform)


def _role_section(platform: str, ranks: Sequence[str], column: int, portfolio: Portfolio) -> Section:
    """Return the group of the roles on one platform; the first of them names the column."""
    rank = ranks.index(platform)
    known = portfolio.nodes.get(platform)
    if known is None:
        return Section(column, rank, f"{ROLES}{platform}", "platform unknown" if rank else "Roles")
    name, before = one_line(known.name), "on " if rank else "Roles on "
    short = short_names(one_line(node.name) for node in portfolio.nodes.values())[name]
    return Section(column, rank, f"{ROLES}{platform}", before + name, before + short)


def _protocol_levels(
    nodes: Sequence[str], kinds: Mapping[str, Dimension], targets: Mapping[str, Iterable[str]]
) -> dict[str, int]:
    """Return protocol -> how many other protocols lie below it on the longest way down."""
    below: dict[str, int] = {}
    for node in reversed(nodes):
        ways = (
            below.get(target, 0) + (kinds.get(target) is Dimension.PROTOCOL)
            for target in targets.get(node, ())
        )
        below[node] = max(ways, default=0)
    return {node: below[node] for node, kind in kinds.items() if kind is Dimension.PROTOCOL}


def _role_platforms(
    kinds: Mapping[str, Dimension], targets: Mapping[str, Iterable[str]], portfolio: Portfolio
) -> dict[str, str]:
    """Return role -> the platform it stands on or is named after, empty where there is none."""
    platforms = [node for node, kind in kinds.items() if kind is Dimension.PLATFORM]
    return {
        node: next((t for t in targets.get(node, ()) if kinds.get(t) is Dimension.PLATFORM), "")
        or next((p for p in platforms if _is_on(node, p, portfolio)), "")
        for node, kind in kinds.items()
        if kind is Dimension.ROLE
    }


def _is_on(role: str, platform: str, portfolio: Portfolio) -> bool:
    """Tell whether a role is that of a delegation at a platform: "P2P.org on EigenLayer"."""
    known, place = portfolio.nodes.get(role), portfolio.nodes.get(platform)
    return known is not None and place is not None and known.name.endswith(f" on {place.name}")
