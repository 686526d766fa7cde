"""What the window tells of the portfolio on its rail and in its status bar, worked out beside it."""

from datetime import date

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position

SOON = 7
"""Days: claims due within them are counted on the rail."""


def claims_due(portfolio: Portfolio, as_of: date) -> int:
    """Return how many claims are due soon; called beside the window."""
    if not any(map(_has_begun, portfolio.counted_positions())):
        return 0
    from desktop_app.analysis.agenda import Kind, agenda
    from desktop_app.analysis.withdrawals import withdrawals

    dated = agenda(portfolio, withdrawals(portfolio, as_of), as_of)
    return sum(d.kind is Kind.CLAIM and d.days <= SOON for d in dated)


def _has_begun(position: Position) -> bool:
    """Tell whether something of a position is on its way out, without which there is no claim."""
    waited = (step.elapsed_days > 0 for tranche in position.exit.tranches for step in tranche.steps)
    return bool(position.requests) or any(waited)


def price_days(portfolio: Portfolio) -> tuple[date, date] | None:
    """Return the first and the last day of the prices, None without any; called beside the window."""
    days = {price.on for price in portfolio.prices.values()}
    days.update(p.priced_on for p in portfolio.positions.values() if p.priced_on)
    return (min(days), max(days)) if days else None
