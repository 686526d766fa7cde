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
        (_row("Barter", "1,ETH"), "type_unknown"),
        (_row("Deposit", "1,-"), "asset_missing"),
        (_row("Deposit", "-,-"), "quantity_missing"),
        (_row("Deposit", "0,ETH"), "quantity_zero"),
        (_row("Deposit", "1,ETH", when="31.31.2024 10:00:00"), "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(HEADER + row + _row("Deposit", "1,ETH")) == [(2, code)]
