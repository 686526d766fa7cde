"""The Rewards page says when each layer pays, and never takes what is not known for nothing."""

from dataclasses import replace
from datetime import date

import pytest

from desktop_app import shipped
from desktop_app.analysis.overview import overview
from desktop_app.analysis.rewards import Rewards, rewards
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.assumptions import with_illustrative
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Layer, Node
from desktop_app.figures.labels import Labels
from desktop_app.report.reward_words import (
    RewardLine,
    RewardWords,
    missing_figures,
    rewards_sentence,
    worth_clause,
)
from desktop_app.report.sentences import overview_sentences, plain
from desktop_app.shipped import illustrative
from tests.builders import drawn, layer, node, step, way_out
from tests.report.holdings import spoken

SAFE, RISKY = node("Lido", 0.004, 0.5), node("Eigen", 0.02, 0.8)


def two_layers(*upper: Layer, nodes: tuple[Node, ...] = (SAFE, RISKY), value: str = "10000") -> Portfolio:
    """Return a position with liquid staking on Lido that pays 3 %, and what is given on top."""
    portfolio = drawn(f"p: {value} -> Lido", "p -> Eigen").with_graph(nodes)
    layers = (layer("hold"), layer("liquid staking", 0.03, "p>Lido"), *upper)
    return portfolio.with_positions(
        replace(portfolio.positions["p"], layers=layers, exit=way_out(step("queue", 7)))
    )


def asked(portfolio: Portfolio) -> tuple[Rewards, RewardWords]:
    return rewards(portfolio, withdrawals(portfolio)), RewardWords(portfolio, Labels())


def line(
    rate: float | None, name: str = "restaking", nodes: tuple[Node, ...] = (SAFE, RISKY), value: str = "10000"
) -> RewardLine:
    answer, said = asked(two_layers(layer(name, rate, "p>Eigen"), nodes=nodes, value=value))
    return said.line(answer.rows[1])


def said_of(portfolio: Portfolio) -> str:
    return spoken(plain(rewards_sentence(*asked(portfolio))))


def test_a_row_says_rate_reward_loss_ratio_margin_and_break_even() -> None:
    found = line(0.0095)
    cells = (found.position, found.layer, found.rate, found.reward, found.loss, found.ratio, found.margin)
    assert [spoken(cell) for cell in cells] == ["p", "Restaking", "+0.95 %", "95", "160", "0.59", "× 0.6"]
    assert spoken(plain(found.breakeven)) == "Pays only if Eigen fails less than once in 84 years"
    assert found.assumed == "50"


def test_a_base_layer_has_no_plus_sign_and_a_large_ratio_no_decimals() -> None:
    answer, said = asked(two_layers())
    found = said.line(answer.rows[0])
    assert [spoken(cell) for cell in (found.rate, found.ratio, found.margin)] == ["3.00 %", "15", "× 16"]
    assert spoken(plain(found.breakeven)) == "Pays only if Lido fails less than once in 17 years"


@pytest.mark.parametrize(
    ("rate", "name", "breakeven"),
    [
        (0.9, "restaking", "Would pay even if Eigen failed every year"),
        (0.0, "restaking", "Pays nothing for the risk of Eigen"),
        (-0.0627, "collateral", "Costs more than it pays: borrowing takes 6.27 % a year"),
        (-0.01, "yield", "Costs more than it pays: it takes 1.00 % a year"),
        (None, "restaking", "Reward not known: enter a rate to see whether it pays"),
        (0.2, "restaking", "Pays only if Eigen fails less than once in 4.0 years"),
    ],
)
def test_each_kind_of_reward_has_its_sentence(rate: float | None, name: str, breakeven: str) -> None:
    assert spoken(plain(line(rate, name).breakeven)) == breakeven


@pytest.mark.parametrize(("rate", "margin"), [(0.9, "any"), (0.0, "none"), (-0.1, "none"), (None, "?")])
def test_a_margin_is_a_number_or_a_word(rate: float | None, margin: str) -> None:
    assert line(rate).margin == margin


def test_without_assumptions_losses_are_not_assumed_and_the_break_even_says_what_it_counts() -> None:
    found = line(0.02, nodes=())
    assert (found.loss, found.ratio, found.margin, found.assumed) == ("not assumed", "?", "?", "not assumed")
    said = "Pays only if Eigen fails less than once in 50 years (lost whole)"
    assert spoken(plain(found.breakeven)) == said


def test_what_cannot_fail_has_no_loss_and_no_node_to_name() -> None:
    found = line(0.02, nodes=(SAFE, node("Eigen", 0.0)))
    assert (found.loss, found.ratio, found.margin, found.assumed) == ("0", "no loss", "any", "–")
    assert plain(found.breakeven) == "Nothing that it adds can fail, as you assumed"


def test_a_layer_that_adds_nothing_says_so() -> None:
    answer, said = asked(two_layers(layer("yield", 0.02)))
    assert plain(said.breakeven(answer.rows[1])) == "Adds nothing that can fail"


def test_what_nobody_publishes_is_said() -> None:
    portfolio = drawn("p: 100 -> unknown:operator")
    held = replace(portfolio.positions["p"], layers=(layer("staking", 0.03, "p>unknown:operator"),))
    answer, said = asked(portfolio.with_positions(held))
    assert plain(said.breakeven(answer.rows[0])) == "What it adds is operators not published"


