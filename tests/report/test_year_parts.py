"""What is pointed out on the curve of the year, and what adds to its worst part."""

from functools import cache

import pytest

from desktop_app import shipped
from desktop_app.analysis.year import Year, year
from desktop_app.figures.labels import Labels
from desktop_app.report.year_parts import (
    adds_title,
    corner,
    node_parts,
    plateau_name,
    position_parts,
    told_curve,
    told_level,
    year_lines,
)
from tests.builders import drawn, node
from tests.report.holdings import Asked, ask

LABELS = Labels()


@cache
def sample() -> tuple[Year, Asked]:
    portfolio = shipped.sample_portfolio()
    found = year(portfolio, portfolio.as_of)
    assert found is not None
    return found, ask(portfolio)


def rare(chance: float) -> Year:
    portfolio = drawn("a: 1000 -> X").with_graph([node("X", chance, 0.5)])
    found = year(portfolio)
    assert found is not None
    return found


def test_one_year_in_20_is_pointed_out() -> None:
    found, _ = sample()
    told = corner(found, LABELS)
    assert told is not None
    assert told.chance == pytest.approx(0.05)
    assert told.words.startswith("1 year in 20: ")
    assert told.average > told.loss


def test_where_fewer_cost_anything_one_in_100_is_and_where_not_even_that_nothing() -> None:
    told = corner(rare(0.02), LABELS)
    assert told is not None
    assert told.words == "1 year in 100: 500 or more"
    assert told_level(rare(0.02)) == 0.99
    assert corner(rare(0.001), LABELS) is None


def test_hidden_amounts_keep_the_words() -> None:
    told = corner(sample()[0], Labels(hide_amounts=True))
    assert told is not None
    assert (told.words, told.average_words) == ("1 year in 20", "on average then")


def test_the_plateau_is_named_after_its_node() -> None:
    found, asked = sample()
    named = plateau_name(found, asked.overview.names)
    assert named is not None
    assert named.words == "EigenLayer fails"
    assert told_curve(found, asked.overview.names, LABELS, "s").named == named


def test_positions_sum_to_the_average_of_the_worst_years() -> None:
    found, asked = sample()
    bars = position_parts(found, asked.overview, 7)
    assert sum(bar.amount for bar in bars) == pytest.approx(found.tail.cvar[0.95], rel=0.01)
    assert not bars[-1].bar
    assert adds_title(found, LABELS) == "What adds to 35,400"


def test_nodes_have_the_colour_of_their_dimension() -> None:
    found, asked = sample()
    first = node_parts(found, asked.overview, 3)[0]
    assert (first.name, first.colour) == ("EigenLayer", "dimension:platform")


def test_the_lines_tell_one_year_in_10_20_and_100() -> None:
    assert [(years, var) for _, years, var, _ in year_lines(rare(0.02), LABELS)] == [
        ("10", "0"),
        ("20", "0"),
        ("100", "500"),
    ]
