"""The definitions at their word: units listed one by one, slow and obvious, to hold the fast code against."""

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar, cast

import networkx as nx

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, Edge, ExitStep, Mode, Node, Side, is_unknown

Way = tuple[float, tuple[str, ...], tuple[str, ...]]
"""A chance, the flows (ids of edges, or of groups for the unknown rest) taken, and where they lead."""

Atoms = Mapping[tuple[frozenset[str], frozenset[str]], float]
"""(nodes met, flows passed) -> probability (definitions.md 2)."""


F = TypeVar("F", bound=Callable[..., Any])


def remembered(function: F) -> F:
    """Keep the newest answers about a portfolio, told from others by being the same object."""
    known: dict[tuple[object, ...], tuple[Portfolio, Any]] = {}

    @wraps(function)
    def asked(portfolio: Portfolio, *more: Any) -> Any:
        key = (id(portfolio), *more)
        if key not in known:
            if len(known) > 500:
                known.clear()
            known[key] = (portfolio, function(portfolio, *more))
        return known[key][1]

    return cast(F, asked)


def choices(portfolio: Portfolio, source: str) -> Iterator[list[Way]]:
    """Yield the independent choices of a unit at one place, each as the list of its ways."""
    slices: dict[str, list[Way]] = defaultdict(list)
    for edge in portfolio.edges.values():
        if edge.source != source:
            continue
        way = (edge.weight, (edge.id,), (edge.target,))
        if edge.mode is Mode.SPLIT:
            assert edge.group is not None
            slices[edge.group].append(way)
        else:
            yield [way, (1 - edge.weight, (), ())]
    for group, ways in slices.items():
        rest, residual = 1 - sum(w for w, _, _ in ways), portfolio.groups[group].residual_node
        yield [*ways, (rest, (), ()) if residual is None else (rest, (group,), (residual,))]


@remembered
def atoms(portfolio: Portfolio, position: str) -> Atoms:
    """Return the atoms of a position, by following every unit through every choice."""
    found: dict[tuple[frozenset[str], frozenset[str]], float] = defaultdict(float)
    nothing: frozenset[str] = frozenset()
    units: list[tuple[float, frozenset[str], frozenset[str], tuple[str, ...]]] = [
        (1.0, nothing, nothing, (position,))
    ]
    while units:
        chance, met, passed, todo = units.pop()
        if not todo:
            found[met, passed] += chance
            continue
        for ways in itertools.product(*choices(portfolio, todo[0])):
            weight = math.prod(w for w, _, _ in ways)
            if weight > 1e-15:
                flows = frozenset(flow for _, taken, _ in ways for flow in taken)
                fresh = {target for _, _, targets in ways for target in targets} - met
                units.append((chance * weight, met | fresh, passed | flows, (*todo[1:], *sorted(fresh))))
    return found


def meeting(portfolio: Portfolio, position: str, nodes: Iterable[str]) -> float:
    """Return the part of a position whose units meet one of the nodes."""
    wanted = set(nodes)
    return sum(chance for (met, _), chance in atoms(portfolio, position).items() if met & wanted)


def loss(portfolio: Portfolio, position: str, shocks: Mapping[str, float]) -> float:
    """Return the fraction lost: a failed node takes its fraction of what is left (definitions.md 5)."""
    return sum(
        chance * (1 - math.prod(1 - shocks.get(node, 0.0) for node in met))
        for (met, _), chance in atoms(portfolio, position).items()
    )


def lowest(portfolio: Portfolio, position: str, shocks: Mapping[str, float]) -> float:
    """Return the loss by each unit's largest single shock."""
    return sum(
        chance * max((shocks.get(node, 0.0) for node in met), default=0.0)
        for (met, _), chance in atoms(portfolio, position).items()
    )


def highest(portfolio: Portfolio, position: str, shocks: Mapping[str, float]) -> float:
    """Return the loss by each unit's sum of shocks, capped at 1."""
    return sum(
        chance * min(1.0, sum(shocks.get(node, 0.0) for node in met))
        for (met, _), chance in atoms(portfolio, position).items()
    )


