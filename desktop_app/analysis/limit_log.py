"""The log of broken limits: what an edit broke and mended, and what it would newly break."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.limits import TOLERANCE, LimitState, limits
from desktop_app.domain.limits import Break, LimitKind
from desktop_app.domain.portfolio import Portfolio

About = tuple[LimitKind, str]


@dataclass(frozen=True, slots=True)
class Worsened:
    """A limit that an edit breaks, or leaves broken by more than before; ``before`` None: it was not known.

    ``was_broken``: it was broken before as well.
    """

    after: LimitState
    before: float | None
    was_broken: bool


def states_of(portfolio: Portfolio, as_of: date | None) -> tuple[LimitState, ...]:
    """Return the state of every limit of a portfolio."""
    return limits(portfolio, exposure(portfolio, as_of), as_of) if portfolio.limits else ()


def broken(states: Iterable[LimitState]) -> frozenset[About]:
    """Return what the broken limits are about."""
    return frozenset(state.limit.about for state in states if state.broken)


def worsened(before: Iterable[LimitState], after: Iterable[LimitState]) -> tuple[Worsened, ...]:
    """Return the limits that are broken after and were kept, not known or less far beyond before."""
    old = {state.limit.about: state for state in before}
    found = []
    for state in after:
        was = old.get(state.limit.about)
        was_broken = was is not None and was.broken is True
        if state.broken and not (was is not None and was_broken and _as_far(was, state)):
            found.append(Worsened(state, was.figure if was else None, was_broken))
    return tuple(found)


def _as_far(was: LimitState, now: LimitState) -> bool:
    """Tell whether a broken limit is no further from its bound than it was."""
    distances = [abs((state.figure or 0.0) - state.limit.bound) for state in (was, now)]
    return distances[1] <= distances[0] + TOLERANCE


def log_edit(
    before: Portfolio, after: Portfolio, states: Iterable[LimitState], on: date, by: str
) -> Portfolio:
    """Return ``after`` with the log of the edit called ``by``; ``states``: its own, on the day it counts.

    What fills an empty portfolio, limits and all, is not judged: a portfolio that is read back is the same.
    """
    if before.is_empty and not before.limits:
        return after
    found = tuple(states)
    lasting = {b.about for b in after.breaks.values() if b.mended_on is None}
    day = after.as_of or on
    was_broken = broken(states_of(before, day)) if broken(found) - lasting else frozenset()
    return logged(after, found, was_broken, on, by)


def logged(
    portfolio: Portfolio, states: Iterable[LimitState], was_broken: Collection[About], on: date, by: str
) -> Portfolio:
    """Return the portfolio with its log brought up to ``states``, its present ones; itself if it is so.

    A limit that is broken and not in the log was broken by the edit called ``by``, unless it was among
    ``was_broken`` before that edit. One that is kept again, or gone, was mended by it; one whose figure is
    not known stays as it was.
    """
    known = {state.limit.about: state for state in states}
    lasting = {b.about: b for b in portfolio.breaks.values() if b.mended_on is None}
    mended = [
        replace(b, mended_on=on, mended_by=by)
        for about, b in lasting.items()
        if about not in known or known[about].broken is False
    ]
    ids = (ident for n in count(1) if (ident := f"break-{n}") not in portfolio.breaks)
    fresh = [
        Break(
            next(ids),
            *about,
            state.limit.bound,
            state.figure or 0.0,
            on,
            "" if about in was_broken else by,
        )
        for about, state in known.items()
        if state.broken and about not in lasting
    ]
    return portfolio.with_breaks(*mended, *fresh) if mended or fresh else portfolio
