"""The dates of a portfolio as an iCalendar file (RFC 5545): entries that a later export puts right."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from desktop_app import __version__
from desktop_app.analysis.agenda import Kind, agenda
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Status
from desktop_app.domain.requests import with_claimed
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.figures.time_axis import day_after
from desktop_app.report.agenda_words import description, title

if TYPE_CHECKING:
    from icalendar import Event

NAMESPACE = UUID("6f0c2f5e-4f4e-5b0b-9a55-8d2f1b1c7a60")
"""Made up once: an entry's identity follows from it and from what the entry is about."""

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Revisions are counted in seconds from here: a later export is a later revision, whatever file it is in."""

NINE = timedelta(hours=9)
"""Reminders of a whole day come at nine of the calendar's own zone, those of a moment at its own hour."""

REMINDERS: Mapping[Kind, tuple[int, ...]] = {
    Kind.CLAIM: (0,),
    Kind.MATURITY: (7, 0),
    Kind.WINDOW: (1, 0),
    Kind.EXPIRY: (7, 1),
}
"""Kind -> so many days before it a reminder comes."""

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a moment (UTC), or a whole day, which no zone moves.

    ``off``: it is no longer so, and calendars drop it.
    """

    uid: str
    title: str
    text: str
    day: date | datetime
    reminders: tuple[int, ...] = ()
    off: bool = False


def entries(portfolio: Portfolio, as_of: date, labels: Labels) -> tuple[Entry, ...]:
    """Return what the calendar holds, the soonest first; then what is to come no more.

    That is what closed positions and claimed requests would bring: an earlier export may have told of it.
    """
    found = tuple(_entries(portfolio, as_of, labels))
    known = {entry.uid for entry in found}
    gone = (e for e in _entries(_reopened(portfolio), as_of, labels) if e.reminders and e.uid not in known)
    return (*found, *(replace(entry, reminders=(), off=True) for entry in gone))


def _reopened(portfolio: Portfolio) -> Portfolio:
    """Return the closed positions and those with claimed requests as if neither had happened."""
    done = [
        replace(
            p,
            status=Status.ACTIVE,
            quantity=with_claimed(p),
            requests=tuple(replace(r, claimed_at=None) for r in p.requests),
        )
        for p in portfolio.positions.values()
        if p.status is Status.CLOSED or any(not r.is_open for r in p.requests)
    ]
    return replace(portfolio, positions={p.id: p for p in done})


def to_ics(found: Iterable[Entry], now: datetime) -> bytes:
    """Return entries as a calendar; ``now`` (UTC) is the moment of the export."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//Stakeout//Stakeout {__version__}//EN")
    calendar.add("version", "2.0")
    for entry in found:
        calendar.add_component(_event(entry, now))
    text: bytes = calendar.to_ical()
    return text


def calendar_file(portfolio: Portfolio, as_of: date, labels: Labels, now: datetime) -> tuple[bytes, int]:
    """Return the calendar of a portfolio and how many dates it holds; raise UserError where there is none."""
    found = entries(portfolio, as_of, labels)
    if not found:
        raise UserError(
            "There is no date to write: nothing is asked for, and no token names its maturity.",
            "Record a withdrawal, and its claim is dated.",
        )
    return to_ics(found, now), sum(not entry.off for entry in found)


def identity(*about: str) -> str:
    """Return the same identity for the same words, another for any others."""
    return str(uuid5(NAMESPACE, json.dumps(about)))


def _entries(portfolio: Portfolio, as_of: date, labels: Labels) -> Iterator[Entry]:
    seen: Counter[tuple[str, ...]] = Counter()
    spoken = replace(labels, zone=UTC)
    for dated in agenda(portfolio, withdrawals(portfolio, as_of), as_of):
        position = portfolio.positions[dated.position]
        about = (dated.kind, dated.position, dated.part)
        seen[about] += 1  # two parts of a position may have one name
        yield Entry(
            uid=identity(*about, *(["again"] * (seen[about] - 1))),
            title=title(dated, position.name)[:LONGEST_TITLE],
            text=description(dated, position, as_of, spoken),
            day=dated.at or day_after(as_of, dated.days),
            reminders=REMINDERS[dated.kind] if dated.days >= 0 else (),
        )


def _event(entry: Entry, now: datetime) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("sequence", max(0, (now - EPOCH) // timedelta(seconds=1)))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("dtstart", entry.day)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.off else "CONFIRMED")
    for days in entry.reminders:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        at_hour = timedelta() if isinstance(entry.day, datetime) else NINE
        alarm.add("trigger", at_hour - timedelta(days=days))
        event.add_component(alarm)
    return event
