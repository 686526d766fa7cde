"""What a ledger format gets from the framework: cells read, verdicts raised, legs turned into moves."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import pytest

from desktop_app.csv_import import dates, formats, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, stopping
from tests.csv_import.toy import HEADER, rows, toy, with_rules

TWO_SIDED = (
    "Date=time,In=received,In Coin=received_asset,Out=sent,Out Coin=sent_asset,Fee=fee,Fee Coin=fee_asset"
)
HEAD = "Date,In,In Coin,Out,Out Coin,Fee,Fee Coin\n"


@contextmanager
def two_sided(*, fee_is_extra: bool = True) -> Iterator[None]:
    """Let the program know a format of the usual two-sided rows meanwhile."""

    def legs(line: Line) -> Sequence[Leg]:
        return ledger.sides(line, fee_is_extra=fee_is_extra)

    rules = Rules(legs, moment=partial(dates.moment, order="dmy"))
    read = partial(ledger.read, rules=rules)
    formats.known()["sided"] = Format("sided", "Sided", layouts.ordered("ledger", TWO_SIDED), read)
    try:
        yield
    finally:
        formats.known.cache_clear()


def sided(*lines: str) -> str:
    return HEAD + "".join(f"02/01/2025 00:00,{line}\n" for line in lines)


def test_both_sides_and_the_fee_move() -> None:
    with two_sided():
        text = sided("10,ETH,,,,", "2.9,stETH,3,ETH,0.01,ETH")
        assert holdings(text) == {"ETH": "6.99", "stETH": "2.9"}


def test_a_fee_that_is_inside_the_amount_moves_nothing() -> None:
    with two_sided(fee_is_extra=False):
        assert holdings(sided("10,ETH,,,0.01,ETH")) == {"ETH": "10"}


def test_a_fee_alone_is_a_row() -> None:
    with two_sided():
        assert holdings(sided("10,ETH,,,,", ",,,,0.5,ETH")) == {"ETH": "9.5"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("0,ETH,,,,", "quantity_zero"),
        (",,0,ETH,,", "quantity_zero"),
        ("1,,,,,", "asset_missing"),
        (",ETH,,,,", "quantity_missing"),
        ("1,ETH,,,x,ETH", "fee_invalid"),
        ("1,ETH,,,1,", "asset_missing"),
        ("5 SOL,ETH,,,,", "unit_contradicts"),
        ('"1,5",ETH,,,,', "decimal_minority"),
        ("1\u202e2,ETH,,,,", "control_character"),
        ("1,E\u202eTH,,,,", "control_character"),
    ],
)
def test_a_side_that_cannot_be_read_rejects_the_whole_row(line: str, code: str) -> None:
    with two_sided():
        assert rejected(sided(line, "1,SOL,,,,")) == [(2, code)]


def test_a_row_whose_token_is_in_question_waits_as_a_whole() -> None:
    with two_sided():
        text = sided("10,ETH,,,,", "1,NULL1,4,ETH,,")
        assert stopping(text) == ["asset_unknown:NULL1"]
        assert plan(text).counts.asked == 1
        assert holdings(text) == {"ETH": "6", "NULL1": "1"}
        assert holdings(text, answers={"asset_unknown:NULL1": "leave"}) == {"ETH": "10"}


def test_a_unit_in_the_cell_is_taken_off() -> None:
    with toy():
        assert holdings(f"{HEADER}2025-01-01 00:00:00,in,ETH,2.5 ETH,,,\n") == {"ETH": "2.5"}


def test_moments_are_read_as_the_format_writes_them() -> None:
    with two_sided():
        found = plan(HEAD + "13/02/2025 10:00,1,ETH,,,,\n2025-02-14,1,ETH,,,,\n")
        assert [f"{row.entry.moved_at:%m-%d}" for row in found.rows if row.entry] == ["02-13", "02-14"]


def test_a_moment_in_the_future_is_rejected() -> None:
    with two_sided():
        assert rejected(HEAD + "13/02/2030 10:00,1,ETH,,,,\n13/02/2025 10:00,1,ETH,,,,\n") == [
            (2, "date_out_of_range")
        ]


def test_an_identity_that_several_rows_share_is_counted() -> None:
    with toy(with_rules(identity=("type",), nth=True)):
        text = rows("in ETH 2", "in ETH 2")
        assert [row.entry.identity for row in plan(text).rows if row.entry] == ["in#1", "in#2"]
        assert holdings(text) == {"ETH": "4"}


def test_what_is_staked_but_cannot_be_staked_by_itself_is_a_position_without_that_layer() -> None:
    with toy():
        text = f"{HEADER}2025-01-01 00:00:00,stake,USDC,5,Earn,,\n"
        (position,) = imported(text).positions.values()
        assert (position.name, [la.name for la in position.layers]) == ("USDC, Earn", ["hold"])
        assert position.notes == "In Earn at Toy."


def test_an_account_named_after_an_exchange_is_a_node() -> None:
    with toy():
        text = f"{HEADER}2025-01-01 00:00:00,in,ETH,5,,Kraken,\n2025-01-01 00:00:00,in,ETH,5,,Ledger,\n"
        after = imported(text)
        assert [n for n in after.nodes if n.startswith("custody:")] == ["custody:kraken"]


def test_rewards_of_money_are_none() -> None:
    with toy():
        assert rewards(rows("reward EUR 2", "reward ETH 0.1")) == {"ETH": "0.1"}
