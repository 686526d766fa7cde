"""Checks of a portfolio: cycles, weights, missing nodes, amounts; each finding a sentence with its place."""

import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain import money
from desktop_app.domain.issues import Issue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    Dimension,
    Edge,
    Exit,
    ExitStep,
    Mode,
    PathTerms,
    Position,
    Request,
    Tranche,
    is_unknown,
)

WEIGHT_TOLERANCE = 1e-9


def check(portfolio: Portfolio) -> tuple[Issue, ...]:
    """Return everything that makes a portfolio unfit for analysis (definitions.md 1); empty if sound."""
    return (
        *graph_issues(portfolio),
        *_nodes(portfolio),
        *(issue for p in portfolio.positions.values() for issue in _position(p, portfolio)),
        *_scenarios(portfolio),
    )


def rejections(portfolio: Portfolio) -> tuple[Issue, ...]:
    """Return what must not come in from a file: a graph that definitions.md 1 rejects, negative amounts.

    Whatever else ``check`` finds can come in and be mended.
    """
    return (
        *_ids(portfolio),
        *_references(portfolio),
        *_weights(portfolio),
        *_cycle(portfolio),
        *(issue for p in portfolio.positions.values() for issue in _amounts(p)),
    )


def graph_issues(portfolio: Portfolio) -> tuple[Issue, ...]:
    """Return what is wrong with nodes, edges and groups alone; a circle, if there is one, comes last."""
    return (
        *_ids(portfolio),
        *_references(portfolio),
        *_layer_edges(portfolio),
        *_weights(portfolio),
        *_cycle(portfolio),
    )


def _ids(portfolio: Portfolio) -> Iterator[Issue]:
    for shared in sorted(portfolio.nodes.keys() & portfolio.positions.keys()):
        yield Issue(shared, f"“{shared}” names both a node and a position; ids must be unique.")
    for node in portfolio.nodes:
        if is_unknown(node):
            yield Issue(node, f"“{node}” stands for what is unknown and cannot be listed as a node.")


def _references(portfolio: Portfolio) -> Iterator[Issue]:
    sources = portfolio.nodes.keys() | portfolio.positions.keys()
    for edge in portfolio.edges.values():
        if edge.source not in sources:
            yield Issue(edge.id, f"Edge “{edge.id}” starts at “{edge.source}”, which does not exist.")
        if edge.target not in portfolio.nodes and not is_unknown(edge.target):
            yield Issue(edge.id, f"Edge “{edge.id}” leads to “{edge.target}”, which does not exist.")
        if is_unknown(edge.target) and not _is_bucket(edge.target):
            yield Issue(edge.id, f"Edge “{edge.id}” leads to “{edge.target}”, which names no dimension.")
        yield from _edge_group(edge, portfolio)
    for group in portfolio.groups.values():
        if group.node not in sources:
            yield Issue(group.id, f"Group “{group.id}” belongs to “{group.node}”, which does not exist.")
        if group.residual_node is not None and not _is_bucket(group.residual_node):
            yield Issue(
                group.id,
                f"The rest of group “{group.id}” goes to “{group.residual_node}”, not to an unknown node.",
            )


def _layer_edges(portfolio: Portfolio) -> Iterator[Issue]:
    for position in portfolio.positions.values():
        named = {edge for layer in position.layers for edge in layer.edges}
        for edge_id in sorted(named.difference(portfolio.edges)) if named else ():
            yield Issue(
                position.id,
                f"A layer of “{position.name}” names the edge “{edge_id}”, which does not exist.",
            )


def _edge_group(edge: Edge, portfolio: Portfolio) -> Iterator[Issue]:
    if edge.mode is not Mode.SPLIT:
        return
    group = portfolio.groups.get(edge.group or "")
    if group is None:
        yield Issue(
            edge.id, f"Edge “{edge.id}” is a slice of a split, but its group “{edge.group}” does not exist."
        )
    elif group.node != edge.source:
        yield Issue(
            edge.id,
            f"Edge “{edge.id}” starts at “{edge.source}”, but its group “{group.id}” belongs elsewhere.",
        )


def _is_bucket(node: str) -> bool:
    kind, _, dimension = node.partition(":")
    return kind == "unknown" and dimension in set(Dimension) - {Dimension.UNKNOWN}


