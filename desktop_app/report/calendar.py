"""The dates of a portfolio as an iCalendar file (RFC 5545), which a later one puts right or calls off."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from desktop_app import __version__
from desktop_app.analysis.agenda import Kind, agenda
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.calendar_log import CalendarLog, Told
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.figures.time_axis import day_after
from desktop_app.report.agenda_words import description, title

if TYPE_CHECKING:
    from icalendar import Event

NAMESPACE = UUID("6f0c2f5e-4f4e-5b0b-9a55-8d2f1b1c7a60")
"""Made up once: an entry's identity follows from it, from the portfolio's own and from what it is about."""

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Revisions are counted in seconds from here: a later one is higher, whatever is known of the one before."""

SECOND = timedelta(seconds=1)

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


GONE = "This date is off: the portfolio does not have it any more."


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a moment (UTC), or a whole day, which no zone moves."""

    uid: str
    title: str
    text: str
    day: date | datetime
    reminders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """``data`` with so many ``dates``, and so many that it calls off; the log with what it tells."""

    data: bytes
    dates: int
    called_off: int
    log: CalendarLog


def calendar_file(
    portfolio: Portfolio, as_of: date, labels: Labels, now: datetime, log: CalendarLog
) -> CalendarFile:
    """Return the calendar of a portfolio at the moment ``now`` (UTC); raise UserError where it is empty.

    What earlier files told of and the portfolio does not have any more is called off: once, and in each file
    until its day is past, since nobody knows which of them a calendar takes in.
    """
    found = tuple(_entries(portfolio, as_of, labels, log.identity))
    dated = [(entry, _told(entry, log.told.get(entry.uid), now)) for entry in found]
    called_off = [*_called_off(log, {entry.uid for entry in found}, now)]
    if not dated and not called_off:
        raise UserError(
            "There is no date to write: nothing is asked for, and no token names its maturity.",
            "Record a withdrawal, and its claim is dated.",
        )
    every = (*dated, *called_off)
    told = {entry.uid: told for entry, told in every}
    return CalendarFile(_ics(every), len(dated), len(called_off), replace(log, told=told))


def _called_off(log: CalendarLog, found: Set[str], now: datetime) -> Iterator[tuple[Entry, Told]]:
    for uid, before in log.told.items():
        if uid not in found:
            entry = Entry(uid, before.title, GONE, before.at or before.day)
            told = _told(entry, before, now, is_off=True)
            if not before.is_off or before.day >= now.astimezone(UTC).date():
                yield entry, told


def _told(entry: Entry, before: Told | None, now: datetime, *, is_off: bool = False) -> Told:
    """Return what is kept of an entry: as it was ``before`` where it says the same, else a new revision."""
    said = json.dumps([entry.title, entry.text, entry.day.isoformat(), entry.reminders, is_off])
    digest = sha256(said.encode()).hexdigest()[:32]
    if before is not None and before.digest == digest:
        return before
    sequence = max(0, (now - EPOCH) // SECOND)
    if before is not None:  # also where the clock was set back
        sequence, now = max(sequence, before.sequence + 1), max(now, before.changed + SECOND)
    at = entry.day.astimezone(UTC) if isinstance(entry.day, datetime) else None
    day = at.date() if at is not None else entry.day
    return Told(entry.uid, entry.title, day, at, digest, sequence, now, is_off)


def identity(*about: str) -> str:
    """Return the same identity for the same words, another for any others."""
    return str(uuid5(NAMESPACE, json.dumps(about)))


def _entries(portfolio: Portfolio, as_of: date, labels: Labels, own: str) -> Iterator[Entry]:
    """Yield what the calendar holds, the soonest first."""
    seen: Counter[tuple[str, ...]] = Counter()
    spoken = replace(labels, zone=UTC)
    for dated in agenda(portfolio, withdrawals(portfolio, as_of), as_of):
        position = portfolio.positions[dated.position]
        about = (dated.kind, dated.position, dated.part)
        seen[about] += 1  # two parts of a position may have one name
        yield Entry(
            uid=identity(own, *about, *(["again"] * (seen[about] - 1))),
            title=title(dated, position.name)[:LONGEST_TITLE],
            text=description(dated, position, as_of, spoken),
            day=dated.at or day_after(as_of, dated.days),
            reminders=REMINDERS[dated.kind] if dated.days >= 0 else (),
        )


def _ics(entries: Iterable[tuple[Entry, Told]]) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//Stakeout//Stakeout {__version__}//EN")
    calendar.add("version", "2.0")
    for entry, told in entries:
        calendar.add_component(_event(entry, told))
    text: bytes = calendar.to_ical()
    return text


def _event(entry: Entry, told: Told) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", told.changed)  # in a file without a method that is when the entry was last revised
    event.add("last-modified", told.changed)
    event.add("sequence", told.sequence)
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("dtstart", entry.day)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if told.is_off else "CONFIRMED")
    for days in entry.reminders:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        at_hour = timedelta() if isinstance(entry.day, datetime) else NINE
        alarm.add("trigger", at_hour - timedelta(days=days))
        event.add_component(alarm)
    return event
