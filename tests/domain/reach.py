"""What a position stands on, read from the portfolio's edges in the plainest way."""

from decimal import Decimal

from desktop_app import shipped
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Group, Node, Position
from desktop_app.domain.stacks import Holding, add_holding


def one(asset: str, **more: object) -> tuple[Portfolio, Position]:
    """Return a portfolio of one unit of an asset, and its only position."""
    holding = Holding(asset=asset, quantity=Decimal(1), **more)  # type: ignore[arg-type]
    portfolio = add_holding(Portfolio(), shipped.catalogue(), holding)
    (position,) = portfolio.positions.values()
    return portfolio, position


def reached(portfolio: Portfolio, position: str, without: frozenset[str] = frozenset()) -> set[str]:
    """Return the nodes that some part of a position reaches, its layers ``without`` left out."""
    layers = portfolio.positions[position].layers
    kept = {e for la in layers if la.name not in without for e in la.edges}
    left_out = {e for la in layers if la.name in without for e in la.edges} - kept
    seen: set[str] = set()
    todo = [position]
    while todo:
        source = todo.pop()
        targets = [
            e.target
            for e in portfolio.edges.values()
            if e.source == source and e.weight > 0 and e.id not in left_out
        ]
        todo.extend(t for t in targets if t not in seen)
        seen.update(targets)
    return seen


def stands_on(asset: str, **more: object) -> set[str]:
    """Return all nodes under one unit of an asset."""
    portfolio, position = one(asset, **more)
    return reached(portfolio, position.id)


def edges_between(portfolio: Portfolio, source: str, target: str) -> list[Edge]:
    """Return the edges from one node to another."""
    return [e for e in portfolio.edges.values() if (e.source, e.target) == (source, target)]


def graph(nodes: list[Node], edges: list[Edge], groups: list[Group], *positions: Position) -> Portfolio:
    """Return a portfolio of hand-made parts."""
    return Portfolio().with_graph(nodes, edges, groups).with_positions(*positions)
