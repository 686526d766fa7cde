"""Scenarios of the user: made, changed, combined, duplicated, taken away."""

import pytest

from desktop_app.domain.checks import check
from desktop_app.domain.scenarios import combined, duplicated, free_name, with_scenario, without_scenarios
from desktop_app.errors import UserError
from tests.builders import drawn, scenario

HELD = drawn("a: 100 -> X -> operator:O", scenarios=[scenario("X loses half", X=0.5)])


def test_a_new_scenario_gets_an_id_from_its_name_that_is_free() -> None:
    once = with_scenario(HELD, "X and O!", {"X": 0.3, "operator:O": 1.0})
    twice = with_scenario(once, "X and O?", {"X": 0.4})
    assert list(twice.scenarios) == ["X loses half", "x-and-o", "x-and-o-2"]
    assert check(twice) == ()


def test_a_changed_scenario_stays_in_its_place() -> None:
    after = with_scenario(HELD, " Renamed ", {"X": 1.0}, "X loses half")
    assert [(s.id, s.name, s.shocks) for s in after.scenarios.values()] == [
        ("X loses half", "Renamed", (("X", 1.0),))
    ]


@pytest.mark.parametrize(
    ("name", "shocks", "words"),
    [
        (" ", {"X": 0.5}, "needs a name"),
        ("s", {}, "hits nothing"),
        ("s", {"gone": 0.5}, "not in the portfolio"),
        ("s", {"unknown:operator": 0.5}, "not in the portfolio"),
        ("s", {"X": 0.0}, "more than 0"),
        ("s", {"X": 1.01}, "at most 100"),
    ],
)
def test_what_cannot_be_a_scenario_is_refused(name: str, shocks: dict[str, float], words: str) -> None:
    with pytest.raises(UserError, match=words):
        with_scenario(HELD, name, shocks)


def test_a_scenario_goes_with_the_nodes_that_only_it_hits() -> None:
    kept = with_scenario(HELD, "s", {"X": 0.5}).without_positions("a")
    assert set(kept.nodes) == {"X", "operator:O"}
    assert without_scenarios(kept, "s", "X loses half").nodes == {}
    assert set(without_scenarios(HELD, "X loses half").nodes) == {"X", "operator:O"}


def test_a_copy_has_a_name_of_its_own() -> None:
    after, copy = duplicated(HELD, HELD.scenarios["X loses half"])
    assert copy.name == "X loses half (2)"
    assert after.scenarios[copy.id].shocks == (("X", 0.5),)
    assert free_name(after, "X loses half") == "X loses half (3)"


def test_what_two_scenarios_take_of_one_node_is_of_what_is_left() -> None:
    both = combined([(("X", 0.5), ("Y", 0.1)), (("X", 0.5),)])
    assert both == pytest.approx({"X": 0.75, "Y": 0.1})
    assert combined([(("X", 1.0),), (("X", 1.0),)]) == {"X": 1.0}
