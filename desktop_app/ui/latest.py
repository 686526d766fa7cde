"""The answers about the portfolio that was asked about last: the report needs the same ones again."""

from datetime import date

from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.answers import Asked


class _Latest:
    """Keeps the answers of one portfolio and day; a newer question takes their place."""

    def __init__(self) -> None:
        self._asked: Asked | None = None

    def of(self, portfolio: Portfolio, as_of: date) -> Asked:
        asked = self._asked
        if asked is None or asked.portfolio is not portfolio or asked.as_of != as_of:
            asked = self._asked = Asked(portfolio, "all", as_of)
        return asked


_latest = _Latest()


def asked_of(portfolio: Portfolio, as_of: date) -> Asked:
    """Return all answers about a portfolio; each is worked out when it is first needed, in any thread."""
    return _latest.of(portfolio, as_of)
