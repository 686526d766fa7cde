"""A look over everything that a portfolio holds, part by part; what is wrong, in sentences."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain import money
from desktop_app.domain.checks import check, graph_issues
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position

_FUTURE = "which is in the future."


class Part(StrEnum):
    """What is looked at; the file's own parts come first."""

    FILE = "file"
    ACCESS = "access"
    DECIMALS = "decimals"
    REFERENCES = "references"
    POSITIONS = "positions"
    SUMS = "sums"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Checkup:
    """``found``: what is wrong in each part that could be looked at; ``counts``: how many things there were.

    ``version`` is the file's.
    """

    version: int
    found: Mapping[Part, tuple[str, ...]]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def wrong(self) -> int:
        """Return how many things are wrong."""
        return sum(map(len, self.found.values()))


def contents(portfolio: Portfolio, today: date) -> Mapping[Part, tuple[str, ...]]:
    """Return what is wrong with what a portfolio holds; ``today``: nothing can have happened later."""
    graph = graph_issues(portfolio)
    return {
        Part.REFERENCES: tuple(issue.text for issue in graph),
        Part.POSITIONS: tuple(issue.text for issue in check(portfolio) if issue not in graph),
        Part.SUMS: tuple(_sums(portfolio)),
        Part.DATES: tuple(_dates(portfolio, today)),
    }


def _sums(portfolio: Portfolio) -> Iterator[str]:
    """Yield the positions whose quantity is not what their movements add up to."""
    moved: dict[str, list[Decimal]] = defaultdict(list)
    for movement in portfolio.movements.values():
        moved[movement.position].append(movement.amount)
    for position in portfolio.positions.values():
        if position.adjustment is None or position.quantity is None:
            continue
        total = money.total([*moved[position.id], position.adjustment])
        if total != position.quantity:
            yield (
                f"“{position.name}” holds {money.amount_text(position.quantity)}, but its movements and what "
                f"you added to them make {money.amount_text(total)}."
            )


def _dates(portfolio: Portfolio, today: date) -> Iterator[str]:
    """Yield days in the future (tomorrow is today elsewhere) and claims before their request."""
    last = today + timedelta(days=1)
    for position in portfolio.positions.values():
        yield from _position_dates(position, last)
    for price in portfolio.prices.values():
        if price.on > last:
            yield f"The price of {price.asset} is of {price.on}, {_FUTURE}"
    for record in portfolio.imports.values():
        if record.imported_at.date() > last:
            yield f"“{record.file_name}” was imported on {record.imported_at:%Y-%m-%d}, {_FUTURE}"


def _position_dates(position: Position, last: date) -> Iterator[str]:
    days = (("opened", position.opened_on), ("priced", position.priced_on))
    for word, day in days:
        if day is not None and day > last:
            yield f"“{position.name}” was {word} on {day}, {_FUTURE}"
    for request in position.requests:
        if request.claimed_at is not None and request.claimed_at < request.requested_at:
            yield f"A request of “{position.name}” was claimed before it was made."
        if request.requested_at.date() > last:
            yield f"A request of “{position.name}” is of {request.requested_at:%Y-%m-%d}, {_FUTURE}"
