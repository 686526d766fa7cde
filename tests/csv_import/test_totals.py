from decimal import Decimal

import pytest

from desktop_app.csv_import.totals import by_name, note_spelling


@pytest.mark.parametrize(
    ("written", "symbol", "name"),
    [
        ("STETH", "stETH", "STETH"),
        ("staked-ether", "stETH", "staked-ether"),
        ("XXBT", "BTC", "BTC"),
        ("0x7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0", "wstETH", "wstETH"),
        ("eip155:1/erc20:0x7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0", "wstETH", "wstETH"),
    ],
)
def test_totals_stand_under_the_files_own_names_but_not_under_codes(
    written: str, symbol: str, name: str
) -> None:
    assert by_name([(symbol, Decimal(1)), (symbol, Decimal(2))], {symbol: written}) == {name: Decimal(3)}


def test_several_spellings_become_the_symbol() -> None:
    spellings: dict[str, str] = {}
    for written in ("STETH", "steth", "STETH"):
        note_spelling(spellings, "stETH", written)
    assert spellings == {"stETH": "stETH"}
