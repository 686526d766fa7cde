from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, stopping

# Written by hand after lidofinance/ethereum-staking-widget, genExportData.ts; the amounts are made up.
SAMPLE = (Path(__file__).parents[2] / "data" / "lido_rewards.csv").read_bytes()
HEADER = "date,type,direction,change,change_wei,change_EUR,apr,balance,balance_wei\n"
FIRST = "2024-03-01T10:21:35.000Z,transfer,in,5,5000000000000000000,1,,5,5000000000000000000\n"


def test_the_sample_gives_exactly_its_counts() -> None:
    found = plan(SAMPLE)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "lido", "rewards_with_balance")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped) == (14, 14, 0, 0)
    assert stopping(SAMPLE) == []


def test_the_sample_gives_exactly_its_holding_and_rewards() -> None:
    assert holdings(SAMPLE) == {"stETH": "4.755332205570022456"}
    assert rewards(SAMPLE) == {"stETH": "0.005332205570022457"}


def test_the_position_stands_on_lido() -> None:
    after = imported(SAMPLE)
    assert [p.asset for p in after.positions.values()] == ["stETH"]
    assert "protocol:lido" in after.nodes


def test_a_history_of_rewards_alone_still_ends_at_the_newest_balance() -> None:
    text = (
        f"{HEADER}2024-03-03T12:00:00.000Z,reward,,0.2,200000000000000000,1,3.2,7.5,7500000000000000000\n"
        "2024-03-02T12:00:00.000Z,reward,,0.1,100000000000000000,1,3.2,5.1,5100000000000000000\n"
    )
    assert holdings(text) == {"stETH": "7.5"}
    assert rewards(text) == {"stETH": "0.3"}


def test_the_exact_integer_counts_where_the_amount_was_rounded() -> None:
    text = f"{HEADER}2024-03-02T12:00:00.000Z,transfer,in,0.1,100000000000000001,1,,0.100000000000000001,1\n"
    assert holdings(text) == {"stETH": "0.100000000000000001"}


def test_the_direction_of_an_unknown_kind_is_told_by_two_balances() -> None:
    text = f"{HEADER}2024-03-02T12:00:00.000Z,wrap,,2,2000000000000000000,1,,3,3000000000000000000\n{FIRST}"
    assert holdings(text) == {"stETH": "3"}
    assert rejected(f"{HEADER}2024-03-02T12:00:00.000Z,wrap,,2,2000000000000000000,1,,3,3\n") == [
        (2, "type_unknown")
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-03-02T12:00:00.000Z,reward,,x,,1,,5,5", "quantity_invalid"),
        ("2024-03-02T12:00:00.000Z,reward,,,,1,,5,5", "quantity_missing"),
        ("yesterday,reward,,1,1,1,,5,5", "date_invalid"),
        ("2024-03-02T12:00:00.000Z,reward,,1", "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{HEADER}{row}\n{FIRST}") == [(2, code)]


@pytest.mark.parametrize("blank", ["\n", ",,,,,,,,\n", "2024-03-01\n"])
def test_a_blank_or_short_first_row_does_not_end_the_reading(blank: str) -> None:
    assert holdings(f"{HEADER}{blank}{FIRST}") == {"stETH": "5"}


def test_a_loss_of_the_pool_is_a_negative_reward() -> None:
    loss = "2024-03-02T10:21:35.000Z,reward,,-0.5,-500000000000000000,1,,4.5,4500000000000000000\n"
    assert (holdings(f"{HEADER}{FIRST}{loss}"), rewards(f"{HEADER}{FIRST}{loss}")) == (
        {"stETH": "4.5"},
        {"stETH": "-0.5"},
    )


def test_a_balance_comes_in_even_if_no_row_moves_anything() -> None:
    text = f"{HEADER}2024-03-02T10:21:35.000Z,reward,,0,0,0,0,4.5,4500000000000000000\n"
    assert [p.quantity for p in imported(text).positions.values()] == [Decimal("4.5")]
    assert imported(text, imported(text), "second", answers={"same_file": "import"}) == imported(text)


def test_an_unreadable_date_at_the_end_does_not_turn_the_order_round() -> None:
    burned = "2024-03-03T10:21:35.000Z,burn,,1,1000000000000000000,,,4,4000000000000000000\n"
    text = f"{HEADER}{burned}{FIRST}yesterday,reward,,1,1,1,,5,5\n"
    moves = [move.amount for row in plan(text).rows if row.entry for move in row.entry.moves]
    assert moves == [Decimal(-1), Decimal(5)]
