"""Days until a share is out, drawn at random: a second reading of the ladder, with an assumption of its own.

Each step takes a length from the PERT distribution of its earliest, typical and latest days (a beta
distribution of weight 4 on the typical). Equal steps take equal lengths: who waits in the same queue waits
equally long; different steps are independent. Seeded by the steps, so that the answer never varies.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.exit_paths import in_order
from desktop_app.analysis.exit_plans import ROUNDING, StepPlan, TranchePlan
from desktop_app.analysis.withdrawals import SHARES, Withdrawals
from desktop_app.domain.positions import ExitStep

DRAWS = 2000
LEVELS = (10, 50, 90)
WEIGHT = 4
"""Of the typical length, in the mean of a PERT distribution: (min + 4 × typical + max) / 6."""
_SEED = 8

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Percentiles:
    """``days``: share -> days at each of ``LEVELS`` (None: so many draws do not get there).

    ``undrawn``: value for which some step has no known earliest or latest time; it never arrives here.
    """

    days: Mapping[float, tuple[float | None, ...]]
    undrawn: float


def percentiles(out: Withdrawals) -> Percentiles:
    """Return the days to each share of the known value at each level."""
    drawn: dict[tuple[object, ...], tuple[Floats, list[float]]] = {}
    lengths: dict[tuple[object, ...], Floats] = {}
    undrawn = 0.0
    for plan in out.positions.values():
        for part in plan.tranches:
            if part.value is None:
                continue
            moving = part.value * (1 - part.frozen_share)
            undrawn += part.value - moving
            steps = tuple(p.step for p in part.steps)
            if not all(map(_is_known, steps)):
                undrawn += moving
                continue
            key = (steps, part.asked, part.finish)
            if key not in drawn:
                drawn[key] = (_finish(part, lengths), [])
            drawn[key][1].append(moving)
    if out.value <= 0:
        return Percentiles(dict.fromkeys(SHARES, (None,) * len(LEVELS)), undrawn)
    return Percentiles(_levels(list(drawn.values()), out.value), undrawn)


def _is_known(step: ExitStep) -> bool:
    return step.minimum is not None and step.maximum is not None


def _finish(part: TranchePlan, lengths: dict[tuple[object, ...], Floats]) -> Floats:
    """Return the day on which a part is out, draw by draw."""
    plans = {plan.step.id: plan for plan in part.steps}
    ends: dict[str, Floats] = {}
    nothing = np.full(DRAWS, part.asked)
    for step in in_order(tuple(plan.step for plan in part.steps)):
        start = np.maximum.reduce([nothing, *(ends[before] for before in step.after)])
        ends[step.id] = _end(plans[step.id], start, lengths)
    finish: Floats = np.maximum(0.0, np.maximum.reduce([nothing, *ends.values()]))
    return finish


def _end(plan: StepPlan, start: Floats, lengths: dict[tuple[object, ...], Floats]) -> Floats:
    step = plan.step
    days = (step.minimum or 0.0, step.typical, step.maximum or 0.0)
    if days[2] < days[0] or (days[1] is not None and not days[0] <= days[1] <= days[2]):
        return np.maximum(start, plan.end or 0.0)  # a day of the calendar: who comes later waits less
    key = (step.id, *days)
    if key not in lengths:
        lengths[key] = _pert(*days, name=repr(key))
    left: Floats = np.maximum(0.0, lengths[key] - step.elapsed_days)
    return start + left


def _pert(least: float, typical: float | None, most: float, name: str) -> Floats:
    """Return draws of a step's length; without a typical one the middle counts as that."""
    span = most - least
    if span <= 0:
        return np.full(DRAWS, least)
    mode = (least + most) / 2 if typical is None else typical
    dice = np.random.default_rng([_SEED, zlib.crc32(name.encode())])
    first, second = 1 + WEIGHT * (mode - least) / span, 1 + WEIGHT * (most - mode) / span
    return least + span * dice.beta(first, second, DRAWS)


def _levels(
    drawn: Sequence[tuple[Floats, list[float]]], value: float
) -> Mapping[float, tuple[float | None, ...]]:
    """Return the percentiles of the day on which each share has arrived."""
    if not drawn:
        return dict.fromkeys(SHARES, (None,) * len(LEVELS))
    days = np.stack([finish for finish, _ in drawn])
    values = np.array([sum(amounts) for _, amounts in drawn])
    order = np.argsort(days, axis=0, kind="stable")
    arrived = np.cumsum(values[order], axis=0)
    sorted_days = np.take_along_axis(days, order, axis=0)
    result = {}
    for share in SHARES:
        there = arrived >= (share - ROUNDING) * value
        first = np.argmax(there, axis=0)
        reached = np.where(there.any(axis=0), sorted_days[first, np.arange(DRAWS)], np.inf)
        found = np.percentile(reached, LEVELS, method="higher")
        result[share] = tuple(None if np.isinf(day) else float(day) for day in found)
    return result
