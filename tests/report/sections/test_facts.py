"""Every fact in use, with who says so and of which day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.imports import Price
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Origin
from desktop_app.report.sections.facts import Fact, facts, facts_section
from tests.builders import drawn, step, way_out
from tests.report.holdings import held, holding, spoken
from tests.report.sections.subjects import notes, rows, subject


def found(portfolio: Portfolio) -> list[Fact]:
    return list(facts(subject(portfolio)))


def said(portfolio: Portfolio) -> list[tuple[str, str]]:
    return [(fact.about, spoken(fact.said)) for fact in found(portfolio)]


def test_what_a_thing_stands_on_is_a_fact_with_its_source_and_day() -> None:
    portfolio = drawn("me: 1000 -> X -> Y")
    edge = replace(
        portfolio.edges["X>Y"], cited="docs.example/x.md", dated="2026-05-01", origin=Origin.CATALOGUE
    )
    assert found(portfolio.with_graph(edges=[edge])) == [
        Fact("X", "Stands on Y.", "docs.example/x.md", "2026-05-01")
    ]


def test_shares_are_told_and_that_none_was_given() -> None:
    portfolio = drawn("me: 1000 -> X", "X -30%-> operator:O", "X ~100%~> service:S")
    bare = replace(portfolio.edges["X>service:S"], share_given=False)
    assert said(portfolio.with_graph(edges=[bare])) == [
        ("X", "Stands on operator:O with 30 % and service:S (share not given, counted in full).")
    ]


def test_slashing_rules_of_the_catalogue_are_facts_of_their_node() -> None:
    about = [fact for fact in found(held(holding("weETH"))) if fact.about == "EigenLayer"]
    assert any("slash" in fact.said.lower() and fact.verified for fact in about)


def test_steps_are_told_once_whatever_stands_on_them() -> None:
    two = held(holding("weETH", name="one"), holding("weETH", name="two"))
    texts = said(two)
    assert len(texts) == len(set(texts))
    portfolio = drawn("me: 1000 -> X")
    queue = replace(step("queue", 1, 5, 9), slashable=True, cited="x.md", dated="2026-01-02", verified=False)
    portfolio = portfolio.with_positions(replace(portfolio.positions["me"], exit=way_out(queue)))
    assert Fact(
        "me", "Queue: 5\u00a0days (1–9), slashable while waiting.", "x.md", "2026-01-02", False
    ) in found(portfolio)


def test_a_price_that_a_position_takes_is_a_fact() -> None:
    portfolio = drawn("me: 10 weETH -> X").with_prices(
        Price("weETH", date(2026, 11, 2), "USD", Decimal("3500.5"), "by hand")
    )
    assert ("weETH", "Price USD 3,500.50.") in said(portfolio)


def test_facts_of_one_thing_are_kept_together_and_long_sources_told_in_full() -> None:
    section = facts_section(subject(held(holding("weETH"), holding("stETH"))))
    assert section is not None
    table = section.blocks[0]
    names = [row[0].text for row in table.rows]  # type: ignore[union-attr]
    seen = list(dict.fromkeys(names))
    assert names == sorted(names, key=seen.index)
    assert notes(section)[-1] == "Sources in full. "


def test_undated_and_unverified_facts_are_marked_and_the_owner_s_are_not() -> None:
    portfolio = drawn("me: 1000 -> X -> Y")
    bare = replace(portfolio.edges["X>Y"], origin=Origin.CATALOGUE)
    section = facts_section(subject(portfolio.with_graph(edges=[bare])))
    assert section is not None
    assert rows(section)[0] == ["X", "Stands on Y.", "catalogue", "undated", ""]
    own = facts_section(subject(portfolio))
    assert own is not None
    assert rows(own)[0] == ["X", "Stands on Y.", "yours", "", ""]


def test_many_facts_are_folded_and_none_is_no_section() -> None:
    chain = drawn("me: 1000 -> A -> B -> C -> D -> E")
    section = facts_section(subject(chain, most_rows=2))
    assert section is not None
    assert len(rows(section)) == 2
    assert notes(section) == ["2 more in the CSV."]
    assert facts_section(subject(drawn("me: 1000 -> A"))) is None


def test_old_and_unverified_facts_are_marked_with_words() -> None:
    portfolio = drawn("me: 1000 -> X -> Y -> Z")
    edges = [
        replace(portfolio.edges[edge], cited=f"{dated}.md", dated=dated, origin=Origin.CATALOGUE)
        for edge, dated in (("X>Y", "2025-11-24"), ("Y>Z", "2025-10"))
    ]
    queue = replace(step("queue", 1, 5, 9), cited="x.md", dated="2025-01-02", verified=False)
    me = replace(portfolio.positions["me"], exit=way_out(queue))
    section = facts_section(subject(portfolio.with_graph(edges=edges).with_positions(me)))
    assert section is not None
    marks = {row[2]: row[4] for row in rows(section)}
    assert marks == {"2025-11-24.md": "", "2025-10.md": "old", "x.md": "unverified, old"}
