"""What the record lacks: prices, published names, dates, rewards; and which facts are unverified or old."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.withdrawals import PositionPlan, Withdrawals
from desktop_app.domain.facts import UNDATED, Fault, faults, is_old
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import LAYER_NAMES, Dimension, ExitStep, Layer, Origin, Position

BUCKETS = {"operators": f"unknown:{Dimension.OPERATOR}", "services": f"unknown:{Dimension.SERVICE}"}
WORTHLESS = frozenset({"price", "negative"})
"""Kinds that keep a position out of every sum: how much they hide nobody knows."""

_Fact = tuple[str, str, str, str]
"""(kind, subject, detail, step) of a poor fact."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing, old or unverified.

    ``kind``: price, negative, operators, services, exit, reward, unverified, old. ``subject``: the position,
    node or fact; ``value``: the value it touches, if any. ``detail``: the amount that is negative, the layer
    of a reward, the name of a step, the date of an old fact ("undated" if it has none). ``step``: the step
    that an old fact is about, "" for what a node stands on.
    """

    kind: str
    subject: str
    value: float | None
    detail: str = ""
    step: str = ""


def missing(
    portfolio: Portfolio, exposed: Exposure, out: Withdrawals, as_of: date | None
) -> tuple[Missing, ...]:
    """Return everything that is missing: first what has no value at all, then the largest value first."""
    found = [
        *(_worthless(portfolio.positions[u.position]) for u in exposed.unpriced),
        *_unpublished(exposed),
        *(m for plan in out.positions.values() if (m := _undated_exit(plan, exposed))),
        *_unknown_rewards(portfolio, exposed),
        *_poor_facts(portfolio, exposed, as_of or portfolio.as_of),
    ]
    # Not by pairs: to compare those of a large portfolio would hold every other thread up.
    found.sort(key=lambda m: -(m.value or 0.0))
    return (*(m for m in found if m.kind in WORTHLESS), *(m for m in found if m.kind not in WORTHLESS))


def reward_is_open(position: Position, layer: Layer) -> bool:
    """Tell whether a layer should pay something and nobody has said how much.

    A total that is not split over the layers speaks for all of them.
    """
    return _pays_unsaid(layer) and not any(la.unsplit for la in position.layers)


def is_within_total(position: Position, layer: Layer) -> bool:
    """Tell whether a layer's reward is a part of a total that is not split over the layers."""
    return _pays_unsaid(layer) and any(la.unsplit for la in position.layers)


def _pays_unsaid(layer: Layer) -> bool:
    return layer.name != LAYER_NAMES[0] and layer.reward_rate is None


def _value(exposed: Exposure, position: str) -> float | None:
    worth = exposed.worths.get(position)
    return None if worth is None else float(worth)


def _worthless(position: Position) -> Missing:
    """Return why a position has no value: an amount below zero, or no price."""
    amounts = {
        "quantity": position.quantity,
        "price": position.unit_price,
        "total value": position.total_value,
        "value": position.value,
    }
    negative = next((name for name, amount in amounts.items() if amount is not None and amount < 0), "")
    return Missing("negative" if negative else "price", position.id, None, negative)


def _unpublished(exposed: Exposure) -> Iterator[Missing]:
    for kind, bucket in BUCKETS.items():
        if bucket in exposed.nodes:
            yield Missing(kind, bucket, exposed.nodes[bucket].known_value)


def _undated_exit(plan: PositionPlan, exposed: Exposure) -> Missing | None:
    """Return what no date is known for in the typical pass, with the step that it waits for."""
    if plan.finish.typical is not None:
        return None
    worth = _value(exposed, plan.position)
    known = math.fsum(
        t.fraction * (1 - t.frozen_share) for t in plan.tranches if t.finish.typical is not None
    )
    steps = (s.step.name for t in plan.tranches for s in t.steps if s.end is None and s.start is not None)
    return Missing("exit", plan.position, None if worth is None else worth * (1 - known), next(steps, ""))


def _unknown_rewards(portfolio: Portfolio, exposed: Exposure) -> Iterator[Missing]:
    for position in portfolio.counted_positions():
        for layer in position.layers:
            if reward_is_open(position, layer):
                yield Missing("reward", position.id, _value(exposed, position.id), layer.name)


def _poor_facts(portfolio: Portfolio, exposed: Exposure, as_of: date | None) -> Iterator[Missing]:
    """Yield each fact in use once, with the value of all that rests on it."""
    touched: dict[_Fact, float | None] = {}
    for position in portfolio.counted_positions():
        worth = _value(exposed, position.id)
        facts = {
            f for tranche in position.exit.tranches for step in tranche.steps for f in _faults_of(step, as_of)
        }
        for fact in facts:
            known = touched.get(fact)
            touched[fact] = worth if known is None else known + (worth or 0.0)
    for edge in portfolio.edges.values():
        source = exposed.nodes.get(edge.source)
        if source is not None and edge.origin is Origin.CATALOGUE and is_old(edge.dated, as_of):
            fact = ("old", edge.source, edge.dated or UNDATED, "")
            values = [v for v in (touched.get(fact), source.known_value) if v is not None]
            touched[fact] = max(values, default=None)
    for (kind, subject, detail, step), value in sorted(touched.items(), key=lambda fact: fact[0]):
        yield Missing(kind, subject, value, detail, step)


def _faults_of(step: ExitStep, as_of: date | None) -> Iterable[_Fact]:
    subject = step.node or step.name
    found = faults(step.dated, step.verified, as_of)
    if Fault.UNVERIFIED in found:
        yield ("unverified", subject, step.name, "")
    if step.origin is Origin.CATALOGUE and {Fault.OLD, Fault.UNDATED}.intersection(found):
        yield ("old", subject, step.dated or UNDATED, step.name)
