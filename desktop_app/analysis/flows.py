"""The value that flows along each edge, and the part of it that meets a certain node."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desktop_app.analysis.atoms import MAX_CELLS
from desktop_app.analysis.freed import standing_row
from desktop_app.analysis.losses import Floats, Losses
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Mode, Side

SIDES = (Side.COLLATERAL, Side.EQUITY)


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


def flows_of(portfolio: Portfolio, losses: Losses) -> tuple[Flow, ...]:
    """Return every flow that is fed: edges, then what splits leave to unknown buckets."""
    carried: dict[str, float] = {}
    order: dict[str, Flow] = {}
    for of, shared, own in _open_flows(portfolio, losses):
        carried |= zip((f.id for f in shared), _shared_values(of, shared).tolist(), strict=True)
        carried |= {flow.id: _own_value(of, row, *on) for flow, row, on in own}
        order |= {flow.id: flow for flow in [*shared, *(flow for flow, _, _ in own)]}
    return tuple(replace(order[i], value=carried[i]) for i in _ids(portfolio) if i in order)


def jointly(portfolio: Portfolio, losses: Losses, node: int) -> Mapping[str, float]:
    """Return flow id -> value of the units that both pass the flow and meet the node (given by its index).

    What meets both is what meets the one, and the other, less what meets either. It needs passages.
    """
    found: dict[str, float] = {}
    alone = np.zeros((losses.graph.size, 1))
    alone[node] = 1.0
    for of, shared, own in _open_flows(portfolio, losses):
        either = _either(of, [_place(of, flow) for flow in shared], alone)
        values = _shared_values(of, shared) + float(of.values @ of.of(alone)[:, 0]) - either
        found |= zip((f.id for f in shared), values.tolist(), strict=True)
        found |= _own_jointly(of, own, alone)
    return {i: max(0.0, v) for i, v in found.items()}


_Own = tuple[Flow, int, tuple[float, float]]
"""A flow of a position, the position's row, and the parts of the two sides that pass it."""


def _ids(portfolio: Portfolio) -> Iterator[str]:
    yield from portfolio.edges
    yield from portfolio.groups


def _open_flows(portfolio: Portfolio, losses: Losses) -> Iterator[tuple[Losses, list[Flow], list[_Own]]]:
    """Yield the flows, their values still open, that start at nodes, and those that start at positions.

    Those to what reaches a stake only by getting it slashed carry what can still be slashed alone: the second
    of two lots, where anything is freed of slashing. Each lot comes with the losses that speak of it.
    """
    flows, slashers = list(_every_flow(portfolio, losses)), losses.graph.slashers if losses.freed else 0
    at = losses.nodes  # what is left out as unsound is no node of these
    slashing = {f.id for f in flows if f.target in at and slashers >> at[f.target] & 1}
    yield (losses, *_lot(portfolio, losses, [f for f in flows if f.id not in slashing], {}))
    if slashing:
        lot = [f for f in flows if f.id in slashing]
        yield (losses.still, *_lot(portfolio, losses.still, lot, losses.freed))


def _lot(
    portfolio: Portfolio, losses: Losses, flows: Sequence[Flow], freed: Mapping[str, float]
) -> tuple[list[Flow], list[_Own]]:
    rows = {position: row for row, position in enumerate(losses.positions)}
    reached = set(losses.reached())
    shared, own = [], []
    sides = _sides(portfolio)
    for flow in flows:
        if flow.source in rows:
            on, weight = sides.get(flow.id, {Side.COLLATERAL}), flow.weight * (1 - freed.get(flow.source, 0))
            first, second = (weight if side in on else 0.0 for side in SIDES)
            if weight > 0:
                own.append((flow, rows[flow.source], (first, second)))
        elif flow.source in reached:
            shared.append(flow)
    return shared, own


def _every_flow(portfolio: Portfolio, losses: Losses) -> Iterator[Flow]:
    for edge in portfolio.edges.values():
        if edge.weight > 0:
            yield Flow(edge.id, edge.source, edge.target, edge.mode, edge.weight, None)
    split = {e.group for e in portfolio.edges.values() if e.mode is Mode.SPLIT}
    for group in portfolio.groups.values():
        rest = losses.graph.rest_of(group.id)
        if rest > 0 and group.id in split and group.residual_node is not None:
            yield Flow(group.id, group.node, group.residual_node, Mode.SPLIT, rest, None)


