"""Withdrawal requests as edits: start one, change it, take it back, claim it. Amounts stay exact."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from desktop_app.domain import money
from desktop_app.domain.ledgers import adjusted
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, Position, Request, Status
from desktop_app.errors import UserError

_PLACES = Decimal(1).scaleb(-18)
"""A part of a value that was entered as a total has no digits finer than these."""


def open_requests(position: Position) -> tuple[Request, ...]:
    """Return the requests that are not claimed yet, in the order in which they were recorded."""
    return tuple(request for request in position.requests if request.is_open)


def free_amount(position: Position, without: str = "") -> Decimal | None:
    """Return the units that no open request has asked for (but request ``without``); None: quantity unknown.

    For every position: free + open requests = quantity, exactly.
    """
    if position.quantity is None:
        return None
    asked = (r.amount for r in open_requests(position) if r.id != without)
    return money.difference(position.quantity, money.total(asked))


def with_claimed(position: Position) -> Decimal | None:
    """Return the units of a position with those that have left it by a claim; None: quantity unknown."""
    if position.quantity is None:
        return None
    gone = (request.amount for request in position.requests if not request.is_open)
    return money.total([position.quantity, *gone])


def steps_to_walk(position: Position) -> tuple[ExitStep, ...]:
    """Return the steps of the position's own way out for a new request: nothing of them has elapsed."""
    tranches = sorted(position.exit.tranches, key=lambda t: any(s.elapsed_days > 0 for s in t.steps))
    return tuple(replace(s, elapsed_days=0.0) for s in tranches[0].steps) if tranches else ()


def fault(position: Position, request: Request) -> str:
    """Return in a sentence why a request cannot be one of the position's open ones; empty if it can."""
    free = free_amount(position, without=request.id)
    if free is None:
        return f"How much of “{position.name}” there is, is not known: enter its quantity first."
    if request.amount <= 0:
        return "A withdrawal asks for more than nothing."
    if request.amount > free:
        left = money.amount_text(max(free, Decimal(0)))
        return f"“{position.name}” has {left} {position.asset} left to ask for."
    return ""


def with_request(portfolio: Portfolio, position_id: str, request: Request) -> Portfolio:
    """Return the portfolio with a new request, or a changed one of the same id; raise UserError."""
    position = portfolio.positions[position_id]
    if said := fault(position, request):
        raise UserError(said)
    known = {r.id: r for r in position.requests} | {request.id: request}
    return portfolio.with_positions(replace(position, requests=tuple(known.values())))


def new_id(position: Position) -> str:
    """Return an id that no request of the position has."""
    taken = {request.id for request in position.requests}
    return next(i for n in range(1, len(taken) + 2) if (i := f"request-{n}") not in taken)


def taken_back(portfolio: Portfolio, position_id: str, request_id: str) -> Portfolio:
    """Return the portfolio as if the request had never been made; what it asked for is free again."""
    position = portfolio.positions[position_id]
    kept = tuple(r for r in position.requests if r.id != request_id)
    return portfolio.with_positions(replace(position, requests=kept))


def claimed(portfolio: Portfolio, position_id: str, request_id: str, at: datetime) -> Portfolio:
    """Return the portfolio after a claim: its amount has left the position, the request stays as claimed.

    A total value and a debt shrink in the same proportion. A position of which nothing is left is closed.
    """
    position = portfolio.positions[position_id]
    request = next(r for r in position.requests if r.id == request_id)
    if said := fault(position, request):
        raise UserError(said)
    if at < request.requested_at:
        raise UserError("A withdrawal cannot be claimed before it was asked for.", "Enter a later time.")
    whole = position.quantity or Decimal(0)
    left = money.difference(whole, request.amount)
    requests = tuple(replace(r, claimed_at=at) if r.id == request_id else r for r in position.requests)
    return portfolio.with_positions(
        replace(
            adjusted(position, replace(position, quantity=left)),
            total_value=_part(position.total_value, left, whole),
            debt=_part(position.debt, left, whole),
            status=position.status if left else Status.CLOSED,
            requests=requests,
        )
    )


def _part(value: Decimal | None, left: Decimal, whole: Decimal) -> Decimal | None:
    """Return the part of a value that belongs to what is left, to 18 decimals or as many as it has."""
    if value is None or left == whole:
        return value
    exponent = value.as_tuple().exponent
    places = min(_PLACES, Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else _PLACES
    share = money.EXACT.divide(money.product(value, left), whole)
    return share.quantize(places, context=money.EXACT).normalize(money.EXACT)
