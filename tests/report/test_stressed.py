"""The words of the Stress page, each sentence on its own."""

from dataclasses import replace

import pytest

from desktop_app.analysis.stress import stress
from desktop_app.analysis.year import year
from desktop_app.domain.catalogue import Event, Shock, Source
from desktop_app.domain.events import offered_scenarios
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario
from desktop_app.figures.labels import Labels
from desktop_app.report.stressed import (
    ScenarioRow,
    cost_sentence,
    event_words,
    folded_bars,
    layer_bars_of,
    left_out_sentence,
    loss_sentence,
    position_bars,
    rates_note,
    scenario_bars_of,
    scenario_rows,
    shocks_words,
    stress_sentence,
    with_events,
)
from tests.builders import drawn, scenario
from tests.report.holdings import ask, open_example, spoken

LABELS = Labels()
DEPEG = Event(
    "depeg",
    "X depeg",
    "2022-06",
    "depeg",
    Source("docs", "2022-06-20", verified=True, checked="2026-11-22"),
    shocks=(Shock("X", 0.08, "record discount"),),
)
THEFT = Event(
    "theft",
    "Theft",
    "2025-09-08",
    "exploit",
    Source("news", "2025-09-09", verified=True, checked="2026-11-22"),
    loss_fraction=0.02,
    fraction_basis="all assets of the exchange",
    amount="41 million USD",
    why_no_shock="What a holder lost is not published.",
)


def rows(portfolio: Portfolio, *events: Event) -> tuple[ScenarioRow, ...]:
    offered = offered_scenarios(events, portfolio)
    return scenario_rows(portfolio, offered, stress(with_events(portfolio, offered)))


def said(portfolio: Portfolio, *events: Event) -> str:
    return spoken(stress_sentence(rows(portfolio, *events), ask(portfolio).overview, LABELS))


def test_the_worst_scenario_comes_first_and_the_year_after_it() -> None:
    assert said(open_example()) == (
        "The worst scenario, X loses 30 %, O 50 %, S1 all, costs USD 877. "
        "On average a year costs USD 18, as you assumed."
    )


def test_a_bad_year_is_told_once_it_is_worked_out() -> None:
    portfolio = open_example()
    line = stress_sentence(rows(portfolio), ask(portfolio).overview, LABELS, year(portfolio))
    assert "One year in" in spoken(line)
    assert "On average a year" not in spoken(line)


def test_without_rates_scenarios_need_none() -> None:
    portfolio = drawn("a: 100 -> X", scenarios=[scenario("X loses half", X=0.5)])
    assert said(portfolio) == (
        "The worst scenario, X loses half, costs USD 50. "
        "No failure rates yet: scenarios and break-evens need none."
    )


def test_nothing_recorded_and_nothing_lost_are_said() -> None:
    assert said(drawn("a: 100 -> X")).startswith("No scenario is recorded yet. ")
    harmless = drawn("a: 100 -> X", "Y", scenarios=[scenario("Y", Y=1.0)])
    assert said(harmless).startswith("None of the scenarios costs anything. ")
    assert said(drawn("a: 1 ETH -> X")) == "Without a price no loss is known."
    assert said(Portfolio()) == "Nothing is recorded yet."


def test_past_events_stand_among_the_scenarios_with_their_day() -> None:
    portfolio = drawn("a: 100 -> X", scenarios=[scenario("small", X=0.01)])
    event, own = rows(portfolio, DEPEG, THEFT)
    assert (event.is_event, event.measured, own.is_event) == (True, "record discount", False)
    assert [spoken(bar.remark) for bar in scenario_bars_of((event, own), LABELS)] == ["Jun 2022", ""]
    assert spoken(loss_sentence(event, LABELS)) == (
        "Costs USD 8, 8 % of the portfolio. Measured: record discount."
    )


def test_an_event_that_the_user_has_kept_is_not_offered_again() -> None:
    portfolio = drawn("a: 100 -> X").with_scenarios(Scenario("event:depeg", "Mine", (("X", 0.5),)))
    (row,) = rows(portfolio, DEPEG)
    assert not row.is_event


