"""Answers are kept as long as the portfolio and the day stay the same."""

from datetime import date

from desktop_app.ui.latest import asked_of
from tests.builders import drawn

DAY = date(2026, 11, 24)


def test_the_same_question_has_the_same_answers() -> None:
    portfolio = drawn("me: 1000 -> X")
    assert asked_of(portfolio, DAY) is asked_of(portfolio, DAY)


def test_another_portfolio_or_day_has_its_own() -> None:
    portfolio = drawn("me: 1000 -> X")
    asked = asked_of(portfolio, DAY)
    assert asked_of(portfolio, date(2026, 11, 25)) is not asked
    assert asked_of(drawn("me: 1000 -> X"), DAY) is not asked
    assert asked_of(portfolio, DAY) is not asked
