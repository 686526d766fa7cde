"""The sentence under the editor: which shares move, and from what to what."""

from desktop_app.analysis.exposure import exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.consequence import consequence_sentence
from desktop_app.report.sentences import plain
from tests.builders import drawn


def said(before: Portfolio, after: Portfolio, position: str = "me") -> str:
    names = {n.id: n.name for n in after.nodes.values()}
    sentence = consequence_sentence(exposure(before), exposure(after), position, names, Labels())
    return plain(sentence).replace("\u202f", " ").replace("\u00a0", " ")


def test_the_two_shares_that_move_most_are_told() -> None:
    before = drawn("me: 100 -> A -> B", "you: 300 -> C")
    after = drawn("me: 300 -> A -> B", "you: 300 -> C", "me -10%-> D")
    assert said(before, after) == (
        "With this change A goes from 25.0 to 50.0 % of the portfolio, B from 25.0 to 50.0 %."
    )


def test_the_common_ground_is_told_only_where_nothing_else_moves() -> None:
    before = drawn("me: 100 -> asset:ETH", "you: 100 -> asset:SOL")
    after = drawn("me: 300 -> asset:ETH", "you: 100 -> asset:SOL")
    assert said(before, after).startswith("With this change asset:ETH goes from 50.0 to 75.0 %")


def test_a_change_that_moves_nothing_says_so() -> None:
    same = drawn("me: 100 -> A", "you: 300 -> C")
    assert said(same, same) == "With this change no share of the portfolio changes."


def test_without_a_value_no_share_is_made_up() -> None:
    after = drawn("me: ? -> A", "you: 300 -> C")
    assert said(drawn("you: 300 -> C"), after) == (
        "Its value is not known, so it changes no share of the portfolio."
    )


def test_the_first_value_is_the_whole_portfolio() -> None:
    after = drawn("me: 300 -> A")
    assert said(Portfolio(), after) == "It is the first position with a known value: USD 300."
