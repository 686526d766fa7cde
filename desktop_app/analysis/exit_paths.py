"""Longest paths through the steps of a way out, for one pass at a time (definitions.md 8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.positions import ExitStep


def latest(ends: Iterable[float | None]) -> float | None:
    """Return the latest of some days, 0 if there are none, None if one is unknown."""
    latest = 0.0
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
    """When a step starts and ends in one pass, None unknown; ``least``: it ends no earlier than this."""

    start: float | None
    end: float | None
    least: float


def times_of(ordered: list[ExitStep], number: int) -> dict[str, Time]:
    """Return step id -> its time in pass ``number``; what is unknown lasts at least as in the pass below."""
    times: dict[str, Time] = {}
    for step in ordered:
        days = (step.minimum, step.typical, step.maximum)[: number + 1]
        left = None if days[-1] is None else max(0.0, days[-1] - step.elapsed_days)
        known = max((d for d in days if d is not None), default=0.0)
        start = latest(times[before].end for before in step.after)
        least = max((times[before].least for before in step.after), default=0.0)
        end = None if start is None or left is None else start + left
        times[step.id] = Time(start, end, least + max(0.0, known - step.elapsed_days))
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
