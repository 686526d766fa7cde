"""Withdrawal requests in words: where each one stands, when it can be claimed, slashable until when."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from desktop_app.analysis.alternatives import Way
from desktop_app.analysis.request_states import Moments, Progress, RequestState
from desktop_app.analysis.withdrawals import Days
from desktop_app.domain.exits import MARKET
from desktop_app.domain.positions import ExitStep, Position, Request
from desktop_app.figures.labels import Labels
from desktop_app.figures.short_sources import read_in
from desktop_app.figures.texts import one_line
from desktop_app.report.sentences import Sentence, bold, sentence, warn

PATHS: Mapping[str, str] = {
    "": "through the protocol",
    "instant": "at once, from its buffer",
    "market": "sold on the market",
}
STATES: Mapping[RequestState, str] = {
    RequestState.REQUESTED: "requested",
    RequestState.WAITING: "waiting",
    RequestState.CLAIMABLE: "claimable",
    RequestState.OVERDUE: "overdue",
    RequestState.EXPIRED: "expired",
    RequestState.CLAIMED: "claimed",
}


def path_words(path: str) -> str:
    """Return what a path out is called."""
    return PATHS.get(path) or path.replace("-", " ")


def amount_words(request: Request, position: Position, labels: Labels) -> str:
    """Return "2.00 ezETH"."""
    return f"{labels.quantity(request.amount)} {one_line(position.asset)}"


def edit_words(verb: str, position: Position) -> str:
    """Return what an edit of a request is called in the menu, where no amount stands that may be hidden."""
    return f"{verb} withdrawal of {one_line(position.name)}"


def standing(found: Progress, as_of: date, labels: Labels) -> tuple[str, str]:
    """Return the state of a request in a word or two and the role of its colour; of what waits, how long."""
    if found.state in {RequestState.OVERDUE, RequestState.EXPIRED}:
        return STATES[found.state], "warn"
    soonest = found.claim[1] or found.claim[0]
    if found.state is RequestState.CLAIMABLE or soonest is None:
        return STATES[found.state], "text2"
    days = (labels.day_of(soonest) - as_of).days
    if days <= 0:
        return "today", "text2"
    return ("tomorrow" if days == 1 else f"in {labels.number(days)} days"), "text2"


def claim_words(found: Progress, labels: Labels) -> str:
    """Return from when a request can be claimed, and until when where it expires."""
    if found.state is RequestState.EXPIRED and found.expires is not None:
        return f"Expired on {labels.moment(found.expires)} ({_who_says(found, labels)}): ask for it again."
    said = _claim(found.claim, labels)
    if found.state is RequestState.OVERDUE and found.claim[2] is not None:
        said = f"Should have been out by {labels.moment(found.claim[2])}"
    if found.expires is None:
        return said
    return f"{said}, before {labels.moment(found.expires)} ({_who_says(found, labels)})"


def _who_says(found: Progress, labels: Labels) -> str:
    """Return whose word the expiry is: the user's, or that of a rule with its source."""
    rule = found.expiry_rule
    return "your date" if rule is None else f"by {read_in(rule.cited, rule.dated, labels)}"


def _claim(claim: Moments, labels: Labels) -> str:
    first, typical, last = claim
    if first is not None and first == last:
        return f"Claim from {labels.moment(first)}"
    if typical is not None:
        early = first if first and labels.day_of(first) != labels.day_of(typical) else None
        return f"Claim typically from {labels.moment(typical)}{_range(early, last, labels)}"
    if first is not None:
        return f"Claim from {labels.moment(first)} at the earliest{_latest(last, labels)}"
    return f"When it can be claimed is not known{_latest(last, labels)}"


def _range(first: datetime | None, last: datetime | None, labels: Labels) -> str:
    earliest = "" if first is None else f", at the earliest on {labels.day(labels.day_of(first))}"
    return f"{earliest}{_latest(last, labels)}"


def _latest(last: datetime | None, labels: Labels) -> str:
    return "" if last is None else f", at the latest on {labels.day(labels.day_of(last))}"


