"""The portfolio's dependency graph: gateways, and the value that flows along each edge (definitions.md 4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import rustworkx

from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.losses import Losses, compiled, compiled_anew
from desktop_app.analysis.worths import worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Mode, Side, is_unknown

PORTFOLIO = "portfolio"


@dataclass(frozen=True, slots=True)
class Flow:
    """The value that passes from ``source`` (a position or node) to ``target``.

    ``id`` is the edge's id, or the group's id for the unknown rest of a split, which is a flow too.
    ``value`` None: nothing priced.
    """

    id: str
    source: str
    target: str
    mode: Mode
    weight: float
    value: float | None


@dataclass(frozen=True, slots=True)
class Dependencies:
    """``gateways``: node -> its immediate dominator, or "portfolio"; flows in the order of the edges."""

    gateways: Mapping[str, str]
    flows: tuple[Flow, ...]


def dependencies(portfolio: Portfolio, exposed: Exposure) -> Dependencies:
    """Return gateways and flows of everything that the counted positions reach.

    A position that its debt leaves out of the exposure (definitions.md 5.1) still counts for the gateways.
    """
    flows = _flows(portfolio, Losses(portfolio, exposed.worths))
    if exposed.portfolio_value is None:
        flows = tuple(replace(flow, value=None) for flow in flows)
    return Dependencies(_gateways(portfolio), flows)


def passing(portfolio: Portfolio, node: str, as_of: date | None = None) -> Mapping[str, float]:
    """Return flow id -> the value that passes both the flow and ``node`` (a node or a position)."""
    known = compiled(portfolio)
    place = known.graph.index.get(node)
    above = {
        position: portfolio.positions[position]
        for position, standing in known.standing.items()
        if position == node
        or (place is not None and any(known.formula.reached[r] >> place & 1 for r in standing.rows))
    }
    alone = replace(portfolio, positions=above)
    worth = worths(alone, as_of)
    if place is None:
        flows = _flows(alone, Losses(alone, worth, compiled_anew(alone)))
        return {flow.id: flow.value or 0.0 for flow in flows}
    return _jointly(alone, Losses(alone, worth, compiled_anew(alone, passages=True)), place)


def _gateways(portfolio: Portfolio) -> Mapping[str, str]:
    """Return the immediate dominators in portfolio -> positions -> nodes, unknown buckets left out."""
    known = compiled(portfolio)
    names = [PORTFOLIO, *known.standing, *(n for n in known.graph.ids if not is_unknown(n))]
    first_node = 1 + len(known.standing)
    places = {name: place for place, name in enumerate(names)}
    network: rustworkx.PyDiGraph[str | None, None] = rustworkx.PyDiGraph()
    network.add_nodes_from(names)
    network.extend_from_edge_list([(0, place) for place in range(1, first_node)])
    network.extend_from_edge_list(
        [
            (places[source], places[edge.target])
            for source in names[1:]
            for edge in known.graph.edges_of(source)
            if edge.weight > 0 and edge.target in places
        ]
    )
    dominators = rustworkx.immediate_dominators(network, 0)
    return {
        names[place]: names[dominators[place]]
        for place in range(first_node, len(names))
        if place in dominators
    }


# -- flows -----------------------------------------------------------------------------------------------


def _all_flows(portfolio: Portfolio, losses: Losses) -> Iterator[Flow]:
    """Yield every flow, its value still open: the edges, then what the splits leave to unknown buckets."""
    sources = set(losses.positions) | losses.reached
    for edge in portfolio.edges.values():
        if edge.source in sources and edge.weight > 0:
            yield Flow(edge.id, edge.source, edge.target, edge.mode, edge.weight, None)
    split = {e.group for e in portfolio.edges.values() if e.mode is Mode.SPLIT}
    for group in portfolio.groups.values():
        if group.node in sources and group.id in split and group.residual_node is not None:
            rest = losses.graph.rest_of(group.id)
            if rest > 0:
                yield Flow(group.id, group.node, group.residual_node, Mode.SPLIT, rest, None)


def _flows(portfolio: Portfolio, losses: Losses) -> tuple[Flow, ...]:
    found = list(_all_flows(portfolio, losses))
    rows = {position: row for row, position in enumerate(losses.positions)}
    shared = [flow for flow in found if flow.source not in rows]
    values = losses.flows([f.source for f in shared], np.array([f.weight for f in shared], dtype=np.float64))
    carried = dict(zip((f.id for f in shared), values.tolist(), strict=True))
    sides = _sides(portfolio)
    return tuple(
        replace(f, value=carried[f.id])
        if f.source not in rows
        else replace(f, value=losses.own_flow(rows[f.source], f.weight, sides.get(f.id, {Side.COLLATERAL})))
        for f in found
    )


def _sides(portfolio: Portfolio) -> Mapping[str, set[Side]]:
    """Return the sides that the flows of positions with debt hang on."""
    sides: dict[str, set[Side]] = {}
    for edge in portfolio.edges.values():
        if edge.source in portfolio.positions and edge.side is not None:
            sides.setdefault(edge.id, set()).add(edge.side)
            if edge.group is not None:
                sides.setdefault(edge.group, set()).add(edge.side)
    return sides


def _jointly(portfolio: Portfolio, losses: Losses, node: int) -> Mapping[str, float]:
    """Return flow id -> value of the units that both pass the flow and meet the node.

    Where a unit always goes on from the flow's source, the source stands for the flow, else the passage. What
    meets both is what meets the one, and the other, less what meets either.
    """
    flows = list(_all_flows(portfolio, losses))
    rows = {position: row for row, position in enumerate(losses.positions)}
    passages = losses.graph.passage
    place = {f.id: passages.get((f.source, f.id), losses.nodes.get(f.source, node)) for f in flows}
    columns = sorted(set(place.values()))
    jointly = losses.jointly(columns, node)
    column = {n: i for i, n in enumerate(columns)}
    total = losses.values @ jointly
    return {
        f.id: float(
            losses.values[rows[f.source]] * jointly[rows[f.source], column[place[f.id]]]
            if f.source in rows
            else total[column[place[f.id]]]
        )
        for f in flows
    }
