"""What is lit when a node is pointed at: lines above and below it, as wide as the value that passes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.figures.graph_links import Link

AWAY = "text2"


@dataclass(frozen=True, slots=True)
class Lit:
    """The chosen node ("" = nothing), the lines lit with it (ends -> colour role and width), lit nodes."""

    node: str = ""
    lines: Mapping[tuple[str, str], tuple[str, float]] = field(default_factory=dict)
    nodes: frozenset[str] = frozenset()

    def fades(self, node: str) -> bool:
        """Tell whether a node is unlit while another one is chosen."""
        return bool(self.node) and node not in self.nodes

    def line(self, link: Link) -> tuple[str, float] | None:
        """Return colour and width of a lit line, None for all others."""
        return self.lines.get((link.source, link.target))


def light(
    node: str,
    links: Sequence[Link],
    passing: Mapping[str, float] | None,
    scale: float,
    thinnest: float,
    towards: str,
) -> Lit:
    """Return what lights up with a node: ``towards`` is the colour of the lines between the positions and it.

    ``passing``: flow id -> the value that passes both the flow and the node; None draws every line whole.
    """
    lines: dict[tuple[str, str], tuple[str, float]] = {}
    for found, role in ((_above(node, links), towards), (_below(node, links), AWAY)):
        for link in found:
            value = _joint(link, passing)
            if value is None or value > 0:
                lines[link.source, link.target] = (role, max(thinnest, scale * (value or 0.0)))
    ends = frozenset(end for pair in lines for end in pair)
    return Lit(node, lines, ends | {node})


def _joint(link: Link, passing: Mapping[str, float] | None) -> float | None:
    """Return the value that passes a line and the chosen node: of each way the least of its flows.

    None where that is not known: without any price on the line the way itself is what there is to show.
    """
    if passing is None or not link.value:
        return link.value or None
    through = sum(min(passing.get(flow, 0.0) for flow in chain) for chain in link.chains)
    return min(link.value, through)


def _above(node: str, links: Iterable[Link]) -> list[Link]:
    into: dict[str, list[Link]] = {}
    for link in links:
        into.setdefault(link.target, []).append(link)
    return _walk(node, into, source_side=True)


def _below(node: str, links: Iterable[Link]) -> list[Link]:
    out: dict[str, list[Link]] = {}
    for link in links:
        out.setdefault(link.source, []).append(link)
    return _walk(node, out, source_side=False)


def _walk(node: str, beside: Mapping[str, Sequence[Link]], *, source_side: bool) -> list[Link]:
    found: list[Link] = []
    seen, todo = {node}, [node]
    while todo:
        for link in beside.get(todo.pop(), ()):
            found.append(link)
            end = link.source if source_side else link.target
            if end not in seen:
                seen.add(end)
                todo.append(end)
    return found
