"""The answers about the portfolio that was asked about last: the report needs the same ones again."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.answers import Asked
from desktop_app.ui.document import Document

if TYPE_CHECKING:
    from desktop_app.report.earlier import Earlier


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


class _LatestEarlier:
    """Keeps the answers about one earlier file as it was written, for one day."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._earlier: Earlier | None = None

    def of(self, path: Path, now: Portfolio, as_of: date) -> "Earlier":
        from desktop_app.report.earlier import earlier
        from desktop_app.report.inputs import interchange_file

        key = (path, path.stat().st_mtime_ns if path.exists() else 0, now.currency, as_of)
        if self._earlier is None or self._key != key:
            read = interchange_file if path.suffix.lower() == ".json" else Document.read
            self._key, self._earlier = key, earlier(read(path), path, now, as_of)
        return self._earlier


_latest_earlier = _LatestEarlier()


def asked_of(portfolio: Portfolio, as_of: date) -> Asked:
    """Return all answers about a portfolio; each is worked out when it is first needed, in any thread."""
    return _latest.of(portfolio, as_of)


def earlier_of(path: Path, now: Portfolio, as_of: date) -> "Earlier":
    """Return an earlier file, backup or export to compare with; raise UserError where it is none."""
    return _latest_earlier.of(path, now, as_of)
