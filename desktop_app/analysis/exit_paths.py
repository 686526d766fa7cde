"""Longest paths through the steps of a way out, for one pass at a time (definitions.md 8)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.positions import ExitStep

MINUTE = 1 / 1440
"""Days by which something may be late and still count as of its day: no block is on the dot."""

Claims = Callable[[ExitStep, float], tuple[float | None, float | None, float | None]]
"""A step and the day on which it is asked for -> the days (min, typical, max) on which it is over."""


def latest(ends: Iterable[float | None], least: float = 0.0) -> float | None:
    """Return the latest of some days, ``least`` if none is later, None if one is unknown."""
    latest = least
    for end in ends:
        if end is None:
            return None
        latest = max(latest, end)
    return latest


def in_order(steps: tuple[ExitStep, ...]) -> list[ExitStep]:
    """Return the steps so that each comes after those it waits for (which a sound exit allows)."""
    done: set[str] = set()
    ordered: list[ExitStep] = []
    waiting = list(steps)
    while waiting:
        ready = [s for s in waiting if done.issuperset(s.after)]
        ordered += ready
        done.update(s.id for s in ready)
        waiting = [s for s in waiting if s.id not in done]
    return ordered


@dataclass(frozen=True, slots=True)
class Time:
    """When a step starts and ends in one pass, None unknown; ``least``: it ends no earlier than this.

    ``days``: how long it takes in all, what has been waited already included.
    """

    start: float | None
    end: float | None
    least: float
    days: float | None


def times_of(ordered: list[ExitStep], number: int, claims: Claims, requested: float = 0.0) -> dict[str, Time]:
    """Return step id -> its time in pass ``number``; what is unknown lasts at least as in the pass below.

    ``requested``: the day on which the first steps are asked for, below zero where that lies back.
    """
    times: dict[str, Time] = {}
    for step in ordered:
        start = latest((times[before].end for before in step.after), requested)
        earliest = max((times[before].least for before in step.after), default=requested)
        asked = (earliest if start is None else start) - step.elapsed_days
        over = claims(step, asked)[: number + 1]
        last = over[-1]
        times[step.id] = Time(
            start=start,
            end=None if start is None or last is None else max(start, last),
            least=max([earliest, *(day for day in over if day is not None)]),
            days=None if last is None else last - asked,
        )
    return times


def critical_path(steps: tuple[ExitStep, ...], typical: Mapping[str, Time]) -> set[str]:
    """Return the steps with days left on the path that ends last; an unknown end is later than any other."""

    def lateness(step_id: str) -> tuple[bool, float]:
        return (typical[step_id].end is None, typical[step_id].least)

    after = {step.id: step.after for step in steps}
    path: list[str] = []
    candidates: Iterable[str] = after
    while last := max(candidates, key=lateness, default=None):
        path.append(last)
        candidates = after[last]
    return {s for s in path if typical[s].end is None or typical[s].end != typical[s].start}
