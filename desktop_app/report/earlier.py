"""An earlier portfolio that a report is compared with."""

from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from desktop_app.analysis.what_if import Comparison, Standing, compared, standing_from
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.report.answers import Asked


def standing_of(asked: Asked) -> Standing:
    """Return the main measures out of answers, each of which is worked out once."""
    return standing_from(
        asked.portfolio,
        asked.exposed,
        asked.out,
        asked.limits,
        asked.rewards,
        asked.expected_loss,
        asked.year,
    )


class Earlier:
    """The answers about an earlier portfolio as of its own day; ``name`` is that of its file."""

    def __init__(self, portfolio: Portfolio, name: str, day: date) -> None:
        self.asked = Asked(portfolio, "all", day)
        self.name = name

    @property
    def day(self) -> date:
        """The day that it was as it stands there."""
        return self.asked.as_of

    @cached_property
    def standing(self) -> Standing:
        """Its main measures."""
        return standing_of(self.asked)


def earlier(portfolio: Portfolio, path: Path, now: Portfolio, as_of: date) -> Earlier:
    """Return the portfolio of a file to compare ``now`` with.

    Its day is its own, else the one on which the file was last written, at the latest ``as_of``. Raises
    UserError where its amounts are in another currency.
    """
    if portfolio.currency != now.currency:
        raise UserError(
            f"“{path.name}” is in {portfolio.currency}, the portfolio in {now.currency}: amounts in two "
            "currencies cannot be compared.",
            "Choose a file in the same currency.",
        )
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    return Earlier(portfolio, path.name, portfolio.as_of or min(written, as_of))


def change_since(before: Earlier, asked: Asked) -> Comparison:
    """Return the main measures then and now."""
    return compared(before.standing, standing_of(asked))
