"""The year in words: no more digits than are known, and how sure they are."""

import pytest

from desktop_app.analysis.year import Year, year
from desktop_app.domain.assumptions import with_illustrative
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.blocks import Table
from desktop_app.report.sentences import Sentence
from desktop_app.report.year_table import year_blocks
from desktop_app.report.year_words import (
    method_sentence,
    plateau_sentence,
    rounded,
    year_explanation,
    year_sentence,
)
from desktop_app.shipped import illustrative
from tests.analysis.test_year import spread_out
from tests.builders import drawn, node
from tests.report.holdings import open_example, spoken


def asked(portfolio: Portfolio) -> Year:
    found = year(portfolio)
    assert found is not None
    return found


def said(line: Sentence) -> str:
    return spoken(line)


@pytest.mark.parametrize(
    ("value", "error", "shown"),
    [
        (22_612.0, 0.0, 22_600),
        (22_612.0, 40.0, 22_600),
        (22_612.0, 340.0, 23_000),
        (22_612.0, 3000.0, 20_000),
        (0.012345, 0.0, 0.0123),
        (-1_234.0, 0.0, -1_230),
        (0.0, 5.0, 0),
        (999.9, 0.0, 1000),
    ],
)
def test_a_figure_has_three_digits_at_most_and_no_more_than_its_error_leaves(
    value: float, error: float, shown: float
) -> None:
    assert rounded(value, error) == pytest.approx(shown)


def test_one_year_in_twenty_is_told_with_the_average_beyond() -> None:
    found = year_sentence(asked(open_example()), Labels())
    assert said(found) == "One year in 20 costs USD 210 or more, on average then USD 278."
    assert [run.explain for run in found if run.explain] == ["var:0.95", "cvar:0.95"]


def test_where_fewer_years_cost_anything_it_is_said_how_few() -> None:
    rare = drawn("p: 1000 -> A").with_graph([node("A", 0.03, 0.5)])
    assert said(year_sentence(asked(rare), Labels())) == (
        "One year in 33 costs anything at all; one in 100 costs USD 500 or more, on average then USD 500."
    )
    rarest = drawn("p: 1000 -> A").with_graph([node("A", 0.004, 0.5)])
    assert said(year_sentence(asked(rarest), Labels())) == "One year in 250 costs anything at all."


def test_made_up_assumptions_are_called_illustrative() -> None:
    portfolio = with_illustrative(drawn("p: 1000 -> bridge:a -> protocol:b -> platform:c"), illustrative())
    assert said(year_sentence(asked(portfolio), Labels())).endswith("(illustrative).")


def test_the_node_of_the_longest_plateau_is_named() -> None:
    portfolio = open_example()
    names = {row.id: row.name for row in portfolio.nodes.values()}
    assert said(plateau_sentence(asked(portfolio), Labels(), names)) == (
        "From USD 216 to USD 383 the chance stays near one year in 94: that is Protocol X."
    )


def test_it_is_said_how_the_figures_were_found() -> None:
    assert said(method_sentence(asked(open_example()), Labels())) == (
        "From all 16 ways in which the nodes can fail or not: exact."
    )
    few = said(method_sentence(asked(spread_out(25, 0.01)), Labels()))
    assert few == (
        "From all 15,276 ways in which at most four nodes can fail; the rest, one year in 222,000, counts as "
        "harmless: the average beyond one year in 20 may be 0.1 % higher."
    )
    many = said(method_sentence(asked(spread_out(60, 0.05)), Labels()))
    assert many.startswith("Drawn from 262,144 years in 4 independent sets")
    assert "the average beyond one year in 20 varies by" in many


@pytest.mark.parametrize("key", ["var:0.9", "var:0.95", "cvar:0.95", "cvar:0.99", "no_loss"])
def test_every_figure_explains_itself(key: str) -> None:
    found = year_explanation(key, asked(open_example()), Labels(), {"A": "Position A", "B": "Position B"})
    assert found is not None
    assert found.title.startswith("How ")
    assert found.formula
    assert found.sources
    assert found.definition.endswith(".")


def test_the_average_beyond_is_the_sum_of_what_positions_add() -> None:
    found = year_explanation("cvar:0.95", asked(open_example()), Labels(), {"A": "first", "B": "second"})
    assert found is not None
    assert found.formula == "201 first + 77 second = 277.96"


@pytest.mark.parametrize("key", ["var:0.5", "var", "other:0.95"])
def test_a_key_that_says_nothing_has_no_explanation(key: str) -> None:
    assert year_explanation(key, asked(open_example()), Labels(), {}) is None


def test_tables_tell_what_nodes_and_positions_add_the_largest_first() -> None:
    portfolio = open_example()
    blocks = list(year_blocks(asked(portfolio), Labels(), {}))
    nodes, positions = (block for block in blocks if isinstance(block, Table))
    assert [row[0].text for row in nodes.rows] == ["X", "S1", "O", "S2"]
    assert [[run.text for run in row] for row in positions.rows] == [
        ["A", "121", "201", "504"],
        ["B", "63", "77", "6"],
    ]
