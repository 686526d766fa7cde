"""Assumptions as rows that are typed into."""

import pytest

from desktop_app.analysis.exposure import exposure
from desktop_app.domain.assumptions import with_illustrative
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.assumed import (
    MEANING,
    TAKES,
    YEARS,
    assumed,
    assumption_rows,
    assumptions_note,
    edit_words,
    years_words,
)
from desktop_app.shipped import illustrative
from tests.builders import drawn, node

HELD = drawn("a: 100 -> X", "b: 300 -> Y", "b -> Z", "a -> unknown:operator").with_graph(
    [node("X", 0.008, 0.3)]
)


def note(portfolio: Portfolio) -> str:
    return assumptions_note(assumption_rows(portfolio, exposure(portfolio))).removeprefix(MEANING).strip()


def test_nodes_with_a_rate_come_first_then_by_what_stands_on_them() -> None:
    assert [row.id for row in assumption_rows(HELD, exposure(HELD))] == ["X", "Y", "Z"]


def test_what_nobody_has_named_has_no_row() -> None:
    assert "unknown:operator" not in {row.id for row in assumption_rows(HELD, exposure(HELD))}


def test_the_note_counts_what_stays_out_and_says_what_is_made_up() -> None:
    assert note(HELD) == "2 nodes have no rate and stay out."
    assert note(assumed(HELD, "Y", YEARS, None, never=True)) == "One node has no rate and stays out."
    assert note(with_illustrative(HELD, illustrative())).startswith("Illustrative numbers are among them")


@pytest.mark.parametrize(
    ("chance", "words"), [(0.008, "125"), (0.0, "never"), (0.4, "2.5"), (1.0, "1"), (1 / 83.4, "83")]
)
def test_a_chance_is_told_in_years(chance: float, words: str) -> None:
    assert years_words(chance, Labels()) == words


def test_years_and_takes_become_fractions() -> None:
    after = assumed(assumed(HELD, "Y", YEARS, 50), "Y", TAKES, 40)
    assert after.nodes["Y"].failure_probability == pytest.approx(0.02)
    assert after.nodes["Y"].loss_given_failure == pytest.approx(0.4)
    assert assumed(after, "Y", YEARS, None).nodes["Y"].failure_probability is None
    assert assumed(after, "Y", YEARS, None, never=True).nodes["Y"].failure_probability == 0.0


@pytest.mark.parametrize(("what", "number"), [(YEARS, 0.5), (YEARS, 0), (TAKES, 101), (TAKES, -1)])
def test_what_cannot_be_is_refused(what: str, number: float) -> None:
    with pytest.raises(UserError):
        assumed(HELD, "X", what, number)


def test_the_edit_says_what_was_typed() -> None:
    assert edit_words(HELD, "X", YEARS, " 125") == "X fails once in 125 years"
    assert edit_words(HELD, "X", TAKES, "30") == "X takes 30 %"
    assert edit_words(HELD, "X", YEARS, "") == "X: rate not known"
    assert edit_words(HELD, "X", YEARS, "never") == "X never fails"
