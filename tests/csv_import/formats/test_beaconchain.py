import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, question, rejected, rewards, stopping

# Rows after rotki/rotki, issue 2379, and gobitfly/eth2-beaconchain-explorer, templates/validatorRewards.html.
STATISTICS = '"","Income","Start","End","M","O","P","M","O","Att","Prop","#","Amount"\n'
LATER = STATISTICS.replace('"M","O","P"', '"M","P"')
REWARDS = '"Date","Balance","Income","ETH Value","Income"\n'


def day(text: str, income: str, start: str, end: str, deposit: str = "0") -> str:
    return (
        f'"{text}","{income} ETH","{start} ETH","{end} ETH","0","0","-","-","-","-","-","-","{deposit} ETH"\n'
    )


def reward(text: str, balance: str, income: str) -> str:
    return f'"{text}","{balance}","{income}","EUR 1,563.20","EUR 3.92"\n'


def test_the_balance_at_the_end_of_the_newest_day_is_staked() -> None:
    text = (
        STATISTICS
        + day("14 Feb 2021", "+0.0081", "32.62", "32.63")
        + day("13 Feb 2021", "-0.0020", "32.62", "32.62")
        + day("12 Feb 2021", "+0.0085", "32.61", "32.62")
    )
    found = plan(text)
    assert (found.outcome, found.format, found.kind) == (
        Outcome.ACCEPT,
        "beaconchain",
        "rewards_with_balance",
    )
    assert holdings(text) == {"ETH": "32.63"}
    assert rewards(text) == {"ETH": "0.0146"}
    (position,) = imported(text).positions.values()
    assert [la.name for la in position.layers] == ["hold", "staking"]
    assert [w for w in found.warnings if "starts in the middle" in w]


def test_a_later_version_lacks_a_column() -> None:
    text = LATER + day("14 Feb 2021", "+0.0081", "32.62", "32.63").replace('"0","0"', '"0"')
    assert holdings(text) == {"ETH": "32.63"}


def test_the_history_of_rewards_has_no_units_and_commas_in_thousands() -> None:
    text = (
        REWARDS
        + reward("2023-02-14", "1,024.52145", "0.00251")
        + reward("2023-02-13", "1,024.51894", "-0.001")
    )
    assert holdings(text) == {"ETH": "1024.52145"}
    assert rewards(text) == {"ETH": "0.00151"}


def test_a_withdrawal_lowers_the_balance_without_a_row() -> None:
    text = REWARDS + reward("2023-04-14", "32.001", "0.001") + reward("2023-04-13", "34.5", "0.002")
    assert holdings(text) == {"ETH": "32.001"}
    assert rewards(text) == {"ETH": "0.003"}


def test_a_deposit_that_appears_as_income_is_no_reward() -> None:
    told = (
        STATISTICS
        + day("2 Feb 2021", "+32.0010", "0", "32.00", "32")
        + day("1 Feb 2021", "+0.0000", "0", "0")
    )
    assert rewards(told) == {"ETH": "0.001"}
    assert holdings(told) == {"ETH": "32"}
    guessed = REWARDS + reward("2021-02-02", "64.002", "32.001") + reward("2021-02-01", "32.001", "0.001")
    asked = question(guessed, "income_or_deposit")
    assert (asked.stops, asked.default, asked.lines) == (False, "deposit", (2,))
    assert rewards(guessed) == {"ETH": "0.001"}
    assert rewards(guessed, answers={"income_or_deposit": "reward"}) == {"ETH": "32.002"}
    assert holdings(guessed) == {"ETH": "64.002"}


def test_a_longer_export_in_another_currency_adds_only_new_days() -> None:
    first = REWARDS + reward("2023-02-13", "32.5", "0.002")
    longer = REWARDS + reward("2023-02-14", "32.503", "0.003") + reward("2023-02-13", "32.5", "0.002")
    after = imported(longer.replace("EUR", "USD"), imported(first), "second")
    assert [str(p.quantity) for p in after.positions.values()] == ["32.503"]
    assert sum(m.reward for m in after.movements.values()) == 2


def test_the_name_of_the_file_tells_the_validator() -> None:
    text = REWARDS + reward("2023-02-13", "32.5", "0.002")
    named = imported(text, file_name="Validator 123456 - beaconcha.in.csv")
    assert [p.account for p in named.positions.values()] == ["Validator 123456"]
    assert [p.account for p in imported(text).positions.values()] == ["beaconcha.in"]
    assert stopping(text) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (day("someday", "+0.1", "32", "32.1"), "date_invalid"),
        (day("1 Feb 2021", "much", "32", "32.1"), "quantity_invalid"),
        (day("1 Feb 2021", "+0.1", "32", "32.1").replace("+0.1 ETH", "+0.1 GNO"), "unit_contradicts"),
        (day("1 Feb 2021", "+0.1", "32", "32.1").replace("+0.1 ETH", "-"), "quantity_missing"),
        (day("1 Feb 2021", "+0.1", "32", "full"), "quantity_invalid"),
        ('"1 Feb 2021","+0.1 ETH"\n', "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(STATISTICS + row + day("31 Jan 2021", "+0.1", "31.9", "32")) == [(2, code)]
