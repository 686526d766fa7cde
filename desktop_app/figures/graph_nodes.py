"""The nodes of the layered graph: what each says, and how small ones fold into "4 others" (look.md 5)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, is_unknown
from desktop_app.figures.graph_columns import POSITIONS, ROLES, Section, dimension_of
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line, short_names

FOLD = "fold:"
SMALL = 0.05
MOST_POSITIONS = 12
NOT_PUBLISHED = "Not published"

NODE = 34.0
NODE_GAP = 7.0
HEADING = 22.0

GroupValues = Callable[[Mapping[str, frozenset[str]]], Mapping[str, float]]
"""Named sets of nodes -> the value that meets each set (``analysis.exposure.group_values``)."""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A node as drawn. ``dimension``: None for a position. ``members``: the nodes that are folded into it.

    ``short``: its name where the whole one finds no room, "" for none.
    """

    id: str
    name: str
    section: Section
    dimension: Dimension | None
    value: float | None
    share: float | None
    members: frozenset[str] = frozenset()
    short: str = ""

    @property
    def unknown(self) -> bool:
        """Tell whether the node is the bucket of what nobody has published."""
        return is_unknown(self.id)


def position_nodes(portfolio: Portfolio, exposed: Exposure) -> list[GraphNode]:
    """Return the positions that count, largest first, those of unknown value last."""
    section = Section(0, 0, POSITIONS, "Positions")
    total = exposed.portfolio_value
    nodes = []
    for position in portfolio.counted_positions():
        worth = exposed.worths.get(position.id)
        share = float(worth / total) if worth is not None and total else None
        value = None if worth is None else float(worth)
        nodes.append(GraphNode(position.id, one_line(position.name), section, None, value, share))
    return sorted(nodes, key=_largest_first)


def graph_nodes(placed: Mapping[str, Section], portfolio: Portfolio, exposed: Exposure) -> list[GraphNode]:
    """Return the nodes that have a section, largest first."""
    nodes = []
    short = short_names(one_line(node.name) for node in portfolio.nodes.values())
    for node, section in placed.items():
        known, found = portfolio.nodes.get(node), exposed.nodes.get(node)
        name = one_line(known.name) if known else NOT_PUBLISHED
        if section.key.startswith(ROLES):
            name = name.removesuffix(f" {section.heading.removeprefix('Roles ')}")
        value, share = (found.known_value, found.known_share) if found else (None, None)
        dimension, brief = dimension_of(node, portfolio), short.get(name, "")
        nodes.append(GraphNode(node, name, section, dimension, value, share, short=brief))
    return sorted(nodes, key=_largest_first)


def _largest_first(node: GraphNode) -> tuple[float, str, str]:
    return (-(node.value or 0.0), node.name, node.id)


def fold(
    nodes: Sequence[GraphNode],
    room: float,
    opened: Collection[str],
    labels: Labels,
    total: Decimal | None,
    group_values: GroupValues,
) -> list[GraphNode]:
    """Return the nodes; in a column that does not fit into ``room`` the small ones are folded by section.

    First those under 5 %, then the smallest until it fits. Sections whose fold is in ``opened`` stay open.
    """
    columns: dict[int, list[GraphNode]] = {}
    for node in nodes:
        columns.setdefault(node.section.column, []).append(node)
    kept: list[GraphNode] = []
    folded: dict[Section, list[GraphNode]] = {}
    for column in columns.values():
        small = _small(column, room, opened)
        kept += [node for node in column if node.id not in small]
        for node in column:
            if node.id in small:
                folded.setdefault(node.section, []).append(node)
    open_sections = {node.section for node in kept}
    values = _fold_values(folded, group_values)
    for section, members in folded.items():
        value = values.get(FOLD + section.key)
        share = value / float(total) if value is not None and total else None
        whole = section not in open_sections
        kept.append(_folded(section, members, value, share, labels, whole=whole))
    return kept


