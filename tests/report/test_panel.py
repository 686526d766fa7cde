import re
from dataclasses import replace

import pytest

from desktop_app.analysis.dependencies import dependencies
from desktop_app.domain.catalogue import Catalogue, Entry, SlashingFact, Source
from desktop_app.figures.labels import Labels
from desktop_app.report.panel import node_panel
from tests.builders import drawn
from tests.report.holdings import TODAY, ask, held, holding, open_example, spoken

SHARED = drawn(
    "a: 700 -> platform:EigenLayer",
    "b: 300 -> X",
    "X -50%-> platform:EigenLayer",
    "X -rest-> unknown:platform",
)


def test_the_panel_lists_what_stands_on_a_node_largest_first_with_the_sum() -> None:
    panel = ask(SHARED).panel("platform:EigenLayer")
    assert (panel.kind, spoken(panel.share), spoken(panel.money)) == ("Platform", "85 %", "USD 850")
    assert [(s.name, s.money, spoken(s.part)) for s in panel.standing] == [
        ("a", "700", "all"),
        ("b", "150", "50 %"),
    ]
    assert panel.total == ("2 positions", "850")


def test_without_a_gateway_it_says_what_leaving_the_largest_position_changes() -> None:
    panel = ask(SHARED).panel("platform:EigenLayer")
    assert spoken(panel.gateway) == "None. No single exit removes it. Leaving with a alone brings it to 15 %."


def test_a_gateway_is_named() -> None:
    assert spoken(ask(open_example()).panel("S1").gateway) == (
        "Operator O as restaking operator. Leaving it removes all of it."
    )


def test_what_a_node_stands_on_comes_with_its_shares_and_its_rest() -> None:
    assert (
        spoken(ask(SHARED).panel("X").stands_on)
        == "platform:EigenLayer 50 %; the rest: platforms not published."
    )
    assert spoken(ask(SHARED).panel("platform:EigenLayer").stands_on) == "Nothing that is recorded."


def test_what_is_not_published_is_said_once() -> None:
    below = drawn("a: 700 -> X", "X -> unknown:operator", "X -60%-> S", "X -rest-> unknown:service")
    assert spoken(ask(below).panel("X").stands_on) == (
        "S 60 %; the rest: operators not published and services not published."
    )


def test_the_day_of_a_fact_is_written_as_people_read_it() -> None:
    facts = [spoken(fact) for fact in ask(held(holding("weETH"))).panel("platform:eigenlayer").facts]
    assert not any(re.search(r"\d{4}-\d{2}-\d{2}, (un)?verified", fact) for fact in facts)
    assert any(re.search(r", \d+ [A-Z][a-z]+ \d{4}, ", fact) for fact in facts)


def test_an_unknown_bucket_has_a_name_and_no_gateway() -> None:
    panel = ask(open_example()).panel("unknown:operator")
    assert (panel.name, panel.kind) == ("Operators not published", "Operator")
    assert spoken(panel.gateway) == "None: what is not published has no single exit."


def test_facts_come_with_source_date_and_verification() -> None:
    facts = [spoken(fact) for fact in ask(held(holding("weETH"))).panel("platform:eigenlayer").facts]
    assert facts
    assert all(fact.endswith(("verified.", "unverified.")) for fact in facts)


@pytest.mark.parametrize(
    ("dated", "verified", "said", "marked"),
    [
        ("2026-01-01", True, "p, 1 Jan 2026, verified.", False),
        ("2026-01-01", False, "p, 1 Jan 2026, unverified.", True),
        ("2024-01-01", True, "p, 1 Jan 2024, older than a year, verified.", True),
        ("undated", True, "p, undated, verified.", True),
    ],
)
def test_a_fact_that_is_old_undated_or_unverified_is_marked(
    dated: str, verified: bool, said: str, marked: bool
) -> None:
    read = Source("p", dated, verified=verified, checked="")
    known = Entry("lido", "Lido", "liquid-staking", "x", slashing=(SlashingFact("Slashed", "n/a", read),))
    asked = ask(held(holding("stETH")))
    exposed, graph = asked.overview.exposed, dependencies(asked.portfolio, asked.overview.exposed)
    catalogue = Catalogue(entries={"lido": known})
    panel = node_panel("protocol:lido", asked.portfolio, exposed, graph, Labels(), catalogue, TODAY)
    assert panel is not None
    ((_, run),) = panel.facts
    assert (spoken(run.text), run.warn) == (said, marked)


def test_an_assumption_is_called_the_users_own() -> None:
    facts = [spoken(fact) for fact in ask(open_example()).panel("X").facts]
    assert facts == ["Fails once in 100 years and takes 50 %: your assumption."]
    assert [spoken(fact) for fact in ask(open_example()).panel("T").facts] == [
        "Cannot fail: your assumption."
    ]


def test_without_a_price_parts_stay() -> None:
    asked = ask(drawn("a: ? -> Lido"))
    panel = asked.panel("Lido")
    assert (panel.share, panel.money) == ("unknown", "unknown")
    assert [(s.name, s.money, s.part) for s in panel.standing] == [("a", "unknown", "all")]


def test_a_node_without_any_price_is_unknown_beside_known_ones() -> None:
    panel = ask(drawn("a: ? -> Renzo", "b: 100 -> Lido")).panel("Renzo")
    assert (panel.share, panel.money, panel.total) == ("unknown", "unknown", ("one position", "unknown"))


def test_a_node_that_nobody_reaches_has_no_panel() -> None:
    asked = ask(SHARED)
    graph = dependencies(asked.portfolio, asked.overview.exposed)
    assert node_panel("nowhere", asked.portfolio, asked.overview.exposed, graph, Labels()) is None


def test_hidden_amounts_keep_their_shares() -> None:
    asked = ask(SHARED)
    graph = dependencies(asked.portfolio, asked.overview.exposed)
    labels = replace(Labels(), hide_amounts=True)
    panel = node_panel("platform:EigenLayer", asked.portfolio, asked.overview.exposed, graph, labels)
    assert panel is not None
    assert (spoken(panel.share), panel.money, panel.standing[0].money) == ("85 %", "•••", "•••")
