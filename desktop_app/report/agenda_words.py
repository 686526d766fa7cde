"""What falls on a day, in words: for the first page, the calendar and the message on the day."""

from collections.abc import Mapping
from datetime import date

from desktop_app.analysis.agenda import Dated, Kind
from desktop_app.domain.positions import Position
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.figures.time_axis import day_after

WORDS: Mapping[Kind, str] = {
    Kind.CLAIM: "claim",
    Kind.MATURITY: "matures",
    Kind.WINDOW: "last day to ask",
    Kind.EXPIRY: "expires",
    Kind.IF_ASKED: "",
}

UPDATED = "A later export of the portfolio puts this entry right."


def title(dated: Dated, name: str) -> str:
    """Return "ezETH: claim", or the bare name of what was not asked for."""
    word = WORDS[dated.kind]
    if dated.kind is Kind.CLAIM and not dated.typical:
        word = "claim at the earliest"
    return f"{one_line(name)}: {word}" if word else one_line(name)


def day_of(dated: Dated, as_of: date, labels: Labels) -> date:
    """Return the day on which something falls: of a moment that in the zone of the labels."""
    return day_after(as_of, dated.days) if dated.at is None else labels.day_of(dated.at)


def when(day: date, as_of: date, labels: Labels) -> str:
    """Return "today", "tomorrow", "in 7 days" or "3 days ago"."""
    days = (day - as_of).days
    if days < 0:
        return f"{labels.in_days(-days)} ago"
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {labels.in_days(days)}"


def description(dated: Dated, position: Position, as_of: date, labels: Labels) -> str:
    """Return what a calendar entry says of itself, a sentence a line; without amounts where these hide."""
    if dated.kind is Kind.CLAIM:
        said = _claim(dated, position, as_of, labels)
    elif dated.kind is Kind.WINDOW and dated.paid is not None:
        said = f"What is asked for until the end of this day (UTC) is paid on {labels.day(dated.paid)}."
    elif dated.kind is Kind.MATURITY:
        said = f"{one_line(position.asset)} can be redeemed alone from 00:00 UTC on."
    elif dated.part:
        said = "What was asked for has to be claimed before; later it has to be asked for again."
    else:
        said = f"{one_line(position.asset)} pays nothing from 00:00 UTC on."
    return f"{said}\nAs of {labels.day(as_of)}. {UPDATED}"


def _claim(dated: Dated, position: Position, as_of: date, labels: Labels) -> str:
    what = "What was asked for"
    if dated.amount is not None and not labels.hide_amounts:
        what = f"{labels.quantity(dated.amount)} {one_line(position.asset)}"
    if dated.at is not None:
        return f"{what} can be claimed from {labels.moment(dated.at)} on."
    day = labels.day(day_after(as_of, dated.days))
    if dated.latest is None:
        last = "no latest day is known"
    else:
        last = f"at the latest on {labels.day(day_after(as_of, dated.latest))}"
    if not dated.typical or dated.earliest is None:
        return f"{what} can be claimed on {day} at the earliest; {last}."
    if dated.earliest == dated.latest == dated.days:
        return f"{what} can be claimed on {day}."
    first = labels.day(day_after(as_of, dated.earliest))
    earliest = "not earlier" if first == day else f"at the earliest on {first}"
    return f"{what} can typically be claimed on {day}, {earliest}; {last}."
