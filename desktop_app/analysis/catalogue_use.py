"""What stands on each entry of the catalogue, and how many of its facts in use are old."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.analysis.exposure import Exposure, values_meeting
from desktop_app.analysis.losses import losses_of
from desktop_app.analysis.missing import Missing
from desktop_app.domain.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class EntryUse:
    """``nodes`` of an entry that positions reach; ``value`` that stands on any of them, None: not priced.

    ``positions`` is how many positions reach them, ``old`` how many old facts of the entry they rest on.
    """

    nodes: tuple[str, ...]
    value: float | None
    positions: int
    old: int = 0


def uses(portfolio: Portfolio, exposed: Exposure, missing: Iterable[Missing]) -> Mapping[str, EntryUse]:
    """Return entry id -> use, of the entries that a counted position reaches (values: definitions.md 3)."""
    by_entry: dict[str, list[str]] = {}
    for node in portfolio.nodes.values():
        if node.entry and node.id in exposed.nodes:
            by_entry.setdefault(node.entry, []).append(node.id)
    together = {entry: nodes for entry, nodes in by_entry.items() if len(nodes) > 1}
    met = values_meeting(losses_of(portfolio, exposed.worths, exposed.as_of), together) if together else {}
    old = old_facts(portfolio, missing)
    return {
        entry: EntryUse(
            tuple(nodes),
            _value(exposed, nodes, met.get(entry)),
            len({p for n in nodes for p in exposed.nodes[n].by_position}),
            old.get(entry, 0),
        )
        for entry, nodes in by_entry.items()
    }


def _value(exposed: Exposure, nodes: list[str], met: float | None) -> float | None:
    if not any(exposed.nodes[node].priced for node in nodes):
        return None
    return exposed.nodes[nodes[0]].known_value if met is None else met


def old_facts(portfolio: Portfolio, missing: Iterable[Missing]) -> Mapping[str, int]:
    """Return entry id -> how many of its facts in use are old or undated; "" for what has no entry."""
    counts: dict[str, int] = {}
    for item in missing:
        if item.kind == "old":
            node = portfolio.nodes.get(item.subject)
            entry = (node.entry if node else None) or ""
            counts[entry] = counts.get(entry, 0) + 1
    return counts
