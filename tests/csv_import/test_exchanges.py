import pytest

from desktop_app.csv_import.exchanges import is_exchange


@pytest.mark.parametrize("account", ["Kraken", "binance - main", "Crypto.com", "Gate.io spot", "coinbase"])
def test_an_account_named_after_an_exchange_is_one(account: str) -> None:
    assert is_exchange(account)


@pytest.mark.parametrize("account", ["", "Ledger", "My krakens", "Wallet at Kraken", "rotki", "-"])
def test_any_other_account_is_none(account: str) -> None:
    assert not is_exchange(account)