def flows(portfolio: Portfolio, position: str, through: str | None = None) -> Mapping[str, float]:
    """Return flow -> part of the position that passes it (and meets the node ``through``)."""
    parts: dict[str, float] = defaultdict(float)
    for (met, passed), chance in atoms(portfolio, position).items():
        for flow in passed:
            if through is None or through in met:
                parts[flow] += chance
    return parts


def levered_loss(portfolio: Portfolio, position: str, shocks: Mapping[str, float]) -> float:
    """Return the fraction of the equity that a position with debt loses (definitions.md 5.1)."""
    row = portfolio.positions[position]
    assert row.debt is not None
    assert row.value is not None
    assert row.liquidation_threshold is not None
    assert row.liquidation_penalty is not None
    equity, debt = float(row.value), float(row.debt)
    collateral = equity + debt
    above, beside = one_side(portfolio, Side.COLLATERAL), one_side(portfolio, Side.EQUITY)
    certain = {n for n in portfolio.nodes if meeting(above, position, [n]) >= 1 - 1e-9}
    amplified = loss(above, position, shocks)
    plain = loss(beside, position, {n: s for n, s in shocks.items() if n not in certain})
    # A ratio that equals the threshold on paper is liquidated, however its digits are rounded.
    liquidated = amplified >= 1 or debt / (collateral * (1 - amplified)) >= row.liquidation_threshold - 1e-12
    taken = (collateral * amplified + row.liquidation_penalty * debt * liquidated) / equity
    return 1 - (1 - plain) * (1 - min(1.0, taken))


def with_nodes_on_edges(portfolio: Portfolio) -> Portfolio:
    """Return the portfolio with a node ``on:EDGE`` in the middle of every edge."""
    upper = {e.id: replace(e, target=f"on:{e.id}") for e in portfolio.edges.values()}
    lower = {f"{e.id}'": Edge(f"{e.id}'", f"on:{e.id}", e.target) for e in portfolio.edges.values()}
    middle = {f"on:{i}": Node(f"on:{i}", i, Dimension.PROTOCOL) for i in portfolio.edges}
    return replace(portfolio, nodes={**portfolio.nodes, **middle}, edges={**upper, **lower})


@remembered
def one_side(portfolio: Portfolio, side: Side) -> Portfolio:
    """Return the portfolio with only those own edges of its positions that hang on one side."""
    kept = {
        e.id: e
        for e in portfolio.edges.values()
        if e.source not in portfolio.positions or (e.side or Side.COLLATERAL) is side
    }
    return replace(portfolio, edges=kept)


def expected_levered_loss(
    portfolio: Portfolio, position: str, hazards: Mapping[str, tuple[float, float]]
) -> float:
    """Return the expected fraction of the equity lost, over every state of the nodes that can fail."""
    total = 0.0
    for failed in itertools.product([False, True], repeat=len(hazards)):
        states = list(zip(hazards.items(), failed, strict=True))
        chance = math.prod(q if fails else 1 - q for (_, (q, _)), fails in states)
        shocks = {node: severity for (node, (_, severity)), fails in states if fails}
        total += chance * levered_loss(portfolio, position, shocks)
    return total


def gateways(portfolio: Portfolio) -> Mapping[str, str]:
    """Return the immediate dominators in portfolio -> positions -> nodes, unknown buckets left out."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_edges_from(("portfolio", position) for position in portfolio.positions)
    network.add_edges_from(
        (e.source, e.target) for e in portfolio.edges.values() if e.weight > 0 and not is_unknown(e.target)
    )
    dominators = nx.immediate_dominators(network, "portfolio")
    return {n: dominators[n] for n in portfolio.nodes if n in dominators and n not in portfolio.positions}


def finish(steps: Iterable[ExitStep], durations: Mapping[str, float]) -> float:
    """Return the length of the longest path through the steps, what has been waited taken off."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_node("start")
    for step in steps:
        left = max(0.0, durations[step.id] - step.elapsed_days)
        for before in step.after or ("start",):
            network.add_edge(before, step.id, days=left)
    return float(nx.dag_longest_path_length(network, weight="days"))
