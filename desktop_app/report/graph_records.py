"""The graph as plain records, a part of the shapes of ``stakeout-answers/1``."""

from typing import Any

from desktop_app.analysis.dependencies import Dependencies
from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.assumptions import has_assumption
from desktop_app.domain.portfolio import Portfolio
from desktop_app.report import words

Record = dict[str, Any]


def node_records(portfolio: Portfolio, exposed: Exposure) -> list[Record]:
    """Return every node that some position reaches, largest first."""
    records = []
    for node in exposed.nodes.values():
        known = portfolio.nodes.get(node.node)
        records.append(
            {
                "id": node.node,
                "name": words.node_name(node.node, {known.id: known.name} if known else {}),
                "dimension": node.dimension,
                "value": node.value,
                "share": node.share,
                "annual_failure_probability": known.failure_probability if known else None,
                "loss_given_failure": known.loss_given_failure if known else None,
                "entry": known.entry if known else None,
                "origin": known.origin if known else None,
                "assumption": known.basis if known and has_assumption(known) else None,
            }
        )
    return records


def edge_records(portfolio: Portfolio, found: Dependencies) -> list[Record]:
    """Return the edges with the value that passes each; the unknown rest of a split is one of them."""
    records = []
    for flow in found.flows:
        edge = portfolio.edges.get(flow.id)
        records.append(
            {
                "id": flow.id,
                "from": flow.source,
                "to": flow.target,
                "mode": flow.mode,
                "weight": flow.weight,
                "group": edge.group if edge else flow.id,
                "value": flow.value,
                "origin": edge.origin if edge else None,
            }
        )
    return records


def group_records(portfolio: Portfolio) -> list[Record]:
    """Return the splits; ``names`` are the nodes that are known to belong there and have no share yet."""
    names = {node.id: node.name for node in portfolio.nodes.values()}
    return [
        {
            "id": group.id,
            "node": group.node,
            "residual_node": group.residual_node,
            "names": [{"id": node, "name": words.node_name(node, names)} for node in group.names],
        }
        for group in portfolio.groups.values()
    ]
