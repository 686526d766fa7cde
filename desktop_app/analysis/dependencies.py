"""The portfolio's dependency graph: gateways, and the value that flows along each edge (definitions.md 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import rustworkx

from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.flows import Flow, flows_of, jointly
from desktop_app.analysis.losses import Compiled, Losses, compiled, compiled_anew, losses_of
from desktop_app.analysis.worths import worths
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import is_unknown

__all__ = ["PORTFOLIO", "Dependencies", "Flow", "dependencies", "gateways", "passing"]

PORTFOLIO = "portfolio"


@dataclass(frozen=True, slots=True)
class Dependencies:
    """``gateways``: node -> its immediate dominator, or "portfolio"; flows in the order of the edges."""

    gateways: Mapping[str, str]
    flows: tuple[Flow, ...]


def dependencies(portfolio: Portfolio, exposed: Exposure) -> Dependencies:
    """Return gateways and flows of everything that the counted positions reach.

    A position that its debt leaves out of the exposure (definitions.md 5.1) still counts for the gateways.
    """
    flows = flows_of(portfolio, losses_of(portfolio, exposed.worths, exposed.as_of))
    if exposed.portfolio_value is None:
        flows = tuple(replace(flow, value=None) for flow in flows)
    return Dependencies(gateways(portfolio, exposed.as_of), flows)


def collateral_parts(portfolio: Portfolio, position: str, as_of: date | None = None) -> Mapping[str, float]:
    """Return node -> the part of a position's collateral that stands on it (definitions.md 5.1).

    Empty for a position without a debt, or with one that leaves it out; nodes of the equity's side alone are
    missing.
    """
    losses = losses_of(portfolio, worths(portfolio, as_of), as_of)
    row = next((r for r in losses.levered.tolist() if losses.positions[r] == position), None)
    if row is None:
        return {}
    ids = losses.graph.ids
    taken = losses.side(losses.collateral[[row]], losses.shocks({node: 1.0} for node in ids))[0]
    return {node: float(part) for node, part in zip(ids, taken, strict=True) if part > 0}


def passing(portfolio: Portfolio, node: str, as_of: date | None = None) -> Mapping[str, float]:
    """Return flow id -> the value that passes both the flow and ``node`` (a node or a position)."""
    known = compiled(portfolio, as_of)
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
        flows = flows_of(alone, Losses(alone, worth, compiled_anew(alone, known.freed)))
        return {flow.id: flow.value or 0.0 for flow in flows}
    return jointly(alone, Losses(alone, worth, compiled_anew(alone, known.freed, passages=True)), place)


def gateways(portfolio: Portfolio, as_of: date | None = None) -> Mapping[str, str]:
    """Return the immediate dominators in portfolio -> positions -> nodes, unknown buckets left out.

    A position of which all is freed of slashing leads to none of the nodes that it stands on no more.
    """
    known = compiled(portfolio, as_of)
    every = _dominators(known, list(known.standing))
    gone = {p for p, standing in known.still.items() if standing.collateral == known.formula.nothing}
    if not gone:
        return every
    met = 0
    for row in (row for position in gone for row in known.standing[position].rows):
        met |= known.formula.reached[row]
    others = _dominators(known, [position for position in known.standing if position not in gone])
    return others | {node: gate for node, gate in every.items() if met >> known.graph.index[node] & 1}


def _dominators(known: Compiled, positions: list[str]) -> dict[str, str]:
    """Return node -> its immediate dominator in portfolio -> these positions -> nodes."""
    names = [PORTFOLIO, *positions, *(n for n in known.graph.ids if not is_unknown(n))]
    first_node = 1 + len(positions)
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
