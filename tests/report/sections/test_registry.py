"""Which sections there are, which are chosen."""

from dataclasses import replace

from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.choices import Choices
from desktop_app.report.sections.registry import BY_KEY, SECTIONS, USUAL, chosen, makers
from tests.builders import drawn
from tests.report.sections.subjects import subject


def test_every_section_has_a_key_and_a_name_of_its_own() -> None:
    assert len(BY_KEY) == len(SECTIONS) == len({named.title for named in SECTIONS})
    assert all(key.isidentifier() for key in BY_KEY)


def test_without_a_choice_the_usual_ones_are_made_in_their_usual_order() -> None:
    assert chosen(Choices()) == USUAL
    assert USUAL[0] == "summary"


def test_the_order_chosen_is_kept_and_unknown_or_repeated_keys_are_left_out() -> None:
    choices = Choices(sections=("method", "gone", "summary", "method"))
    assert chosen(choices) == ("method", "summary")


def test_nothing_chosen_is_an_empty_report() -> None:
    asked = subject(drawn("me: 1000 -> X"))
    assert makers(asked, replace(Choices(), sections=())) == ()


def test_an_empty_portfolio_has_one_sentence_whatever_is_chosen() -> None:
    nothing = subject(Portfolio())
    (make,) = makers(nothing, Choices(sections=("method",)))
    section = make(nothing)
    assert section is not None
    assert len(section.blocks) == 1
