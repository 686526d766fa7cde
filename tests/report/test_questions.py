from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.positions import Exit, ExitStep, Layer, Market, Request, Tranche
from desktop_app.domain.requests import with_request
from desktop_app.figures.labels import Labels
from desktop_app.report.questions import five_questions
from tests.builders import drawn, position, step
from tests.report.holdings import Asked, ask, held, holding, open_example, spoken


def answers(asked: Asked, name: str = "") -> list[str]:
    return [spoken(question.answer) for question in asked.questions(name)]


def leaving(way_out: Exit) -> str:
    portfolio = drawn("me: 1000 -> Lido")
    me = replace(portfolio.positions["me"], exit=way_out)
    return answers(ask(portfolio.with_positions(me)))[3]


def waiting(*steps: ExitStep, market: Market | None = None) -> Exit:
    return Exit((Tranche("all", 1.0, steps),), market)


def paying(*layers: Layer) -> Asked:
    portfolio = drawn("me: 1000 -> platform:EigenLayer")
    return ask(portfolio.with_positions(replace(portfolio.positions["me"], layers=layers)))


RESTAKING = Layer("restaking", 0.01, ("me>platform:EigenLayer",))


def test_the_five_questions_come_in_their_order() -> None:
    assert [question.title for question in ask(open_example()).questions("A")] == [
        "What exactly am I securing?",
        "Where do the additional rewards come from?",
        "What extra risks am I taking?",
        "How liquid is it if I want to exit?",
        "Is it worth the added complexity?",
    ]


def test_the_worked_example_is_answered_from_its_facts() -> None:
    assert answers(ask(open_example()), "A") == [
        "Service 1 with 20 %, Service 2 10 %.",
        "The layer “restaking” pays 1.00 % a year, USD 10. Plain staking pays 3.00 % beside it.",
        (
            "One operator role and two services. "
            "Most can be lost at Service 1: 12 % of the position, as you assumed."
        ),
        "Typically 7 days, at least 1, at most 15. Sold at once: about 0.20 % less.",
        "It pays USD 10 a year, 1.00 % of the position, for three further nodes that can fail.",
    ]


def test_a_restaked_token_says_what_nobody_publishes() -> None:
    said = answers(ask(held(holding("weETH", reward_rate=0.0342))))
    assert said[0] == "Ethereum with all of it. For all of it nobody publishes the services."
    assert said[1] == "The whole stack pays 3.42 % a year, USD 1,026; what each layer pays is not told apart."
    assert said[2] == (
        "One platform. Most can be lost at EigenLayer: all of it. "
        "For all of it nobody publishes operators and services."
    )
    assert said[4] == "The one rate is not split over its layers: split it to see what the extra ones pay."


def test_an_own_validator_names_operator_and_service() -> None:
    validator = holding(
        "ETH", "32", layer="restaking", protocol="EigenLayer", operators=("P2P",), services=("EigenDA",)
    )
    first = ask(held(validator)).questions()[0]
    assert spoken(first.answer) == "Ethereum with all of it. EigenDA with all of it."
    assert first.sources == ("EigenDA: share not given, counted in full, yours",)


def test_an_unknown_rate_is_said_to_be_unknown() -> None:
    said = answers(ask(held(holding("rsETH"))))
    assert said[1] == "What EigenLayer pays is not known."
    assert said[4] == "Its reward is not known: enter a rate to see what it pays."


def test_plain_staking_has_no_extra_layer() -> None:
    said = answers(ask(held(holding("stETH", reward_rate=0.0258))))
    assert said[1] == "There are none, only those of plain staking: 2.58 % a year."
    assert said[2] == "None above plain staking."
    assert said[4] == "No layer stands above plain staking."


@pytest.mark.parametrize("amount", [1, 4])
def test_what_was_never_staked_secures_nothing_while_it_is_paid_out_either(amount: int) -> None:
    portfolio = held(holding("sUSDe", "4"))
    (name,) = portfolio.positions
    asked_for = Request(
        "r", Decimal(amount), datetime(2026, 1, 1, tzinfo=UTC), steps=(step("a", 7, slashable=False),)
    )
    portfolio, day = with_request(portfolio, name, asked_for), date(2026, 2, 1)
    found = five_questions(
        portfolio, portfolio.positions[name], exposure(portfolio, day), withdrawals(portfolio, day), Labels()
    )
    assert spoken(found[0].answer) == "Nothing: it is held and not staked."


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (1, "EigenDA with 75 %. 25 % waits to be paid out and cannot be slashed any more."),
        (4, "Nothing any more: it waits to be paid out and cannot be slashed."),
    ],
)
def test_what_waits_and_cannot_be_slashed_any_more_secures_nothing(amount: int, said: str) -> None:
    portfolio = drawn("me: 4 ETH @ 100 -> platform:EigenLayer", "me -> service:EigenDA")
    asked_for = Request(
        "r", Decimal(amount), datetime(2026, 1, 1, tzinfo=UTC), steps=(step("a", 14, slashable=True),)
    )
    portfolio = with_request(portfolio, "me", asked_for)
    day = date(2026, 2, 1)
    found = five_questions(
        portfolio, portfolio.positions["me"], exposure(portfolio, day), withdrawals(portfolio, day), Labels()
    )
    assert spoken(found[0].answer).replace("service:", "") == said


