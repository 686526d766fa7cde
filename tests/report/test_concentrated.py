"""The words of the Concentration page, each sentence on its own."""

import pytest

from desktop_app.analysis.concentration import UNDERLYING
from desktop_app.analysis.dependencies import gateways
from desktop_app.figures.labels import Labels
from desktop_app.report.concentrated import (
    concentration_sentence,
    dimension_bars_of,
    dimension_rows,
    folded,
    measure_sentences,
    point_rows,
    points_note,
)
from tests.builders import drawn
from tests.report.holdings import Asked, ask, open_example, spoken

LABELS = Labels()


def said(dimension: str, asked: Asked) -> str:
    return spoken(concentration_sentence(dimension, asked.overview, LABELS))


def measures(dimension: str, asked: Asked, labels: Labels = LABELS) -> list[str]:
    found = asked.overview.concentrated.dimensions[dimension]
    return [spoken(line) for line in measure_sentences(found, labels)]


def test_the_sentence_names_the_largest_and_what_nobody_publishes() -> None:
    asked = ask(drawn("a: 34 -> operator:P2P", "b: 27 -> unknown:operator", "c: 39 -> X"))
    assert said("operator", asked) == (
        "34 % stands on the operator operator:P2P. For 27 % nobody publishes who operates it."
    )


def test_a_dimension_of_which_nothing_is_published_says_only_that() -> None:
    asked = ask(drawn("a: 10 -> unknown:bridge"))
    assert said("bridge", asked) == "For all of the value nobody publishes over which bridge it came."


def test_the_underlying_is_told_by_plain_value() -> None:
    asked = ask(drawn("a: 3 ETH @ 1 -> X", "b: 1 SOL @ 1 -> X"))
    assert said(UNDERLYING, asked) == "75 % of the value is ETH."


def test_without_a_price_no_share_is_told() -> None:
    asked = ask(drawn("a: 3 ETH -> X"))
    assert said("protocol", asked) == "Without a price no share is known."
    assert dimension_rows(asked.overview) == ()


def test_measures_of_the_worked_example() -> None:
    assert measures("operator", ask(open_example())) == [
        "Coverage 93 %. That much of the value stands on an operator at all.",
        "Overlap 1.25. Each covered dollar stands on so many of these names.",
        "HHI 0.52, the same as 1.9 equal names. Above 0.18 merger reviews speak of high concentration.",
    ]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (1, "the same as one name. Above 0.18 merger reviews speak of high concentration."),
        (7, "the same as 7.0 equal names. From 0.10 to 0.18 merger reviews speak of moderate concentration."),
        (20, "the same as 20.0 equal names. Below 0.10 merger reviews speak of none."),
    ],
)
def test_the_hhi_is_read_by_the_yardsticks_of_merger_reviews(names: int, words: str) -> None:
    asked = ask(drawn(*(f"p{i}: 10 -> chain:{i}" for i in range(names))))
    assert measures("chain", asked)[2].endswith(words)


def test_other_currencies_are_called_by_their_unit() -> None:
    asked = ask(open_example())
    assert "Each covered euro stands" in measures("operator", asked, Labels(currency="EUR"))[1]
    assert "Each covered unit of value stands" in measures("operator", asked, Labels(currency="CHF"))[1]


def test_the_list_tells_names_largest_share_and_equal_names_with_the_underlying_last() -> None:
    rows = dimension_rows(ask(open_example()).overview)
    assert [row.id for row in rows] == ["token", "protocol", "operator", "service", "underlying"]
    operator = rows[2]
    assert (operator.name, operator.names) == ("Operator", 2)
    assert operator.largest == pytest.approx(0.7)


def test_the_smallest_names_stand_together_with_what_meets_any_of_them() -> None:
    asked = ask(drawn(*(f"p{i}: {10 + i} -> chain:{i}" for i in range(9))))
    found = asked.overview.concentrated.dimensions["chain"]
    assert [len(part) for part in folded(found, 8)] == [7, 2]
    assert [len(part) for part in folded(found, 9)] == [9, 0]
    *_, last = dimension_bars_of("chain", asked.overview, 8, 12.5)
    assert (last.name, last.value) == ("2 others", 12.5)
    assert len(dimension_bars_of("chain", asked.overview, 9)) == 9


def test_single_points_tell_how_many_stand_fully_on_them_and_their_gateway() -> None:
    portfolio = drawn("a: 60 -> X -> operator:O", "b: 40 -50%-> operator:O")
    asked = ask(portfolio)
    points = {point.id: point for point in point_rows(asked.overview, gateways(portfolio))}
    assert (points["operator:O"].fully, points["operator:O"].positions) == (1, 2)
    assert points["operator:O"].gateway == "none"
    assert points["X"].gateway == "a"


def test_the_common_ground_is_named_and_not_ranked() -> None:
    asked = ask(drawn("a: 60 -> chain:Ethereum", "a -> X"))
    assert spoken(points_note(asked.overview, LABELS, found=True)) == (
        "A quarter of the value or more. Not ranked, the common ground: chain:Ethereum 100 %."
    )
    assert [point.id for point in point_rows(asked.overview, {})] == ["X"]