def test_a_range_is_told_where_shocks_meet() -> None:
    portfolio = drawn("a: 1000 -> X -> Y", scenarios=[scenario("both", X=0.3, Y=0.5)])
    (row,) = rows(portfolio)
    assert spoken(loss_sentence(row, LABELS)) == (
        "Costs USD 650, 65 % of the portfolio; from 500, the largest shock alone, to 800, their sum."
    )
    assert spoken(cost_sentence(row.loss, LABELS)) == (
        "This would cost USD 650, 65 % of the portfolio; the largest shock alone 500, their sum 800."
    )
    assert shocks_words(row.scenario, {}, LABELS).replace("\u202f", " ") == "X 30 % and Y 50 %"


def test_a_scenario_in_the_making_may_cost_nothing_or_be_unknown() -> None:
    assert spoken(cost_sentence(None, LABELS)) == "Without a price no loss is known."
    (row,) = rows(drawn("a: 10 -> X", "Y", scenarios=[scenario("s", Y=1.0)]))
    assert spoken(cost_sentence(row.loss, LABELS)).startswith("This costs nothing: ")


def test_what_is_left_out_is_said() -> None:
    assert left_out_sentence(ask(drawn("a: 10 -> X", "b: ? -> X")).overview) == (
        "One position without a price stays out."
    )
    assert left_out_sentence(ask(drawn("a: 10 -> X")).overview) == ""


def test_the_smallest_losses_stand_together() -> None:
    portfolio = drawn(*(f"p{i}: {10 + i} -> X" for i in range(9)), scenarios=[scenario("all", X=1.0)])
    (row,) = rows(portfolio)
    bars = position_bars(row, ask(portfolio).overview, 4)
    assert [bar.name for bar in bars] == ["p8", "p7", "p6", "6 others"]
    assert sum(bar.amount for bar in bars) == pytest.approx(row.loss.loss)
    assert bars[0].part == pytest.approx(1.0)
    assert folded_bars(bars, 4) == bars


def test_layers_have_their_words() -> None:
    assert [bar.name for bar in layer_bars_of({"collateral": 5.0, "": 1.0})] == [
        "Lent and looped",
        "No layer named",
    ]


def test_the_year_says_how_many_nodes_have_no_rate() -> None:
    loss = ask(open_example()).overview.expected_loss
    assert loss is not None
    one = replace(loss, left_out_nodes=("a",))
    assert spoken(rates_note(one, LABELS)) == "One node has no rate and stays out; USD 700 stands on it."
    more = replace(loss, left_out_nodes=("a", "b"), left_out_value=975.0)
    assert spoken(rates_note(more, LABELS)) == "2 nodes have no rate and stay out; USD 975 stands on them."
    assert rates_note(replace(loss, left_out_nodes=()), LABELS) == "Every node has a rate."


def test_the_year_counts_named_nodes_alone_as_the_page_does_and_says_that_the_unknown_stays_out() -> None:
    loss = ask(open_example()).overview.expected_loss
    assert loss is not None
    both = replace(loss, left_out_nodes=("a", "b", "unknown:operator"), left_out_value=975.0)
    assert spoken(rates_note(both, LABELS)) == (
        "2 nodes have no rate and stay out, like what is not published; USD 975 stands on all this."
    )
    unknown = replace(loss, left_out_nodes=("unknown:operator",), left_out_value=975.0)
    assert spoken(rates_note(unknown, LABELS)) == (
        "Every named node has a rate; what is not published stays out: USD 975 stands on it."
    )


def test_an_event_without_a_shock_says_what_was_measured_and_why_it_is_no_scenario() -> None:
    words = event_words(THEFT, LABELS)
    assert (spoken(words.day), spoken(words.fraction)) == ("8 Sep 2025", "2.00 %")
    assert spoken(words.text) == (
        "Measured: 2.00 %, all assets of the exchange. Amount: 41 million USD. "
        "What a holder lost is not published. Source: news."
    )
    assert spoken(event_words(DEPEG, LABELS).text) == "Measured: 8.00 %, record discount. Source: docs."
