"""Which states of a year are looked at: all, those with few failures if that proves enough, or drawn (6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.analysis.failures import (
    EveryState,
    States,
    count_up_to,
    drawn_states,
    few_failures,
    missing_beyond,
)
from desktop_app.analysis.lines import Lines
from desktop_app.analysis.losses import Floats
from desktop_app.analysis.tail import Sorted, Tail, single, tail

ALL_STATES = 20
"""Up to so many nodes that can fail all states are listed."""

MOST_FAILURES = 6
MOST_STATES = 300_000

CLOSE = 0.005
"""Bounds are good enough if they lie closer together than this part of the lower one."""

HIGHEST = 0.99
"""The level at which the bounds on CVaR have to be close."""


@dataclass(frozen=True, slots=True)
class View:
    """States with what is lost in them: ``total``, in their order, and ``sorted``.

    With at most ``failures`` failures some states are missing: ``tail`` takes them for harmless, ``upper``
    for the loss of everything.
    """

    states: States
    total: Floats
    sorted: Sorted
    tail: Tail
    failures: int | None = None
    upper: Tail | None = None


def view(lines: Lines, chances: Sequence[float], value: float) -> View:
    """Return the states to look at for nodes with these chances; ``value`` is the most that can be lost."""
    for states, failures in with_few_failures(chances):
        found = _bounded(states, lines.total(states), failures, value)
        if found is not None:
            return found
    states = other_states(chances)
    total = lines.total(states)
    every = Sorted(total, states.chances)
    return View(states, total, every, tail([every]))


def with_few_failures(chances: Sequence[float]) -> Iterator[tuple[States, int]]:
    """Yield states to try, from few to many, with the most failures in them; none where all can be listed."""
    if len(chances) <= ALL_STATES:
        return
    missing = missing_beyond(chances, MOST_FAILURES)
    for failures in range(1, MOST_FAILURES + 1):
        if count_up_to(len(chances), failures) >= MOST_STATES:
            return
        if missing[failures] <= 1 - HIGHEST:
            yield few_failures(chances, failures), failures


def other_states(chances: Sequence[float]) -> States:
    """Return the states to look at where few failures are not enough: all, else drawn ones."""
    return EveryState(chances) if len(chances) <= ALL_STATES else drawn_states(chances)


def _bounded(states: States, total: Floats, failures: int, value: float) -> View | None:
    """Return the view of states with few failures if it is good enough."""
    found = Sorted(total, states.chances)
    lower, upper = (tail([found, single(lost, states.missing)]) for lost in (0.0, value))
    if upper.cvar[HIGHEST] - lower.cvar[HIGHEST] > CLOSE * lower.cvar[HIGHEST]:
        return None
    return View(states, total, found, lower, failures, upper)
