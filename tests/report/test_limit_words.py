import pytest

from desktop_app.analysis.limits import LimitState
from desktop_app.domain.limits import Limit, LimitKind
from desktop_app.figures.labels import Labels
from desktop_app.report.answers import Asked
from desktop_app.report.limit_words import bound_words, figure_words, state_word, subject_words
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
