from dataclasses import replace
from datetime import date

import pytest

from desktop_app.analysis.limit_log import Worsened
from desktop_app.analysis.limits import LimitState
from desktop_app.domain.limits import Break, Limit, LimitKind
from desktop_app.figures.labels import Labels
from desktop_app.report.answers import Asked
from desktop_app.report.limit_words import (
    bound_words,
    break_words,
    figure_words,
    since_words,
    state_word,
    subject_words,
    worse_words,
)
from desktop_app.report.shown import shown
from desktop_app.report.text import to_text
from tests.builders import drawn
from tests.report.holdings import TODAY, spoken


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        (LimitKind.NODE_SHARE, "X", "Share of EigenLayer"),
        (LimitKind.NODE_SHARE, "unknown:operator", "Share of Operators not published"),
        (LimitKind.LARGEST_SHARE, "operator", "Share of the largest operator"),
        (LimitKind.UNKNOWN_SHARE, "service", "Share whose service is not known"),
        (LimitKind.DAYS_OUT, "0.9", "Days until 90 % is out"),
        (LimitKind.EXPECTED_LOSS, "", "Expected loss a year"),
        (LimitKind.REWARD_RATIO, "", "Reward of the extra layers ÷ expected loss"),
        (LimitKind.LARGEST_SHARE, "moon", "Share of the largest “moon”"),
        (LimitKind.DAYS_OUT, "all", "Days until “all” is out"),
    ],
)
def test_a_limit_says_what_it_is_about(kind: LimitKind, subject: str, words: str) -> None:
    assert subject_words(Limit("l", kind, subject, 1), {"X": "EigenLayer"}) == words


@pytest.mark.parametrize(
    ("kind", "figure", "words"),
    [
        (LimitKind.NODE_SHARE, 0.754, "75.4\u202f%"),
        (LimitKind.DAYS_OUT, 13.2, "14"),
        (LimitKind.EXPECTED_LOSS, 0.0075, "0.75\u202f%"),
        (LimitKind.REWARD_RATIO, 2.004, "2.00"),
        (LimitKind.NODE_SHARE, None, "unknown"),
    ],
)
def test_a_figure_has_the_unit_of_its_kind(kind: LimitKind, figure: float | None, words: str) -> None:
    assert figure_words(kind, figure, Labels()) == words


def test_a_limit_stands_in_one_word() -> None:
    limit = Limit("l", LimitKind.NODE_SHARE, "X", 0.3)
    assert [state_word(LimitState(limit, f)) for f in (0.4, 0.3, None)] == ["broken", "kept", "unknown"]


def test_the_command_line_tells_each_limit_and_where_there_are_none() -> None:
    portfolio = drawn("me: 100 -> X")
    limited = portfolio.with_limits(Limit("l", LimitKind.NODE_SHARE, "X", 0.3))
    text = to_text(shown(Asked(limited, "limits", TODAY), Labels()))
    assert "Share of X" in text
    assert "broken" in text
    assert "No limits are set." in to_text(shown(Asked(portfolio, "limits", TODAY), Labels()))


@pytest.mark.parametrize(
    ("kind", "bound", "words"),
    [
        (LimitKind.LARGEST_SHARE, 0.4, "≤ 40 %"),
        (LimitKind.EXPECTED_LOSS, 0.015, "≤ 1.5 %"),
        (LimitKind.DAYS_OUT, 30.0, "≤ 30"),
        (LimitKind.REWARD_RATIO, 1.0, "≥ 1.00"),
    ],
)
def test_a_bound_says_which_side_is_kept(kind: LimitKind, bound: float, words: str) -> None:
    assert spoken(bound_words(Limit("x", kind, "", bound), Labels())) == words


BROKEN = Break("b", LimitKind.NODE_SHARE, "X", 0.3, 0.412, date(2026, 11, 24), "Add weETH")


def test_the_log_says_what_broke_a_limit_and_what_mended_it() -> None:
    names, labels = {"X": "EigenLayer"}, Labels()
    what = "Share of EigenLayer: 41.2\u202f%, over 30\u202f%, since 24\u00a0Nov\u00a02026"
    assert break_words(BROKEN, names, labels) == f"{what} (“Add weETH”)."
    assert break_words(replace(BROKEN, broken_by=""), names, labels) == f"{what}, or before."
    mended = replace(BROKEN, mended_on=date(2026, 12, 1), mended_by="Delete weETH")
    assert break_words(mended, names, labels) == (
        f"{what} (“Add weETH”), until 1\u00a0Dec\u00a02026 (“Delete weETH”)."
    )


def test_a_broken_limit_says_since_when_if_that_is_logged() -> None:
    limit, labels, day = Limit("l", LimitKind.NODE_SHARE, "X", 0.3), Labels(), date(2026, 11, 28)
    state = LimitState(limit, 0.5)
    assert since_words(state, [BROKEN], labels, day) == "since 24\u00a0Nov"
    assert since_words(state, [replace(BROKEN, mended_on=day)], labels, day) == ""
    assert since_words(state, [replace(BROKEN, subject="Y")], labels, day) == ""
    assert since_words(LimitState(limit, 0.2), [BROKEN], labels, day) == ""


def test_a_limit_that_goes_further_is_said_so() -> None:
    limit = Limit("l", LimitKind.REWARD_RATIO, "", 1.0)
    worse = Worsened(LimitState(limit, 0.5), 0.8, was_broken=True)
    assert worse_words(worse, {}, Labels()) == (
        "Reward of the extra layers ÷ expected loss would be 0.50, further under your limit of 1.00 "
        "(now 0.80)."
    )
    first = Worsened(LimitState(Limit("l", LimitKind.DAYS_OUT, "0.9", 30), 34.2), None, was_broken=False)
    assert worse_words(first, {}, Labels()) == (
        "Days until 90 % is out would be 35, over your limit of 30 (now unknown)."
    )


def test_the_log_is_told_on_the_command_line() -> None:
    held = drawn("me: 100 -> X").with_limits(Limit("l", LimitKind.NODE_SHARE, "X", 0.3))
    told = to_text(shown(Asked(held.with_breaks(BROKEN), "limits", TODAY), Labels()))
    assert "since 24 Nov 2026 (“Add weETH”)" in told
