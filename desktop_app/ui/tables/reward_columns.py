"""The table twin of the Rewards page: every figure of every layer."""

from dataclasses import dataclass

from desktop_app.analysis.rewards import LayerReward, Rewards
from desktop_app.report.reward_words import RewardWords
from desktop_app.report.sentences import plain
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.columns import WIDEST_NAME
from desktop_app.ui.tables.table_model import Column


@dataclass(frozen=True, slots=True)
class RewardTableRow:
    """One layer of one position; None is unknown."""

    id: str
    position: str
    layer: str
    figures: LayerReward
    worst: str
    breakeven: str


def reward_table_rows(answer: Rewards, said: RewardWords) -> tuple[RewardTableRow, ...]:
    """Return the layers as rows of a table, position by position."""
    return tuple(
        RewardTableRow(
            f"{row.number}:{row.position}",
            said.position(row),
            said.layer(row),
            row,
            said.name(row.risk.worst_new_node) if row.risk.worst_new_node else "",
            plain(said.breakeven(row)),
        )
        for row in answer.rows
    )


REWARDS = (
    Column("Position", lambda r: r.position, widest=WIDEST_NAME),
    Column("Layer", lambda r: r.layer),
    Column("Rate", lambda r: r.figures.reward_rate, kinds.RATE),
    Column("{currency} a year", lambda r: r.figures.extra_reward, kinds.MONEY, total=True),
    Column("Assumed loss", lambda r: r.figures.incremental_expected_loss, kinds.MONEY, total=True),
    Column("Ratio", lambda r: r.figures.reward_to_expected_loss, kinds.RATIO),
    Column("Margin", lambda r: r.figures.hazard_multiplier, kinds.RATIO),
    Column("Worst new node", lambda r: r.worst, widest=WIDEST_NAME),
    Column("Lost if it fails", lambda r: r.figures.risk.loss_given_failure, kinds.SHARE),
    Column("Break-even a year", lambda r: r.figures.breakeven_simple, kinds.RATE),
    Column("with the way out", lambda r: r.figures.breakeven_exact, kinds.RATE, hidden=True),
    Column("You assumed", lambda r: r.figures.risk.worst_probability, kinds.RATE),
    Column("In words", lambda r: r.breakeven, stretch=True, hidden=True),
)
