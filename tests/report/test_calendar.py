"""The calendar file: what another program reads in it is what the portfolio says, and nothing more."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from desktop_app.domain.anonymous import anonymous
from desktop_app.domain.calendar_log import CalendarLog
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Status
from desktop_app.domain.requests import claimed, taken_back
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.calendar import calendar_file
from desktop_app.shipped import sample_portfolio
from tests.analysis.clocks.clocks import moments
from tests.builders import position, step, way_out
from tests.domain.generated import portfolios
from tests.report.hostile import NAMES, STRANGE

AS_OF = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PRINCIPAL = "PT-weETH-25MAR2027"


LOG = CalendarLog("mine")


def events(
    portfolio: Portfolio, as_of: date = AS_OF, now: datetime = NOW, labels: Labels | None = None
) -> list[Any]:
    """Return the entries of a first calendar as another program reads them, which finds no fault in it."""
    return read(calendar_file(portfolio, as_of, labels or Labels(), now, LOG).data)


def read(data: bytes) -> list[Any]:
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(data)
    assert [part.errors for part in calendar.walk()] == [[]] * len(calendar.walk())
    return list(calendar.walk("VEVENT"))


class Exports:
    """One calendar file after another, each with what the one before has left, a second apart."""

    def __init__(self, *first: Portfolio) -> None:
        self.log, self.now = LOG, NOW
        for portfolio in first:
            self.of(portfolio)

    def of(self, portfolio: Portfolio, as_of: date | None = None, **words: Any) -> list[Any]:
        """Return the entries of the next one, which is made at 09:30 of ``as_of`` where that is given."""
        self.now = self.now + timedelta(seconds=1) if as_of is None else NOW + (as_of - AS_OF)
        made = calendar_file(portfolio, as_of or AS_OF, Labels(**words), self.now, self.log)
        found = read(made.data)
        off = [event for event in found if event["status"] == "CANCELLED"]
        assert (made.dates, made.called_off) == (len(found) - len(off), len(off))
        assert made.log.told.keys() == {str(event["uid"]) for event in found}
        self.log = made.log
        return found


def held(name: str = "weETH", asset: str = PRINCIPAL, **fields: Any) -> Portfolio:
    return Portfolio().with_positions(replace(position("p", asset=asset, **fields), name=name))


def days(found: list[Any]) -> list[date]:
    return [event["dtstart"].dt for event in found]


@contextmanager
def zone(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the machine stand in a zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


CLAIMED = datetime(2026, 12, 3, tzinfo=UTC)
"""When the sample's ATOM can be claimed, by the clock of its chain."""


def test_the_samples_dates_are_read_back_as_whole_days_and_a_moment() -> None:
    found = events(sample_portfolio())
    assert days(found) == [date(2026, 11, 25), CLAIMED, date(2027, 3, 25)]
    assert [str(e["summary"]) for e in found] == ["ezETH: claim", "ATOM: claim", "PT-weETH: matures"]
    assert str(found[0]["description"]).startswith(
        "2.00 ezETH can typically be claimed on 25\u00a0Nov\u00a02026, not earlier; "
        "at the latest on 7\u00a0Dec\u00a02026.\n"
    )
    assert {str(e["class"]) for e in found} == {"PRIVATE"}
    assert {str(e["transp"]) for e in found} == {"TRANSPARENT"}


def test_a_day_is_recalled_at_nine_and_a_maturity_a_week_before_too() -> None:
    claim, moment, maturity = events(sample_portfolio())
    nine = timedelta(hours=9)
    assert [a["trigger"].dt for a in moment.walk("VALARM")] == [timedelta()]
    assert [a["trigger"].dt for a in claim.walk("VALARM")] == [nine]
    assert [a["trigger"].dt for a in maturity.walk("VALARM")] == [nine - timedelta(days=7), nine]
    assert {str(a["action"]) for a in maturity.walk("VALARM")} == {"DISPLAY"}


def test_what_is_past_is_not_recalled() -> None:
    (event,) = events(held(), date(2027, 4, 1))
    assert (days([event]), event.walk("VALARM")) == ([date(2027, 3, 25)], [])


