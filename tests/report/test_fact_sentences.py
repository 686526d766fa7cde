from dataclasses import replace

import pytest

from desktop_app.domain.catalogue import ExitFact, RewardFact, RiskFact, SlashingFact, Source
from desktop_app.figures.labels import Labels
from desktop_app.report.fact_sentences import fact_sentence, path_words, time_words

UNIQUE = "allocations are unique and add up to at most the whole"
READ = Source("a page", "2026-01-01", verified=True, checked="")
STEP = ExitFact("standard", "queue", "queue", READ, slashable=True)
RULE = SlashingFact("double-sign", "n/a", READ)
RATE = RewardFact("base rate", "base", "2026-05-31", READ)


def said(fact: ExitFact | SlashingFact | RewardFact | RiskFact) -> str:
    return fact_sentence(fact, Labels()).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((14.0, 14.0, 14.0), "takes 14 days"),
        ((0.0, 0.0, 0.0), "takes no time"),
        ((1.0, None, 5.0), "takes 1 to 5 days"),
        ((0.0, 3.9, 7.8), "takes up to 7.8 days, usually 3.9 days"),
        ((1.0, 1.0, 7.0), "takes 1 to 7 days"),
        ((0.5, None, 2.0), "takes 12 hours to 2 days"),
        ((1.0, None, 1.5), "takes 1 to 1.5 days"),
        ((None, 7.0, 100.0), "usually takes 7 days, at most 100 days"),
        ((None, 7.0, None), "usually takes 7 days, the longest is not published"),
        ((0.0, 0.0, None), "usually takes no time, the longest is not published"),
        ((None, None, 36.41), "takes at most 36.4 days"),
        ((14.0, None, None), "takes at least 14 days, how long is not published"),
        ((0.0, None, None), "takes a time that is not published"),
        ((None, None, None), "takes a time that is not published"),
    ],
)
def test_a_step_says_how_long_it_takes_and_what_is_not_published(
    days: tuple[float | None, float | None, float | None], words: str
) -> None:
    minimum, typical, maximum = days
    text = said(replace(STEP, minimum=minimum, typical=typical, maximum=maximum))
    assert text.removeprefix("Queue: ").removesuffix(" It stays slashable all the while.") == f"{words}."


@pytest.mark.parametrize(
    ("days", "words"),
    [(0.0, "no time"), (0.0222, "32 minutes"), (1 / 1440, "1 minute"), (0.5, "12 hours"), (1.0, "1 day")],
)
def test_a_fact_is_never_rounded_up_to_days(days: float, words: str) -> None:
    assert time_words(days, Labels()).replace("\u00a0", " ") == words


def test_a_step_says_whether_it_can_be_slashed_meanwhile() -> None:
    step = replace(STEP, maximum=7.0)
    assert said(step).endswith("It stays slashable all the while.")
    assert said(replace(step, slashable=False)).endswith("It cannot be slashed meanwhile.")
    assert said(replace(step, slashable=None)).endswith("Whether it can be slashed meanwhile is not known.")
    assert said(replace(step, maximum=0.0)) == "Queue: takes no time."


def test_a_step_says_what_it_gives_when_it_holds_and_which_way_it_belongs_to() -> None:
    step = replace(STEP, path="instant", typical=0.0, gives="wstETH", only_when="the buffer holds")
    assert said(step).endswith("It gives wstETH. Holds in this case: the buffer holds.")
    assert said(replace(step, gives="named", only_when="")).endswith("It gives back what was put in.")
    assert path_words(step) == "way out “instant”"
    assert path_words(STEP) == ""


@pytest.mark.parametrize(
    ("fraction", "allocation", "words"),
    [
        (None, "n/a", "Double-sign: how much it can take is not published."),
        (0.0, "n/a", "Double-sign: takes nothing."),
        (0.05, "n/a", "Double-sign: can take up to 5 %."),
        (0.301, "n/a", "Double-sign: can take up to 30.1 %."),
        (
            1.0,
            "unique",
            f"Double-sign: can take all of it; {UNIQUE}.",
        ),
        (1.0, "shared", "Double-sign: can take all of it; allocations may overlap."),
    ],
)
def test_a_slashing_rule_says_how_much_it_takes(fraction: float | None, allocation: str, words: str) -> None:
    assert said(replace(RULE, max_fraction=fraction, allocation=allocation)) == words


def test_where_nothing_is_slashed_or_nobody_knows_that_is_said() -> None:
    assert said(replace(RULE, condition="none", max_fraction=0.0)) == "Nothing here is slashed."
    assert said(replace(RULE, condition="unknown")) == "What can be slashed here is not known."


def test_a_reward_says_its_rate_and_its_day() -> None:
    assert said(replace(RATE, rate=0.0278)) == "Base rate: 2.78 % a year, seen 31 May 2026."
    assert said(replace(RATE, rate=0.0278, as_of="undated")) == "Base rate: 2.78 % a year."
    assert said(RATE) == "Base rate: no rate is published."


def test_names_of_their_own_spelling_keep_it() -> None:
    assert said(replace(RATE, name="stETH rate")).startswith("stETH rate:")
    assert said(RiskFact("One key.", READ)) == "One key."