def _weights(portfolio: Portfolio) -> Iterator[Issue]:
    sums: dict[str, float] = {}
    for edge in portfolio.edges.values():
        if edge.weight != 1:
            yield from _weight(edge, portfolio)
        if edge.mode is Mode.SPLIT and edge.group:
            sums[edge.group] = sums.get(edge.group, 0.0) + edge.weight
    for group_id, weight in sums.items():
        group = portfolio.groups.get(group_id)
        if group is not None and weight > 1 + WEIGHT_TOLERANCE:
            name = _name(group.node, portfolio)
            yield Issue(
                group.node,
                f"The shares of {name} in “{group_id}” add up to {weight * 100:.12g} %, more than 100 %: "
                "lower them until they fit.",
            )


def _weight(edge: Edge, portfolio: Portfolio) -> Iterator[Issue]:
    source = _name(edge.source, portfolio)
    if not math.isfinite(edge.weight) or edge.weight < 0:
        yield Issue(
            edge.id,
            f"The weight of “{edge.id}” at {source} is {edge.weight}: it must be a number from 0 to 1.",
        )
    elif edge.mode is Mode.ALL:
        yield Issue(
            edge.id,
            f"“{edge.id}” at {source} counts for all of it, so its weight must be 1, not {edge.weight}.",
        )
    elif edge.weight > 1 + WEIGHT_TOLERANCE:
        yield Issue(
            edge.id,
            f"The weight of “{edge.id}” at {source} is {edge.weight}, more than all of it: lower it to 1.",
        )


def _name(node: str, portfolio: Portfolio) -> str:
    if node in portfolio.nodes:
        return portfolio.nodes[node].name
    if node in portfolio.positions:
        return portfolio.positions[node].name
    return f"“{node}”"


def _cycle(portfolio: Portfolio) -> Iterator[Issue]:
    targets: dict[str, list[str]] = {}
    for edge in portfolio.edges.values():
        if edge.source not in portfolio.positions:  # to which no edge may lead
            targets.setdefault(edge.source, []).append(edge.target)
    done: set[str] = set()
    for start in targets:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(node)
                done.add(node)
                continue
            if node in on_path:
                circle = [*path[path.index(node) :], node]
                names = " → ".join(_name(n, portfolio) for n in circle)
                yield Issue(node, f"The dependencies run in a circle: {names}. Remove one of these edges.")
                return
            if node in done:
                continue
            path.append(node)
            on_path.add(node)
            stack.append((node, True))
            stack.extend((t, False) for t in targets.get(node, []))


def _nodes(portfolio: Portfolio) -> Iterator[Issue]:
    for node in portfolio.nodes.values():
        for label, value in (
            ("annual failure probability", node.failure_probability),
            ("loss given failure", node.loss_given_failure),
        ):
            if value is not None and not 0 <= value <= 1:
                yield Issue(node.id, f"The {label} of {node.name} is {value}: it must be from 0 to 1.")


def _amounts(position: Position) -> Iterator[Issue]:
    name = position.name
    amounts: tuple[tuple[str, Decimal | None], ...] = (
        ("quantity", position.quantity),
        ("price", position.unit_price),
        ("total value", position.total_value),
        ("debt", position.debt),
        ("value", position.value),
    )
    for label, amount in amounts:
        if amount is None:
            continue
        if not amount.is_finite():
            yield Issue(position.id, f"The {label} of “{name}” is {amount}, which is not a number.")
        elif amount < 0 and not (label == "value" and position.debt is not None):
            yield Issue(position.id, f"The {label} of “{name}” is {amount}: it cannot be negative.")


def _position(position: Position, portfolio: Portfolio) -> Iterator[Issue]:
    name = position.name
    yield from _amounts(position)
    if position.unit_price is not None and position.total_value is not None:
        yield Issue(
            position.id, f"“{name}” has both a unit price and a total value; keep the one its source gave."
        )
    if position.quantity is not None and position.value is not None:
        yield Issue(position.id, f"“{name}” has a quantity and a value of its own; keep one of them.")
    for layer in position.layers:
        if layer.reward_rate is not None and not math.isfinite(layer.reward_rate):
            yield Issue(position.id, f"The reward of layer “{layer.name}” of “{name}” is not a number.")
        for edge_id in layer.edges:
            edge = portfolio.edges.get(edge_id)
            if edge is not None and edge.source in portfolio.positions and edge.source != position.id:
                yield Issue(
                    position.id, f"A layer of “{name}” names “{edge_id}”, an edge of another position."
                )
    yield from exit_issues(position)
    yield from _requests(position)


