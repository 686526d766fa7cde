"""Every number of the Stress page explains itself."""

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.analysis.stress import stress
from desktop_app.analysis.year import year
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.explain import Case
from desktop_app.report.explain_stress import hit_explanation, stress_explanation
from desktop_app.report.stressed import ScenarioRow, loss_sentence, scenario_rows, stress_sentence
from tests.builders import drawn, scenario
from tests.report.holdings import ask, spoken

HELD = drawn(
    "a: 1000 -> X -40%-> operator:O", "b: 50 -> Z", scenarios=[scenario("both", X=0.3, **{"operator:O": 0.5})]
)


def case(portfolio: Portfolio = HELD) -> Case:
    return Case(portfolio, ask(portfolio).overview, Labels(), date(2026, 1, 1))


def row() -> ScenarioRow:
    (found,) = scenario_rows(HELD, (), stress(HELD))
    return found


def test_every_number_of_the_sentences_has_an_explanation() -> None:
    lines = (stress_sentence((row(),), case().overview, Labels()), loss_sentence(row(), Labels()))
    keys = {run.explain for line in lines for run in line if run.explain}
    assert keys == {"scenario:both", "low:both", "high:both"}
    for key in keys:
        found = stress_explanation(key, (row(),), None, case())
        assert found is not None
        assert spoken(found.sources[0]) == "Shocks: X 30 % and operator:O 50 %"


def test_the_cost_is_the_sum_over_the_positions() -> None:
    found = stress_explanation("scenario:both", (row(),), None, case())
    assert found is not None
    assert spoken(found.formula) == "440 a = 440.00"


def test_a_position_says_which_shocks_reach_it() -> None:
    found = hit_explanation("a", row(), case())
    assert found is not None
    assert spoken(found.formula) == "1,000 × 44.00 % = 440.00"
    assert [spoken(line) for line in found.sources] == [
        "100 % stands on X, which loses 30 %",
        "40 % stands on operator:O, which loses 50 %",
    ]


def test_the_parts_of_the_worst_years_say_how_they_came_about() -> None:
    failing = HELD.with_graph([replace(HELD.nodes["X"], failure_probability=0.1, loss_given_failure=0.5)])
    found = year(failing)
    assert found is not None
    part, spared, gone = (
        stress_explanation(key, (), found, case(failing)) for key in ("part:a", "spared:X", "spared:gone")
    )
    assert part is not None
    assert spared is not None
    assert spoken(part.formula) == "500.00 of 500.00 = 100.0 %"
    assert spoken(spared.formula) == "500.00 − 0.00 if X cannot fail = 500.00"
    assert gone is None


@pytest.mark.parametrize("key", ["scenario:gone", "low:gone"])
def test_what_is_gone_is_not_explained(key: str) -> None:
    assert stress_explanation(key, (row(),), None, case()) is None
    assert hit_explanation("gone", row(), case()) is None