def test_what_is_only_held_secures_nothing() -> None:
    said = answers(ask(held(holding("ETH"))))
    assert said[0] == "Nothing: it is held and not staked."
    assert said[1] == "There are none: nothing is staked."


def test_a_layer_names_who_pays_it() -> None:
    said = answers(paying(Layer("staking", 0.03), RESTAKING))
    assert said[1] == "platform:EigenLayer pays 1.00 % a year, USD 10. Plain staking pays 3.00 % beside it."


def test_a_layer_that_costs_is_not_said_to_pay() -> None:
    said = answers(paying(replace(RESTAKING, reward_rate=-0.02)))
    assert said[1] == "platform:EigenLayer costs 2.00 % a year, USD 20."
    assert said[4] == "It costs USD 20 a year, 2.00 % of the position, for one further node that can fail."


def test_a_total_of_the_whole_stack_speaks_for_the_layers_without_a_rate() -> None:
    total = replace(RESTAKING, reward_rate=0.03, unsplit=True)
    said = answers(paying(Layer("fixed yield"), total))[1]
    assert said == "The whole stack pays 3.00 % a year, USD 30; what each layer pays is not told apart."


def test_without_a_price_the_rate_stays() -> None:
    portfolio = drawn("me: ? -> platform:EigenLayer")
    said = answers(ask(portfolio.with_positions(replace(portfolio.positions["me"], layers=(RESTAKING,)))))
    assert said[1] == "platform:EigenLayer pays 1.00 % a year."
    assert said[4] == "It pays 1.00 % a year for one further node that can fail."


@pytest.mark.parametrize(
    ("way_out", "said"),
    [
        (Exit(), "No way out is known."),
        (waiting(step("q", 21, 21, 21, slashable=True)), "Typically 21 days, slashable while waiting."),
        (
            waiting(step("q", 1, 7, 27, slashable=False)),
            "Typically 7 days, at least 1, at most 27, not slashable.",
        ),
        (waiting(step("q", 1, 7, None)), "Typically 7 days, at least 1, at most not known."),
        (
            waiting(step("q", 3, 3, 3), step("v", 1, None, None, after="q")),
            "How long it takes is not known, but at least 4 days.",
        ),
        (
            waiting(step("q", 2, 2, 2), market=Market(0.5, 0.0015, 0, 3, 4)),
            "Typically 2 days. Sold in 3 days: about 0.15 % less, for 50 % of it.",
        ),
    ],
)
def test_the_way_out_is_said_with_its_range_and_what_is_unknown(way_out: Exit, said: str) -> None:
    assert leaving(way_out) == said


def test_steps_bring_their_source_date_and_whether_it_was_verified() -> None:
    fact = replace(step("queue", 7, 7, 7), cited="docs.example", dated="2026-05-01", verified=False)
    portfolio = drawn("me: 1000 -> Lido")
    me = replace(portfolio.positions["me"], exit=waiting(fact))
    question = ask(portfolio.with_positions(me)).questions()[3]
    assert [spoken(line) for line in question.sources] == [
        "Queue: 7 days, docs.example, 2026-05-01, unverified"
    ]


def test_a_position_without_anything_is_answered_too() -> None:
    portfolio = drawn("me: 1000 -> Lido").with_positions(position("bare"))
    assert answers(ask(portfolio), "bare")[3] == "No way out is known."


def test_names_without_a_share_are_said() -> None:
    portfolio = drawn("me: 1000 -> Lido", "Lido -40%-> operator:P2P")
    group = next(iter(portfolio.groups.values()))
    portfolio = portfolio.with_graph(groups=[replace(group, names=("figment",))])
    assert "For figment no share is known." in answers(ask(portfolio))[2]


def test_an_example_without_a_rate_says_that_none_is_published() -> None:
    (_, rewards, *_) = ask(held(holding("rsETH"))).questions()
    example = "example, Kelp (rsETH), Kernel points and EigenLayer rewards: not published"
    assert any(spoken(line).startswith(example) and line.endswith(", 2025-02-26") for line in rewards.sources)


def test_what_is_known_of_the_contracts_is_among_the_sources_of_the_risks() -> None:
    (_, _, risks, *_) = ask(held(holding("weETH"))).questions()
    said = [spoken(line) for line in risks.sources]
    assert said[0].startswith("EigenLayer: A service slashes an operator in an operator set, up to 100 %")
    known = shipped.full_catalogue().entries["eigenlayer"].risks
    told = said[-len(known) :]
    assert all(
        line.startswith(f"EigenLayer: {r.text.removesuffix('.')}, ")
        for line, r in zip(told, known, strict=True)
    )
    assert all(line.endswith((", verified", ", unverified")) for line in said)


def test_a_principal_token_waits_until_it_matures() -> None:
    question = ask(held(holding("PT-weETH-25MAR2027"))).questions()[3]
    assert spoken(question.answer).startswith("At least 122 days, at most 128 days, typical time not known")
    assert any(spoken(line).startswith("Hold to maturity: 121 days") for line in question.sources)


def test_what_its_ledgers_name_as_rewards_is_said_beside_the_rates() -> None:
    asked = ask(held(holding("stETH", reward_rate=0.03)))
    (position,) = asked.portfolio.positions.values()
    exposed, out = exposure(asked.portfolio), withdrawals(asked.portfolio)
    questions = five_questions(asked.portfolio, position, exposed, out, Labels(), earned=Decimal("0.4899"))
    assert spoken(questions[1].answer).endswith(" So far 0.4899 stETH came in as rewards.")
