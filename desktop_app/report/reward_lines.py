"""The rows of the Rewards page as figures and tables take them, in the order that the user ranks by."""

import math
from collections.abc import Callable, Sequence

from desktop_app.analysis.rewards import LayerReward, Rewards
from desktop_app.figures.labels import UNKNOWN
from desktop_app.figures.reward_rows import RewardRow
from desktop_app.report.explain_rewards import COLUMNS, explained_columns
from desktop_app.report.reward_words import NOT_ASSUMED, RewardWords
from desktop_app.report.sentences import plain

RANKS = ("ratio", "loss", "reward", "break-even", "position")
"""What the rows can be ranked by, as it is called after "Rank by"."""


def ranked(answer: Rewards, rank: str) -> tuple[LayerReward, ...]:
    """Return the rows, least paid first, or largest first; unknown figures stand first where they matter."""
    if rank == "position":
        return answer.rows
    if rank == "ratio":
        return answer.ranked
    read: Callable[[LayerReward], float | None] = {
        "loss": lambda row: row.incremental_expected_loss,
        "reward": lambda row: row.extra_reward,
        "break-even": lambda row: row.breakeven_simple,
    }[rank]
    sign = 1 if rank == "break-even" else -1

    def place(row: LayerReward) -> float:
        figure = read(row)
        return math.inf if figure is None else sign * figure

    return tuple(sorted(answer.ranked, key=place))


def reward_lines(rows: Sequence[LayerReward], said: RewardWords) -> tuple[RewardRow, ...]:
    """Return rows in words; a number has a key where :func:`reward_explanation` explains it."""
    return tuple(_line(row, said) for row in rows)


def _line(row: LayerReward, said: RewardWords) -> RewardRow:
    words = said.line(row)
    ratio = row.reward_to_expected_loss
    lossless = row.extra_reward is not None and row.incremental_expected_loss == 0
    pays_nothing = row.reward_rate is not None and row.reward_rate <= 0 and row.layer is not None
    unknown = {c for c in ("rate", "reward", "loss") if getattr(words, c) in {UNKNOWN, "?"}}
    if any(run.warn for run in words.breakeven):
        unknown.add("breakeven")
    explained = explained_columns(row, said)
    return RewardRow(
        id=f"{row.number}:{row.position}",
        position=words.position,
        layer=words.layer,
        rate=words.rate,
        reward=words.reward,
        loss="–" if words.loss == NOT_ASSUMED else words.loss,
        ratio_text="–" if words.loss == NOT_ASSUMED else words.ratio,
        margin="–" if words.loss == NOT_ASSUMED else words.margin,
        breakeven=plain(words.breakeven),
        assumed="–" if words.assumed == NOT_ASSUMED else words.assumed,
        ratio=ratio if ratio is not None or not pays_nothing or row.value is None else 0.0,
        lossless=lossless or words.loss == NOT_ASSUMED,
        extra=row.extra,
        weak=ratio is not None and ratio < 1,
        keys={c: f"{c}:{row.number}:{row.position}" for c in COLUMNS if c in explained},
        warned=frozenset(unknown),
    )