def _sides(portfolio: Portfolio) -> Mapping[str, set[Side]]:
    """Return the sides that the flows of positions with debt hang on."""
    sides: dict[str, set[Side]] = {}
    for edge in portfolio.edges.values():
        if edge.source in portfolio.positions:
            for flow in (edge.id, edge.group):
                if flow is not None:
                    sides.setdefault(flow, set()).add(edge.side or Side.COLLATERAL)
    return sides


# -- flows that start at nodes -----------------------------------------------------------------------------


def _shared_values(losses: Losses, flows: Sequence[Flow]) -> Floats:
    """Return the value that each flow carries: ρ of its source by its weight, amplified by debts."""
    sources, places = np.unique(np.array([f.source for f in flows], dtype=object), return_inverse=True)
    weights = np.array([f.weight for f in flows], dtype=np.float64)
    met = losses.shocks({node: 1.0} for node in sources)
    sides = (losses.collateral[losses.levered], losses.passing)
    amplified = losses.debts.losses(*(losses.side(rows, met)[:, places] * weights for rows in sides))
    plain = losses.plain_totals(met)[places] * weights
    carried: Floats = plain + losses.values[losses.levered] @ amplified
    return carried


def _place(losses: Losses, flow: Flow) -> int:
    """Return the node that stands for a flow: its passage, or its source where every unit goes on."""
    return losses.graph.passage.get(flow.id, losses.nodes[flow.source])


def _either(losses: Losses, places: Sequence[int], alone: Floats) -> Floats:
    """Return the value that meets each of these nodes, or the one that is shocked alone."""
    distinct, back = np.unique(np.array(places, dtype=np.intp), return_inverse=True)
    values = np.empty(len(distinct))
    width = max(1, MAX_CELLS // max(1, losses.graph.size, len(losses.positions)))
    for start in range(0, len(distinct), width):
        part = distinct[start : start + width]
        shocks = np.repeat(alone, len(part), axis=1)
        shocks[part, np.arange(len(part))] = 1.0
        values[start : start + width] = losses.values @ losses.of(shocks)
    return values[back]


# -- flows that start at positions -------------------------------------------------------------------------


def _own_value(losses: Losses, row: int, collateral: float, equity: float) -> float:
    """Return the value of the units of one position that are these parts of its two sides."""
    place = np.flatnonzero(losses.levered == row)
    if not place.size:
        return float(losses.values[row]) * collateral
    lost = losses.debts.take(int(place[0])).losses(np.array([[collateral]]), np.array([[equity]]))
    return float(losses.values[row] * lost[0, 0])


def _own_jointly(losses: Losses, own: Sequence[_Own], alone: Floats) -> dict[str, float]:
    """Return flow id -> value that passes an edge of a position and meets the node that is shocked alone."""
    rows = [_side_rows(losses, row) for _, row, _ in own]
    going = [_going(losses, flow, sides, on) for (flow, _, on), sides in zip(own, rows, strict=True)]
    asked = np.array([*rows, *going], dtype=np.intp).reshape(-1)
    met = losses.formula.losses(asked, alone)[:, 0].reshape(2, -1, 2)
    values = {}
    for (flow, row, on), meeting, there in zip(own, met[0].tolist(), met[1].tolist(), strict=True):
        either = [a + b - a * both for a, b, both in zip(on, meeting, there, strict=True)]
        values[flow.id] = sum(
            sign * _own_value(losses, row, *x) for sign, x in ((1, on), (1, meeting), (-1, either))
        )
    return values


def _side_rows(losses: Losses, row: int) -> tuple[int, int]:
    """Return the rows of both sides of a position in the formula."""
    place = np.flatnonzero(losses.levered == row)
    equity = int(losses.passing[place[0]]) if place.size else losses.formula.nothing
    return int(losses.collateral[row]), equity


def _going(losses: Losses, flow: Flow, rows: tuple[int, int], on: Sequence[float]) -> tuple[int, int]:
    """Return the rows of both sides for those units alone that pass the flow."""
    part = losses.freed.get(flow.source, 0.0)
    if flow.mode is Mode.ALL and not part:
        return rows
    if losses.graph.slashers >> losses.nodes[flow.target] & 1:
        part = 0.0
    levered, way = rows[1] != losses.formula.nothing, "" if flow.mode is Mode.ALL else flow.id
    first, second = (
        standing_row(losses.formula, flow.source, part, side=side if levered else None, way=way)
        if share
        else row
        for side, row, share in zip(SIDES, rows, on, strict=True)
    )
    return first, second
