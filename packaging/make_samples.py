"""Makes the sample portfolio from marlow.toml: holdings as a user enters them, then that user's edits.

    python packaging/make_samples.py

A new catalogue may change what the holdings stand on; a test tells when the file is behind.
"""

import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OWNER = ROOT / "packaging" / "marlow.toml"
SAMPLE = ROOT / "resources" / "samples" / "marlow.json"
sys.path.insert(0, str(ROOT))

from desktop_app import shipped  # noqa: E402 - found beside this folder
from desktop_app.domain.congestion import Congestion  # noqa: E402 - likewise
from desktop_app.domain.interchange import dumps  # noqa: E402 - likewise
from desktop_app.domain.limits import Limit, LimitKind  # noqa: E402 - likewise
from desktop_app.domain.names import slug  # noqa: E402 - likewise
from desktop_app.domain.portfolio import Portfolio  # noqa: E402 - likewise
from desktop_app.domain.positions import (  # noqa: E402 - likewise
    Dimension,
    Edge,
    Exit,
    ExitStep,
    Group,
    Layer,
    Market,
    Mode,
    Node,
    Origin,
    Position,
    Request,
    Scenario,
    Side,
    counted_dimension,
    is_unknown,
)
from desktop_app.domain.requests import steps_to_walk  # noqa: E402 - likewise
from desktop_app.domain.stacks import Holding, add_holdings  # noqa: E402 - likewise

Record = Mapping[str, Any]


def marlow() -> Portfolio:
    """Return the sample: twelve positions, with everything that the program can say of one."""
    owner = tomllib.loads(OWNER.read_text("utf-8"))
    portfolio = _held(owner)
    portfolio = portfolio.with_graph([_node(i, name) for i, name in owner["nodes"].items()])
    portfolio = _without(portfolio, owner["out"]["edges"], (*owner["out"]["pools"], *owner["pools"]))
    portfolio = _with_edges(portfolio, owner)
    for position in portfolio.positions.values():
        portfolio = portfolio.with_positions(_edited(position, owner))
    for position, debt in owner["debts"].items():
        portfolio = _indebted(portfolio, portfolio.positions[position], debt)
    portfolio = portfolio.with_graph(
        replace(portfolio.nodes[node], failure_probability=q, loss_given_failure=loss)
        for node, (q, loss) in owner["failures"].items()
    )
    portfolio = portfolio.with_graph(
        replace(portfolio.nodes[node], loss_given_failure=loss) for node, loss in owner["severities"].items()
    )
    limits = [
        Limit(slug(f"{li['kind']} {li['subject']}"), LimitKind(li["kind"]), li["subject"], float(li["bound"]))
        for li in owner["limits"]
    ]
    return portfolio.with_limits(*limits).with_scenarios(
        *(Scenario(slug(s["name"]), s["name"], tuple(s["shocks"].items())) for s in owner["scenarios"])
    )


def _held(owner: Record) -> Portfolio:
    """Return the portfolio right after the holdings were typed."""
    holdings = [_holding(asset, typed, owner) for asset, typed in owner["positions"].items()]
    queue = Congestion(Decimal(owner["queue"]["queue_eth"]), owner["queue"]["dated"])
    empty = Portfolio(as_of=owner["as_of"], notice=owner["notice"], congestion=queue)
    return add_holdings(empty, shipped.catalogue(), holdings)[0]


def _holding(asset: str, typed: Record, owner: Record) -> Holding:
    convert: Mapping[str, Callable[[Any], Any]] = {
        "quantity": Decimal,
        "unit_price": Decimal,
        "operators": tuple,
        "services": tuple,
    }
    given = {key: convert.get(key, lambda v: v)(value) for key, value in typed.items()}
    if "unit_price" in given:
        given.setdefault("priced_on", owner["as_of"])
    return Holding(asset=asset, custody=True, **given)


def _node(ident: str, name: str) -> Node:
    return Node(ident, name, Dimension(ident.partition(":")[0]))


# -- the graph -------------------------------------------------------------------------------------------


def _without(portfolio: Portfolio, edges: Iterable[str], pools: Iterable[str]) -> Portfolio:
    """Take out edges, and the members of pools: slices of a split, or services that count in full."""
    gone = set(edges)
    for pool in pools:
        owner, _, kind = pool.partition("#")
        gone |= {e.id for e in portfolio.edges.values() if e.group == pool}
        if kind == "services":
            gone |= {
                e.id
                for e in portfolio.edges.values()
                if e.source == owner and e.target.startswith("service:")
            }
    return replace(
        portfolio,
        edges={i: e for i, e in portfolio.edges.items() if i not in gone},
        groups={i: g for i, g in portfolio.groups.items() if i not in set(pools)},
    ).with_true_layers()


