"""What a user says of a position beside what is held: bridge, loan, and what each layer pays (5.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.names import joined, slug
from desktop_app.domain.places import place
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    LAYER_NAMES,
    Dimension,
    Edge,
    Exit,
    Layer,
    Node,
    PathTerms,
    Position,
    Side,
    is_unknown,
)
from desktop_app.domain.proposals import Pool, pool_edges
from desktop_app.domain.resolve import find_entry
from desktop_app.errors import UserError

_EQUITY = {Dimension.LENDER, Dimension.ORACLE, Dimension.CUSTODY}
"""What is not amplified by a debt."""
_HOMES = {Dimension.BRIDGE: "bridge", Dimension.ORACLE: "collateral"}
"""The layer that a named node is part of."""


@dataclass(frozen=True, slots=True)
class Terms:
    """``bridge`` and ``oracle``: names, "" not named. ``threshold``, ``penalty`` and ``rates`` are fractions.

    ``liquidity``: what the lender pays out now, in the portfolio's currency; None unlimited or not known.
    ``rates``: layer -> reward a year, None not known. ``clock``: what the clock of its own way out is told;
    None: as it is.
    """

    bridge: str = ""
    oracle: str = ""
    debt: Decimal | None = None
    threshold: float | None = None
    penalty: float | None = None
    liquidity: Decimal | None = None
    rates: Mapping[str, float | None] = field(default_factory=dict)
    clock: PathTerms | None = None


def terms_of(portfolio: Portfolio, position: Position) -> Terms:
    """Return what has been said of a position."""
    lenders = set(_targets(portfolio, position, Dimension.LENDER))
    steps = [s for t in position.exit.tranches for s in t.steps if s.node in lenders]
    return Terms(
        bridge=_named(portfolio, position, Dimension.BRIDGE),
        oracle=_named(portfolio, position, Dimension.ORACLE),
        debt=position.debt,
        threshold=position.liquidation_threshold,
        penalty=position.liquidation_penalty,
        liquidity=next((s.capacity for s in steps if s.capacity is not None), None),
        rates={layer.name: layer.reward_rate for layer in position.layers},
        clock=position.exit.terms_of(position.exit.path),
    )


def with_terms(portfolio: Portfolio, catalogue: Catalogue, position_id: str, terms: Terms) -> Portfolio:
    """Return the portfolio with this said of a position; UserError where it cannot be.

    What is said of a loan already stays as it is, also where a part of it is unknown. A debt puts lender,
    oracle and account on the side of the equity and all else on that of the collateral.
    """
    before = portfolio.positions[position_id]
    old = terms_of(portfolio, before)
    if _loan(terms) != _loan(old):
        _check(terms)
    after = portfolio
    if terms.bridge.strip() != old.bridge:
        after = _with_node(after, catalogue, position_id, Dimension.BRIDGE, terms.bridge.strip())
    if terms.oracle.strip() != old.oracle:
        after = _with_node(after, catalogue, position_id, Dimension.ORACLE, terms.oracle.strip())
    position = after.positions[position_id]
    way_out = _passing(after, position, terms.liquidity)
    if terms.clock is not None and terms.clock != old.clock:
        way_out = way_out.with_terms(way_out.terms_of(way_out.path).with_clock(terms.clock))
    new = replace(
        position,
        debt=terms.debt,
        liquidation_threshold=terms.threshold if terms.debt is not None else None,
        liquidation_penalty=terms.penalty if terms.debt is not None else None,
        layers=tuple(_rated(layer, old, terms) for layer in position.layers),
        exit=way_out,
    )
    return _with_sides(after.with_positions(new), new).without_orphans(portfolio)


def _loan(terms: Terms) -> tuple[object, ...]:
    return terms.debt, terms.threshold, terms.penalty, terms.liquidity


def _check(terms: Terms) -> None:
    if terms.debt is not None and (not terms.debt.is_finite() or terms.debt <= 0):
        raise UserError("A debt is an amount above zero.", "Leave the field empty where nothing is borrowed.")
    if terms.debt is not None and (terms.threshold is None or not 0 < terms.threshold <= 1):
        raise UserError("A debt needs a liquidation threshold.", "Enter it in per cent, above 0 to 100.")
    if terms.debt is not None and (terms.penalty is None or not 0 <= terms.penalty < 1):
        raise UserError("A debt needs a liquidation penalty.", "Enter it in per cent, from 0 to under 100.")
    if terms.liquidity is not None and terms.liquidity < 0:
        raise UserError(
            "What a lender can pay out is no less than zero.", "0 means that it pays out nothing."
        )


def _rated(layer: Layer, old: Terms, terms: Terms) -> Layer:
    """Return a layer with its rate; one that is given by itself is no total of the whole stack any more."""
    given = terms.rates.get(layer.name, layer.reward_rate)
    if given != layer.reward_rate:
        return replace(layer, reward_rate=given, unsplit=False)
    changed = any(rate != old.rates.get(name) for name, rate in terms.rates.items() if name != layer.name)
    return replace(layer, unsplit=layer.unsplit and not changed)


def _passing(portfolio: Portfolio, position: Position, liquidity: Decimal | None) -> Exit:
    """Return the way out with what the lender's first step lets through."""
    lenders = set(_targets(portfolio, position, Dimension.LENDER))
    tranches = []
    for tranche in position.exit.tranches:
        first = next((s.id for s in tranche.steps if s.node in lenders), None)
        steps = (replace(s, capacity=liquidity) if s.id == first else s for s in tranche.steps)
        tranches.append(replace(tranche, steps=tuple(steps)))
    return replace(position.exit, tranches=tuple(tranches))


