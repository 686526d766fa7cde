import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, plan, rejected, rewards, stopping

HEADER = '"Type","Buy","Cur.","Sell","Cur.","Fee","Cur.","Exchange","Group","Comment","Date"\n'
VALUES = (
    "Type,Buy,Cur.,Value in BTC,Value in USD,Sell,Cur.,Value in BTC,Value in USD,Spread,Exchange,Group,Date\n"
)
FORM = (
    "Type,Buy Amount,Buy Currency,Sell Amount,Sell Currency,Fee,Fee Currency,Exchange,Trade-Group,Comment,"
    "Date\n"
)


def _row(kind: str, buy: str, sell: str = "-,-", fee: str = "-,-", when: str = "15.01.2024 10:00:00") -> str:
    return f"{kind},{buy},{sell},{fee},Kraken,,,{when}\n"


def test_both_sides_are_net_and_the_fee_only_informs() -> None:
    text = (
        "\ufeff"
        + HEADER
        + _row("Deposit", "10.00000000,ETH")
        + _row("Trade", "20.00000000,SOL", "1.00000000,ETH", "0.01,ETH")
        + _row("Other Fee", "-,-", "0.5,SOL")
        + _row("Staking", "0.25,ETH", when="2024-02-15 10:00:00")
    )
    found = plan(text)
    assert (found.format, found.outcome) == ("cointracking", Outcome.ACCEPT)
    assert holdings(text) == {"ETH": "9.25", "SOL": "19.5"}
    assert rewards(text) == {"ETH": "0.25"}


def test_the_tables_with_values_and_for_imports_are_known_too() -> None:
    values = f"{VALUES}Deposit,2,ETH,0.1,5000,-,-,-,-,-,Kraken,,15.01.2024 10:00:00\n"
    form = f"{FORM}Deposit,2,ETH,,,,,Kraken,,,15.01.2024 10:00:00\n"
    assert (plan(values).format, holdings(values)) == ("cointracking", {"ETH": "2"})
    assert (plan(form).format, holdings(form)) == ("cointracking", {"ETH": "2"})


def test_equal_staking_rows_are_asked_about() -> None:
    row = _row("Staking", "0.25,ETH")
    assert stopping(HEADER + row + row) == ["repeated_rows"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (_row("Trade", "1,ETH"), "quantity_missing"),
        (_row("Deposit", "-,-", "1,ETH"), "quantity_missing"),
        (_row("Withdrawal", "1,ETH"), "quantity_missing"),
        (_row("Deposit", "1,-"), "asset_missing"),
        (_row("Deposit", "-,-"), "quantity_missing"),
        (_row("Deposit", "0,ETH"), "quantity_zero"),
        (_row("Deposit", "1,ETH", when="31.31.2024 10:00:00"), "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(HEADER + row + _row("Deposit", "1,ETH")) == [(2, code)]


def _valued(day: str) -> str:
    return f"{VALUES}Deposit,2,ETH,0.1,5000,-,-,-,-,-,Kraken,,{day} 21:14\n"


def test_a_date_with_slashes_is_in_the_users_order_which_the_column_tells_or_the_user() -> None:
    assert stopping(_valued("5/9/2017")) == ["date_order:Date"]
    settled = _valued("5/9/2017") + "Trade,2,SOL,0,0,1,ETH,0,0,0,Kraken,,5/13/2017 21:14\n"
    assert (stopping(settled), holdings(settled)) == ([], {"ETH": "1", "SOL": "2"})
    assert stopping(HEADER + _row("Deposit", "1,ETH", when="05.09.2017 21:14")) == []


def test_a_reward_and_a_fee_of_zero_come_in() -> None:
    nothing = _row("Staking", "0.0,ETH") + _row("Other Fee", "-,-", "0.0,ETH")
    assert rejected(HEADER + nothing + _row("Deposit", "1,ETH")) == []


def test_a_type_without_a_rule_comes_in_by_its_columns() -> None:
    assert holdings(HEADER + _row("Barter", "1,ETH")) == {"ETH": "1"}