def test_the_risk_of_a_bridge_is_called_a_bridge() -> None:
    portfolio = drawn("p: 100 -> bridge:LayerZero")
    held = replace(portfolio.positions["p"], layers=(layer("bridge", 0.0, "p>bridge:LayerZero"),))
    answer, said = asked(portfolio.with_positions(held))
    assert plain(said.breakeven(answer.rows[0])) == "Pays nothing for the risk of the bridge:LayerZero"
    named = replace(portfolio.nodes["bridge:LayerZero"], name="LayerZero")
    answer, said = asked(portfolio.with_positions(held).with_graph([named]))
    assert plain(said.breakeven(answer.rows[0])) == "Pays nothing for the risk of the LayerZero bridge"


def test_a_rate_of_the_whole_stack_asks_to_be_split() -> None:
    answer, said = asked(two_layers(Layer("restaking", 0.05, ("p>Eigen",), unsplit=True)))
    found = said.line(answer.rows[1])
    assert (found.layer, found.loss, found.ratio) == ("Whole stack", "?", "?")
    assert plain(found.breakeven) == "One rate for the whole stack: split it to see which layer pays"


def test_a_position_without_a_price_has_unknown_amounts() -> None:
    found = line(0.02, value="?")
    assert (found.reward, found.loss, found.ratio, found.margin) == ("unknown", "unknown", "?", "?")


def test_hidden_amounts_stay_hidden_and_ratios_stay() -> None:
    portfolio = two_layers(layer("restaking", 0.0095, "p>Eigen"))
    answer, _ = asked(portfolio)
    found = RewardWords(portfolio, Labels(hide_amounts=True)).line(answer.rows[1])
    assert (found.reward, found.loss, found.ratio) == ("•••", "•••", "0.59")


def test_the_sentence_counts_what_pays_less_than_its_loss() -> None:
    assert said_of(two_layers(layer("restaking", 0.0095, "p>Eigen"))) == (
        "One of 2 layers pays less than the loss you assumed. Extra layers: USD 95 against USD 160 a year."
    )
    assert said_of(two_layers()) == "The one layer pays no less than the loss you assumed."
    costly = two_layers(nodes=(node("Lido", 0.5, 0.5), RISKY))
    assert said_of(costly) == "The one layer pays less than the loss you assumed."


def test_the_sentence_says_what_is_not_known() -> None:
    assert said_of(two_layers(layer("restaking", None, "p>Eigen"))) == (
        "None of 2 layers pays less than the loss you assumed, one reward is not known."
    )
    assert said_of(two_layers(layer("restaking", 0.02, "p>Eigen"), nodes=(SAFE,))) == (
        "None of 2 layers pays less than the loss you assumed, nothing is assumed about what one layer adds."
    )
    assert said_of(two_layers(value="?")) == "No position has a known value."
    assert "one rate is not split over the layers" in said_of(
        two_layers(Layer("restaking", 0.05, ("p>Eigen",), unsplit=True))
    )


def test_figures_on_made_up_assumptions_say_so() -> None:
    portfolio = with_illustrative(two_layers(nodes=()), illustrative())
    assert said_of(portfolio).startswith(
        "The one layer pays no less than the loss you assumed (illustrative)."
    )


def test_without_assumptions_the_sentence_is_the_weakest_break_even() -> None:
    assert said_of(two_layers(layer("restaking", 0.02, "p>Eigen"), nodes=())) == (
        "No failure rates yet. The layers above plain staking pay USD 200 a year; that is worth it only if "
        "Eigen fails less than once in 50 years (lost whole)."
    )


def test_with_nothing_to_pay_the_sentence_says_so() -> None:
    assert said_of(Portfolio()) == "No position has a layer that could pay."


def test_every_figure_that_is_null_has_its_reason() -> None:
    answer, said = asked(two_layers(layer("restaking", None, "p>Eigen"), layer("yield", -0.01)))
    reasons = [missing_figures(row, said, nothing_assumed=False) for row in answer.rows]
    assert reasons[0] == {}
    assert reasons[1] == {"reward_rate": "The reward of restaking of “p” is not known."}
    assert reasons[2] == {
        "reward_to_expected_loss": "Yield token of “p” adds no expected loss.",
        "hazard_multiplier": "Yield token of “p” pays nothing, so no risk is worth it.",
        "loss_given_failure": "Yield token of “p” adds no node that is named and can fail.",
    }


# -- what the first page says of it --------------------------------------------------------------------


def test_the_first_page_tells_what_the_extra_layers_are_assumed_to_lose() -> None:
    sample = shipped.sample_portfolio()
    labels, day = Labels("en_US", "USD"), date(2026, 11, 24)
    seen = overview(sample, day)
    clause = worth_clause(rewards(sample, seen.out, day), RewardWords(sample, labels))
    assert plain(clause) == " and are assumed to lose USD\u00a02,502"
    third = plain(overview_sentences(seen, labels, day, clause)[2])
    assert third.startswith(
        "The layers above plain staking pay USD\u00a02,804 a year, one reward unknown, and are assumed"
    )
    assert "On average" not in third


def test_without_assumptions_the_first_page_tells_when_the_extra_layers_are_worth_it() -> None:
    sample = shipped.sample_portfolio()
    nodes = [replace(n, failure_probability=None, loss_given_failure=None) for n in sample.nodes.values()]
    bare = sample.with_graph(nodes)
    labels, day = Labels("en_US", "USD"), date(2026, 11, 24)
    clause = worth_clause(rewards(bare, overview(bare, day).out, day), RewardWords(bare, labels))
    assert plain(clause).startswith("; that is worth it only if ")
    assert "fails less than once in" in plain(clause)
