"""Assumptions are the user's: typed, copied, or the illustrative set, and it stays known which of them."""

from dataclasses import replace

import pytest

from desktop_app.domain.assumptions import (
    has_assumption,
    with_assumption,
    with_copied,
    with_illustrative,
    without_illustrative,
)
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis, Dimension
from desktop_app.errors import UserError
from desktop_app.shipped import illustrative
from tests.builders import drawn, node

PORTFOLIO = drawn(
    "p: 1000 -> token:t -> protocol:a -> operator:o", "protocol:a -rest pool-> unknown:operator"
)


def assumed(portfolio: Portfolio, name: str) -> tuple[float | None, float | None, Basis]:
    row = portfolio.nodes[name]
    return (row.failure_probability, row.loss_given_failure, row.basis)


def test_a_typed_assumption_is_the_users() -> None:
    found = with_assumption(with_illustrative(PORTFOLIO, illustrative()), "operator:o", 0.01, 0.2)
    assert assumed(found, "operator:o") == (0.01, 0.2, Basis.YOURS)
    gone = with_assumption(found, "operator:o", None, None)
    assert assumed(gone, "operator:o") == (None, None, Basis.YOURS)


@pytest.mark.parametrize(
    ("name", "chance", "loss", "said"),
    [
        ("operator:o", 1.1, 0.2, "The failure probability of “operator:o” must lie between 0 and 100 %."),
        ("operator:o", 0.1, -0.2, "The loss of “operator:o” must lie between 0 and 100 %."),
        (
            "operator:o",
            float("nan"),
            0.2,
            "The failure probability of “operator:o” must lie between 0 and 100 %.",
        ),
        ("unknown:operator", 0.1, 0.2, "What nobody has named cannot have a failure rate."),
        ("gone", 0.1, 0.2, "“gone” is not in the portfolio."),
    ],
)
def test_what_cannot_be_an_assumption_is_refused(name: str, chance: float, loss: float, said: str) -> None:
    with pytest.raises(UserError) as refused:
        with_assumption(PORTFOLIO, name, chance, loss)
    assert refused.value.text == said


def test_the_illustrative_set_fills_gaps_and_says_so() -> None:
    given = PORTFOLIO.with_graph(
        [node("protocol:a", 0.3, 0.4), node("operator:o", 0.07), node("elsewhere"), node("token:t", 0.0)]
    )
    found = with_illustrative(given, illustrative())
    risk = illustrative().risks[Dimension.OPERATOR]
    assert assumed(found, "protocol:a") == (0.3, 0.4, Basis.YOURS)
    assert assumed(found, "token:t") == (0.0, None, Basis.YOURS)
    assert assumed(found, "operator:o") == (0.07, risk.loss_given_failure, Basis.ILLUSTRATIVE)
    assert assumed(found, "elsewhere") == (None, None, Basis.YOURS)
    assert with_illustrative(found, illustrative()) is found


def test_the_illustrative_set_can_be_taken_out_again() -> None:
    mine = with_assumption(PORTFOLIO, "protocol:a", 0.3, 0.4)
    assert without_illustrative(with_illustrative(mine, illustrative())) == mine
    assert without_illustrative(mine) is mine


def test_assumptions_of_another_portfolio_come_in_where_there_are_none_of_ones_own() -> None:
    other = with_assumption(PORTFOLIO, "operator:o", 0.01, 0.2)
    other = with_illustrative(with_assumption(other, "protocol:a", 0.02, 0.9), illustrative())
    mine = with_assumption(PORTFOLIO, "protocol:a", 0.3, 0.4)
    found = with_copied(mine, other)
    assert assumed(found, "protocol:a") == (0.3, 0.4, Basis.YOURS)
    assert assumed(found, "operator:o") == (0.01, 0.2, Basis.COPIED)
    assert found.nodes["token:t"].basis is Basis.ILLUSTRATIVE
    assert with_copied(found, Portfolio()) is found


def test_copied_assumptions_replace_illustrative_ones() -> None:
    other = with_assumption(PORTFOLIO, "operator:o", 0.01, 0.2)
    found = with_copied(with_illustrative(PORTFOLIO, illustrative()), other)
    assert assumed(found, "operator:o") == (0.01, 0.2, Basis.COPIED)


def test_the_shipped_set_serves_every_dimension_with_sound_numbers() -> None:
    offered = illustrative()
    assert set(offered.risks) == set(Dimension) - {Dimension.UNKNOWN}
    assert offered.notice.startswith("Illustrative")
    assert check(with_illustrative(PORTFOLIO, offered)) == ()


def test_nothing_is_assumed_before_the_user_says_so() -> None:
    assert not any(has_assumption(row) for row in PORTFOLIO.nodes.values())
    assert has_assumption(replace(PORTFOLIO.nodes["token:t"], loss_given_failure=0.1))
