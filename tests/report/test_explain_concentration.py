"""Every number of the Concentration page explains itself."""

from datetime import date

import pytest

from desktop_app.analysis.concentration import UNDERLYING
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.concentrated import concentration_sentence, measure_sentences
from desktop_app.report.explain import Case, Explanation
from desktop_app.report.explain_concentration import concentration_explanation, part_explanation
from tests.builders import drawn
from tests.report.holdings import ask, open_example, spoken


def case(portfolio: Portfolio) -> Case:
    return Case(portfolio, ask(portfolio).overview, Labels(), date(2026, 1, 1))


EXAMPLE = case(open_example())


def explained(key: str, of: Case = EXAMPLE) -> Explanation:
    found = concentration_explanation(key, of)
    assert found is not None
    return found


def test_every_number_of_the_sentences_has_an_explanation() -> None:
    seen = EXAMPLE.overview
    for dimension, found in seen.concentrated.dimensions.items():
        lines = [
            concentration_sentence(dimension, seen, EXAMPLE.labels),
            *measure_sentences(found, EXAMPLE.labels),
        ]
        for key in (run.explain for line in lines for run in line if run.explain):
            assert explained(key).formula


@pytest.mark.parametrize(
    ("key", "formula"),
    [
        ("coverage:operator", "1,400 ÷ 1,500 = 93.3 %"),
        ("overlap:operator", "(1,050 Operator O (all roles) + 700 Not published) ÷ 1,400 covered = 1.25"),
        ("hhi:operator", "0.60² Operator O (all roles) + 0.40² Not published = 0.5200"),
        ("effective:operator", "1 ÷ 0.5200 = 1.92"),
        ("underlying:ETH", "(1,000 Position A + 500 Position B) ÷ 1,500 = 100.0 %"),
    ],
)
def test_the_formula_has_the_values_in_it(key: str, formula: str) -> None:
    assert spoken(explained(key).formula) == formula


def test_what_no_longer_holds_is_not_explained() -> None:
    assert concentration_explanation("hhi:bridge", EXAMPLE) is None
    assert concentration_explanation(f"{UNDERLYING}:SOL", EXAMPLE) is None
    assert concentration_explanation("share:gone", EXAMPLE) is None


def test_a_part_shows_the_ways_that_lead_there() -> None:
    of = case(drawn("a: 1000 -> X -30%-> operator:O", "X -rest-> unknown:operator"))
    found = part_explanation("a", ("operator:O",), "O", 0.3, of)
    assert found is not None
    assert spoken(found.title) == "How 30 % of a on O came about"
    assert spoken(found.formula) == "30.00 % = 300 of 1,000"
    assert [spoken(line) for line in found.sources] == ["a → X → 30 % operator:O"]
    rest = part_explanation("a", ("unknown:operator",), "unknown", 0.7, of)
    assert rest is not None
    assert rest.sources == ("a → X → rest Operators not published",)


def test_of_very_many_ways_only_some_are_written() -> None:
    layers = [f"n{i}{a} -> n{i + 1}{b}" for i in range(9) for a in "xy" for b in "xy"]
    of = case(drawn("a: 10 -> n0x", "a -> n0y", *layers))
    found = part_explanation("a", ("n9x",), "n9x", 1.0, of)
    assert found is not None
    assert len(found.sources) == 5
    assert found.sources[-1] == "and more ways"
