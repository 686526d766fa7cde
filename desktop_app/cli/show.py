"""`show`: answers to questions, in words or as JSON."""

from enum import StrEnum

from desktop_app.cli.options import DayOption, FileOption, FromOption, JsonOption, day_of, labels, read
from desktop_app.cli.output import print_json, print_text


class Question(StrEnum):
    """What can be asked (``report.answers.QUESTIONS``)."""

    ALL = "all"
    OVERVIEW = "overview"
    POSITIONS = "positions"
    EXPOSURE = "exposure"
    CONCENTRATION = "concentration"
    DEPENDENCIES = "dependencies"
    WITHDRAWALS = "withdrawals"
    STRESS = "stress"
    REWARDS = "rewards"
    LIMITS = "limits"


def show(
    question: Question,
    portfolio: FileOption = None,
    source: FromOption = None,
    as_of: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question about a portfolio."""
    found = read(portfolio, source)
    from desktop_app.report.answers import Asked, to_json

    asked = Asked(found, question, day_of(as_of, found))
    if as_json:
        print_json(to_json(asked.answer()))
        return
    from desktop_app.report.shown import shown
    from desktop_app.report.text import to_text

    print_text(to_text(shown(asked, labels(found))))
