"""The user's limits as rows that are typed into, and what a new one can be about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.limits import LimitState
from desktop_app.domain.limits import SHARES, Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.limit_words import figure_words, state_word, subject_words

KINDS: Mapping[LimitKind, str] = {
    LimitKind.LARGEST_SHARE: "Share of the largest …",
    LimitKind.NODE_SHARE: "Share of one node",
    LimitKind.UNKNOWN_SHARE: "Share not published",
    LimitKind.DAYS_OUT: "Days until out",
    LimitKind.EXPECTED_LOSS: "Expected loss a year",
    LimitKind.REWARD_RATIO: "Extra reward ÷ expected loss",
}
"""What a limit can bound, as it is offered."""

UNITS = {LimitKind.DAYS_OUT: "days", LimitKind.REWARD_RATIO: "times, at least"}
_SHARES_OUT = ("0.5", "0.75", "0.9", "1")


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit in words; ``bound`` in the unit in which it is typed."""

    id: str
    subject: str
    bound: float
    unit: str
    now: str
    state: str
    broken: bool | None


def limit_line(state: LimitState, names: Mapping[str, str], labels: Labels) -> LimitLine:
    """Return a limit as a row; ``names``: id -> name of every node."""
    limit = state.limit
    return LimitLine(
        limit.id,
        subject_words(limit, names),
        typed_bound(limit),
        unit(limit.kind),
        figure_words(limit.kind, state.figure, labels),
        state_word(state),
        state.broken,
    )


@dataclass(frozen=True, slots=True)
class BreakLine:
    """One entry of the log in words; ``broken_by`` "" where no edit is known to have done it."""

    id: str
    subject: str
    figure: str
    bound: str
    broke_on: date
    broken_by: str
    mended_on: date | None
    mended_by: str


def break_lines(portfolio: Portfolio, labels: Labels) -> tuple[BreakLine, ...]:
    """Return the log, what is broken still first, then the newest."""
    names = {node.id: node.name for node in portfolio.nodes.values()}
    entries = reversed(tuple(portfolio.breaks.values()))
    return tuple(
        BreakLine(
            b.id,
            subject_words(b, names),
            figure_words(b.kind, b.figure, labels),
            figure_words(b.kind, b.bound, labels),
            b.broke_on,
            b.broken_by,
            b.mended_on,
            b.mended_by,
        )
        for b in sorted(entries, key=lambda b: b.mended_on is not None)
    )


def unit(kind: LimitKind) -> str:
    """Return in which unit the bound of a kind is typed: "%", "days", "times, at least"."""
    return UNITS.get(kind, "%")


def typed_bound(limit: Limit) -> float:
    """Return a bound in the unit in which it is typed."""
    return round(limit.bound * 100, 10) if limit.kind in SHARES else limit.bound


def bound_of(kind: LimitKind, typed: float) -> float:
    """Return what was typed in the unit of the limit."""
    return typed / 100 if kind in SHARES else typed


def subjects(kind: LimitKind, portfolio: Portfolio, labels: Labels) -> Mapping[str, str]:
    """Return what a limit of a kind can be about: words -> subject; one without words where it is all."""
    if kind is LimitKind.NODE_SHARE:
        nodes = sorted(portfolio.nodes.values(), key=lambda node: node.name.casefold())
        named: dict[str, str] = {}
        for node in nodes:
            name = (
                node.name
                if node.name not in named
                else f"{node.name}, {words.dimension_word(node.dimension)}"
            )
            named[name] = node.id
        return named
    if kind in {LimitKind.LARGEST_SHARE, LimitKind.UNKNOWN_SHARE}:
        found = {node.dimension for node in portfolio.nodes.values()} - {Dimension.ROLE}
        return {words.dimension_word(d): str(d) for d in Dimension if d in found}
    if kind is LimitKind.DAYS_OUT:
        return {labels.share(float(share)): share for share in _SHARES_OUT}
    return {"": ""}