def revision(event: Any) -> tuple[int, datetime, datetime]:
    return event["sequence"], event["last-modified"].dt, event["dtstamp"].dt


def rises(before: Any, after: Any) -> bool:
    """Tell whether an entry is a later revision than another in every way in which clients look for that."""
    return all(a < b for a, b in zip(revision(before), revision(after), strict=True))  # type: ignore[operator]


def asked_earlier(portfolio: Portfolio, days: int = 3) -> Portfolio:
    """Return the sample with its ATOM asked for so many days earlier."""
    atom = portfolio.positions["ATOM"]
    earlier = tuple(replace(r, requested_at=r.requested_at - timedelta(days=days)) for r in atom.requests)
    return portfolio.with_positions(replace(atom, requests=earlier))


def without_request(portfolio: Portfolio) -> Portfolio:
    return taken_back(portfolio, "ATOM", portfolio.positions["ATOM"].requests[0].id)


def test_a_second_export_is_a_later_revision_of_what_has_changed_alone() -> None:
    portfolio, exports = sample_portfolio(), Exports()
    first = exports.of(portfolio)
    second = exports.of(asked_earlier(portfolio))
    assert [e["uid"] for e in first] == [e["uid"] for e in second]
    assert len({e["uid"] for e in first}) == 3
    assert days(second)[1] == CLAIMED - timedelta(days=3)
    before, after = [list(map(revision, found)) for found in (first, second)]
    assert rises(first[1], second[1])
    assert (before[0], before[2]) == (after[0], after[2])
    assert list(map(revision, exports.of(asked_earlier(portfolio)))) == after


def test_revisions_rise_though_the_clock_is_set_back() -> None:
    portfolio, exports = sample_portfolio(), Exports()
    first = exports.of(portfolio)
    exports.now -= timedelta(days=400)
    second = exports.of(asked_earlier(portfolio))
    assert rises(first[1], second[1])


def test_without_what_was_kept_a_later_export_is_a_later_revision_all_the_same() -> None:
    first = events(sample_portfolio())
    second = events(sample_portfolio(), now=NOW + timedelta(seconds=1))
    assert all(map(rises, first, second))


@given(moments, st.integers(0, 90))
def test_the_moment_of_a_request_is_the_same_on_whatever_day_it_is_exported(
    requested: datetime, later: int
) -> None:
    atom = sample_portfolio().positions["ATOM"]
    (request,) = atom.requests
    portfolio = Portfolio().with_positions(
        replace(atom, requests=(replace(request, requested_at=requested),))
    )
    found = events(portfolio, requested.date() + timedelta(days=later))
    assert days(found) == [requested + timedelta(days=21)]


def done_with(portfolio: Portfolio) -> Portfolio:
    return claimed(portfolio, "ATOM", portfolio.positions["ATOM"].requests[0].id, NOW)


def closed(portfolio: Portfolio) -> Portfolio:
    return portfolio.with_positions(replace(portfolio.positions["ATOM"], status=Status.CLOSED))


def deleted(portfolio: Portfolio) -> Portfolio:
    return portfolio.without_positions("ATOM")


@pytest.mark.parametrize("change", [done_with, closed, deleted, without_request])
def test_what_has_no_date_any_more_is_called_off(change: Callable[[Portfolio], Portfolio]) -> None:
    before = sample_portfolio()
    exports = Exports()
    told = exports.of(before)[1]
    after = change(before)
    off = exports.of(after)[-1]
    assert (off["uid"], off["dtstart"].dt, str(off["summary"])) == (told["uid"], CLAIMED, "ATOM: claim")
    assert (str(off["status"]), off.walk("VALARM")) == ("CANCELLED", [])
    assert rises(told, off)
    assert "600" not in str(off["description"])
    assert [str(e["status"]) for e in events(after)] == ["CONFIRMED", "CONFIRMED"]


