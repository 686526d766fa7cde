import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, question, rejected, rewards, skipped, stopping

# Layouts after BittyTax/BittyTax, conv/parsers/subscan.py; addresses and amounts are made up.
TRANSFERS = "Extrinsic ID,Date,Block,Hash,Symbol,From,To,Value,Result\n"
OTHER_ORDER = "Extrinsic ID,Block,Block Timestamp,From,To,Value,Symbol,Result,Hash\n"
POOL = "Event ID,Block,Extrinsic ID,Pool,Pool,Value,Action,Time\n"
OWN = "15kUt2i86LHRWCkE3D9Bg1HZAoc2smhn1fwPzDERTb1BXAkX"
THEIRS = "14ShUZUYUR35RBZW6uVVt1zXDxmSQddkeDdXf1JkMA6P721N"
THIRD = "13UVJyLnbVp9RBZYFwFGyDvVd1y27Tt8tkntv6Q7JVPhFsTB"
NAME = f"Polkadot-transfers-{OWN}.csv"


def row(number: int, sender: str, to: str, value: str, result: str = "true") -> str:
    when = f"2024-01-{number:02} 10:00:00 (UTC)"
    return f"{number}-2,{when},{number},0xa{number},DOT,{sender},{to},{value},{result}\n"


def test_the_own_address_in_the_name_tells_what_comes_in() -> None:
    text = (
        TRANSFERS + row(3, OWN, THEIRS, "40.5") + row(2, THEIRS, OWN, '"1,000.25"') + row(1, THEIRS, OWN, "5")
    )
    found = plan(text, file_name=NAME)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "subscan", "ledger")
    assert holdings(text, file_name=NAME) == {"DOT": "964.75"}
    (position,) = imported(text, file_name=NAME).positions.values()
    assert (position.chain, position.account) == ("polkadot", OWN)


def test_without_it_the_own_address_is_asked_for() -> None:
    text = TRANSFERS + row(1, THEIRS, OWN, "5") + row(2, OWN, THIRD, "2")
    asked = question(text, "own_address")
    assert (asked.stops, asked.default) == (True, OWN)
    assert holdings(text, answers={"own_address": OWN}) == {"DOT": "3"}
    assert stopping(TRANSFERS + row(1, THEIRS, OWN, "5")) == ["own_address"]


def test_what_did_not_succeed_moves_nothing() -> None:
    text = TRANSFERS + row(1, THEIRS, OWN, "5") + row(2, OWN, THEIRS, "1", "false") + row(3, OWN, THEIRS, "0")
    assert skipped(text, file_name=NAME) == [(3, "failed"), (4, "zero")]
    assert holdings(text, file_name=NAME) == {"DOT": "5"}


def test_the_other_order_of_columns_says_the_zone_otherwise() -> None:
    text = f"{OTHER_ORDER}1-2,1,2024-01-01 10:00:00 (+UTC),{THEIRS},{OWN},7,KSM,true,0xa\n"
    assert holdings(text, file_name=f"Kusama {OWN}.csv") == {"KSM": "7"}


@pytest.mark.parametrize("block", ["Block,", ""])
@pytest.mark.parametrize("pool", ["Pool,Pool,", "Pool,"])
def test_what_a_pool_pays_is_reward_alone(block: str, pool: str) -> None:
    head = f"Event ID,{block}Extrinsic ID,{pool}Value,Action,Time\n"
    cells = "x," * (block.count(",") + pool.count(","))
    text = (
        f"{head}1-5,{cells}1-2,0.5,Reward,2024-01-01 10:00:00 (+UTC)\n2-5,{cells}2-2,0.25,Reward,2024-01-02\n"
    )
    assert plan(text, file_name="Polkadot-pool.csv").kind == "rewards"
    assert holdings(text, file_name="Polkadot-pool.csv") == {}
    assert rewards(text, file_name="Polkadot-pool.csv") == {"DOT": "0.75"}


def test_which_coin_a_pool_pays_is_asked_where_the_name_names_no_network() -> None:
    text = f"{POOL}1-5,1,1-2,x,y,0.5,Reward,2024-01-01 10:00:00\n"
    assert (question(text, "coin").stops, question(text, "coin").default) == (True, "DOT")
    assert rewards(text, answers={"coin": "KSM"}) == {"KSM": "0.5"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (row(1, THEIRS, OWN, "x"), "quantity_invalid"),
        (row(1, THEIRS, OWN, ""), "quantity_missing"),
        (row(1, THEIRS, THIRD, "5"), "not_own"),
        (row(1, THEIRS, OWN, "5").replace("DOT", ""), "asset_missing"),
        (row(1, THEIRS, OWN, "5").replace("2024-01-01", "January"), "date_invalid"),
        ("1-2,2024-01-01\n", "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(text: str, code: str) -> None:
    assert rejected(TRANSFERS + text + row(9, THEIRS, OWN, "1"), file_name=NAME) == [(2, code)]
