from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Layer, Request
from desktop_app.domain.requests import with_request
from desktop_app.figures.labels import Labels
from desktop_app.report.answers import answers
from desktop_app.report.explain import Case, Explanation, explanation
from desktop_app.report.explain_concentration import part_explanation
from desktop_app.report.sentences import overview_sentences, withdrawals_sentence
from tests.builders import drawn, position, step, way_out
from tests.report.holdings import Asked, ask, held, holding, open_example, spoken

TODAY = date(2026, 1, 1)


def explained(key: str, asked: Asked) -> Explanation:
    found = explanation(key, asked.portfolio, asked.overview, Labels(), TODAY)
    assert found is not None
    return found


def test_every_number_of_the_sentences_that_can_be_clicked_has_an_explanation() -> None:
    asked = ask(open_example())
    said = [*overview_sentences(asked.overview, Labels(), TODAY)]
    said.append(withdrawals_sentence(asked.overview.out, Labels(), TODAY))
    keys = {run.explain for line in said for run in line if run.explain}
    assert keys == {"value", "share:O", "days:0.5", "days:1", "extra", "loss", "market"}
    for key in keys:
        found = explained(key, asked)
        assert found.title.startswith("How ")
        assert found.formula
        assert found.definition.endswith(".")


def test_the_value_is_the_sum_of_its_positions() -> None:
    found = explained("value", ask(open_example()))
    assert spoken(found.title) == "How USD 1,500 came about"
    assert found.formula == "1,000 Position A + 500 Position B = 1,500.00"
    assert found.sources == ("Position A: value given", "Position B: value given")


def test_a_share_of_an_operator_says_that_what_nothing_can_slash_does_not_count() -> None:
    portfolio = drawn("me: 4 ETH @ 100 -> platform:EigenLayer", "me -> operator:O")
    steps = (step("a", 14, slashable=True),)
    asked_for = Request("r", Decimal(1), datetime(2025, 12, 1, tzinfo=UTC), steps=steps)
    asked = ask(replace(with_request(portfolio, "me", asked_for), as_of=TODAY))
    said = " What was asked for and cannot be slashed any more does not count here."
    operator = explained("share:operator:O", asked)
    assert operator.definition.endswith(said)
    assert spoken(operator.formula) == "(400 × 75 % me) ÷ 400 = 75.0 %"
    assert not explained("share:platform:EigenLayer", asked).definition.endswith(said)
    part = part_explanation(
        "me", ["operator:O"], "O", 0.75, Case(asked.portfolio, asked.overview, Labels(), TODAY)
    )
    assert part is not None
    assert part.definition.endswith(said)
    found = answers(asked.portfolio, "withdrawals", TODAY)["withdrawals"]["positions"]["me"]["tranches"]
    assert found[0]["request"]["slashing_over"] is True


def test_the_value_of_a_position_shows_quantity_price_and_date() -> None:
    asked = ask(held(holding("weETH", "13.2", "3521")))
    (position,) = asked.portfolio.positions
    found = explained(f"value:{position}", asked)
    assert found.formula == "13.20 weETH × 3,521.00 = 46,477.20"
    assert [spoken(line) for line in found.sources] == ["weETH: price 3,521.00 of 24 Nov 2026"]


def test_a_share_shows_each_position_with_its_part() -> None:
    found = explained("share:O", ask(open_example()))
    assert spoken(found.title) == "How 70 % on Operator O (all roles) came about"
    assert spoken(found.formula) == "(1,000 × 65 % Position A + 500 × 80 % Position B) ÷ 1,500 = 70.0 %"
    assert [spoken(line) for line in found.sources] == [
        "Protocol X: split, 30 %, yours",
        "Operator O as restaking operator: all, 100 %, yours",
    ]


def test_days_show_what_has_arrived_and_the_steps_that_decide() -> None:
    found = explained("days:0.5", ask(open_example()))
    assert spoken(found.title) == "How 7 days came about"
    assert spoken(found.formula) == "1,000 Position A = 1,000 out by 8 Jan 2026: 67 %"
    assert [spoken(line) for line in found.sources] == [
        "Position A: withdrawal queue, 6 days, yours",
        "Position A: claim, 1 day, yours",
    ]


def test_the_extra_reward_is_worked_out_from_values_and_rates() -> None:
    assert spoken(explained("extra", ask(open_example())).formula) == (
        "1,000 × 1.00 % (Position A) + 500 × 2.00 % (Position B) = 20.00"
    )


def test_the_latest_days_and_the_value_without_a_date_are_explained() -> None:
    portfolio = drawn("a: 60 -> X", "b: 40 -> X")
    portfolio = portfolio.with_positions(
        replace(portfolio.positions["a"], exit=way_out(step("queue", 1, None, 9))),
        replace(portfolio.positions["b"], exit=way_out(step("unbonding", 1, None, None))),
    )
    asked = ask(portfolio)
    runs = [run for line in overview_sentences(asked.overview, Labels(), TODAY) for run in line]
    keys = {run.text: run.explain for run in runs if run.explain.startswith(("days", "unknown"))}
    assert {spoken(text): key for text, key in keys.items()} == {
        "9 days": "days:0.5:max",
        "USD 40": "unknown:max",
    }
    days, unknown = (explained(key, asked) for key in keys.values())
    assert spoken(days.formula) == "60 a = 60 out by 10 Jan 2026: 60 %"
    assert "longest known time" in days.definition
    assert unknown.formula == "40 b = 40.00"
    assert unknown.sources == ("b: unbonding has no known longest time",)


def test_a_total_of_a_whole_stack_is_explained_apart_from_the_extra_reward() -> None:
    layers = (Layer("restaking", 0.03, unsplit=True), Layer("yield", 0.01))
    positions = (position("a", "1000", layers=layers[:1]), position("b", "500", layers=layers[1:]))
    asked = ask(Portfolio(as_of=TODAY).with_positions(*positions))
    extra = explained("extra", asked)
    assert spoken(extra.formula) == "500 × 1.00 % = 5.00 (b)"
    assert extra.sources == ("One rate of a whole stack not split, left out",)
    totals = explained("totals", asked)
    assert spoken(totals.formula) == "1,000 × 3.00 % = 30.00 (a, one rate for the whole stack)"
    assert "what plain staking pays included" in totals.definition


def test_the_expected_loss_is_the_sum_of_its_positions() -> None:
    assert explained("loss", ask(open_example())).formula == "12 Position A + 6 Position B = 18.45"


def test_a_long_sum_is_cut_and_counted() -> None:
    portfolio = drawn(*(f"p{n}: {1000 - n} -> Lido" for n in range(9)))
    found = explained("value", ask(portfolio))
    assert found.formula == "1,000 p0 + 999 p1 + 998 p2 + 997 p3 + 5 more = 8,964.00"


def test_a_number_that_is_gone_has_no_explanation() -> None:
    asked = ask(drawn("me: ? -> Lido"))
    for key in (
        "value",
        "value:me",
        "share:Lido",
        "share:gone",
        "days:0.5",
        "market",
        "extra",
        "loss",
        "other",
    ):
        assert explanation(key, asked.portfolio, asked.overview, Labels(), TODAY) is None
