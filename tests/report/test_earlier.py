"""The earlier file that a report is compared with: its day, and what cannot be compared."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.report.answers import Asked
from desktop_app.report.earlier import change_since, earlier
from tests.builders import drawn

AS_OF = date(2026, 11, 24)
NOW = drawn("a: 1000 -> X")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that was last written on 1 October."""
    path = tmp_path / "old.stakeout"
    path.touch()
    written = datetime(2026, 10, 1, 23, tzinfo=UTC).timestamp()
    os.utime(path, (written, written))
    return path


def test_its_day_is_its_own_else_the_one_on_which_it_was_written(file: Path) -> None:
    own = replace(NOW, as_of=date(2026, 9, 1))
    assert earlier(own, file, NOW, AS_OF).day == date(2026, 9, 1)
    assert earlier(NOW, file, NOW, AS_OF).day == date(2026, 10, 1)
    assert earlier(NOW, file, NOW, date(2026, 9, 15)).day == date(2026, 9, 15)


def test_amounts_in_two_currencies_are_not_compared(file: Path) -> None:
    with pytest.raises(UserError, match="is in EUR, the portfolio in USD"):
        earlier(replace(NOW, currency="EUR"), file, NOW, AS_OF)


def test_a_portfolio_has_not_changed_since_itself(file: Path) -> None:
    before = earlier(NOW, file, NOW, AS_OF)
    found = change_since(before, Asked(NOW, "all", AS_OF))
    assert all(row.is_same for row in found.rows)
