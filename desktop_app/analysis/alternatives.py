"""The ways out of one position side by side: when, how much, what it costs, slashable until when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from desktop_app.analysis.clocks.steps import LEAST_ETH, PARTIAL_STEP
from desktop_app.analysis.exit_plans import NEVER, Days, TranchePlan, plan_of
from desktop_app.domain import money
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.exits import ENDING, MARKET, STANDARD, fact_of
from desktop_app.domain.paths import exit_by, paths_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Market, PathTerms, Position, Request


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. Days from the request on, which is made on the as-of date where no other time is given.

    ``arrives``: the fraction of the amount that comes, None unknown; ``cost``: what is lost of it, None
    unknown. ``slashable``: until when, None where it cannot be. ``only_when``: no choice, it holds then.
    ``chosen``: it is the position's own.
    """

    path: str
    steps: tuple[ExitStep, ...]
    finish: Days
    arrives: float | None
    cost: float | None
    slashable: Days | None
    only_when: str = ""
    note: str = ""
    chosen: bool = False

    @property
    def is_choice(self) -> bool:
        """Tell whether the user can take it whenever it pleases, or has settled that its condition holds."""
        return self.chosen or not self.only_when


def ways(
    portfolio: Portfolio,
    catalogue: Catalogue,
    position: Position,
    as_of: date,
    request: Request | None = None,
) -> tuple[Way, ...]:
    """Return the ways out of a position, or of what a ``request`` asks for, whatever way that takes.

    What the request knows of a window is of its own path alone. The position's own way is always among the
    ways, also where the catalogue knows none.
    """
    paths = {"" if p.name == STANDARD else p.name: p for p in paths_of(portfolio, catalogue, position)}
    found = []
    for name in dict.fromkeys((position.exit.path, *paths)):
        way_out = exit_by(portfolio, catalogue, position, name)
        tranche = _plan(portfolio, replace(position, exit=way_out), as_of, name, request)
        known = paths.get(name)
        way = _way(name, tranche, position.exit.path, _walked(way_out))
        way = replace(way, cost=None if tranche is None else _fees(catalogue, way.steps))
        if known is not None:
            notes = dict.fromkeys(fact.note for fact in known.facts if fact.note)
            way = replace(way, only_when=known.only_when, note=" ".join(notes))
        way = _sold(way, position.exit.market) if name == MARKET else way
        if any(step.id == PARTIAL_STEP for step in way.steps) and not _is_part(position, request):
            way = replace(way, arrives=None)
        found.append(_on_terms(way, position.exit.terms_of(name), tranche))
    if position.exit.market is not None and MARKET not in paths:
        found.append(_sold(Way(MARKET, (), NEVER, None, None, None), position.exit.market))
    return tuple(found)


def fastest(found: Iterable[Way]) -> Way | None:
    """Return the choice with the soonest typical day, of equal ones that with the soonest latest."""
    dated = [w for w in found if w.is_choice and w.finish.typical is not None and w.arrives != 0]
    return min(dated, key=lambda w: (w.finish.typical or 0.0, _late(w.finish.max)), default=None)


def cheapest(found: Iterable[Way]) -> Way | None:
    """Return the choice that costs least as far as costs are known, of equal ones the soonest."""
    known = [w for w in found if w.is_choice and w.cost is not None and w.arrives != 0]
    return min(known, key=lambda w: (w.cost or 0.0, _late(w.finish.typical)), default=None)


def _late(day: float | None) -> float:
    return inf if day is None else day


def _plan(
    portfolio: Portfolio, position: Position, as_of: date, path: str, request: Request | None
) -> TranchePlan | None:
    """Return the plan of what is asked for on a path, else that of the position's last part."""
    asked: tuple[Request, ...] = ()
    if request is not None:
        steps = _walked(position.exit)
        own = (
            request
            if request.path == path
            else replace(request, maturity_seconds=None, deadline_seconds=None)
        )
        asked = (replace(own, path=path, expires_at=None, steps=steps),)
    position = replace(position, requests=asked)
    worth = portfolio.worth(position, as_of)
    plan = plan_of(portfolio.with_positions(position), position, as_of, worth)
    parts = [t for t in plan.tranches if request is None or t.request is not None]
    return parts[-1] if parts else None


def _walked(way_out: Exit) -> tuple[ExitStep, ...]:
    """Return the steps of what nobody has asked for yet."""
    tranches = way_out.tranches
    return tuple(replace(s, elapsed_days=0.0) for s in tranches[-1].steps) if tranches else ()


def _way(path: str, tranche: TranchePlan | None, chosen: str, steps: tuple[ExitStep, ...]) -> Way:
    if tranche is None:
        return Way(path, (), NEVER, None, None, None, chosen=path == chosen)
    slashable = tranche.slashable
    is_asked = tranche.request is not None and not tranche.expired
    finish = _since(tranche.claim, tranche.asked) if is_asked else tranche.finish
    return Way(
        path=path,
        steps=steps,
        finish=finish,
        arrives=1 - tranche.frozen_share,
        cost=None,
        slashable=_since(slashable, tranche.asked) if slashable and is_asked else slashable,
        chosen=path == chosen,
    )


def _is_part(position: Position, request: Request | None) -> bool:
    """Tell whether a partial withdrawal can pay a request: what leaves at least 32 ETH behind."""
    if request is None or position.quantity is None:
        return False
    return money.difference(position.quantity, request.amount) >= LEAST_ETH


def _fees(catalogue: Catalogue, steps: Iterable[ExitStep]) -> float | None:
    """Return what the fees of some steps take, None where one is not known; a buffer or a sale has one."""
    left = 1.0
    for fact in (fact_of(catalogue, step) for step in steps):
        if fact is None:
            continue
        if fact.fee_unknown or (fact.fee is None and fact.path in ENDING):
            return None
        left *= 1 - (fact.fee or 0.0)
    return 1 - left


def _on_terms(way: Way, terms: PathTerms, tranche: TranchePlan | None) -> Way:
    """Return a way with what the user knows of it: its cost, and how much can pass."""
    cost = way.cost if terms.cost is None else terms.cost
    value = None if tranche is None else tranche.value
    if terms.capacity is None or not value or way.arrives is None:
        return replace(way, cost=cost)
    return replace(way, cost=cost, arrives=way.arrives * min(1.0, float(terms.capacity) / value))


def _since(days: Days, asked: float) -> Days:
    """Return days counted from the request on."""
    return Days(*(None if d is None else d - asked for d in (days.min, days.typical, days.max)))


def _sold(way: Way, market: Market | None) -> Way:
    """Return the sale with the numbers that the user gave for it."""
    if market is None:
        return way
    days = Days(market.minimum, market.typical, market.maximum)
    return replace(way, finish=days, arrives=market.fraction, cost=market.haircut)