def _with_edges(portfolio: Portfolio, owner: Record) -> Portfolio:
    """Add the edges that the owner typed, each to the lowest layer that needs it."""
    typed = {"dated": owner["assumed_on"]}
    edges = [
        Edge(f"{pool}>{target}", pool.partition("#")[0], target, Mode.SPLIT, weight, pool, **typed)
        for pool, members in owner["pools"].items()
        for target, weight in members.items()
    ]
    edges += [
        Edge(f"{role}>{target}", role, target, Mode.SHARED, weight, **typed)
        for role, members in owner["shared"].items()
        for target, weight in members.items()
    ]
    edges += [
        Edge(f"{source}>{target}", source, target, **typed)
        for source, targets in owner["all"].items()
        for target in targets
    ]
    groups = [
        Group(pool, pool.partition("#")[0], next(filter(is_unknown, members), None))
        for pool, members in owner["pools"].items()
    ]
    wired = portfolio.with_graph((), edges, groups)
    return wired.with_positions(*(_with_layers(wired, p, edges) for p in wired.positions.values()))


def _with_layers(portfolio: Portfolio, position: Position, edges: Iterable[Edge]) -> Position:
    """Name the new edges that a position reaches in its layers."""
    reached = _reached(portfolio, position.id)
    names = [layer.name for layer in position.layers]
    added: dict[str, list[str]] = {}
    for edge in edges:
        if edge.source in reached:
            added.setdefault(_layer_of(portfolio, edge, names), []).append(edge.id)
    layers = [replace(la, edges=(*la.edges, *added.get(la.name, ()))) for la in position.layers]
    return replace(position, layers=tuple(layers))


def _reached(portfolio: Portfolio, start: str) -> set[str]:
    reached, todo = {start}, [start]
    while todo:
        source = todo.pop()
        targets = {e.target for e in portfolio.edges.values() if e.source == source} - reached
        reached |= targets
        todo.extend(targets)
    return reached


def _layer_of(portfolio: Portfolio, edge: Edge, names: list[str]) -> str:
    """Return the layer to which an edge belongs in a stack of these layers."""
    dimensions = {counted_dimension(edge.target, portfolio.nodes)}
    if edge.source in portfolio.nodes:
        dimensions.add(portfolio.nodes[edge.source].dimension)
    if dimensions & {Dimension.ROLE, Dimension.PLATFORM, Dimension.SERVICE}:
        wanted = ["liquid restaking", "restaking"]
    elif dimensions & {Dimension.LENDER, Dimension.ORACLE} and edge.source != "protocol:lido":
        wanted = ["collateral"]
    elif Dimension.BRIDGE in dimensions:
        wanted = ["bridge"]
    elif Dimension.CHAIN in dimensions:
        wanted = ["hold"]
    else:
        wanted = ["liquid staking", "staking", "yield"]
    return next(name for name in wanted if name in names)


# -- single positions ------------------------------------------------------------------------------------


def _edited(position: Position, owner: Record) -> Position:
    """Return a position with the rates, days, request and sale that the owner typed."""
    rates = owner["rates"].get(position.id, {})
    layers = tuple(_paid(layer, rates) for layer in position.layers)
    tranches = [
        replace(t, steps=tuple(_timed(s, owner["days"]) for s in t.steps)) for t in position.exit.tranches
    ]
    haircut = owner["sales"].get(position.id)
    sale = None if haircut is None else Market(1.0, haircut, 0.0, 0.0, 0.0)
    held = replace(position, layers=layers, exit=Exit(tuple(tranches), sale))
    asked = owner["requests"].get(position.id)
    return replace(held, requests=(_requested(held, asked),)) if asked else held


def _paid(layer: Layer, rates: Mapping[str, float]) -> Layer:
    if layer.name not in rates:
        return layer
    return replace(layer, reward_rate=rates[layer.name], unsplit=False, origin=Origin.YOURS)


def _timed(step: ExitStep, days: Mapping[str, list[float]]) -> ExitStep:
    if step.id not in days:
        return step
    least, typical, most = map(float, days[step.id])
    return replace(
        step,
        minimum=least,
        typical=typical,
        maximum=most,
        origin=Origin.YOURS,
        cited="",
        dated="",
        verified=None,
    )


def _requested(position: Position, asked: Record) -> Request:
    """Return what has been asked for of a position, on its own way out."""
    amount = Decimal(asked["amount"])
    return Request("request-1", amount, asked["at"], steps=steps_to_walk(position))


def _indebted(portfolio: Portfolio, position: Position, debt: Record) -> Portfolio:
    """Let a position owe; what the debt does not amplify moves to the equity side."""
    sides = [
        replace(edge, side=Side.EQUITY)
        for edge in portfolio.edges.values()
        if edge.source == position.id and edge.target in debt["equity"]
    ]
    owing = replace(
        position,
        debt=Decimal(debt["debt"]),
        liquidation_threshold=debt["liquidation_threshold"],
        liquidation_penalty=debt["liquidation_penalty"],
    )
    return portfolio.with_graph((), sides).with_positions(owing)


if __name__ == "__main__":
    SAMPLE.write_text(dumps(marlow()), "utf-8")
    print(SAMPLE)
