import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.headers import HEADERS
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards

# Columns and kinds after BittyTax/BittyTax, conv/parsers/cryptocom.py; amounts are made up.
HEADER = HEADERS["cryptocom"][0] + "\n"


def row(kind: str, coin: str, amount: str, to: str = ",", day: int = 1, text: str = "x") -> str:
    return f"2024-01-{day:02} 10:00:00,{text},{coin},{amount},{to},USD,1,1,{kind}\n"


def test_rows_move_by_their_kind() -> None:
    text = (
        HEADER
        + row("crypto_deposit", "ETH", "10")
        + row("crypto_exchange", "ETH", "-2", "BTC,0.1", 2)
        + row("viban_purchase", "EUR", "-100", "BTC,0.002", 3)
        + row("crypto_withdrawal", "ETH", "-1", day=4)
        + row("crypto_transfer", "ETH", "-0.5", day=5)
        + row("mco_stake_reward", "CRO", "12.5", day=6)
        + row("trading.limit_order.fiat_wallet.purchase_lock", "EUR", "-50", day=7)
        + row("", "EUR", "500", day=8, text="EUR Deposit")
    )
    found = plan(text)
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT, "cryptocom", "ledger")
    assert holdings(text) == {"ETH": "6.5", "BTC": "0.102", "CRO": "12.5"}
    assert rewards(text) == {"CRO": "12.5"}
    assert {n.name for n in imported(text).nodes.values() if n.id.startswith("custody:")} == {"Crypto.com"}


def test_what_is_locked_up_stays_a_position_of_its_own() -> None:
    text = (
        HEADER
        + row("crypto_deposit", "SOL", "10")
        + row("finance.dpos.staking.crypto_wallet", "SOL", "-8", day=2)
        + row("finance.dpos.compound_interest.crypto_wallet", "SOL", "0.5", day=3)
        + row("finance.lockup.dpos_unlock.crypto_wallet", "SOL", "3", day=4)
    )
    assert holdings(text) == {"SOL": "10.5"}
    layers = {str(p.quantity): len(p.layers) for p in imported(text).positions.values()}
    assert layers == {"5": 1, "5.5": 2}


def test_the_hash_at_the_end_may_be_missing() -> None:
    text = f"{HEADERS['cryptocom'][1]}\n" + row("crypto_deposit", "ETH", "10").replace("\n", ",0xa\n")
    assert holdings(text) == {"ETH": "10"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (row("mystery_box", "ETH", "1"), "type_unknown"),
        (row("", "ETH", "1"), "type_unknown"),
        (row("crypto_deposit", "ETH", "x"), "quantity_invalid"),
        (row("crypto_deposit", "ETH", ""), "quantity_missing"),
        (row("crypto_deposit", "ETH", "0"), "quantity_zero"),
        (row("crypto_deposit", "", "1"), "asset_missing"),
        (row("crypto_exchange", "ETH", "-1", ",1"), "asset_missing"),
        (row("crypto_deposit", "ETH", "1").replace("2024-01-01 10", "noon"), "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(text: str, code: str) -> None:
    assert rejected(HEADER + text + row("crypto_deposit", "ETH", "5", day=9)) == [(2, code)]
