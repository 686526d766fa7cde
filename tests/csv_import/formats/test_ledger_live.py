import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, skipped, stopping

XPUB = "xpub6CUGRUonZSQ4TWtTMmzXdrXDtypWKiKrhko4egpiMZbpiaQL2jkwSB1icqYh2cfDfVxdx4df189oLKnC5fSwqPfgyP3hoo"
OLD = (
    "Operation Date,Currency Ticker,Operation Type,Operation Amount,Operation Fees,Operation Hash,Account "
    "Name,"
    "Account xpub\n"
)
HEADER = OLD.replace("Date,", "Date,Status,").replace(
    "xpub\n",
    "xpub,Countervalue Ticker,Countervalue at Operation Date,Countervalue at CSV Export\n",
)


def row(kind: str, amount: str, fee: str = "", coin: str = "ETH", day: int = 1, **more: str) -> str:
    status, name, number = (
        more.get("status", "Confirmed"),
        more.get("account", "Ethereum 1"),
        more.get("id", ""),
    )
    return (
        f"2024-01-{day:02}T09:00:00.000Z,{status},{coin},{kind},{amount},{fee},{number or f'0x{kind}{day}'},"
        f"{name},"
        f"{XPUB},USD,1,1\r\n"
    )


def test_the_amount_of_an_operation_holds_its_fee() -> None:
    text = (
        HEADER
        + row("IN", "10", "0.002")
        + row("OUT", "3.001", "0.001", day=2)
        + row("FEES", "0.004", "0.004", day=3)
        + row("REWARD", "0.05", day=4)
        + row("DELEGATE", "0.005", "0.005", day=5)
        + row("APPROVE", "0", "0.01", day=6)
        + row("BOND", "0.01", "0.01", day=7)
    )
    found = plan(text)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "ledger_live", "ledger")
    assert holdings(text) == {"ETH": "7.02"}
    assert rewards(text) == {"ETH": "0.05"}
    assert "how much is delegated" in " ".join(found.warnings)


def test_the_gas_of_a_token_stands_on_the_row_of_its_parent_account() -> None:
    text = (
        HEADER
        + row("IN", "2")
        + row("IN", "500", coin="USDC", id="0xa")
        + row("OUT", "200", coin="USDC", day=2, id="0xb")
        + row("FEES", "0.003", "0.003", day=2, id="0xb")
    )
    assert holdings(text) == {"ETH": "1.997", "USDC": "300"}


def test_accounts_are_those_of_the_file() -> None:
    text = HEADER + row("IN", "1", account="Cold") + row("IN", "2", day=2, account="Hot")
    assert {p.account: str(p.quantity) for p in imported(text).positions.values()} == {
        "Cold": "1",
        "Hot": "2",
    }
    assert not [q for q in plan(text).questions if q.code == "account"]


def test_failed_operations_and_nfts_are_skipped() -> None:
    text = (
        HEADER + row("IN", "1") + row("OUT", "1", "0.1", day=2, status="Failed") + row("NFT_IN", "1", day=3)
    )
    assert skipped(text) == [(3, "failed"), (4, "nft")]
    assert holdings(text) == {"ETH": "1"}


def test_the_key_that_shows_all_addresses_is_kept_nowhere() -> None:
    text = HEADER + row("IN", "1") + row("IN", "x", day=2) + row("MAGIC", "1", day=3)
    assert XPUB not in repr(plan(text))
    assert XPUB not in repr(imported(HEADER + row("IN", "1")))


def test_a_later_export_adds_only_what_is_new() -> None:
    first, later = HEADER + row("IN", "1"), HEADER + row("OUT", "0.4", day=2) + row("IN", "1")
    after = imported(later, imported(first), "second")
    assert [str(p.quantity) for p in after.positions.values()] == ["0.6"]


@pytest.mark.parametrize("column", ["Account xpub", "Account id"])
def test_older_files_lack_status_and_values(column: str) -> None:
    text = (
        f"{OLD.replace('Account xpub', column)}2021-01-01T09:00:00.000Z,BTC,IN,0.5,,ab12,Bitcoin 1,{XPUB}\r\n"
    )
    assert holdings(text) == {"BTC": "0.5"}
    assert stopping(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (row("MAGIC", "1"), "type_unknown"),
        (row("IN", ""), "quantity_missing"),
        (row("IN", "much"), "quantity_invalid"),
        (row("OUT", "1", "free"), "fee_invalid"),
        (row("IN", "1", coin=""), "asset_missing"),
        (row("IN", "1").replace("2024-01-01T09:00:00.000Z", "01/02/2024"), "date_invalid"),
        ("2024-01-01T09:00:00.000Z,Confirmed,ETH,IN,1\r\n", "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(text: str, code: str) -> None:
    assert rejected(HEADER + text + row("IN", "5", day=9)) == [(2, code)]
