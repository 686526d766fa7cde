from datetime import date

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.headers import HEADERS
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards

# Columns after the wallets' staking file in public code; nodes and amounts are made up.
HEADER = HEADERS["avalanche"][0] + "\n"
NODE, OTHER = "NodeID-7Xhw2mDxuDS44j42TCB6U5579esbSt3Lg", "NodeID-MFrZFVCXPv5iCn6M9K6XduxGTYp891xXZ"


def stake(
    number: str, amount: str, end: str, rewarded: str = "false", reward: str = "", node: str = NODE
) -> str:
    return f"{number},2024-03-01,AddDelegator,{node},{amount},2024-03-02,{end},{rewarded},{reward},,\n"


def test_a_stake_is_a_position_with_its_node_until_it_ends() -> None:
    text = HEADER + stake("tx1", "25", "2027-03-01") + stake("tx2", "100", "2025-03-01", "true", "7.5", OTHER)
    found = plan(text)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "avalanche", "ledger")
    assert holdings(text) == {"AVAX": "25"}
    assert rewards(text) == {"AVAX": "7.5"}
    after = imported(text)
    (position,) = after.positions.values()
    assert [la.name for la in position.layers] == ["hold", "staking"]
    assert NODE in {node.name for node in after.nodes.values()}
    assert position.opened_on == date(2024, 3, 1)


def test_a_later_file_tells_that_a_stake_has_ended() -> None:
    first = imported(HEADER + stake("tx1", "25", "2027-03-01") + stake("tx2", "10", "2027-03-01"))
    ended = HEADER + stake("tx1", "25", "2026-03-01", "true", "1.5") + stake("tx2", "10", "2027-03-01")
    after = imported(ended, first, "second")
    assert [str(p.quantity) for p in after.positions.values()] == ["10"]
    assert [str(m.amount) for m in after.movements.values() if m.reward] == ["1.5"]
    assert plan(ended + "\n", after).counts.duplicate == 2


def test_a_stake_that_earned_nothing_only_comes_back() -> None:
    text = HEADER + stake("tx1", "25", "2025-03-01") + stake("tx2", "30", "2025-03-01", "false", "0")
    assert (holdings(text), rewards(text)) == ({}, {})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (stake("tx1", "", "2027-03-01"), "quantity_missing"),
        (stake("tx1", "0", "2027-03-01"), "quantity_zero"),
        (stake("tx1", "5", ""), "date_missing"),
        (stake("tx1", "5", "never"), "date_invalid"),
        (stake("tx1", "5", "2025-03-01", "true", "x"), "quantity_invalid"),
        (stake("tx1", "5", "2025-03-01", "perhaps", "1"), "type_unknown"),
        ("tx1,2024-03-01\n", "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(HEADER + row + stake("tx9", "5", "2027-03-01")) == [(2, code)]
