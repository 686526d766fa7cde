"""Every number of the Rewards page explains itself."""

from desktop_app.analysis.rewards import Rewards, rewards
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.figures.labels import Labels
from desktop_app.report.explain import Explanation
from desktop_app.report.explain_rewards import COLUMNS, reward_explanation
from desktop_app.report.reward_words import RewardWords, rewards_sentence
from tests.report.holdings import open_example, spoken


def asked() -> tuple[Rewards, RewardWords]:
    portfolio = open_example()
    return rewards(portfolio, withdrawals(portfolio)), RewardWords(portfolio, Labels())


def explained(key: str) -> Explanation:
    found = reward_explanation(key, *asked())
    assert found is not None
    return found


def test_every_cell_and_every_number_of_the_sentences_has_an_explanation() -> None:
    answer, said = asked()
    runs = [run for row in answer.rows for run in said.line(row).breakeven] + [
        *rewards_sentence(answer, said)
    ]
    cells = [f"{column}:{row.number}:{row.position}" for row in answer.rows for column in COLUMNS]
    for key in [*cells, *(run.explain for run in runs if run.explain)]:
        found = explained(key)
        assert found.title.startswith("How ")
        assert found.formula
        assert found.definition.endswith(".")


def test_a_ratio_is_shown_with_both_its_terms() -> None:
    found = explained("ratio:2:A")
    assert spoken(found.title) == "How 1.68 came about"
    assert found.formula == "10.00 ÷ 5.95 = 1.68"
    assert [spoken(line) for line in found.sources] == [
        "Position A, restaking",
        "Reward: 1,000.00 × 1.00 % = 10.00",
        "Assumed loss: 12.15 with the layer − 6.19 without it = 5.95",
    ]


def test_a_break_even_is_the_rate_over_what_the_worst_node_takes() -> None:
    found = explained("breakeven:2:A")
    assert spoken(found.formula) == "1.00 % ÷ 12.0 % = 8.33 % a year, once in 12 years"
    assert [spoken(line) for line in found.sources] == [
        "Position A, restaking",
        "Service 1 fails: 60 % lost there (as you assumed), 12.0 % of the position",
        "With the other rewards, and the way out (7 days) at risk too: 7.87 % a year",
    ]


def test_the_sum_of_the_extra_layers_names_them() -> None:
    found = explained("extra_loss")
    assert found.formula == "6 Position A, restaking + 5 Position B, restaking = 11.01"


def test_a_key_of_another_time_explains_nothing() -> None:
    answer, said = asked()
    assert reward_explanation("ratio:9:A", answer, said) is None
    assert reward_explanation("ratio:2:gone", answer, said) is None
    assert reward_explanation("something", answer, said) is None