def _folded(
    section: Section,
    members: Sequence[GraphNode],
    value: float | None,
    share: float | None,
    labels: Labels,
    *,
    whole: bool,
) -> GraphNode:
    """Return the node that stands for several: "4 others", or "3 roles" for all of a group."""
    word = "roles" if whole and section.key.startswith(ROLES) else "others"
    name = f"{labels.number(len(members))} {word}"
    ids = frozenset(node.id for node in members)
    return GraphNode(FOLD + section.key, name, section, members[0].dimension, value, share, ids)


def _fold_values(
    folded: Mapping[Section, Sequence[GraphNode]], group_values: GroupValues
) -> dict[str, float]:
    """Return the value that meets each fold: for positions their sum, for nodes not (they share units)."""
    result: dict[str, float] = {}
    groups: dict[str, frozenset[str]] = {}
    for section, members in folded.items():
        if section.key == POSITIONS:
            worths = [node.value for node in members if node.value is not None]
            if worths:
                result[FOLD + section.key] = sum(worths)
        elif any(node.value is not None for node in members):
            groups[FOLD + section.key] = frozenset(node.id for node in members)
    return {**result, **(group_values(groups) if groups else {})}


def _height(nodes: Iterable[GraphNode], folds: int = 0) -> float:
    listed = list(nodes)
    headings = len({node.section for node in listed})
    return (len(listed) + folds) * (NODE + NODE_GAP) + max(headings - 1, 0) * HEADING


def _small(column: Sequence[GraphNode], room: float, opened: Collection[str]) -> set[str]:
    """Return the ids that fold in one column (largest first): none where all of it fits."""
    if _height(column) <= room:
        return set()
    closed = [node for node in column if FOLD + node.section.key not in opened]
    if column[0].section.key == POSITIONS:
        keep = max(1, min(MOST_POSITIONS, int(room / (NODE + NODE_GAP)) - 1))
        return {node.id for node in closed[keep:]} if len(closed) > keep + 1 else set()
    small = {node.id for node in closed if node.share is not None and node.share < SMALL and not node.unknown}
    return _until_it_fits(column, closed, _not_single(small, column), room)


def _not_single(small: set[str], column: Sequence[GraphNode]) -> set[str]:
    """Return the ids without those that would fold alone: "1 others" saves nothing."""
    counts: dict[Section, int] = {}
    for node in column:
        counts[node.section] = counts.get(node.section, 0) + (node.id in small)
    return {node.id for node in column if node.id in small and counts[node.section] > 1}


def _until_it_fits(
    column: Sequence[GraphNode], closed: Sequence[GraphNode], small: set[str], room: float
) -> set[str]:
    """Fold the smallest node of the longest section, again and again, but leave the largest of each."""
    shown: dict[Section, list[GraphNode]] = {}
    for node in closed:
        if node.id not in small:
            shown.setdefault(node.section, []).append(node)
    folds = {node.section for node in column if node.id in small}
    height = _height([node for node in column if node.id not in small], len(folds))
    while height > room and any(len(rest) > 1 for rest in shown.values()):
        section = max(shown, key=lambda key: (len(shown[key]), key))
        rest = shown[section]
        last = next((n for n in reversed(rest[1:]) if not n.unknown), rest[-1])
        rest.remove(last)
        small.add(last.id)
        height -= NODE + NODE_GAP
        if section not in folds:
            folds.add(section)
            height += NODE + NODE_GAP
    return _not_single(small, column)


def placing(nodes: Iterable[GraphNode]) -> dict[str, str]:
    """Return folded node -> the node it is folded into."""
    return {member: node.id for node in nodes for member in node.members}


def in_heading_order(nodes: Iterable[GraphNode]) -> list[GraphNode]:
    """Return the nodes by column and section, largest first, folds last."""
    return sorted(nodes, key=lambda node: (node.section, bool(node.members), *_largest_first(node)))
