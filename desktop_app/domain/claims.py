"""What a claim pays out: the asset in hand at the end of the way, recorded as a holding beside the claim."""

from datetime import datetime

from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.exits import COINS, MARKET
from desktop_app.domain.holdings import Holding
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Request
from desktop_app.domain.requests import claimed
from desktop_app.domain.resolve import resolve
from desktop_app.domain.stacks import add_holding


def paid_out(catalogue: Catalogue, position: Position, request: Request) -> str:
    """Return the asset that the way of a request ends with (stacks.md, Exit); "" where nobody knows it."""
    token = resolve(catalogue, position.underlying)
    if request.path == MARKET:
        return ""
    if token is None:
        return position.asset if position.underlying == position.asset else ""
    return position.underlying if token.kind in COINS else ""


def is_counted_here(position: Position, asset: str) -> bool:
    """Tell whether what comes back is the amount that was asked for, and no file brings it in again."""
    return asset == position.asset and position.debt is None and position.import_id is None


def claimed_for(
    portfolio: Portfolio,
    catalogue: Catalogue,
    position_id: str,
    request_id: str,
    at: datetime,
    received: Holding | None = None,
) -> Portfolio:
    """Return the portfolio after a claim, with what was ``received`` as a new position; raise UserError."""
    after = claimed(portfolio, position_id, request_id, at)
    return after if received is None else add_holding(after, catalogue, received)
