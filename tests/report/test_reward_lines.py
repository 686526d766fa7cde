"""The rows of the Rewards page: what is unknown is marked, what explains itself has a key, ranking."""

from datetime import date

import pytest

from desktop_app import shipped
from desktop_app.analysis.rewards import Rewards, rewards
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.figures.labels import Labels
from desktop_app.figures.reward_rows import RewardRow
from desktop_app.report.explain_rewards import reward_explanation
from desktop_app.report.reward_lines import RANKS, ranked, reward_lines
from desktop_app.report.reward_words import RewardWords

AS_OF = date(2026, 11, 24)
SAMPLE = shipped.sample_portfolio()
SAID = RewardWords(SAMPLE, Labels("en_US", "USD"))


@pytest.fixture(scope="module")
def answer() -> Rewards:
    return rewards(SAMPLE, withdrawals(SAMPLE, AS_OF), AS_OF)


@pytest.fixture(scope="module")
def lines(answer: Rewards) -> tuple[RewardRow, ...]:
    return reward_lines(answer.ranked, SAID)


def test_what_is_not_known_comes_first_and_is_marked(lines: tuple[RewardRow, ...]) -> None:
    assert lines[0].ratio is None
    assert lines[0].warned >= {"rate", "reward", "breakeven"}


def test_every_key_is_explained(answer: Rewards, lines: tuple[RewardRow, ...]) -> None:
    keys = [key for line in lines for key in line.keys.values()]
    assert keys
    assert all(reward_explanation(key, answer, SAID) for key in keys)


def test_what_pays_nothing_for_its_risk_has_the_ratio_zero(lines: tuple[RewardRow, ...]) -> None:
    bridged = next(line for line in lines if line.layer == "Bridged")
    assert bridged.ratio == 0
    assert bridged.weak


def test_ranking_keeps_every_row(answer: Rewards) -> None:
    for rank in RANKS:
        assert set(ranked(answer, rank)) == set(answer.rows)


def test_the_largest_reward_and_loss_come_first(answer: Rewards) -> None:
    for rank, figure in (("reward", "extra_reward"), ("loss", "incremental_expected_loss")):
        known = [x for row in ranked(answer, rank) if (x := getattr(row, figure)) is not None]
        assert known == sorted(known, reverse=True)
    known = [x for row in ranked(answer, "break-even") if (x := row.breakeven_simple) is not None]
    assert known == sorted(known)