def _requests(position: Position) -> Iterator[Issue]:
    """Yield what is wrong with the withdrawal requests of a position."""
    name, asked = position.name, [r for r in position.requests if r.is_open]
    if asked and position.quantity is not None and money.total(r.amount for r in asked) > position.quantity:
        yield Issue(position.id, f"The withdrawals of “{name}” ask for more than it holds.")
    for request in asked:
        if request.amount <= 0:
            yield Issue(position.id, f"A withdrawal of “{name}” asks for nothing.")
        yield from request_issues(position, request)


def request_issues(position: Position, request: Request) -> Iterator[Issue]:
    """Yield what is wrong with the window and the steps of a request."""
    yield from _window(position, request)
    yield from exit_issues(replace(position, exit=Exit((Tranche("", 1.0, request.steps),))))


def _window(position: Position, known: Request | PathTerms) -> Iterator[Issue]:
    if min(known.maturity_seconds or 0, known.deadline_seconds or 0) < 0:
        yield Issue(position.id, f"The window of a withdrawal of “{position.name}” takes less than no time.")


def exit_issues(position: Position) -> Iterator[Issue]:
    """Yield what is wrong with the way out of a position."""
    tranches = position.exit.tranches
    fractions = math.fsum(t.fraction for t in tranches)
    if tranches and not abs(fractions - 1) <= WEIGHT_TOLERANCE:
        yield Issue(
            position.id, f"The parts of “{position.name}” add up to {fractions * 100:.4g} %, not 100 %."
        )
    for tranche in tranches:
        ids = {s.id for s in tranche.steps}
        for step in tranche.steps:
            yield from _step(step, ids, position)
        if _steps_circular(tranche.steps):
            yield Issue(position.id, f"The exit steps of “{position.name}” wait for each other in a circle.")
    for terms in position.exit.terms:
        yield from _window(position, terms)
    market = position.exit.market
    if market is not None and not (0 <= market.fraction <= 1 and 0 <= market.haircut <= 1):
        yield Issue(
            position.id, f"The market sale of “{position.name}” needs a fraction and a haircut from 0 to 1."
        )
    if market is not None and not 0 <= market.minimum <= market.typical <= market.maximum:
        yield Issue(
            position.id, f"The days of the market sale of “{position.name}” must rise from least to most."
        )


def _step(step: ExitStep, ids: set[str], position: Position) -> Iterator[Issue]:
    for before in step.after:
        if before not in ids:
            yield Issue(
                position.id,
                f"Step “{step.name}” of “{position.name}” waits for “{before}”, which does not exist.",
            )
    known = [d for d in (step.minimum, step.typical, step.maximum) if d is not None]
    if any(not math.isfinite(d) or d < 0 for d in known):
        yield Issue(
            position.id, f"The days of step “{step.name}” of “{position.name}” must be numbers of 0 or more."
        )
    elif known != sorted(known):
        yield Issue(
            position.id, f"The days of step “{step.name}” of “{position.name}” must rise from least to most."
        )


def _steps_circular(steps: tuple[ExitStep, ...]) -> bool:
    waiting = {s.id: {a for a in s.after if any(o.id == a for o in steps)} for s in steps}
    while free := [s for s, after in waiting.items() if not after]:
        for step in free:
            del waiting[step]
        for after in waiting.values():
            after.difference_update(free)
    return bool(waiting)


def _scenarios(portfolio: Portfolio) -> Iterator[Issue]:
    for scenario in portfolio.scenarios.values():
        for node, fraction in scenario.shocks:
            if node not in portfolio.nodes and not (is_unknown(node) and _is_bucket(node)):
                yield Issue(scenario.id, f"Scenario “{scenario.name}” shocks “{node}”, which does not exist.")
            if not 0 <= fraction <= 1:
                yield Issue(
                    scenario.id,
                    f"Scenario “{scenario.name}” takes {fraction} of “{node}”: it must be from 0 to 1.",
                )
