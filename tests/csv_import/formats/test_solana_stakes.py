from datetime import date

import pytest

from desktop_app.csv_import.plan import Outcome
from desktop_app.domain.checks import check
from tests.csv_import.reading import holdings, imported, plan, question, rejected, skipped, stopping

# After the script in public code; accounts and balances are made up.
HEADER = (
    "program,account_address,balance,stake_authority,withdraw_authority,delegated_to,lockup_timestamp,"
    "checked_at_slot\n"
)
OLDER = HEADER.replace("program,account_address", "stake_account_address")
PROGRAM = "Stake11111111111111111111111111111111111111"
FIRST, SECOND = "5HjfC9bP2sBd2NYxY3nTjEd1bM2LsDFDfVMbBkJrtrPB", "8Sbm9dMkLUKuq2CqRbSMT4NBx6AYuD3GAvTgNLSPEQAi"
VOTE, OTHER = "CertusDeBmqN8ZawdkxK5kFGMwBXdudvWHYwtNgNhvLu", "J1to1yufRnoWn81KYg1XkTWzmKjnYSnmE2VY8DGUJ9Qv"
AUTHORITY = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"
NAME = "stake_accounts-2024-03-31_10:15:00.csv"


def row(address: str, balance: str, vote: str = VOTE, lockup: str = "") -> str:
    return f"{PROGRAM},{address},{balance},{AUTHORITY},{AUTHORITY},{vote},{lockup},257000000\n"


TWO = HEADER + row(FIRST, "100.00228288") + row(SECOND, "7.5", vote="")


def test_each_account_is_a_position_and_only_what_is_delegated_is_staked() -> None:
    found = plan(TWO, file_name=NAME)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "solana_stakes", "snapshot")
    assert holdings(TWO) == {"SOL": "107.50228288"}
    after = imported(TWO, file_name=NAME)
    first, second = after.positions.values()
    assert (first.name, [la.name for la in first.layers]) == (f"Stake account {FIRST}", ["hold", "staking"])
    assert [la.name for la in second.layers] == ["hold"]
    assert VOTE in {n.name for n in after.nodes.values()}
    assert (first.opened_on, first.chain) == (date(2024, 3, 31), "solana")
    assert "0.00228288 SOL" in first.notes
    assert check(after) == ()


def test_without_a_day_in_the_name_of_the_file_it_is_asked_with_today_as_default() -> None:
    asked = question(TWO, "snapshot_date")
    assert (asked.stops, asked.default) == (False, "2026-11-23")
    assert stopping(TWO) == []


def test_a_later_list_finds_each_account_again_whoever_it_works_for() -> None:
    stored = imported(TWO, file_name=NAME)
    later = HEADER + row(FIRST, "100.00228288", vote=OTHER) + row(SECOND, "7.5")
    assert stopping(later, stored) == ["changed_details"]
    after = imported(later, stored, "second", answers={"changed_details": "new"})
    first, second = after.positions.values()
    assert [la.name for la in second.layers] == ["hold", "staking"]
    targets = {after.nodes[e.target].name for e in after.edges.values() if e.source == first.id}
    assert OTHER in targets
    assert VOTE not in targets
    assert check(after) == ()
    freed = imported(
        HEADER + row(FIRST, "100.00228288", vote="") + row(SECOND, "7.5", vote=""),
        after,
        "third",
        answers={"changed_details": "new"},
    )
    assert [[la.name for la in p.layers] for p in freed.positions.values()] == [["hold"], ["hold"]]


def test_the_same_list_again_is_stored_already() -> None:
    again = plan(TWO + "\n", imported(TWO, file_name=NAME))
    assert again.counts.duplicate == 2


def test_an_account_that_is_locked_up_says_until_when() -> None:
    text = HEADER + row(FIRST, "1", lockup="1893456000") + row(SECOND, "1", lockup="1600000000")
    notes = [p.notes for p in imported(text).positions.values()]
    assert ["Locked up until 2030-01-01" in note for note in notes] == [True, False]


def test_the_older_layout_names_no_program() -> None:
    text = OLDER + row(FIRST, "3").removeprefix(f"{PROGRAM},")
    assert holdings(text) == {"SOL": "3"}


def test_an_empty_account_is_skipped() -> None:
    assert skipped(HEADER + row(FIRST, "0") + row(SECOND, "1")) == [(2, "zero")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (row(FIRST, ""), "quantity_missing"),
        (row(FIRST, "much"), "quantity_invalid"),
        (row("0x12", "1"), "address_invalid"),
        (row("", "1"), "address_invalid"),
        (row(FIRST, "1", vote="nobody!"), "address_invalid"),
        (row(FIRST, "1", lockup="later"), "date_invalid"),
        (f"{PROGRAM},{FIRST}\n", "row_short"),
    ],
)
def test_a_broken_line_of_the_script_is_rejected(text: str, code: str) -> None:
    assert rejected(HEADER + text + row(SECOND, "1")) == [(2, code)]
