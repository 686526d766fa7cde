"""Small portfolios from drawings, one line a path.

    me: 10 weETH @ 3000 -> ether.fi -> EigenLayer   a position of 10 weETH at 3,000 each, and two nodes
    me: 1000 -> T                                   a value alone; unknown: ?; without a price: 10 weETH
    X -30%-> O                                      a slice of the split "X#split"; named: -30% validators->
    X -rest-> unknown:operator                      what that split leaves; named: -rest validators->
    R ~80%~> S                                      an overlapping share
    me ..> lender                                   an edge on the equity side of a position with debt

A name may carry its dimension, as in ``operator:A``; a plain name is a protocol. Ids are the names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    Dimension,
    Edge,
    Exit,
    ExitStep,
    Group,
    Layer,
    Mode,
    Node,
    Position,
    Scenario,
    Side,
    Tranche,
    is_unknown,
)

_ARROW = re.compile(r"\s+(->|\.\.>|-[\d.]+%[^>]*->|~[\d.]+%~>|-rest[^>]*->)\s+")
_HOLDING = re.compile(r"(?P<amount>\?|[\d.]+)(?:\s+(?P<asset>[^\s@]+))?(?:\s+@\s+(?P<price>[\d.]+))?")


def drawn(*lines: str, scenarios: Iterable[Scenario] = ()) -> Portfolio:
    """Return the portfolio of a drawing; text blocks of several lines are split."""
    drawing = _Drawing()
    for line in "\n".join(lines).splitlines():
        if line.strip():
            drawing.add(line.strip())
    return Portfolio(
        nodes={n.id: n for n in drawing.nodes.values()},
        edges=drawing.edges,
        groups=drawing.groups,
        positions=drawing.positions,
        scenarios={s.id: s for s in scenarios},
    )


def node(name: str, failure_probability: float | None = None, loss: float | None = None) -> Node:
    """Return a node whose dimension is the word before its colon, else ``protocol``."""
    kind, colon, _ = name.partition(":")
    dimension = Dimension(kind) if colon and kind in set(Dimension) else Dimension.PROTOCOL
    return Node(name, name, dimension, failure_probability, loss)


def edge(
    source: str, target: str, weight: float = 1.0, mode: Mode = Mode.ALL, group: str | None = None
) -> Edge:
    """Return an edge; its id tells where it goes."""
    return Edge(f"{source}>{target}", source, target, mode, weight, group)


def position(name: str, value: str | None = "1000", asset: str = "ETH", **fields: object) -> Position:
    """Return a position of a value alone; None is unknown."""
    worth = None if value is None else Decimal(value)
    return Position(name, name, asset, asset, value=worth, **fields)  # type: ignore[arg-type]


def scenario(name: str, **shocks: float) -> Scenario:
    """Return a scenario whose shocks are given by node id."""
    return Scenario(name, name, tuple(shocks.items()))


def step(name: str, *days: float | None, after: str = "", **fields: object) -> ExitStep:
    """Return an exit step of (min, typical, max) days, or of one length; ``after``: ids, blanks between."""
    minimum, typical, maximum = days if len(days) == 3 else days * 3
    return ExitStep(name, name, tuple(after.split()), minimum, typical, maximum, **fields)  # type: ignore[arg-type]


def way_out(*steps: ExitStep) -> Exit:
    """Return an exit of one tranche."""
    return Exit((Tranche("all", 1.0, steps),))


def layer(name: str, rate: float | None = None, *edges: str) -> Layer:
    """Return a layer that adds some edges."""
    return Layer(name, rate, edges)


@dataclass
class _Drawing:
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)

    def add(self, line: str) -> None:
        first, *rest = _ARROW.split(line)
        source = self._start(first)
        for arrow, target in zip(rest[::2], rest[1::2], strict=True):
            self._edge(source, arrow, target)
            source = target

    def _start(self, text: str) -> str:
        name, colon, holding = text.partition(": ")
        if colon:
            self.positions[name] = _held(name, holding)
        elif name not in self.positions:
            self._node(name)
        return name

    def _node(self, name: str) -> None:
        if not is_unknown(name):
            self.nodes.setdefault(name, node(name))

    def _edge(self, source: str, arrow: str, target: str) -> None:
        self._node(target)
        if arrow in {"->", "..>"}:
            side = Side.EQUITY if arrow == "..>" else None
            self.edges[f"{source}>{target}"] = Edge(f"{source}>{target}", source, target, side=side)
        elif arrow.startswith("~"):
            self.edges[f"{source}>{target}"] = edge(source, target, _share(arrow), Mode.SHARED)
        else:
            words = arrow.strip("->").split()
            group = f"{source}#{words[1] if len(words) > 1 else 'split'}"
            self.groups.setdefault(group, Group(group, source))
            if words[0] == "rest":
                self.groups[group] = Group(group, source, target)
            else:
                self.edges[f"{source}>{target}"] = edge(source, target, _share(words[0]), Mode.SPLIT, group)


def _share(text: str) -> float:
    return float(Decimal(text.strip("~>-").rstrip("%")) / 100)


def _held(name: str, text: str) -> Position:
    found = _HOLDING.fullmatch(text.strip())
    if found is None:
        message = f"not a holding: {text}"
        raise ValueError(message)
    amount, asset, price = found["amount"], found["asset"] or "ETH", found["price"]
    if amount == "?":
        return position(name, None, asset)
    if found["asset"] is None:
        return position(name, amount)
    return Position(
        name,
        name,
        asset,
        asset,
        quantity=Decimal(amount),
        unit_price=None if price is None else Decimal(price),
    )
