"""Names that reach further than their row: operators and services of a shared issuer or role."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import repeat

from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.long_rows import LongRows
from desktop_app.csv_import.rows import Row, Verdict
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.holdings import StackKey
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.proposals import SELF
from desktop_app.domain.stack_builder import propose

_COMING = (Verdict.ADD, Verdict.ASK)
_NAMED = 5
_LOOKED_AT = 500  # stacks with names; to count the sharers of more would take longer than the file
_ALSO = "Operators and services named in a row also count for all positions that share"


def sharing_warnings(rows: Sequence[Row], portfolio: Portfolio, catalogue: Catalogue) -> list[str]:
    """Return one sentence on what is named in some rows and counts for further positions too, or none."""
    keys: Counter[StackKey] = Counter()
    for row, count in rows.counts() if isinstance(rows, LongRows) else zip(rows, repeat(1), strict=False):
        if row.verdict in _COMING and not row.position and row.holding is not None:
            keys[row.holding.stack_key] += count
    with_names = [key for key in keys if key[4] or key[5]]
    if len(with_names) > _LOOKED_AT:
        return [f"{_ALSO} their issuer, or their role at a platform."]
    named = {key: propose(catalogue, key) for key in with_names}
    owners: dict[str, str] = {}
    for stack in named.values():
        pools = (pool for _, layer in stack.layers_in_order() for pool in layer.pools.values())
        owners |= {p.owner: stack.nodes[p.owner].name for p in pools if p.owner != SELF and p.targets}
    if not owners:
        return []
    sharing = _stored(owners, portfolio)
    for key, count in keys.items():
        nodes = (named.get(key) or propose(catalogue, key)).nodes
        sharing.update(dict.fromkeys(owners.keys() & nodes.keys(), count))
    shared = [f"{shown(owners[o])} ({sharing[o]} positions)" for o in owners if sharing[o] > 1]
    if not shared:
        return []
    more = f" and {len(shared) - _NAMED} more" if len(shared) > _NAMED else ""
    listed = ", ".join(shared[:_NAMED])
    return [f"{_ALSO} them: {listed}{more}."]


def _stored(owners: Iterable[str], portfolio: Portfolio) -> Counter[str]:
    """Return how many stored positions stand on each of the nodes."""
    wanted = set(owners)
    by_edge = {e.id: {e.source, e.target} & wanted for e in portfolio.edges.values()}
    found: Counter[str] = Counter()
    for position in portfolio.positions.values():
        edges = (i for layer in position.layers for i in layer.edges)
        found.update({owner for i in edges for owner in by_edge.get(i, ())})
    return found