def test_what_was_called_off_stays_so_as_it_is_until_its_day_is_past() -> None:
    before = sample_portfolio()
    after, exports = deleted(before), Exports(before)
    first = exports.of(after)[-1]
    for day, is_there in ((date(2026, 11, 29), True), (CLAIMED.date(), True), (date(2026, 12, 4), False)):
        again = [e for e in exports.of(after, day) if e["uid"] == first["uid"]]
        assert [revision(e) for e in again] == [revision(first)] * is_there


def test_what_is_past_when_it_goes_is_called_off_once() -> None:
    before, exports = sample_portfolio(), Exports(sample_portfolio())
    later = CLAIMED.date() + timedelta(days=1)
    assert [str(e["status"]) for e in exports.of(deleted(before), later)][-1] == "CANCELLED"
    assert {str(e["status"]) for e in exports.of(deleted(before), later)} == {"CONFIRMED"}


def test_what_comes_back_is_a_later_revision_of_the_same_entry() -> None:
    before = sample_portfolio()
    exports = Exports(before)
    off = exports.of(without_request(before))[-1]
    (back,) = (e for e in exports.of(before) if e["uid"] == off["uid"])
    assert (str(back["status"]), back["dtstart"].dt) == ("CONFIRMED", CLAIMED)
    assert rises(off, back)


def test_a_calendar_of_nothing_but_what_is_called_off_is_written() -> None:
    exports = Exports(held())
    (event,) = exports.of(Portfolio())
    assert (str(event["status"]), event["dtstart"].dt) == ("CANCELLED", date(2027, 3, 25))
    with pytest.raises(UserError, match="There is no date to write"):
        exports.of(Portfolio(), date(2027, 4, 1))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from("abcd")), st.integers(0, 3)), min_size=1, max_size=6))
def test_a_calendar_that_takes_each_file_in_holds_what_the_portfolio_does(
    steps: list[tuple[set[str], int]],
) -> None:
    """Whatever comes, goes and moves: a client keeps of each entry its highest revision."""
    exports, client = Exports(), dict[str, Any]()
    for ids, moved in steps:
        dates = {name: date(2027, 3, 25) + timedelta(days=moved) for name in ids}
        portfolio = Portfolio().with_positions(
            *(position(name, asset=f"PT-x-{day:%d%b%Y}".upper()) for name, day in sorted(dates.items()))
        )
        with suppress(UserError):  # nothing is dated, and nothing was
            for event in exports.of(portfolio):
                if event["uid"] not in client or revision(event) > revision(client[event["uid"]]):
                    client[event["uid"]] = event
        kept = [e["dtstart"].dt for e in client.values() if e["status"] == "CONFIRMED"]
        assert sorted(kept) == sorted(dates.values())


def test_two_portfolios_of_the_same_positions_share_no_entry() -> None:
    one, other = (
        {str(e["uid"]) for e in read(calendar_file(sample_portfolio(), AS_OF, Labels(), NOW, log).data)}
        for log in (LOG, CalendarLog())
    )
    assert len(one) == len(other) == 3
    assert not one & other


def test_parts_of_one_name_are_two_entries() -> None:
    tranche = way_out(step("q", 5, elapsed_days=2.0)).tranches[0]
    twice = replace(way_out(), tranches=(replace(tranche, fraction=0.5),) * 2)
    assert len({e["uid"] for e in events(held(asset="ETH", exit=twice))}) == 2


@pytest.mark.parametrize("name", [*NAMES.values(), *STRANGE.values(), "a\r\nEND:VEVENT\r\nBEGIN:VALARM\r\n"])
def test_a_name_is_text_and_nothing_else(name: str) -> None:
    waiting = way_out(step(name, 5, elapsed_days=2.0))
    portfolio = Portfolio().with_positions(
        replace(position("p", asset=name, exit=waiting), name=name, quantity=Decimal(3), value=None)
    )
    (event,) = events(portfolio)
    assert len(event.walk("VALARM")) == 1
    assert len(str(event["summary"])) <= 200
    assert not any(sign < " " for sign in str(event["summary"]))


@given(st.text())
def test_any_name_is_read_back_as_one_entry_of_the_same_day(name: str) -> None:
    assert days(events(held(name=name))) == [date(2027, 3, 25)]


