"""What falls on a day, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from desktop_app.analysis.agenda import Dated, Kind
from desktop_app.domain.positions import Position
from desktop_app.figures.labels import Labels
from desktop_app.report.agenda_words import day_of, description, title, when
from tests.builders import position

AS_OF = date(2026, 11, 24)
HELD = replace(position("p", asset="ATOM"), quantity=Decimal(10), value=None)


def said(dated: Dated, held: Position = HELD, labels: Labels | None = None) -> str:
    return description(dated, held, AS_OF, labels or Labels()).partition("\n")[0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-3, "3 days ago"), (0, "today"), (1, "tomorrow"), (9, "in 9 days")],
)
def test_days_are_told_from_today(days: int, words: str) -> None:
    assert when(AS_OF + timedelta(days=days), AS_OF, Labels()).replace("\u00a0", " ") == words


def test_a_moment_falls_on_the_day_of_the_zone_and_a_part_of_a_day_counts() -> None:
    late = Dated(Kind.CLAIM, "p", 1, at=datetime(2026, 11, 25, 23, 30, tzinfo=UTC))
    days = [
        day_of(late, AS_OF, Labels(zone=ZoneInfo(z))) for z in ("UTC", "Europe/Berlin", "America/St_Johns")
    ]
    assert days == [date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 25)]
    assert day_of(Dated(Kind.CLAIM, "p", 0.2), AS_OF, Labels()) == date(2026, 11, 25)


def test_a_claim_tells_its_amount_and_its_range() -> None:
    claim = Dated(Kind.CLAIM, "p", 5, "part", Decimal(5), earliest=3, latest=9)
    assert said(claim) == (
        "5.00 ATOM can typically be claimed on 29 Nov 2026, at the earliest on 27 Nov 2026; "
        "at the latest on 3 Dec 2026."
    )
    assert said(claim, labels=Labels(hide_amounts=True)).startswith("What was asked for can typically")
    assert said(replace(claim, earliest=5, latest=5)) == "5.00 ATOM can be claimed on 29 Nov 2026."
    at = datetime(2026, 11, 29, 9, 15, tzinfo=UTC)
    assert said(replace(claim, at=at)) == "5.00 ATOM can be claimed from 29 Nov 2026, 09:15 UTC on."
    assert said(replace(claim, latest=None)).endswith("; no latest day is known.")


def test_a_claim_whose_typical_day_is_unknown_says_so_in_its_title() -> None:
    claim = Dated(Kind.CLAIM, "p", 3, earliest=3, latest=9, typical=False)
    assert title(claim, "ATOM") == "ATOM: claim at the earliest"
    assert said(claim).endswith("on 27 Nov 2026 at the earliest; at the latest on 3 Dec 2026.")


def test_a_window_says_when_it_is_paid_and_a_yield_token_that_it_ends() -> None:
    window = Dated(Kind.WINDOW, "p", 3, paid=date(2026, 12, 21))
    assert title(window, "xSolvBTC") == "xSolvBTC: last day to ask"
    assert said(window) == "What is asked for until the end of this day (UTC) is paid on 21 Dec 2026."
    assert said(Dated(Kind.EXPIRY, "p", 3)) == "ATOM pays nothing from 00:00 UTC on."
    assert said(Dated(Kind.MATURITY, "p", 3)) == "ATOM can be redeemed alone from 00:00 UTC on."


def test_a_name_stays_on_one_line() -> None:
    assert title(Dated(Kind.EXPIRY, "p", 3), "a\r\nb\x07") == "a  b: expires"