def slashable_words(found: Progress, labels: Labels) -> str:
    """Return until when what was asked for can still be slashed; once it cannot, that it counts less."""
    if found.freed:
        return "Not slashable any more: it counts for no operator or service"
    if found.slashable is None:
        unknown = not found.steps or any(step.slashable is None for step in found.steps)
        return "Whether it can be slashed meanwhile is not known" if unknown else "Not slashable meanwhile"
    after = ", then not known" if _is_unsaid(found.steps) else ""
    _, typical, last = found.slashable
    if last is not None:
        return f"Slashable until {'then' if last == found.claim[2] else labels.moment(last)}{after}"
    if typical is None:
        return "Slashable until nobody knows when"
    return f"Typically slashable until {labels.moment(typical)}, the latest end is not known{after}"


def _is_unsaid(steps: Iterable[ExitStep]) -> bool:
    """Tell whether nobody says of a step that takes some time whether the stake can be slashed during it."""
    return any(step.slashable is None and step.typical != 0 for step in steps)


def consequence(found: Progress, labels: Labels) -> Sentence:
    """Return the sentence of a request that is being entered: claimable when, slashable until when."""
    said = claim_words(found, labels)
    claim = warn(said) if found.claim == (None, None, None) else bold(said)
    counts = "It counts for operators and services while it may be slashed, for all else until it is claimed."
    return sentence(claim, f". {slashable_words(found, labels)}. {counts}")


# -- ways out ----------------------------------------------------------------------------------------------


def when_words(way: Way, labels: Labels) -> str:
    """Return "5 days, 1 to 9", "at once", "not known"."""
    return days_words(way.finish, labels)


def days_words(finish: Days, labels: Labels) -> str:
    """Return days of three passes in the same words."""
    low, typical, high = (labels.days(d) for d in (finish.min, finish.typical, finish.max))
    if low == typical == high:
        return "not known" if low == "?" else labels.in_days(finish.min)
    middle = "" if finish.typical is None else f"{labels.in_days(finish.typical)}, "
    return f"{middle}{low} to {high}"


def finish_sentence(before: Days, after: Days, labels: Labels) -> Sentence:
    """Return what a change makes of the time that the way out takes, nothing where it stays the same."""
    was, is_now = days_words(before, labels), days_words(after, labels)
    if was == is_now:
        return ()
    return sentence(" Until it is out: ", bold(is_now), f" (before the change: {was}).")


def note_words(way: Way) -> str:
    """Return what the catalogue adds to a way, after the condition under which alone it can be taken."""
    condition = f"Only under this condition: {way.only_when}." if way.only_when else ""
    return " ".join(part for part in (condition, way.note) if part)


def arrives_words(way: Way, value: float | None, labels: Labels) -> str:
    """Return how much arrives by a way: a share, and the money where it is known and shown."""
    if way.arrives is None:
        return "not known"
    share = way.arrives * (1 - (way.cost or 0.0))
    said = "all" if share == 1 else labels.share(share, decimals=1)
    fee = " less the fee" if way.cost is None else ""
    if value is None or labels.hide_amounts:
        return f"{said}{fee}"
    money = labels.money(value * share, with_currency=True)
    return f"{money}{fee}" if fee else f"{said}, {money}"


def cost_words(way: Way, labels: Labels) -> str:
    """Return what a way costs, "not known" where nobody says."""
    if way.cost is None:
        return "fee not known"
    return "nothing" if way.cost == 0 else labels.share(way.cost, decimals=2)


def until_words(way: Way, labels: Labels) -> str:
    """Return for how long a way leaves the stake open to slashing."""
    if way.path == MARKET:
        return "no"
    if way.slashable is None:
        unknown = not way.steps or any(step.slashable is None for step in way.steps)
        return "not known" if unknown else "no"
    last = way.slashable.typical if way.slashable.max is None else way.slashable.max
    if last is None:
        return "no end known"
    days = labels.in_days(max(0.0, last))
    if _is_unsaid(way.steps):
        return f"{days} or more"
    return f"typically {days}" if way.slashable.max is None else days


def marks(way: Way, fast: Way | None, cheap: Way | None) -> str:
    """Return what speaks for a way: "fastest, cheapest", "yours"; or that it is no free choice."""
    if not way.is_choice:
        return "conditional"
    said = [("fastest", way is fast), ("cheapest", way is cheap), ("yours", way.chosen and bool(way.path))]
    return ", ".join(word for word, holds in said if holds)