@settings(max_examples=40)
@given(portfolios, st.dates())
def test_the_entries_of_any_portfolio_on_any_day_have_identities_of_their_own(
    portfolio: Portfolio, as_of: date
) -> None:
    with suppress(UserError):  # nothing is dated
        found = [event["uid"] for event in events(portfolio, as_of)]
        assert len(found) == len(set(found))


def test_hidden_amounts_and_other_names_stay_out_of_it() -> None:
    hidden = events(sample_portfolio(), labels=Labels(hide_amounts=True))
    assert str(hidden[1]["description"]).startswith("What was asked for can be claimed from 3\u00a0Dec")
    assert not any("600" in str(e["description"]) for e in hidden)
    shown = events(anonymous(sample_portfolio()))
    assert [str(e["summary"]) for e in shown] == [
        "Position 5: claim",
        "Position 12: claim",
        "Position 9: matures",
    ]
    assert not any("600" in str(e["description"]) for e in shown)


def test_without_a_date_there_is_no_file() -> None:
    with pytest.raises(UserError, match="There is no date to write"):
        calendar_file(held(asset="ETH"), AS_OF, Labels(), NOW, LOG)


@pytest.mark.parametrize(
    "change", [date(2027, 3, 28), date(2027, 10, 31), date(2027, 4, 4), date(2027, 3, 14)]
)
@pytest.mark.parametrize("place", ["Europe/Berlin", "Pacific/Chatham", "America/St_Johns"])
def test_no_zone_and_no_summer_time_moves_a_date(
    place: str, change: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_of = change - timedelta(days=2)
    waiting = way_out(step("q", 5, 5, 5, elapsed_days=2.0))
    tokens = [f"PT-x-{change + timedelta(days=d):%d%b%Y}".upper() for d in (-1, 0, 1)]
    portfolio = Portfolio().with_positions(
        *(position(token, asset=token) for token in tokens), position("p", exit=waiting)
    )
    with zone("UTC", monkeypatch):
        expected = calendar_file(portfolio, as_of, Labels(), NOW, LOG).data
    with zone(place, monkeypatch):
        assert calendar_file(portfolio, as_of, Labels(), NOW.astimezone(), LOG).data == expected
        found = events(portfolio, as_of, NOW.astimezone())
    assert days(found) == [change + timedelta(days=d) for d in (-1, 0, 1, 1)]
    assert all(type(day) is date for day in days(found))


@pytest.mark.parametrize(
    ("place", "moment", "local"),
    [
        ("Europe/Berlin", "2027-03-28T00:59:59", "2027-03-28T01:59:59+01:00"),
        ("Europe/Berlin", "2027-03-28T01:00:00", "2027-03-28T03:00:00+02:00"),
        ("Europe/Berlin", "2027-10-31T00:30:00", "2027-10-31T02:30:00+02:00"),
        ("Europe/Berlin", "2027-10-31T01:30:00", "2027-10-31T02:30:00+01:00"),
        ("Pacific/Chatham", "2027-04-03T13:30:00", "2027-04-04T03:15:00+13:45"),
        ("Pacific/Chatham", "2027-09-25T14:00:00", "2027-09-26T03:45:00+13:45"),
        ("America/St_Johns", "2027-03-14T05:30:00", "2027-03-14T03:00:00-02:30"),
        ("America/St_Johns", "2027-11-07T04:30:00", "2027-11-07T01:00:00-03:30"),
    ],
)
def test_a_moment_is_the_same_in_every_zone_around_both_changes(
    place: str, moment: str, local: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    atom = sample_portfolio().positions["ATOM"]
    asked = replace(atom.requests[0], requested_at=claim - timedelta(days=21))
    portfolio = Portfolio().with_positions(replace(atom, requests=(asked,)))
    with zone(place, monkeypatch):
        (event,) = events(portfolio, claim.date() - timedelta(days=2), labels=Labels(zone=None))
    read = event["dtstart"].dt
    assert (read, read.utcoffset()) == (claim, timedelta())
    assert read.astimezone(ZoneInfo(place)).isoformat() == local
    assert f"{claim:%H:%M} UTC".replace(" ", "\u00a0") in str(event["description"])
