"""Limits in words: what each bounds, how it stands, and why that may not be known."""

from collections.abc import Iterable, Mapping
from datetime import date

from desktop_app.analysis.limit_log import Worsened
from desktop_app.analysis.limits import LimitState
from desktop_app.domain.limits import SHARES, Break, Limit, LimitKind
from desktop_app.domain.positions import Dimension
from desktop_app.figures.labels import NO_BREAK, UNKNOWN, Labels
from desktop_app.figures.texts import one_line
from desktop_app.report import words

_WHY_NOT = {
    LimitKind.DAYS_OUT: "No date is known for a part of the value.",
    LimitKind.EXPECTED_LOSS: words.NOTHING_FAILS,
    LimitKind.REWARD_RATIO: "The reward or the expected loss of an extra layer is not known.",
}


def subject_words(limit: Limit | Break, names: Mapping[str, str]) -> str:
    """Return what a limit is about: "Share of EigenLayer", "Days until 90 % is out"."""
    share = _percent(limit.subject)
    texts = {
        LimitKind.NODE_SHARE: f"Share of {words.node_name(limit.subject, names)}",
        LimitKind.LARGEST_SHARE: f"Share of the largest {_dimension(limit.subject)}",
        LimitKind.UNKNOWN_SHARE: f"Share whose {_dimension(limit.subject)} is not known",
        LimitKind.DAYS_OUT: f"Days until {share} is out",
        LimitKind.EXPECTED_LOSS: "Expected loss a year",
        LimitKind.REWARD_RATIO: "Reward of the extra layers ÷ expected loss",
    }
    return texts[limit.kind]


def figure_words(kind: LimitKind, figure: float | None, labels: Labels) -> str:
    """Return a figure or a bound in the unit of its kind."""
    if figure is None:
        return UNKNOWN
    if kind is LimitKind.DAYS_OUT:
        return labels.days(figure)
    if kind is LimitKind.EXPECTED_LOSS:
        return labels.rate(figure)
    if kind is LimitKind.REWARD_RATIO:
        return labels.number(figure, decimals=2)
    return labels.share(figure, decimals=1)


def bound_words(limit: Limit, labels: Labels) -> str:
    """Return "≤ 40 %", or "≥ 1.00" for what should not be less."""
    sign = "≥" if limit.kind is LimitKind.REWARD_RATIO else "≤"
    return f"{sign}{NO_BREAK}{_bound(limit, labels)}"


def _bound(limit: Limit | Break, labels: Labels) -> str:
    """Return "40 %"."""
    if limit.kind not in SHARES:
        return figure_words(limit.kind, limit.bound, labels)
    percent = limit.bound * 100
    return labels.share(limit.bound, decimals=int(abs(percent - round(percent)) > 1e-9))


def worse_words(worse: Worsened, names: Mapping[str, str], labels: Labels) -> str:
    """Return "Share of EigenLayer would be 52.3 %, over your limit of 45 % (now 44.0 %)."."""
    limit = worse.after.limit
    now, then = (figure_words(limit.kind, f, labels) for f in (worse.before, worse.after.figure))
    side = "under" if limit.kind is LimitKind.REWARD_RATIO else "over"
    further = "further " if worse.was_broken else ""
    subject = subject_words(limit, names)
    return f"{subject} would be {then}, {further}{side} your limit of {_bound(limit, labels)} (now {now})."


def mended_words(limit: Limit, names: Mapping[str, str]) -> str:
    """Return "Share of EigenLayer would be within your limit again."."""
    return f"{subject_words(limit, names)} would be within your limit again."


def state_word(state: LimitState) -> str:
    """Return how a limit stands in one word."""
    return {True: "broken", False: "kept", None: UNKNOWN}[state.broken]


def since_words(state: LimitState, breaks: Iterable[Break], labels: Labels, as_of: date) -> str:
    """Return since when a limit is broken, as far as that is logged: "since 24 Nov", else nothing."""
    about = state.limit.about
    lasting = (b.broke_on for b in breaks if b.about == about and b.mended_on is None)
    day = next(lasting, None) if state.broken else None
    return "" if day is None else f"since {labels.near_day(day, as_of)}"


def break_words(broken: Break, names: Mapping[str, str], labels: Labels) -> str:
    """Return one entry of the log: what was how far beyond its limit, since when and until when, by what."""
    figure, bound = figure_words(broken.kind, broken.figure, labels), _bound(broken, labels)
    side = "under" if broken.kind is LimitKind.REWARD_RATIO else "over"
    by = f" (“{one_line(broken.broken_by)}”)" if broken.broken_by else ", or before"
    said = (
        f"{subject_words(broken, names)}: {figure}, {side} {bound}, since {labels.day(broken.broke_on)}{by}"
    )
    if broken.mended_on is None:
        return f"{said}."
    end = f" (“{one_line(broken.mended_by)}”)" if broken.mended_by else ""
    return f"{said}, until {labels.day(broken.mended_on)}{end}."


def not_known(state: LimitState) -> str:
    """Return why the present figure is not known though the portfolio has a value."""
    return _WHY_NOT.get(state.limit.kind, f"“{state.limit.subject}” is no dimension.")


def _dimension(subject: str) -> str:
    if subject not in set(Dimension):
        return f"“{subject}”"
    return words.dimension_word(Dimension(subject)).partition(",")[0]


def _percent(subject: str) -> str:
    try:
        return f"{float(subject) * 100:g} %"
    except ValueError:
        return f"“{subject}”"