# -- nodes -------------------------------------------------------------------------------------------------


def _targets(portfolio: Portfolio, position: Position, dimension: Dimension) -> list[str]:
    """Return the nodes of a dimension that the position's own edges lead to."""
    named = (portfolio.edges[i] for la in position.layers for i in la.edges if i in portfolio.edges)
    own = (e.target for e in named if e.source == position.id and e.target in portfolio.nodes)
    return [target for target in own if portfolio.nodes[target].dimension is dimension]


def _named(portfolio: Portfolio, position: Position, dimension: Dimension) -> str:
    return next((portfolio.nodes[n].name for n in _targets(portfolio, position, dimension)), "")


def _with_node(
    portfolio: Portfolio, catalogue: Catalogue, position_id: str, dimension: Dimension, name: str
) -> Portfolio:
    """Let a position stand on the bridge or oracle of this name in the place of the one before."""
    position = portfolio.positions[position_id]
    gone = {*_targets(portfolio, position, dimension), f"unknown:{dimension}"}
    left = {i: e for i, e in portfolio.edges.items() if e.source != position_id or e.target not in gone}
    groups = {
        i: g for i, g in portfolio.groups.items() if g.node != position_id or g.residual_node not in gone
    }
    bare = replace(portfolio, edges=left, groups=groups).with_true_layers()
    bridged = any(la.name == "bridge" for la in position.layers)
    if name:
        node = node_named(portfolio, catalogue, dimension, name)
        edges: tuple[Edge, ...] = (Edge(f"{position_id}>{node.id}", position_id, node.id),)
        whole = bare.with_graph([node], edges)
    elif dimension is Dimension.BRIDGE and bridged:
        edges, group = pool_edges(Pool(position_id, "bridges", dimension))
        whole = bare.with_graph(edges=edges, groups=[group] if group else [])
    else:
        return bare
    held = bare.positions[position_id]
    layers = _with_edges(held.layers, _HOMES[dimension], edges)
    exit_ = _crossed(held.exit, gone, edges[0].target) if dimension is Dimension.BRIDGE else held.exit
    return whole.with_positions(replace(held, layers=layers, exit=exit_))


def _crossed(way_out: Exit, before: set[str], bridge: str) -> Exit:
    """Return the way out over another bridge."""
    tranches = (
        replace(t, steps=tuple(replace(s, node=bridge) if s.node in before else s for s in t.steps))
        for t in way_out.tranches
    )
    return replace(way_out, tranches=tuple(tranches))


def node_named(portfolio: Portfolio, catalogue: Catalogue, dimension: Dimension, name: str) -> Node:
    """Return the bridge or oracle of this name: of the portfolio, of the catalogue, else the user's own."""
    same = (n for n in portfolio.nodes.values() if n.dimension is dimension)
    known = next((n for n in same if joined(n.name) == joined(name)), None)
    entry = None if known else find_entry(catalogue, name, (str(dimension),))
    fresh = place(catalogue, entry) if entry else Node(f"{dimension}:{slug(name)}", name, dimension)
    return known or portfolio.nodes.get(fresh.id, fresh)


def _with_edges(layers: tuple[Layer, ...], name: str, edges: tuple[Edge, ...]) -> tuple[Layer, ...]:
    """Put edges into the layer of a name, which is made where it is not there."""
    ids = tuple(e.id for e in edges)
    if not any(layer.name == name for layer in layers):
        rank = LAYER_NAMES.index(name)
        below = sum(LAYER_NAMES.index(la.name) < rank for la in layers if la.name in LAYER_NAMES)
        return (*layers[:below], Layer(name, 0.0, ids), *layers[below:])
    return tuple(
        replace(la, edges=tuple(dict.fromkeys((*la.edges, *ids)))) if la.name == name else la for la in layers
    )


def _with_sides(portfolio: Portfolio, position: Position) -> Portfolio:
    """Give the position's own edges the side that they have beside a debt, none without one."""

    def side(edge: Edge) -> Side | None:
        if position.debt is None or is_unknown(edge.target):
            return None
        known = portfolio.nodes.get(edge.target)
        return Side.EQUITY if known is not None and known.dimension in _EQUITY else edge.side

    own = [e for e in portfolio.edges.values() if e.source == position.id]
    return portfolio.with_graph(edges=[replace(e, side=side(e)) for e in own])
