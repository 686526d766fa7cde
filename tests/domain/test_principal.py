"""The name of a principal token says what it is made of and when it matures."""

from datetime import date

import pytest

from desktop_app.domain.principal import Principal, principal


@pytest.mark.parametrize(
    ("symbol", "said"),
    [
        ("PT-weETH-26DEC2024", Principal("PT", "weETH", "26DEC2024", date(2024, 12, 26))),
        (" yt-sUSDe-7Feb2026 ", Principal("YT", "sUSDe", "7FEB2026", date(2026, 2, 7))),
        ("PT-eETH-zircuit-26DEC2024", Principal("PT", "eETH-zircuit", "26DEC2024", date(2024, 12, 26))),
    ],
)
def test_names_with_a_date(symbol: str, said: Principal) -> None:
    assert principal(symbol) == said


@pytest.mark.parametrize(
    "symbol",
    ["weETH", "PT-weETH", "PT-weETH-31FEB2027", "PT-weETH-25MAI2027", "PT-weETH-\u0662\u0665MAR2027"],
)
def test_other_names_say_nothing(symbol: str) -> None:
    assert principal(symbol) is None
