"""What is out next: first what was asked for, soonest first."""

from dataclasses import replace
from datetime import date

from desktop_app.analysis.next_out import next_out
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.shipped import sample_portfolio
from tests.builders import drawn, step, way_out

AS_OF = date(2026, 11, 24)


def test_what_was_asked_for_comes_alone() -> None:
    found = next_out(withdrawals(sample_portfolio(), AS_OF), 5)
    assert found.asked_for
    assert [part.name for _, part in found.parts] == ["2 requested", "600 requested"]


def test_without_a_request_the_soonest_come_first_and_no_more_than_wanted() -> None:
    bare = drawn("a: 1000 -> X", "b: 500 -> X", "c: 100 -> X")
    ways = {
        "a": way_out(step("q", 1, 9, 20)),
        "b": way_out(step("q", 1, 2, 20)),
        "c": way_out(step("q", 1, None, 2)),
    }
    portfolio = bare.with_positions(*(replace(bare.positions[i], exit=way) for i, way in ways.items()))
    found = next_out(withdrawals(portfolio, AS_OF), 5)
    assert not found.asked_for
    assert [(days, part.position) for days, part in found.parts] == [(2.0, "b"), (9.0, "a")]
    assert len(next_out(withdrawals(portfolio, AS_OF), 1).parts) == 1
