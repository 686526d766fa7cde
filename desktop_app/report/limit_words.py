"""Limits in words: what each bounds, how it stands, and why that may not be known."""

from collections.abc import Mapping

from desktop_app.analysis.limits import LimitState
from desktop_app.domain.limits import SHARES, Limit, LimitKind
from desktop_app.domain.positions import Dimension
from desktop_app.figures.labels import NO_BREAK, UNKNOWN, Labels
from desktop_app.report import words

_WHY_NOT = {
    LimitKind.DAYS_OUT: "No date is known for a part of the value.",
    LimitKind.EXPECTED_LOSS: words.NOTHING_FAILS,
    LimitKind.REWARD_RATIO: "The reward or the expected loss of an extra layer is not known.",
}


def subject_words(limit: Limit, names: Mapping[str, str]) -> str:
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
    if limit.kind in SHARES:
        percent = limit.bound * 100
        decimals = int(abs(percent - round(percent)) > 1e-9)
        return f"{sign}{NO_BREAK}{labels.share(limit.bound, decimals=decimals)}"
    return f"{sign}{NO_BREAK}{figure_words(limit.kind, limit.bound, labels)}"


def state_word(state: LimitState) -> str:
    """Return how a limit stands in one word."""
    return {True: "broken", False: "kept", None: UNKNOWN}[state.broken]


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
