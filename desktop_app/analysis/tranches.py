"""The parts in which a position leaves: each open request, then what of its own way out nobody asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.domain import money
from desktop_app.domain.checks import exit_issues, request_issues
from desktop_app.domain.positions import Exit, ExitStep, Origin, Position, Request, Tranche
from desktop_app.domain.requests import open_requests, steps_to_walk

NO_STEPS = (ExitStep("unknown", "way out", origin=Origin.ASSUMED),)
"""Walked where nobody knows the way: of no known length."""

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Part:
    """A tranche; of a request that, of the rest beside requests ``amount``: units of the asset, exact."""

    tranche: Tranche
    request: Request | None = None
    amount: Decimal | None = None


def sound_exit(position: Position) -> Exit:
    """Return the way out; one that ``checks.exit_issues`` objects to is treated as not known."""
    return Exit() if any(exit_issues(position)) else position.exit


def parts_of(position: Position, way_out: Exit | None = None) -> tuple[Part, ...]:
    """Return the parts; their fractions sum to 1. Without a quantity no request has a share.

    Requests take from what has not been started yet first. ``way_out``: its sound exit, where that is known.
    """
    way_out = sound_exit(position) if way_out is None else way_out
    asked = [request for request in open_requests(position) if request.amount > 0]
    if position.quantity is None or position.quantity <= 0 or not asked:
        return tuple(Part(tranche) for tranche in way_out.tranches)
    requested = money.total(request.amount for request in asked)
    whole = max(position.quantity, requested)
    free = money.difference(whole, requested)
    parts = [Part(_tranche(position, request, whole), request, request.amount) for request in asked]
    left = float(money.EXACT.divide(free, whole))
    rest = tuple(_left(way_out.tranches or (Tranche("", 1.0, NO_STEPS),), left))
    amount = free if len(rest) == 1 else None
    return (*parts, *(Part(tranche, None, amount) for tranche in rest))


def _tranche(position: Position, request: Request, whole: Decimal) -> Tranche:
    fraction = float(money.EXACT.divide(request.amount, whole))
    steps = request.steps or (steps_to_walk(position) if request.path == position.exit.path else ())
    sound = steps and not any(request_issues(position, replace(request, steps=steps)))
    return Tranche("requested", fraction, steps if sound else NO_STEPS)


def _left(tranches: tuple[Tranche, ...], left: float) -> Iterator[Tranche]:
    """Yield what is left of tranches when requests have taken their part of the position."""
    taken = 1 - left
    cut: dict[int, float] = {}
    for number in sorted(range(len(tranches)), key=lambda n: _is_started(tranches[n])):
        cut[number] = min(taken, tranches[number].fraction)
        taken -= cut[number]
    for number, tranche in enumerate(tranches):
        fraction = tranche.fraction - cut[number]
        if fraction > _NOTHING:
            name = "the rest" if len(tranches) == 1 else tranche.name
            yield replace(tranche, name=name, fraction=fraction)


def _is_started(tranche: Tranche) -> bool:
    return any(step.elapsed_days > 0 for step in tranche.steps)
