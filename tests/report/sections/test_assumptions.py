"""What is assumed of failures, things of one rate in one line."""

from dataclasses import replace

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis, Node
from desktop_app.report.sections.assumptions import NONE, assumptions_section
from tests.builders import drawn
from tests.report.sections.subjects import notes, rows, subject


def assumed(**nodes: tuple[float, float | None]) -> Portfolio:
    portfolio = drawn(f"me: 1000 -> {' -> '.join(nodes)}")
    changed: list[Node] = [
        replace(portfolio.nodes[name], failure_probability=chance, loss_given_failure=loss)
        for name, (chance, loss) in nodes.items()
    ]
    return portfolio.with_graph(changed)


def test_things_of_one_rate_stand_in_one_line() -> None:
    section = assumptions_section(subject(assumed(A=(0.01, 0.3), B=(0.01, 0.3), C=(0.02, 0.3))))
    assert rows(section) == [
        ["Protocol", "A, B", "once in 100 years", "30 %"],
        ["Protocol", "C", "once in 50 years", "30 %"],
    ]


def test_frequent_failures_have_a_decimal_and_a_missing_loss_is_said() -> None:
    section = assumptions_section(subject(assumed(A=(0.4, None))))
    assert rows(section) == [["Protocol", "A", "once in 2.5 years", "not stated"]]


def test_what_cannot_fail_and_what_has_no_rate_are_told_below() -> None:
    portfolio = drawn("me: 1000 -> A -> B -> C")
    safe = replace(portfolio.nodes["A"], failure_probability=0.0)
    section = assumptions_section(subject(portfolio.with_graph([safe])))
    (said,) = notes(section)
    assert said.startswith("Assumed never to fail: A. Two nodes have no rate and stay out of the year.")


def test_the_illustrative_set_is_called_so() -> None:
    portfolio = assumed(A=(0.01, 0.3))
    made_up = replace(portfolio.nodes["A"], basis=Basis.ILLUSTRATIVE)
    section = assumptions_section(subject(portfolio.with_graph([made_up])))
    assert rows(section)[0][2] == "once in 100 years (illustrative)"


def test_without_assumptions_that_is_said() -> None:
    assert notes(assumptions_section(subject(drawn("me: 1000 -> A")))) == [NONE]
